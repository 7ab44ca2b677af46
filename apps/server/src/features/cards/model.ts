import type { CardNumbers, CardRangeSettings, CardState } from '@tessera/contract';

/** A range of cards: numbers prepared beforehand, with what holds for those who get them. */
export type CardRange = {
  rangeId: number;
  name: string;
  groupId: number;
  group: string;
  settings: CardRangeSettings;
  numbers: CardNumbers;
  closed: boolean;
  free: number;
  active: number;
  blocked: number;
  createdAt: Temporal.Instant;
};

export type Card = {
  number: string;
  rangeId: number;
  state: CardState;
  accountId: number | null;
  activatedAt: Temporal.Instant | null;
};

/** The digit that makes a number valid by Luhn: a slip of one digit, or two swapped, is then no number of the range. */
export function checkDigitOf(digits: string): string {
  let sum = 0;
  for (let at = digits.length - 1, double = true; at >= 0; at -= 1, double = !double) {
    const value = Number(digits[at]) * (double ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return String((10 - (sum % 10)) % 10);
}

/** Of so many random numbers only one in ten thousand may be somebody's: less is guessed at a till in a day. */
const NUMBERS_A_CARD = 10_000;

/** How long a random number must be at least, so that it cannot be guessed among so many. */
export const digitsNeeded = (count: number, prefix: string): number =>
  prefix.length + String(count * NUMBERS_A_CARD - 1).length + 1;

/** A card number as typed or scanned; null when it cannot be one. */
export function readCardNumber(text: string): string | null {
  const digits = text.replace(/[\s\-–]/g, '');
  return /^[1-9]\d{3,17}$/.test(digits) ? digits : null;
}

/** Whether a range hands out cards on a day of the company. */
export const isOpen = ({ closed, settings }: Pick<CardRange, 'closed' | 'settings'>, today: Temporal.PlainDate) =>
  !closed &&
  (settings.handOutUntil === null ||
    Temporal.PlainDate.compare(today, Temporal.PlainDate.from(settings.handOutUntil)) <= 0);

export type Name = { firstName: string; lastName: string; middleName: string };

const PATRONYMIC = /(?:вич|вна|ична|инична|оглы|кызы|улы)$/iu;

/**
 * Reads a whole name as a cashier types it. Russian names come with the family name first («Иванова Мария Петровна»), or
 * last when the patronymic stands in the middle; without a patronymic the given name comes first, as in our forms.
 */
export function readName(text: string): Name {
  const words = text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .split(' ')
    .filter(Boolean);
  const [first = '', second = '', ...rest] = words;
  const third = rest.join(' ');
  if (third !== '' && PATRONYMIC.test(third)) return { lastName: first, firstName: second, middleName: third };
  if (PATRONYMIC.test(second)) return { firstName: first, middleName: second, lastName: third };
  return { firstName: first, lastName: [second, third].filter(Boolean).join(' '), middleName: '' };
}

/** A day as it is typed: 1990-03-01, 01.03.1990, 1/3/1990, 01031990. Null when it is none, or lies in the future. */
export function readDay(text: string, today: Temporal.PlainDate): string | null {
  const trimmed = text.trim();
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(trimmed);
  const local = /^(\d{1,2})[./\- ](\d{1,2})[./\- ](\d{4})$/.exec(trimmed) ?? /^(\d{2})(\d{2})(\d{4})$/.exec(trimmed);
  const [year, month, day] = iso ? [iso[1], iso[2], iso[3]] : local ? [local[3], local[2], local[1]] : [];
  if (!year || !month || !day) return null;
  try {
    const date = Temporal.PlainDate.from(
      { year: Number(year), month: Number(month), day: Number(day) },
      { overflow: 'reject' },
    );
    const possible = date.year >= 1900 && Temporal.PlainDate.compare(date, today) <= 0;
    return possible ? date.toString() : null;
  } catch {
    return null;
  }
}
