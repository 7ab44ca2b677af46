import type { AccountState } from '../account.ts';
import type { EpochMs } from '../business-day.ts';
import type { EarnUsed } from '../day-counts.ts';
import { countsDays, dayNameOf, earnUsedOn, NOTHING_USED } from '../day-counts.ts';
import type { Rules } from '../rules.ts';
import { visitsBefore } from '../visits/checked-in.ts';
import type { ClosedRule } from './rule-limits.ts';
import { closedRules } from './rule-limits.ts';

/** What a campaign budget has left, in points. */
export type BudgetRoom = { readonly budgetId: string; readonly points: bigint };

/** How the limits of earning stand before a check; stored with it where they had a say, so that it can be priced anew. */
export type EarnStanding = {
  readonly used: EarnUsed;
  /** Rules that counts of the member keep from the check. */
  readonly closed: readonly ClosedRule[];
  /** Remainder that waits, in `CARRY_UNIT`s. */
  readonly carry: bigint;
  /** Points up to the largest balance; `null` for no such limit. */
  readonly room: bigint | null;
  /** The member's own rate, in basis points; `null` for that of the programme. */
  readonly ownRate: number | null;
  /** Budgets that were looked at. One that a rule names and that is missing here has nothing. */
  readonly budgets: readonly BudgetRoom[];
};

/** The standing of a member of whom nothing is counted. */
export const UNUSED: EarnStanding = {
  used: NOTHING_USED,
  closed: [],
  carry: 0n,
  room: null,
  ownRate: null,
  budgets: [],
};

/** How the limits stand for a check that earns at this instant and spends so many points before. */
export function standingOf(
  state: AccountState,
  check: { readonly at: EpochMs; readonly spend: bigint; readonly budgets: readonly BudgetRoom[] },
  rules: Rules,
): EarnStanding {
  const { caps, carryRemainder } = rules.earning;
  return {
    used: countsDays(rules) ? earnUsedOn(dayNameOf(check.at, rules), state.counts) : NOTHING_USED,
    closed: closedRules(rules, { visits: visitsBefore(state, check.at, rules), tally: state.tally }, check.at),
    carry: carryRemainder ? (state.tally?.carry ?? 0n) : 0n,
    room: caps.maxBalance === null ? null : roomOf(state, caps.maxBalance, check.spend),
    ownRate: state.ownRates?.rateBasisPoints ?? null,
    budgets: check.budgets,
  };
}

/** What is pending or held counts; a debt does not, because the points that settle it are gone at once. */
function roomOf({ available, pending, held, debt }: AccountState, maxBalance: bigint, spend: bigint): bigint {
  const room = maxBalance - (available + pending + held - debt - spend);
  return room > 0n ? room : 0n;
}
