/** What time it is: passed in everywhere, so that a test and the demo can move it. */
export type Clock = { now(): Temporal.Instant };

/** The computer's clock in whole milliseconds, which every database and every format keeps exactly. */
export const systemClock: Clock = {
  now: () => Temporal.Instant.fromEpochMilliseconds(Date.now()),
};
