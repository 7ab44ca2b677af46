import type pg from 'pg';
import type { Log } from '../log.ts';

/** First half of the lock that says «this worker lives»; the second is a hash of the worker's name. */
const LIVES = 1_414_746_451;
/** A worker that has just begun may not hold its lock yet. */
const LOCKED_SECONDS_MIN = 5;

export type Watch = { stop(): Promise<void> };

/**
 * Gives the jobs of dead workers back. A process that is killed leaves the jobs it was at locked, and graphile-worker
 * frees such only after four hours: an SMS or a card would wait as long. Every worker therefore holds an advisory lock
 * while it lives (PostgreSQL takes it back when the process is gone); whose lock is free while his jobs are locked is dead.
 */
export async function watchWorkers(
  pool: pg.Pool,
  workerId: string,
  { log, everyMilliseconds }: { log: Log; everyMilliseconds: number },
): Promise<Watch> {
  let client: pg.PoolClient | null = await takeLock(pool, workerId);
  const look = async () => {
    try {
      // The lock has gone with its connection (a restart of the database): to others we are dead until we hold it again.
      client ??= await takeLock(pool, workerId);
      await giveBackJobsOfTheDead(client, workerId, log);
    } catch (error) {
      log.warn({ error }, 'dead workers could not be looked for; tried again soon');
      client?.release(true);
      client = null;
    }
  };
  let looking: Promise<void> | null = null;
  const lookUnlessBusy = () => {
    looking ??= look().finally(() => {
      looking = null;
    });
  };
  lookUnlessBusy();
  const timer = setInterval(lookUnlessBusy, everyMilliseconds);
  return {
    async stop() {
      clearInterval(timer);
      await looking;
      // Whatever we still had would be nobody's now.
      await client?.query('select graphile_worker.force_unlock_workers(array[$1])', [workerId]).catch(() => {});
      client?.release(true);
    },
  };
}

async function takeLock(pool: pg.Pool, workerId: string): Promise<pg.PoolClient> {
  const client = await pool.connect();
  try {
    // Of a connection that was lost without a word the database may hear minutes later: until then it holds the lock for us.
    const { rows } = await client.query<{ held: boolean }>('select pg_try_advisory_lock($1, hashtext($2)) as held', [
      LIVES,
      workerId,
    ]);
    if (!rows[0]?.held) throw new Error('The lock of this worker is still held.');
    return client;
  } catch (error) {
    client.release(true);
    throw error;
  }
}

async function giveBackJobsOfTheDead(client: pg.PoolClient, workerId: string, log: Log): Promise<void> {
  const { rows } = await client.query<{ id: string }>(
    `select distinct locked_by as id from graphile_worker._private_jobs
     where locked_by is not null and locked_by <> $1 and locked_at < now() - make_interval(secs => $2)`,
    [workerId, LOCKED_SECONDS_MIN],
  );
  for (const { id } of rows) {
    const [tried] = (
      await client.query<{ dead: boolean }>('select pg_try_advisory_lock($1, hashtext($2)) as dead', [LIVES, id])
    ).rows;
    if (!tried?.dead) continue;
    await client.query('select graphile_worker.force_unlock_workers(array[$1])', [id]);
    await client.query('select pg_advisory_unlock($1, hashtext($2))', [LIVES, id]);
    log.warn({ worker: id }, 'a worker has died; its jobs go on');
  }
}
