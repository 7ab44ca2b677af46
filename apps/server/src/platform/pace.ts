import type { Queryable } from './database/index.ts';

/**
 * Waits until the next request to something outside may leave. The processes of an installation share one line in the
 * database, so that together they are no faster than allowed.
 * @returns false when the wait would be longer than the patience: nothing was reserved
 */
export type Pace = (name: string, patienceMilliseconds: number) => Promise<boolean>;

export type PaceOptions = {
  readonly perSecond: number;
  /** So many requests may leave at once after a rest: within any second at most `perSecond + burst` leave. */
  readonly burst: number;
  /** Waits so long (not at all where it is nothing), until a moment of the database's clock in milliseconds since 1970. */
  readonly sleep?: (milliseconds: number, until: number) => Promise<void>;
};

/**
 * A token bucket in one row and one statement (the generic cell rate algorithm): each caller takes the next free moment
 * and sleeps until then by itself. The moments are those of the database, whose clock is one for all.
 */
export function createPace(platform: Queryable, { perSecond, burst, sleep = sleepFor }: PaceOptions): Pace {
  const interval = 1_000 / perSecond;
  // `next_at` is when the bucket would be full again but for those who wait; a burst may run ahead of it.
  const text = `
    insert into paces as p (name, next_at) values ($1, clock_timestamp() + make_interval(secs => $2::float8 / 1000))
    on conflict (name) do update
      set next_at = greatest(p.next_at, clock_timestamp()) + make_interval(secs => $2::float8 / 1000)
      where p.next_at <= clock_timestamp() + make_interval(secs => ($3::float8 + $4::float8) / 1000)
    returning (extract(epoch from next_at) * 1000)::float8 - $2::float8 - $3::float8 as turn,
      (extract(epoch from clock_timestamp()) * 1000)::float8 as now`;
  return async (name, patienceMilliseconds) => {
    const rows = await platform.query<{ turn: number; now: number }>({ name: 'pace', text }, [
      name,
      interval,
      burst * interval,
      patienceMilliseconds,
    ]);
    const row = rows[0];
    if (!row) return false;
    const until = Math.max(row.turn, row.now);
    await sleep(until - row.now, until);
    return true;
  };
}

const sleepFor = async (milliseconds: number): Promise<void> => {
  if (milliseconds > 0) await new Promise((resolve) => setTimeout(resolve, milliseconds));
};
