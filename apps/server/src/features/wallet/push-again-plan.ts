/**
 * When a version that phones have not fetched is pushed again, counted from the version or from the push before. A phone
 * that is off gets Apple's kept push; these are for one that got it and could not ask, in low power mode, without
 * network, with our server away. After the last one, the daily look of the phone itself has to do.
 */
const PAUSES = [{ minutes: 15 }, { hours: 2 }, { hours: 24 }, { hours: 24 * 7 }] as const;

/** When a new version will be pushed for the second time, if nobody has fetched it by then. */
export const firstRepush = (now: Temporal.Instant): Temporal.Instant => now.add(PAUSES[0]);

/** After the push of a step (0 is the first repeated one), when the next one is due; null: it was the last. */
export function nextRepush(step: number, now: Temporal.Instant): Temporal.Instant | null {
  const pause = PAUSES[step + 1];
  return pause ? now.add(pause) : null;
}
