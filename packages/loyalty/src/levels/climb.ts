import type { AccountState } from '../account.ts';
import type { EpochMs } from '../business-day.ts';
import { toInstant } from '../business-day.ts';
import type { Operation } from '../operation.ts';
import { record } from '../operation.ts';
import type { Level, Rules } from '../rules.ts';
import { countingState, deservedIndex, keptFrom, measureOf, measureOn, remembersLadder } from './measure.ts';
import { bucketOf, dayNumberOf, nextPeriodStart, periodStart } from './periods.ts';
import type { Measure } from './settings.ts';

/** Position of a level by its id; the lowest for an account that never changed it, −1 for one that was removed. */
export function indexOfLevel(id: string | null, levels: readonly Level[]): number {
  return id === null ? 0 : levels.findIndex((level) => level.id === id);
}

/** Position of the level an account stands on by its measure, whether or not a pin holds it higher. */
export function indexByMeasure(state: AccountState, rules: Rules): number {
  const index = indexOfLevel(state.level, rules.levels);
  if (index !== -1) return index;
  return standingIndex(state, rules, state.ladder?.judgedMs ?? 0);
}

/** Position of the level an account stands on: by its measure, or by its pin where that is higher. */
export function indexOfStanding(state: AccountState, rules: Rules): number {
  const byMeasure = indexByMeasure(state, rules);
  return state.pin === null ? byMeasure : Math.max(byMeasure, indexOfLevel(state.pin.level, rules.levels));
}

/** The level an account stands on. One that was removed from the rules gives way to the level deserved now. */
export function levelOf(state: AccountState, rules: Rules): Level {
  return rules.levels[indexOfStanding(state, rules)]!;
}

/**
 * Position of the highest level that the measure gives a right to. Where levels are lost at the end of a period, the
 * window that ended with the last one still does.
 */
export function standingIndex(state: AccountState, rules: Rules, at: EpochMs): number {
  const { levels, ladder } = rules;
  if (!remembersLadder(rules)) return deservedIndex(state.turnover, levels);
  const day = dayNumberOf(at, rules);
  const now = deservedIndex(measureOn(state, rules, day), levels);
  if (ladder.downgrade !== 'period_end' && ladder.downgrade !== 'one_step') return now;
  const ended = periodStart(day, ladder.window, state.ladder?.joinedOn ?? day) - 1;
  return Math.max(now, deservedIndex(measureOn(state, rules, ended), levels));
}

export type NextLevel = {
  readonly level: Level;
  readonly measure: Measure;
  /** What it still takes: minor units of money or points, or checks. */
  readonly missing: bigint;
};

/** The next higher level and what it still takes at an instant; `null` on the highest. */
export function nextLevelOf(state: AccountState, rules: Rules, at: Temporal.Instant): NextLevel | null {
  const level = rules.levels[indexOfStanding(state, rules) + 1];
  if (level === undefined) return null;
  const missing = level.fromTurnover - measureOf(state, rules, at.epochMilliseconds);
  return { level, measure: rules.ladder.measure, missing: missing > 0n ? missing : 0n };
}

/** Until when a level is kept that the measure no longer reaches; `null` when nothing threatens it. */
export function graceOf(state: AccountState, rules: Rules, at: Temporal.Instant): Temporal.Instant | null {
  const until = countingState(state, rules)?.graceUntilMs ?? null;
  if (until === null || standingIndex(state, rules, at.epochMilliseconds) >= indexByMeasure(state, rules)) return null;
  return toInstant(until);
}

export type LevelChangeFacts = {
  readonly why: 'reached' | 'not_reached' | 'grace_over' | 'returned' | 'removed';
  readonly at?: EpochMs;
  readonly measure: bigint;
  readonly checkId?: string | null;
  readonly parents?: readonly number[];
};

/** Writes the level that the measure gives from now on. */
export function changeLevel(operation: Operation, level: Level, facts: LevelChangeFacts): void {
  const { state, rules } = operation;
  const from = state.level ?? rules.levels[0]!.id;
  const fromName = rules.levels[indexOfLevel(from, rules.levels)]?.name ?? from;
  const threatened = state.ladder !== null && state.ladder.graceUntilMs !== null;
  record(operation, {
    kind: 'level_change',
    occurredAtMs: facts.at ?? operation.nowMs,
    checkId: facts.checkId ?? null,
    level: level.id,
    ...(threatened ? { ladder: { graceUntilMs: null } } : {}),
    parents: facts.parents ?? [],
    numbers: { measure: facts.measure, bound: level.fromTurnover },
    texts: { from, fromName, to: level.id, toName: level.name, why: facts.why, measure: rules.ladder.measure },
  });
}

/** Raises the level to what the measure deserves now, unless upgrades wait for a day or a period. */
export function raiseLevel(
  operation: Operation,
  facts: {
    readonly at: EpochMs;
    readonly soldAt?: EpochMs;
    readonly checkId?: string;
    readonly parents?: readonly number[];
  },
): void {
  const { state, rules } = operation;
  const current = indexOfLevel(state.level, rules.levels);
  const waits = rules.levelUpgrade === 'nightly' || rules.levelUpgrade === 'next_period';
  if (waits && current !== -1) return;
  const deserved = Math.max(standingIndex(state, rules, facts.at), reachedThen(state, rules, facts.soldAt));
  if (deserved <= current) return;
  const why = current === -1 ? 'removed' : 'reached';
  changeLevel(operation, rules.levels[deserved]!, { ...facts, why, measure: measureOf(state, rules, facts.at) });
}

/** What a late check has reached in the window of its own day, where a level once reached is never lost. */
function reachedThen(state: AccountState, rules: Rules, soldAt: EpochMs | undefined): number {
  const { downgrade, window } = rules.ladder;
  if (soldAt === undefined || downgrade !== 'never' || window.kind === 'lifetime') return 0;
  const day = dayNumberOf(soldAt, rules);
  const joinedOn = state.ladder?.joinedOn ?? day;
  const last = window.kind === 'rolling' ? day : nextPeriodStart(day, window, joinedOn) - 1;
  return deservedIndex(measureOn(state, rules, last), rules.levels);
}

/**
 * After a return the level is judged at once by what is left, unless the rules keep it, but never below the level that
 * held before the sale, and never upwards.
 */
export function lowerLevelAfterReturn(
  operation: Operation,
  sale: { readonly checkId: string; readonly soldAt: EpochMs; readonly levelBefore: string | null },
  parents: readonly number[],
): void {
  const { state, rules, nowMs } = operation;
  if (rules.ladder.onReturn === 'keep' || isForgotten(state, rules, sale.soldAt, nowMs)) return;
  const current = indexOfLevel(state.level, rules.levels);
  const floor = Math.max(indexOfLevel(sale.levelBefore, rules.levels), 0);
  const standing = Math.max(standingIndex(state, rules, nowMs), reachedThen(state, rules, sale.soldAt));
  const next = Math.max(standing, floor);
  if (next >= current) return;
  const measure = measureOf(state, rules, nowMs);
  changeLevel(operation, rules.levels[next]!, { why: 'returned', measure, checkId: sale.checkId, parents });
}

/** Where a level once reached is never lost, a sale of a day that is no longer kept has no say any more. */
function isForgotten(state: AccountState, rules: Rules, soldAt: EpochMs, nowMs: EpochMs): boolean {
  const known = remembersLadder(rules) ? countingState(state, rules) : null;
  if (known === null || rules.ladder.downgrade !== 'never') return false;
  const from = bucketOf(dayNumberOf(soldAt, rules), rules.ladder.window, known.joinedOn);
  return from < keptFrom(dayNumberOf(nowMs, rules), rules.ladder, known.joinedOn);
}
