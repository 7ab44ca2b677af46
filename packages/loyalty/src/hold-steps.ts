import type { AccountState } from './account.ts';
import { smallest } from './amounts.ts';
import type { EpochMs } from './business-day.ts';
import { toInstant } from './business-day.ts';
import type { LotMovement } from './entry.ts';
import { transfer } from './entry.ts';
import type { Hold, HoldEnd, HoldUse } from './hold.ts';
import type { Operation } from './operation.ts';
import { record } from './operation.ts';
import type { Refusal } from './refusal.ts';
import { refusal } from './refusal.ts';
import { currentTerms } from './terms/slide.ts';

/** The open hold of this key, or why there is none. Apply what is due first. */
export function findHold(state: AccountState, key: string): Hold | Refusal {
  const hold = state.holds.find((open) => open.key === key);
  if (hold !== undefined) return hold;
  const ended = state.endedHolds.findLast((one) => one.key === key);
  if (ended?.end === 'timed_out') return refusal('hold_expired', { key });
  return refusal('hold_gone', { key, end: ended?.end ?? 'unknown', checkId: ended?.checkId ?? '' });
}

/** Divides a hold into what a capture takes, in order of consumption, and what goes back. */
export function divideHold(hold: Hold, wanted: bigint): { readonly taken: HoldUse[]; readonly rest: HoldUse[] } {
  const taken: HoldUse[] = [];
  const rest: HoldUse[] = [];
  let missing = wanted;
  for (const { terms, amount } of hold.uses) {
    const part = smallest(amount, missing);
    missing -= part;
    if (part > 0n) taken.push({ terms, amount: part });
    if (part < amount) rest.push({ terms, amount: amount - part });
  }
  return { taken, rest };
}

/** Back into the very lots they came from, with their own expiry. */
export function backIntoLots(state: AccountState, uses: readonly HoldUse[]): LotMovement[] {
  return uses.map(({ terms, amount }): LotMovement => {
    const open = state.lots.some((lot) => lot.id === terms.id);
    return open
      ? { lotId: terms.id, amount }
      : { lotId: terms.id, amount, terms: currentTerms(terms, state), activates: true };
  });
}

/** Ends a hold and gives everything back. Points that died meanwhile burn when what is due is applied next. */
export function endHold(
  operation: Operation,
  hold: Hold,
  end: HoldEnd & ('released' | 'timed_out'),
  at: EpochMs,
): void {
  record(operation, {
    kind: 'release',
    occurredAtMs: at,
    postings: transfer('held', 'available', hold.amount),
    lots: backIntoLots(operation.state, hold.uses),
    hold: { key: hold.key, end },
    parents: [hold.openedBy],
    numbers: { released: hold.amount },
    texts: { end, key: hold.key },
  });
}

/** When a hold ends, as an instant. */
export function endOf(hold: Hold): Temporal.Instant {
  return toInstant(hold.untilMs);
}
