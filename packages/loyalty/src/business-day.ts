/** Milliseconds since 1970-01-01T00:00Z. Inside the engine instants are kept so, because the hot path compares them. */
export type EpochMs = number;

/** Where and when a day of the programme begins. */
export type Calendar = {
  /** IANA name, such as `Europe/Moscow`. */
  readonly timeZone: string;
  /** Local time `HH:MM` at which a business day starts. A bar that closes at four starts its day at `05:00`. */
  readonly dayStartsAt: string;
};

export const ROUND_UP_TO = ['day', 'month', 'quarter', 'half_year', 'year'] as const;
export type RoundUpTo = (typeof ROUND_UP_TO)[number];

const MONTHS_IN: Readonly<Record<Exclude<RoundUpTo, 'day'>, number>> = { month: 1, quarter: 3, half_year: 6, year: 12 };

/** A day of every year. 29 February is 28 February in common years. */
export type YearDay = { readonly month: number; readonly day: number };

/** A length of time counted in whole days of the programme, its last day inclusive. */
export type Term = {
  readonly unit: 'days' | 'months';
  readonly length: number;
  /** Moves the last valid day to the end of its month, quarter, half-year or year; `day` leaves it. */
  readonly roundUpTo: RoundUpTo;
};

export function toInstant(epochMs: EpochMs): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(epochMs);
}

/** First instant of a business day; a local time that a clock change skips is the first instant after the gap. */
export function startOfDay(day: Temporal.PlainDate, calendar: Calendar): EpochMs {
  if (calendar.dayStartsAt === '00:00') return day.toZonedDateTime(calendar.timeZone).epochMilliseconds;
  const wanted = day.toPlainDateTime(Temporal.PlainTime.from(calendar.dayStartsAt));
  const later = wanted.toZonedDateTime(calendar.timeZone, { disambiguation: 'later' });
  if (later.toPlainDateTime().equals(wanted)) {
    return wanted.toZonedDateTime(calendar.timeZone, { disambiguation: 'earlier' }).epochMilliseconds;
  }
  // `later` lies behind the gap: the gap ends at the clock change just before it.
  const change = later.getTimeZoneTransition('previous');
  return (change ?? later).epochMilliseconds;
}

/** The business day that an instant belongs to: the day `d` with `startOfDay(d) ≤ instant < startOfDay(d + 1)`. */
export function businessDayOf(at: EpochMs, calendar: Calendar): Temporal.PlainDate {
  const day = toInstant(at).toZonedDateTimeISO(calendar.timeZone).toPlainDate();
  if (at < startOfDay(day, calendar)) return day.subtract({ days: 1 });
  const next = day.add({ days: 1 });
  // A clock set back over midnight repeats the evening after the next day has already begun.
  return at >= startOfDay(next, calendar) ? next : day;
}

/** The last day on which something that starts on `day` is still valid; the day of month is clamped to the month. */
export function lastValidDay(day: Temporal.PlainDate, term: Term): Temporal.PlainDate {
  const last = day.add(term.unit === 'days' ? { days: term.length } : { months: term.length });
  if (term.roundUpTo === 'day') return last;
  const months = MONTHS_IN[term.roundUpTo];
  const month = Math.ceil(last.month / months) * months;
  const inLastMonth = last.with({ day: 1, month });
  return inLastMonth.with({ day: inLastMonth.daysInMonth });
}

/** The first of these days of the year that lies on `day` or after it. At least one is given. */
export function nextYearDay(day: Temporal.PlainDate, yearDays: readonly YearDay[]): Temporal.PlainDate {
  const candidates = [day.year, day.year + 1].flatMap((year) =>
    yearDays.map((one) => Temporal.PlainDate.from({ year, ...one }, { overflow: 'constrain' })),
  );
  const after = candidates.filter((one) => Temporal.PlainDate.compare(one, day) >= 0);
  return after.reduce((first, one) => (Temporal.PlainDate.compare(one, first) < 0 ? one : first));
}

/** The instant at which a term that starts at `from` is over: the start of the day after its last valid day. */
export function endOfTerm(from: EpochMs, term: Term, calendar: Calendar): EpochMs {
  return startOfDay(lastValidDay(businessDayOf(from, calendar), term).add({ days: 1 }), calendar);
}

/** The start of the business day that lies `days` after the business day of `from`. */
export function startOfDayAfter(from: EpochMs, days: number, calendar: Calendar): EpochMs {
  return startOfDay(businessDayOf(from, calendar).add({ days }), calendar);
}
