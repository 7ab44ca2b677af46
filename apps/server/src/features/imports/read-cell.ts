import { businessDayOf, type Calendar, startOfDay } from '@tessera/loyalty';
import { unguardCell } from '../../platform/csv.ts';
import type { ProblemCode } from './model.ts';

export type Read<T> = { readonly value: T; readonly problem: null } | { readonly problem: ProblemCode };

const AMOUNT_MAX = 10n ** 12n;
const good = <T>(value: T): Read<T> => ({ value, problem: null });

/** A cell as its writer meant it: without spaces around it, and without the apostrophe that guards a formula. */
export const cleanCell = (cell: string): string => unguardCell(cell.trim()).trim();

/** «1 250,50», `1,250.50`, `1250.5`: minor units. More decimals than the scale has are refused unless they are zeros. */
export function readAmount(cell: string, scale: number): Read<bigint> {
  const text = cell.replace(/[\s\u00A0\u202F'’]/g, '').replace(/(₽|руб\.?|р\.?|RUB|баллов|балла|балл)$/iu, '');
  const sign = /^[-−–]/.test(text);
  const bare = text.replace(/^[-−–+]/, '');
  const last = Math.max(bare.lastIndexOf(','), bare.lastIndexOf('.'));
  const separators = bare.replace(/\d/g, '');
  // Several signs of one kind separate thousands: 1,250,000.
  const onlyThousands = separators.length > 1 && new Set(separators).size === 1;
  const whole = (last === -1 || onlyThousands ? bare : bare.slice(0, last)).replace(/[.,]/g, '');
  const decimals = last === -1 || onlyThousands ? '' : bare.slice(last + 1);
  if (!/^\d{1,15}$/.test(whole || '0') || !/^\d*$/.test(decimals) || bare === '' || !/^[\d.,]+$/.test(bare)) {
    return { problem: 'number_invalid' };
  }
  if (/[1-9]/.test(decimals.slice(scale))) return { problem: 'too_precise' };
  const minor = BigInt((whole || '0') + decimals.slice(0, scale).padEnd(scale, '0'));
  if (sign && minor > 0n) return { problem: 'negative' };
  return minor > AMOUNT_MAX ? { problem: 'too_big' } : good(minor);
}

/** A day as people and machines write it: 2026-12-31, 31.12.2026, 31/12/2026, 20261231; a time behind it is ignored. */
export function readDay(cell: string): Read<Temporal.PlainDate> {
  const iso = /^(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?:[T ].*)?$/.exec(cell) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(cell);
  const local = /^(\d{1,2})[-./](\d{1,2})[-./](\d{4})(?:[T ].*)?$/.exec(cell);
  const [year, month, day] = iso ? [iso[1], iso[2], iso[3]] : local ? [local[3], local[2], local[1]] : [];
  if (year === undefined) return { problem: 'date_invalid' };
  try {
    return good(
      Temporal.PlainDate.from({ year: Number(year), month: Number(month), day: Number(day) }, { overflow: 'reject' }),
    );
  } catch {
    return { problem: 'date_invalid' };
  }
}

/** An instant with its offset, as our own export writes it where a day alone would not be exact. */
function readInstant(cell: string): Temporal.Instant | null {
  if (!/^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:?\d\d)$/.test(cell)) return null;
  try {
    return Temporal.Instant.from(cell);
  } catch {
    return null;
  }
}

const NEVER = new Set(['never', 'никогда', 'бессрочно', 'бессрочные', 'не сгорают', '-', '—', '∞']);

/** When a lot burns: the named day is the last one. null never burns. */
export function readExpiry(cell: string, calendar: Calendar): Read<Temporal.Instant | null> {
  if (NEVER.has(cell.toLowerCase())) return good(null);
  const instant = readInstant(cell);
  if (instant) return good(instant);
  const day = readDay(cell);
  if (day.problem !== null) return day;
  return good(Temporal.Instant.fromEpochMilliseconds(startOfDay(day.value.add({ days: 1 }), calendar)));
}

/** When a lot becomes usable: at the start of the named day. */
export function readStart(cell: string, calendar: Calendar): Read<Temporal.Instant> {
  const instant = readInstant(cell);
  if (instant) return good(instant);
  const day = readDay(cell);
  if (day.problem !== null) return day;
  return good(Temporal.Instant.fromEpochMilliseconds(startOfDay(day.value, calendar)));
}

/** The way back: the last valid day of a lot, or the instant where it does not burn at the start of a day. */
export function expiryText(at: Temporal.Instant | null, calendar: Calendar): string {
  if (at === null) return 'never';
  const day = businessDayOf(at.epochMilliseconds, calendar);
  if (startOfDay(day, calendar) !== at.epochMilliseconds) return at.toString();
  return day.subtract({ days: 1 }).toString();
}

export function startText(at: Temporal.Instant, calendar: Calendar): string {
  const day = businessDayOf(at.epochMilliseconds, calendar);
  return startOfDay(day, calendar) === at.epochMilliseconds ? day.toString() : at.toString();
}

const SEXES: Readonly<Record<string, 'male' | 'female'>> = {
  м: 'male',
  муж: 'male',
  мужской: 'male',
  m: 'male',
  male: 'male',
  man: 'male',
  ж: 'female',
  жен: 'female',
  женский: 'female',
  f: 'female',
  female: 'female',
  woman: 'female',
};

export function readSex(cell: string): Read<'male' | 'female'> {
  const value = SEXES[cell.toLowerCase().replace(/\.$/, '')];
  return value === undefined ? { problem: 'sex_unknown' } : good(value);
}
