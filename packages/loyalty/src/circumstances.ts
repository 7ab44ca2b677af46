import { businessDayOf, type Calendar, type EpochMs, toInstant } from './business-day.ts';

/** When, where and for whom a rule or an offer holds. `null` asks for nothing. */
export type Circumstances = {
  readonly fromMs: EpochMs | null;
  /** Half-open, as every interval. */
  readonly untilMs: EpochMs | null;
  /** 1 is Monday; the day is the business day. */
  readonly weekdays: readonly number[] | null;
  /** Local times `HH:MM`, half-open; an end at or before the start lies on the next day. */
  readonly hours: { readonly from: string; readonly to: string } | null;
  readonly venues: readonly string[] | null;
  readonly channels: readonly string[] | null;
  /** The guest belongs to at least one of them. */
  readonly segments: readonly string[] | null;
  readonly levels: readonly string[] | null;
};

/** Circumstances that ask for nothing. */
export const ANY_CIRCUMSTANCES: Circumstances = {
  fromMs: null,
  untilMs: null,
  weekdays: null,
  hours: null,
  venues: null,
  channels: null,
  segments: null,
  levels: null,
};

/** What is known of a check and its guest when circumstances are asked. */
export type Situation = {
  readonly at: EpochMs;
  readonly venue?: string | undefined;
  readonly channel?: string | undefined;
  readonly segments?: readonly string[] | undefined;
  readonly level?: string | undefined;
};

export type CircumstanceUnmet = 'not_yet' | 'over' | 'weekday' | 'hour' | 'venue' | 'channel' | 'segment' | 'level';

/** The first of the circumstances that is not met; `null` when all are. */
export function circumstanceUnmet(
  { fromMs, untilMs, weekdays, hours, venues, channels, segments, levels }: Circumstances,
  { at, venue = '', channel = '', segments: own = [], level = '' }: Situation,
  calendar: Calendar,
): CircumstanceUnmet | null {
  if (fromMs !== null && at < fromMs) return 'not_yet';
  if (untilMs !== null && at >= untilMs) return 'over';
  if (weekdays !== null && !weekdays.includes(businessDayOf(at, calendar).dayOfWeek)) return 'weekday';
  if (hours !== null && !isWithin(hours, at, calendar.timeZone)) return 'hour';
  if (venues !== null && !venues.includes(venue)) return 'venue';
  if (channels !== null && !channels.includes(channel)) return 'channel';
  if (segments !== null && !own.some((one) => segments.includes(one))) return 'segment';
  return levels !== null && !levels.includes(level) ? 'level' : null;
}

/** Whether an instant lies within local hours. Times compare as text, because `HH:MM` has one width. */
function isWithin({ from, to }: { from: string; to: string }, at: EpochMs, timeZone: string): boolean {
  const time = toInstant(at).toZonedDateTimeISO(timeZone).toPlainTime().toString({ smallestUnit: 'minute' });
  return from < to ? time >= from && time < to : time >= from || time < to;
}
