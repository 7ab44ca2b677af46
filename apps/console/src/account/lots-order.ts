import type { Lot } from '@tessera/contract';

/** When something happens to a lot: usable ones by expiry, then those that stay, then those still to come by arrival, those that wait for an event. */
const rank = (lot: Lot): readonly [group: number, time: number] => {
  if (lot.awaits) return [3, Date.parse(lot.awaits.cancelsAt ?? lot.activatesAt)];
  if (lot.status === 'pending') return [2, Date.parse(lot.activatesAt)];
  return lot.expiresAt === null ? [1, lot.lotId] : [0, Date.parse(lot.expiresAt)];
};

/** Lots that still hold points, the ones that go first in front. */
export function inOrder(lots: readonly Lot[]): Lot[] {
  return lots
    .filter((lot) => lot.remaining > 0)
    .sort((a, b) => {
      const [[groupA, timeA], [groupB, timeB]] = [rank(a), rank(b)];
      return groupA - groupB || timeA - timeB;
    });
}
