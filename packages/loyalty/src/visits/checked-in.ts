import type { AccountState } from '../account.ts';
import type { EpochMs } from '../business-day.ts';
import { dayNameOf } from '../day-counts.ts';
import type { Rules } from '../rules.ts';

/** Whether a visit of the business day of an instant has been counted without a sale. */
export function isCheckedIn({ checkedInAtMs }: AccountState, at: EpochMs, rules: Rules): boolean {
  return checkedInAtMs !== null && dayNameOf(checkedInAtMs, rules) === dayNameOf(at, rules);
}

/** Visits before a check of this instant: a visit that was counted on its day is the one it belongs to. */
export function visitsBefore(state: AccountState, at: EpochMs, rules: Rules): number {
  return isCheckedIn(state, at, rules) ? Math.max(state.visits - 1, 0) : state.visits;
}
