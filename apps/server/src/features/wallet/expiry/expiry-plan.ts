/** What ends: the company's own certificate, or Apple's intermediate under it. */
export type ExpirySubject = 'certificate' | 'intermediate';

/** Days before the end; 0 stands for the end itself. A certificate takes an hour to renew, the intermediate a year to replace. */
export const expiryThresholds: Readonly<Record<ExpirySubject, readonly number[]>> = {
  certificate: [60, 30, 14, 7, 0],
  intermediate: [365, 180, 60, 30, 14, 7, 0],
};

const DAY_MILLISECONDS = 86_400_000;

/** Whole days that are left, rounded down; negative once it is over. */
export const daysUntil = (end: Temporal.Instant, now: Temporal.Instant): number =>
  Math.floor((end.epochMilliseconds - now.epochMilliseconds) / DAY_MILLISECONDS);

/** The threshold that is passed, the lowest of several; null while the end is far. */
export function thresholdOf(subject: ExpirySubject, end: Temporal.Instant, now: Temporal.Instant): number | null {
  if (Temporal.Instant.compare(now, end) >= 0) return 0;
  const left = end.epochMilliseconds - now.epochMilliseconds;
  const passed = expiryThresholds[subject].filter((days) => days > 0 && left <= days * DAY_MILLISECONDS);
  return passed.at(-1) ?? null;
}
