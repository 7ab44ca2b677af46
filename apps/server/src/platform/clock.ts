/** What time it is: passed in everywhere, so that a test and the demo can move it. */
export type Clock = { now(): Temporal.Instant };

/** The computer's clock in whole milliseconds, which every database and every format keeps exactly. */
export const systemClock: Clock = {
  now: () => Temporal.Instant.fromEpochMilliseconds(Date.now()),
};

/** A clock that runs with another one and can be put ahead of it, never back: what is in the ledger has happened. */
export type MovableClock = Clock & { aheadMilliseconds(): number; putAhead(milliseconds: number): void };

export function createMovableClock(base: Clock, aheadMilliseconds: number): MovableClock {
  let ahead = aheadMilliseconds;
  return {
    now: () => base.now().add({ milliseconds: ahead }),
    aheadMilliseconds: () => ahead,
    putAhead(milliseconds) {
      if (milliseconds < ahead) throw new Error('The clock is never put back.');
      ahead = milliseconds;
    },
  };
}
