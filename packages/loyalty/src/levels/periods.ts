import type { Calendar, EpochMs } from '../business-day.ts';
import { businessDayOf, startOfDay } from '../business-day.ts';
import type { LadderPeriod, LadderWindow } from './settings.ts';

/** A business day as the number of days since 1970-01-01: what counts are kept by, because it is short and compares. */
export type DayNumber = number;

const MS_PER_DAY = 86_400_000;
const MONTHS_IN: Readonly<Record<LadderPeriod, number>> = { month: 1, quarter: 3, half_year: 6, year: 12 };

export function dayNumberOf(at: EpochMs, calendar: Calendar): DayNumber {
  return numberOf(businessDayOf(at, calendar));
}

/** The first instant of a day. */
export function startOf(day: DayNumber, calendar: Calendar): EpochMs {
  return startOfDay(dateOf(day), calendar);
}

export function numberOf(date: Temporal.PlainDate): DayNumber {
  return Date.UTC(date.year, date.month - 1, date.day) / MS_PER_DAY;
}

export function dateOf(day: DayNumber): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(day * MS_PER_DAY)
    .toZonedDateTimeISO('UTC')
    .toPlainDate();
}

/** Where a day is counted: under itself, its month, its year of membership, or all days together. */
export function bucketOf(day: DayNumber, window: LadderWindow, joinedOn: DayNumber): DayNumber {
  switch (window.kind) {
    case 'lifetime':
      return 0;
    case 'rolling':
      return day;
    case 'calendar':
      return numberOf(dateOf(day).with({ day: 1 }));
    case 'anniversary':
      return membershipYear(day, joinedOn, 0);
  }
}

/** The first day that counts for the window which ends with this day. */
export function windowStart(day: DayNumber, window: LadderWindow, joinedOn: DayNumber): DayNumber {
  if (window.kind === 'lifetime') return 0;
  if (window.kind === 'rolling') return rollingStart(dateOf(day), window.months);
  return periodStart(day, window, joinedOn);
}

/** The first day of the period that a day lies in: that of the window, else its calendar month. */
export function periodStart(day: DayNumber, window: LadderWindow, joinedOn: DayNumber): DayNumber {
  if (window.kind === 'anniversary') return membershipYear(day, joinedOn, 0);
  return numberOf(firstOfPeriod(dateOf(day), lengthOf(window)));
}

/** The first day of the period after the one that a day lies in. */
export function nextPeriodStart(day: DayNumber, window: LadderWindow, joinedOn: DayNumber): DayNumber {
  if (window.kind === 'anniversary') return membershipYear(day, joinedOn, 1);
  const months = lengthOf(window);
  return numberOf(firstOfPeriod(dateOf(day), months).add({ months }));
}

/** The last day on which a day still counts for a rolling window. */
export function lastDayOfCounting(day: DayNumber, months: number): DayNumber {
  return numberOf(dateOf(day).add({ months }));
}

/** The last day of a day's month. */
export function endOfMonth(day: DayNumber): DayNumber {
  const date = dateOf(day);
  return numberOf(date.with({ day: date.daysInMonth }));
}

function lengthOf(window: LadderWindow): number {
  return window.kind === 'calendar' ? MONTHS_IN[window.period] : 1;
}

function firstOfPeriod(date: Temporal.PlainDate, months: number): Temporal.PlainDate {
  const month = Math.floor((date.month - 1) / months) * months + 1;
  return date.with({ day: 1, month });
}

/** The first day `d` with `d + months ≥ last`. Months of different length need the second look. */
function rollingStart(last: Temporal.PlainDate, months: number): DayNumber {
  const first = last.subtract({ months });
  const counts = Temporal.PlainDate.compare(first.add({ months }), last) >= 0;
  return numberOf(counts ? first : first.add({ days: 1 }));
}

/** The start of the year of membership that a day lies in, or of a later one. 29 February joins on 28 February. */
function membershipYear(day: DayNumber, joinedOn: DayNumber, later: number): DayNumber {
  const [date, joined] = [dateOf(day), dateOf(joinedOn)];
  const years = date.year - joined.year;
  const reached = Temporal.PlainDate.compare(joined.add({ years }), date) <= 0;
  return numberOf(joined.add({ years: (reached ? years : years - 1) + later }));
}
