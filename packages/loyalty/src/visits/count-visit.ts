import { dayNameOf } from '../day-counts.ts';
import { levelOf, raiseLevel } from '../levels/climb.ts';
import { countChange } from '../levels/measure.ts';
import type { Operation } from '../operation.ts';
import { record } from '../operation.ts';
import type { Refusal } from '../refusal.ts';
import { refusal } from '../refusal.ts';
import { slidesBy } from '../terms/slide.ts';
import { isCheckedIn } from './checked-in.ts';

/** A guest is here and buys nothing: his visit is counted, once a business day. */
export type CountVisit = {
  readonly kind: 'visit';
  /** When the member's last check was registered: a day with a check has been counted by it. */
  readonly lastSaleAt?: Temporal.Instant | null | undefined;
};

export type VisitOutcome = {
  readonly kind: 'visit';
  /** Visits of the member, this one included. */
  readonly visits: number;
  readonly levelBefore: string;
  readonly levelAfter: string;
};

/**
 * Counts a visit without a sale: for first visits, for a ladder of visits, and as the activity that keeps sliding points
 * alive. Refuses `account_blocked`, and `already_visited` on a day that has been counted.
 */
export function countVisit(operation: Operation, { lastSaleAt = null }: CountVisit): VisitOutcome | Refusal {
  const { state, rules, nowMs } = operation;
  if (state.blocked) return refusal('account_blocked');
  const today = dayNameOf(nowMs, rules);
  const bought = lastSaleAt !== null && dayNameOf(lastSaleAt.epochMilliseconds, rules) === today;
  if (bought || isCheckedIn(state, nowMs, rules)) return refusal('already_visited', { day: today });
  const levelBefore = levelOf(state, rules).id;
  const amount = rules.ladder.measure === 'visits' ? 1n : 0n;
  const entry = record(operation, {
    kind: 'visit',
    visits: 1,
    ladder: countChange(state, rules, { soldAt: nowMs, amount }, nowMs),
    slides: slidesBy(state, ['visit'], nowMs, rules),
  });
  raiseLevel(operation, { at: nowMs, parents: [entry.id] });
  return {
    kind: 'visit',
    visits: operation.state.visits,
    levelBefore,
    levelAfter: levelOf(operation.state, rules).id,
  };
}
