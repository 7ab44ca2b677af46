import type { DesignBody } from './body.ts';

/**
 * The last day of a card, YYYY-MM-DD in the company's time zone: its own, else the design's; undefined where it never
 * ends by itself. The day of issue counts as none: a card of one day ends on the day after.
 */
export function lastDayOf(
  { expiry }: Pick<DesignBody, 'expiry'>,
  own: { readonly expiresOn?: string | undefined },
  { issuedAt, timeZone }: { issuedAt: Temporal.Instant; timeZone: string },
): string | undefined {
  if (own.expiresOn) return own.expiresOn;
  if (!expiry) return undefined;
  if (expiry.kind === 'date') return expiry.on;
  return issuedAt.toZonedDateTimeISO(timeZone).toPlainDate().add({ days: expiry.days }).toString();
}

/** The last second of a day, ISO 8601. */
export const endOfDay = (date: string, timeZone: string): string =>
  Temporal.PlainDate.from(date)
    .add({ days: 1 })
    .toZonedDateTime(timeZone)
    .toInstant()
    .subtract({ seconds: 1 })
    .toString();
