/** How late a sale of a till without a network may come, and how long a return waits for its sale. */
export const LATENESS_HOURS = 72;

/** A device's clock may be wrong; the time that has passed on it is right. Never in the future. */
export function occurredAtOf(
  { occurredAt, sentAt }: { occurredAt: Temporal.Instant; sentAt: Temporal.Instant },
  now: Temporal.Instant,
): Temporal.Instant {
  const waited = Math.max(0, sentAt.epochMilliseconds - occurredAt.epochMilliseconds);
  return now.subtract({ milliseconds: waited });
}

export const isTooLate = (occurredAt: Temporal.Instant, now: Temporal.Instant): boolean =>
  now.epochMilliseconds - occurredAt.epochMilliseconds > LATENESS_HOURS * 3_600_000;
