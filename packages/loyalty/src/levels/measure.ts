import type { AccountState } from '../account.ts';
import { sumOf } from '../amounts.ts';
import type { EpochMs } from '../business-day.ts';
import type { Level, Rules } from '../rules.ts';
import type { DayNumber } from './periods.ts';
import { bucketOf, dayNumberOf, windowStart } from './periods.ts';
import type { Ladder, LadderWindow } from './settings.ts';
import type { LadderChange, LadderState } from './standing.ts';

/** Months are few, so a year of them is kept for late checks. */
const LAST_YEAR: LadderWindow = { kind: 'rolling', months: 12 };

/** Whether accounts of these rules have to remember more for their level than the turnover of a lifetime. */
export function remembersLadder({ ladder, levelUpgrade }: Rules): boolean {
  return (
    ladder.downgrade !== 'never' ||
    ladder.window.kind !== 'lifetime' ||
    ladder.measure !== 'turnover' ||
    levelUpgrade === 'next_period' ||
    levelUpgrade === 'nightly'
  );
}

/** What the counts of these rules are of. A balance and the turnover of a lifetime stand in the account already. */
export function basisOf({ measure, window }: Ladder): string {
  return measure === 'points_balance' ? measure : `${measure} ${window.kind}`;
}

function keepsCounts({ measure, window }: Ladder): boolean {
  return measure !== 'points_balance' && !(measure === 'turnover' && window.kind === 'lifetime');
}

/** The counts that belong to these rules; `null` for an account that has not begun to count by them. */
export function countingState(state: AccountState, { ladder }: Rules): LadderState | null {
  return state.ladder?.basis === basisOf(ladder) ? state.ladder : null;
}

/** What carries the guest up the ladder at an instant: minor units of money or points, or checks. */
export function measureOf(state: AccountState, rules: Rules, at: EpochMs): bigint {
  const { ladder } = rules;
  if (ladder.measure === 'points_balance') return state.available + state.held;
  if (!keepsCounts(ladder)) return state.turnover;
  return measureOn(state, rules, dayNumberOf(at, rules));
}

/** The measure of the window that ends with this day, inclusive. */
export function measureOn(state: AccountState, rules: Rules, day: DayNumber): bigint {
  const { ladder } = rules;
  if (ladder.measure === 'points_balance') return state.available + state.held;
  if (!keepsCounts(ladder)) return state.turnover;
  const known = countingState(state, rules);
  // Days were not kept so far: what was bought counts as bought on the day on which counting begins.
  if (known === null) return ladder.measure === 'turnover' ? state.turnover : 0n;
  const first = windowStart(day, ladder.window, known.joinedOn);
  return sumOf(known.counts, ({ from, amount }) => (from >= first && from <= day ? amount : 0n));
}

/** What one check adds to the measure; its visit only where it had not been counted before. */
export function measureOfCheck(
  { ladder }: Rules,
  check: { money: bigint; earned: bigint; withinVisit?: boolean | undefined },
): bigint {
  if (ladder.measure === 'turnover') return check.money;
  if (ladder.measure === 'visits') return check.withinVisit === true ? 0n : 1n;
  return ladder.measure === 'points_earned' ? check.earned : 0n;
}

/** Position of the highest level whose bound a measure has reached; bounds are inclusive. */
export function deservedIndex(measure: bigint, levels: readonly Level[]): number {
  let index = 0;
  for (let next = 1; next < levels.length; next++) {
    if (measure >= levels[next]!.fromTurnover) index = next;
  }
  return index;
}

/** How an amount is counted on the day of a check; `null` where nothing is kept by days. */
export function countChange(
  state: AccountState,
  rules: Rules,
  { soldAt, amount }: { readonly soldAt: EpochMs; readonly amount: bigint },
  nowMs: EpochMs,
): LadderChange | null {
  const { ladder } = rules;
  if (!keepsCounts(ladder) || amount === 0n) return null;
  const today = dayNumberOf(nowMs, rules);
  const joinedOn = countingState(state, rules)?.joinedOn ?? today;
  const from = bucketOf(dayNumberOf(soldAt, rules), ladder.window, joinedOn);
  return { counts: [{ from, amount }], keptFrom: keptFrom(today, ladder, joinedOn) };
}

/**
 * The first day that is kept: the window that ended with the last period may still be asked for, and a late check may
 * come from a month of the last year.
 */
export function keptFrom(today: DayNumber, { window }: Ladder, joinedOn: DayNumber): DayNumber {
  if (window.kind === 'lifetime') return 0;
  const first = windowStart(today, window, joinedOn);
  if (window.kind === 'rolling') return windowStart(first, { kind: 'calendar', period: 'month' }, joinedOn);
  const before = windowStart(first - 1, window, joinedOn);
  return window.kind === 'calendar' ? Math.min(before, windowStart(today, LAST_YEAR, joinedOn)) : before;
}

/** What the first entry under these rules remembers: that counting begins, with what has been bought before. */
export function beginning(state: AccountState, rules: Rules, nowMs: EpochMs): LadderChange {
  const today = dayNumberOf(nowMs, rules);
  const joinedOn = state.ladder?.joinedOn ?? today;
  const begins = { basis: basisOf(rules.ladder), joinedOn };
  if (!keepsCounts(rules.ladder) || rules.ladder.measure !== 'turnover' || state.turnover === 0n) return { begins };
  const from = bucketOf(today, rules.ladder.window, joinedOn);
  return { begins, counts: [{ from, amount: state.turnover }] };
}
