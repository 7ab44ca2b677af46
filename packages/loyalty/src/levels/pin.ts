import type { EpochMs } from '../business-day.ts';
import { startOfDay, toInstant } from '../business-day.ts';
import type { Operation } from '../operation.ts';
import { record } from '../operation.ts';
import type { Refusal } from '../refusal.ts';
import { refusal } from '../refusal.ts';
import type { Rules } from '../rules.ts';
import { indexOfLevel, levelOf } from './climb.ts';
import { unpin } from './fall.ts';
import { basisOf } from './measure.ts';
import { dayNumberOf, numberOf } from './periods.ts';

/** Holds a member on a level by hand, whatever the measure says; a higher level by the measure still wins. */
export type PinLevel = {
  readonly kind: 'pin_level';
  readonly level: string;
  /** `YYYY-MM-DD`, inclusive; `null` until it is taken off. */
  readonly lastDay: string | null;
};

export type UnpinLevel = { readonly kind: 'unpin_level' };

/** A membership begins: years of membership count from this business day, today when absent. Once in an account's life. */
export type Join = { readonly kind: 'join'; readonly day?: string | undefined };

export type LevelOutcome = {
  readonly kind: 'level';
  readonly levelBefore: string;
  readonly levelAfter: string;
  /** The pin that stands now. */
  readonly pinned: { readonly level: string; readonly until: Temporal.Instant | null } | null;
};

/** Pins the level. The same pin again changes nothing. Refuses `unknown_level` and a last day that is over. */
export function pinLevel(operation: Operation, command: PinLevel): LevelOutcome | Refusal {
  const { state, rules, nowMs } = operation;
  const level = rules.levels.find((one) => one.id === command.level);
  if (level === undefined) return refusal('unknown_level', { level: command.level });
  const untilMs = command.lastDay === null ? null : endOfDay(command.lastDay, rules);
  if (untilMs === undefined || (untilMs !== null && untilMs <= nowMs)) {
    return refusal('value_invalid', { field: 'lastDay', value: command.lastDay ?? '' });
  }
  const before = levelOf(state, rules);
  if (state.pin?.level !== level.id || state.pin.untilMs !== untilMs) {
    record(operation, {
      kind: 'pin_level',
      ladder: { pin: { level: level.id, untilMs } },
      texts: {
        from: before.id,
        fromName: before.name,
        to: level.id,
        toName: level.name,
        ...(command.lastDay === null ? {} : { lastDay: command.lastDay }),
      },
    });
  }
  return outcomeOf(operation, before.id);
}

/** Takes the pin off; nothing happens where there is none. */
export function unpinLevel(operation: Operation): LevelOutcome {
  const before = levelOf(operation.state, operation.rules).id;
  unpin(operation, 'by_hand', operation.nowMs);
  return outcomeOf(operation, before);
}

/** Begins the membership. Refuses a day that is no day or lies ahead; a second time changes nothing. */
export function join(operation: Operation, { day }: Join): LevelOutcome | Refusal {
  const { state, rules, nowMs } = operation;
  const today = dayNumberOf(nowMs, rules);
  const joinedOn = day === undefined ? today : dayOf(day);
  if (joinedOn === null || joinedOn > today) return refusal('value_invalid', { field: 'day', value: day ?? '' });
  const level = levelOf(state, rules).id;
  if (state.ladder === null) {
    record(operation, { kind: 'join', ladder: { begins: { basis: basisOf(rules.ladder), joinedOn } } });
  }
  return outcomeOf(operation, level);
}

function outcomeOf({ state, rules }: Operation, levelBefore: string): LevelOutcome {
  const { pin } = state;
  return {
    kind: 'level',
    levelBefore,
    levelAfter: levelOf(state, rules).id,
    pinned:
      pin === null || indexOfLevel(pin.level, rules.levels) === -1
        ? null
        : { level: pin.level, until: pin.untilMs === null ? null : toInstant(pin.untilMs) },
  };
}

/** The instant at which a day is over; `undefined` where the text is no day. */
function endOfDay(text: string, rules: Rules): EpochMs | undefined {
  const day = dateFrom(text);
  return day === null ? undefined : startOfDay(day.add({ days: 1 }), rules);
}

function dayOf(text: string): number | null {
  const day = dateFrom(text);
  return day === null ? null : numberOf(day);
}

function dateFrom(text: string): Temporal.PlainDate | null {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return null;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' });
  } catch {
    return null;
  }
}
