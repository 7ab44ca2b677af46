import { smallest, sumOf } from '../amounts.ts';
import { isAbout } from '../earn-conditions.ts';
import type { CheckLine } from '../pricing.ts';
import type { SaleStamps } from './sale-wallets.ts';
import type { StampCount, StampEarning } from './wallet-rules.ts';

/** A line that counts for stamps: what was paid for it in money, and its pieces. */
export type StampLine = { readonly money: bigint; readonly quantityThousandths: number };

/** The lines that a card gives stamps for: goods of its set that cost something and earn. */
export function linesThatCount(earn: StampEarning, lines: readonly CheckLine[]): readonly number[] {
  const items = earn.per === 'visit' ? null : earn.items;
  return lines.flatMap((line, index) => {
    if (line.eligibleForEarn === false || line.amount === 0n) return [];
    const goods = { base: 0n, quantityThousandths: 0, itemId: line.itemId ?? null, groups: line.groups ?? [] };
    return isAbout(items, goods) ? [index] : [];
  });
}

/** What of a card's earning has to be remembered with a sale. */
export function stampCountOf(earn: StampEarning): StampCount {
  if (earn.per === 'visit') return earn;
  return earn.per === 'item' ? { per: 'item', pieces: earn.pieces } : { per: 'amount', amount: earn.amount };
}

/** How many stamps these lines are worth, before limits. Only whole pieces count, and only full amounts. */
export function countStamps(earn: StampCount, lines: readonly StampLine[]): bigint {
  const money = sumOf(lines, (line) => line.money);
  switch (earn.per) {
    case 'visit':
      return lines.some((line) => line.quantityThousandths > 0) && money >= earn.minCheck ? 1n : 0n;
    case 'item': {
      const pieces = sumOf(lines, (line) => BigInt(Math.floor(line.quantityThousandths / 1000)));
      return pieces / BigInt(earn.pieces);
    }
    case 'amount':
      return money / earn.amount;
  }
}

/** Stamps that a sale still deserves by what remains of its lines. */
export function stampsDeserved(stamps: SaleStamps, remaining: readonly StampLine[]): bigint {
  const lines = stamps.lines.map((index) => remaining[index]!);
  return smallest(countStamps(stamps.earn, lines), stamps.most);
}
