import { EventEmitter } from 'node:events';
import { type CronItem, Logger, parseCronItems, run, type TaskList, type WorkerEvents } from 'graphile-worker';
import pg from 'pg';
import { SCHEMA } from '../database/migrate.ts';
import type { Log } from '../log.ts';
import { watchWorkers } from './dead-workers.ts';

/** Work to be done later, by whichever process is free. */
export type Job = {
  task: string;
  companyId: number;
  payload: Record<string, unknown>;
  /** Jobs with one key that have not begun yet are one job: a burst of changes costs one refresh. */
  key?: string;
  /** Jobs of one queue run one after another, also in different processes. */
  queue?: string;
  delayMilliseconds?: number;
  attemptsMax?: number;
};

/** Runs one job; what it throws is tried again later, with growing pauses. */
export type Task = (payload: Record<string, unknown>, companyId: number, attempt: number) => Promise<void>;

/** Turns a row of the outbox into jobs. */
export type OutboxRoute = (companyId: number, payload: Record<string, unknown>) => Job[];

/** What a feature gives to the worker. */
export type FeatureJobs = {
  tasks: Record<string, Task>;
  outbox: Record<string, OutboxRoute>;
  /** Tasks that run every minute, for no company in particular. */
  everyMinute?: readonly string[];
  /** Tasks that run once a night (03:17 UTC), for no company in particular. */
  everyNight?: readonly string[];
};

export type Jobs = {
  /** Say that a transaction with outbox rows has committed: they are drained in a few milliseconds. */
  wake(): void;
  /** Waits until the outbox is empty and no job of now is left: for tests and for the end of a command. */
  settle(timeoutMilliseconds: number): Promise<void>;
  /** Does now what is done every minute: for a clock that was put ahead. */
  runEveryMinute(): Promise<void>;
  /** Rows waiting in the outbox and jobs waiting or failing: for /metrics and doctor. */
  depth(): Promise<{ outbox: number; jobs: number; failing: number }>;
  stop(): Promise<void>;
};

export type JobsOptions = {
  connectionString: string;
  features: readonly FeatureJobs[];
  log: Log;
  concurrency?: number;
  /** How often the outbox is looked at although nobody woke us (another process may have died in between). */
  pollMilliseconds?: number;
  /** How often dead workers are looked for. */
  watchMilliseconds?: number;
  /** false: only drains (a process that serves but does not work). */
  work?: boolean;
};

const BATCH = 500;

/** Starts draining the outbox and, unless told otherwise, working through the jobs. */
export async function startJobs(options: JobsOptions): Promise<Jobs> {
  const { connectionString, features, log, concurrency = 4, pollMilliseconds = 1_000, work = true } = options;
  const { watchMilliseconds = 10_000 } = options;
  // Jobs belong to the database's owner, not to the application role: graphile-worker's tables are closed to others.
  const pool = new pg.Pool({
    connectionString,
    max: concurrency + 3,
    options: `-c search_path=${SCHEMA},public -c tessera.company_id=0`,
  });
  const lost = (error: Error) => log.warn({ error }, 'a connection of the worker was lost');
  pool.on('error', lost);
  // A connection that is lent out reports its loss itself, and an unheard error would end the process.
  pool.on('connect', (client) => client.on('error', lost));
  const routes = new Map(features.flatMap((feature) => Object.entries(feature.outbox)));
  const events: WorkerEvents = new EventEmitter();
  let workerId = '';
  events.once('pool:create', ({ workerPool }) => {
    workerId = workerPool.id;
  });
  const runner = work
    ? await run({
        events,
        pgPool: pool,
        parsedCronItems: parseCronItems(atTimes(features)),
        taskList: taskList(features, log),
        concurrency,
        noHandleSignals: true,
        pollInterval: 2_000,
        logger: new Logger(() => () => {}),
      })
    : null;
  const watch = runner && (await watchWorkers(pool, workerId, { log, everyMilliseconds: watchMilliseconds }));
  const drain = drainLoop(() => drainOnce(pool, routes), log, pollMilliseconds);
  return {
    wake: drain.wake,
    depth: () => measureDepth(pool),
    async settle(timeoutMilliseconds) {
      const end = Date.now() + timeoutMilliseconds;
      for (;;) {
        await drain.now();
        const { outbox, jobs } = await measureDepth(pool);
        if (outbox + jobs === 0) return;
        if (Date.now() > end) throw new Error(`Still ${outbox} outbox rows and ${jobs} jobs after the wait.`);
        await new Promise((resolve) => setTimeout(resolve, 15));
      }
    },
    async runEveryMinute() {
      for (const { tasks, everyMinute: names = [] } of features) {
        for (const name of names) await tasks[name]?.({}, 0, 1);
      }
    },
    async stop() {
      await drain.stop();
      await runner?.stop();
      await watch?.stop();
      await pool.end();
    },
  };
}

/** What runs every minute or night, once in all processes together; a run that is late is not made up for. */
const atTimes = (features: readonly FeatureJobs[]): CronItem[] => {
  const at = (match: string, tasks: readonly string[] = []) =>
    tasks.map((task) => ({
      task,
      match,
      payload: { companyId: 0 },
      options: { maxAttempts: 1, jobKey: task, jobKeyMode: 'preserve_run_at' as const },
    }));
  return features.flatMap(({ everyMinute, everyNight }) => [
    ...at('* * * * *', everyMinute),
    ...at('17 3 * * *', everyNight),
  ]);
};

function taskList(features: readonly FeatureJobs[], log: Log): TaskList {
  const entries = features.flatMap((feature) => Object.entries(feature.tasks));
  return Object.fromEntries(
    entries.map(([name, task]) => [
      name,
      async (payload: unknown, { job }: { job: { attempts: number; max_attempts: number } }) => {
        const { companyId, ...rest } = payload as { companyId: number } & Record<string, unknown>;
        try {
          await task(rest, companyId, job.attempts);
        } catch (error) {
          const level = job.attempts >= job.max_attempts ? 'error' : 'warn';
          log[level]({ error, task: name, companyId, attempt: job.attempts }, 'a job failed');
          throw error;
        }
      },
    ]),
  );
}

type OutboxRow = { company_id: number; kind: string; payload: Record<string, unknown> };

/** Moves one batch from the outbox to the jobs, in one transaction: nothing is lost or doubled. Returns how many. */
async function drainOnce(pool: pg.Pool, routes: Map<string, OutboxRoute>): Promise<number> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const { rows } = await client.query<OutboxRow>({
      name: 'outbox-drain',
      text: `delete from outbox where (company_id, outbox_id) in (
               select company_id, outbox_id from outbox where kind = any($1)
               order by outbox_id limit ${BATCH} for update skip locked)
             returning company_id, kind, payload`,
      // Rows of a kind that only a newer program knows wait for it.
      values: [[...routes.keys()]],
    });
    const jobs = rows.flatMap((row) => routes.get(row.kind)?.(row.company_id, row.payload) ?? []);
    if (jobs.length > 0) await addJobs(client, jobs);
    await client.query('commit');
    return rows.length;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  } finally {
    client.release();
  }
}

async function addJobs(client: pg.PoolClient, jobs: readonly Job[]): Promise<void> {
  const unique = new Map(jobs.map((job, index) => [job.key ?? `#${index}`, job]));
  for (const job of unique.values()) {
    await client.query({
      name: 'add-job',
      text: `select graphile_worker.add_job($1, payload := $2::json, job_key := $3, job_key_mode := 'preserve_run_at',
               run_at := now() + make_interval(secs => $4), max_attempts := $5, queue_name := $6)`,
      values: [
        job.task,
        JSON.stringify({ ...job.payload, companyId: job.companyId }),
        job.key ?? null,
        (job.delayMilliseconds ?? 0) / 1_000,
        job.attemptsMax ?? 25,
        job.queue ?? null,
      ],
    });
  }
}

/** Drains when woken and every so often, one batch at a time, never two at once in one process. */
function drainLoop(drainBatch: () => Promise<number>, log: Log, pollMilliseconds: number) {
  let running: Promise<void> | null = null;
  let again = false;
  let stopped = false;
  const drainAll = async () => {
    do {
      again = false;
      while ((await drainBatch()) === BATCH && !stopped);
    } while (again && !stopped);
  };
  const now = (): Promise<void> => {
    again = true;
    running ??= drainAll()
      .catch((error) => log.warn({ error }, 'the outbox could not be drained; tried again soon'))
      .finally(() => {
        running = null;
      });
    return running;
  };
  let timer: NodeJS.Timeout | null = null;
  const wake = () => {
    if (timer || stopped) return;
    timer = setTimeout(() => {
      timer = null;
      void now();
    }, 5);
  };
  const poll = setInterval(wake, pollMilliseconds);
  return {
    now,
    wake,
    async stop() {
      stopped = true;
      clearInterval(poll);
      if (timer) clearTimeout(timer);
      await running;
    },
  };
}

async function measureDepth(pool: pg.Pool): Promise<{ outbox: number; jobs: number; failing: number }> {
  const { rows } = await pool.query<{ outbox: number; jobs: number; failing: number }>(
    `select (select count(*)::integer from outbox) as outbox,
            count(*) filter (where run_at <= now() + interval '5 seconds' and attempts < max_attempts)::integer as jobs,
            count(*) filter (where last_error is not null)::integer as failing
     from graphile_worker.jobs`,
  );
  return rows[0]!;
}
