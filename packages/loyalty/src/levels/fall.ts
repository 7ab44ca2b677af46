import type { AccountState } from '../account.ts';
import type { EpochMs } from '../business-day.ts';
import type { Operation } from '../operation.ts';
import { record } from '../operation.ts';
import type { Rules } from '../rules.ts';
import { changeLevel, indexOfLevel, raiseLevel, standingIndex } from './climb.ts';
import { countingState, deservedIndex, measureOf, measureOn, remembersLadder } from './measure.ts';
import type { DayNumber } from './periods.ts';
import {
  dateOf,
  dayNumberOf,
  endOfMonth,
  lastDayOfCounting,
  nextPeriodStart,
  periodStart,
  startOf,
} from './periods.ts';
import type { LadderState } from './standing.ts';

/** The instants at which time alone changes a level. */
export type LevelDues = {
  /** The pin is over. */
  readonly pin: EpochMs;
  /** A level that the measure has reached begins. */
  readonly rise: EpochMs;
  /** A level that the measure no longer reaches is lost, or its grace begins or ends. */
  readonly fall: EpochMs;
};

const NEVER = Number.POSITIVE_INFINITY;

/** When the level of this account changes if nothing else happens. Infinity for never. */
export function levelDuesOf(state: AccountState, rules: Rules): LevelDues {
  const pin = state.pin?.untilMs ?? NEVER;
  const known = remembersLadder(rules) ? countingState(state, rules) : null;
  const current = indexOfLevel(state.level, rules.levels);
  if (known === null || current === -1) return { pin, rise: NEVER, fall: NEVER };
  return {
    pin,
    rise: riseOf(state, rules, known, current),
    fall: known.graceUntilMs ?? fallOf(state, rules, known, current),
  };
}

export function nextLevelDueMs(state: AccountState, rules: Rules): EpochMs {
  const { pin, rise, fall } = levelDuesOf(state, rules);
  return Math.min(pin, rise, fall);
}

/** Upgrades that wait for the next day or period. A measure only grows by what is sold, so the first one decides. */
function riseOf(state: AccountState, rules: Rules, known: LadderState, current: number): EpochMs {
  if (rules.levelUpgrade !== 'nightly' && rules.levelUpgrade !== 'next_period') return NEVER;
  const today = dayNumberOf(known.judgedMs, rules);
  const day =
    rules.levelUpgrade === 'nightly' ? today + 1 : nextPeriodStart(today, rules.ladder.window, known.joinedOn);
  const deserved = deservedIndex(measureOn(state, rules, day - 1), rules.levels);
  return deserved > current ? startOf(day, rules) : NEVER;
}

function fallOf(state: AccountState, rules: Rules, known: LadderState, current: number): EpochMs {
  const { downgrade, window } = rules.ladder;
  if (downgrade === 'never' || current === 0) return NEVER;
  const today = dayNumberOf(known.judgedMs, rules);
  const short = firstShortDay(state, rules, known, { today, bound: rules.levels[current]!.fromTurnover });
  if (short === null) return NEVER;
  if (downgrade === 'at_once') return startOf(Math.max(short, today + 1), rules);
  return startOf(nextPeriodStart(short, window, known.joinedOn), rules);
}

/** The first day, from today on, on which the measure lies below the bound if nothing is sold; `null` for none. */
function firstShortDay(
  state: AccountState,
  rules: Rules,
  known: LadderState,
  { today, bound }: { readonly today: DayNumber; readonly bound: bigint },
): DayNumber | null {
  const { window, measure } = rules.ladder;
  if (measure === 'points_balance' || window.kind === 'lifetime') {
    return measureOn(state, rules, today) < bound ? today : null;
  }
  if (window.kind !== 'rolling') {
    return measureOn(state, rules, today) < bound ? today : nextPeriodStart(today, window, known.joinedOn);
  }
  let sum = 0n;
  const last = known.counts.findLast(({ amount }) => {
    sum += amount;
    return sum >= bound;
  });
  return last === undefined ? today : Math.max(today, lastDayOfCounting(last.from, window.months) + 1);
}

/** Applies what of the level has come due at an instant. `dues` are those before anything else of that instant. */
export function applyLevelDues(operation: Operation, at: EpochMs, dues: LevelDues): void {
  const { pin } = operation.state;
  if (pin !== null && dues.pin <= at) unpin(operation, 'over', at);
  if (!remembersLadder(operation.rules)) return;
  const moment = momentOf(operation, at);
  if (dues.rise <= at || moment.rise) riseByEndedWindow(operation, at);
  if (dues.fall <= at || moment.fall) judgeLoss(operation, at);
}

/** Judges the level at the end of a command by what the command has changed. */
export function settleLevel(operation: Operation): void {
  const { ladder } = operation.rules;
  raiseLevel(operation, { at: operation.nowMs });
  if (ladder.measure === 'points_balance' && ladder.downgrade === 'at_once') judgeLoss(operation, operation.nowMs);
}

/** A balance may change at the very instant at which it is judged; the other measures cannot. */
function momentOf({ state, rules }: Operation, at: EpochMs): { readonly rise: boolean; readonly fall: boolean } {
  const { measure, downgrade, window } = rules.ladder;
  if (measure !== 'points_balance') return { rise: false, fall: false };
  const day = dayNumberOf(at, rules);
  const beginsDay = at === startOf(day, rules);
  const beginsPeriod = beginsDay && day === periodStart(day, window, state.ladder?.joinedOn ?? day);
  const waits = rules.levelUpgrade;
  return {
    rise: (waits === 'nightly' && beginsDay) || (waits === 'next_period' && beginsPeriod),
    fall: downgrade === 'at_once' || (downgrade !== 'never' && beginsPeriod),
  };
}

function riseByEndedWindow(operation: Operation, at: EpochMs): void {
  const { state, rules } = operation;
  const measure = measureOn(state, rules, dayNumberOf(at, rules) - 1);
  const deserved = deservedIndex(measure, rules.levels);
  if (deserved <= indexOfLevel(state.level, rules.levels)) return;
  changeLevel(operation, rules.levels[deserved]!, { why: 'reached', at, measure });
}

/** The level is lost, its grace begins, or its grace ends one way or the other. */
function judgeLoss(operation: Operation, at: EpochMs): void {
  const { state, rules } = operation;
  const known = countingState(state, rules);
  const current = indexOfLevel(state.level, rules.levels);
  if (known === null || current <= 0) return;
  if (known.graceUntilMs !== null && known.graceUntilMs > at) return;
  const standing = standingIndex(state, rules, at);
  if (standing >= current) {
    if (known.graceUntilMs !== null) recordGrace(operation, 'level_kept', null, at);
    return;
  }
  const until = known.graceUntilMs === null ? endOfGrace(at, rules) : at;
  if (until > at) {
    recordGrace(operation, 'level_grace', until, at);
    return;
  }
  const next = rules.ladder.downgrade === 'one_step' ? current - 1 : standing;
  const why = known.graceUntilMs === null ? 'not_reached' : 'grace_over';
  changeLevel(operation, rules.levels[next]!, { why, at, measure: measureOf(state, rules, at) });
}

function recordGrace(
  operation: Operation,
  kind: 'level_grace' | 'level_kept',
  graceUntilMs: EpochMs | null,
  at: EpochMs,
): void {
  const { state, rules } = operation;
  const level = rules.levels[indexOfLevel(state.level, rules.levels)]!;
  record(operation, {
    kind,
    occurredAtMs: at,
    ladder: { graceUntilMs },
    numbers: { measure: measureOf(state, rules, at), bound: level.fromTurnover },
    texts: {
      level: level.id,
      levelName: level.name,
      measure: rules.ladder.measure,
      ...(graceUntilMs === null ? {} : { lastDay: dateOf(dayNumberOf(graceUntilMs, rules) - 1).toString() }),
    },
  });
}

/** The first instant after the days of grace. */
function endOfGrace(at: EpochMs, rules: Rules): EpochMs {
  const { graceDays, graceToMonthEnd } = rules.ladder;
  const last = dayNumberOf(at, rules) + graceDays - 1;
  return startOf((graceToMonthEnd ? endOfMonth(last) : last) + 1, rules);
}

/** Takes a pin off. The level that the measure gives shows again. */
export function unpin(operation: Operation, why: 'over' | 'by_hand', at: EpochMs): void {
  const { state, rules } = operation;
  const { pin } = state;
  if (pin === null) return;
  const name = (id: string | null): string => {
    const index = indexOfLevel(id, rules.levels);
    return index === -1 ? (id ?? '') : rules.levels[index]!.name;
  };
  record(operation, {
    kind: 'unpin_level',
    occurredAtMs: at,
    ladder: { pin: null },
    texts: { why, from: pin.level, fromName: name(pin.level), to: state.level ?? '', toName: name(state.level) },
  });
}
