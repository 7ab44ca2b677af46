import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { type Database, openDatabase, type Tenant } from '../database/index.ts';
import { createLog } from '../log.ts';
import { type FeatureJobs, type Jobs, startJobs, type Task } from './index.ts';

const SETTLE_MILLISECONDS = 20_000;
const COMPANY = 5;

let testDatabase: TestDatabase;
let database: Database;
let tenant: Tenant;
let admin: pg.Client;
const logged: string[] = [];
const log = createLog('debug', (line) => logged.push(line));
const running: Jobs[] = [];

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  const { connectionString } = testDatabase;
  database = openDatabase({ connectionString, size: 4 });
  tenant = database.tenant(COMPANY);
  admin = new pg.Client({ connectionString, options: '-c search_path=tessera,public' });
  await admin.connect();
});
afterEach(async () => {
  for (const jobs of running.splice(0)) await jobs.stop();
  await admin.query('delete from outbox');
  const left = await admin.query('select id from graphile_worker._private_jobs where locked_by is not null');
  await admin.query('delete from graphile_worker._private_jobs');
  expect(left.rows, 'a worker that stopped in good order keeps no job locked').toEqual([]);
  logged.length = 0;
});
afterAll(async () => {
  await database.end();
  await admin.end();
  await testDatabase.drop();
});

const put = (kind: string, payload: object, into: Pick<Tenant, 'query'> = tenant) =>
  into.query(`insert into outbox (company_id, kind, payload, created_at) values ($1, $2, $3, now())`, [
    COMPANY,
    kind,
    JSON.stringify(payload),
  ]);

/** A feature whose one task is what a test says; the key joins what has the same `of`. */
function feature(task: Task, attemptsMax = 3): FeatureJobs {
  return {
    tasks: { work: task },
    outbox: {
      happened: (companyId, payload) => [{ task: 'work', companyId, payload, attemptsMax }],
      changed: (companyId, payload) => [
        { task: 'work', companyId, payload, key: `work:${companyId}:${String(payload.of)}`, attemptsMax },
      ],
    },
  };
}

async function begin(
  task: Task,
  options: { work?: boolean; attemptsMax?: number; watchMilliseconds?: number } = {},
): Promise<Jobs> {
  const jobs = await startJobs({
    connectionString: testDatabase.connectionString,
    features: [feature(task, options.attemptsMax)],
    log,
    pollMilliseconds: 50,
    ...(options.work === undefined ? {} : { work: options.work }),
    ...(options.watchMilliseconds === undefined ? {} : { watchMilliseconds: options.watchMilliseconds }),
  });
  running.push(jobs);
  return jobs;
}

const waitingJobs = async (): Promise<number> =>
  (await admin.query<{ count: number }>('select count(*)::integer as count from graphile_worker.jobs')).rows[0]!.count;

describe('the outbox', () => {
  test('what was committed is done once, with its company, though nobody woke us', async () => {
    const done: unknown[] = [];
    const jobs = await begin(async (payload, companyId) => {
      done.push([payload, companyId]);
    });
    await put('happened', { number: 1 });
    await jobs.settle(SETTLE_MILLISECONDS);
    expect(done).toEqual([[{ number: 1 }, COMPANY]]);
  });

  test('what a process left behind when it died is done by the next one', async () => {
    await put('happened', { number: 1 });
    // This one drains, and dies before anything is worked on.
    const drainer = await begin(async () => {}, { work: false });
    await expect.poll(async () => (await drainer.depth()).outbox, { timeout: 10_000 }).toBe(0);
    await drainer.stop();
    running.splice(0);
    expect(await waitingJobs()).toBe(1);
    const done: unknown[] = [];
    const next = await begin(async ({ number }) => {
      done.push(number);
    });
    await next.settle(SETTLE_MILLISECONDS);
    expect(done).toEqual([1]);
  });

  test('what was rolled back is never done', async () => {
    const done: unknown[] = [];
    const jobs = await begin(async (payload) => {
      done.push(payload);
    });
    const failing = tenant.transaction(async (transaction) => {
      await put('happened', {}, transaction as Pick<Tenant, 'query'>);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await jobs.settle(SETTLE_MILLISECONDS);
    expect(done).toEqual([]);
  });

  test('rows and jobs change places in one transaction: a drain that breaks off leaves the rows', async () => {
    // The job cannot be written, because its number of attempts is refused by the queue.
    const jobs = await begin(async () => {}, { attemptsMax: -1 });
    await put('happened', {});
    await expect
      .poll(() => logged.some((line) => line.includes('could not be drained')), { timeout: 10_000 })
      .toBe(true);
    expect((await jobs.depth()).outbox).toBe(1);
    expect(await waitingJobs()).toBe(0);
  });

  test('a kind that only a newer program knows waits for it', async () => {
    const jobs = await begin(async () => {});
    await put('from_the_future', {});
    await put('happened', {});
    await expect.poll(async () => (await jobs.depth()).outbox, { timeout: 10_000 }).toBe(1);
    const { rows } = await admin.query('select kind from outbox');
    expect(rows).toEqual([{ kind: 'from_the_future' }]);
  });

  test('a burst under one key is one job; other keys are their own', async () => {
    const done: unknown[] = [];
    for (const of of ['a', 'a', 'b', 'a', 'a']) await put('changed', { of });
    const jobs = await begin(async ({ of }) => {
      done.push(of);
    });
    await jobs.settle(SETTLE_MILLISECONDS);
    expect(done.sort()).toEqual(['a', 'b']);
  });

  test('changes that come one by one while nobody has time are one job as well', async () => {
    const drainer = await begin(async () => {}, { work: false });
    for (let change = 1; change <= 3; change += 1) {
      await put('changed', { of: 'a' });
      await expect.poll(async () => (await drainer.depth()).outbox, { timeout: 10_000 }).toBe(0);
    }
    expect(await waitingJobs()).toBe(1);
  });

  test('a change while its job runs is done again afterwards: nothing is missed', async () => {
    const first = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    let times = 0;
    const jobs = await begin(async () => {
      times += 1;
      if (times > 1) return;
      begun.resolve();
      await first.promise;
    });
    await put('changed', { of: 'a' });
    jobs.wake();
    await begun.promise;
    await put('changed', { of: 'a' });
    await expect.poll(async () => (await jobs.depth()).outbox, { timeout: 10_000 }).toBe(0);
    first.resolve();
    await jobs.settle(SETTLE_MILLISECONDS);
    expect(times).toBe(2);
  });

  test('several processes share the work and do each thing once', async () => {
    const done: number[] = [];
    const task: Task = async ({ number }) => {
      done.push(Number(number));
    };
    const processes = [await begin(task), await begin(task), await begin(task)];
    await Promise.all(Array.from({ length: 90 }, (_, number) => put('happened', { number })));
    for (const jobs of processes) jobs.wake();
    await processes[0]!.settle(SETTLE_MILLISECONDS);
    expect(done.sort((a, b) => a - b)).toEqual(Array.from({ length: 90 }, (_, number) => number));
  });
});

describe('a job', () => {
  test('that fails is tried again, and its log line says neither message nor payload', async () => {
    const attempts: number[] = [];
    const jobs = await begin(async (_payload, _companyId, attempt) => {
      attempts.push(attempt);
      if (attempt === 1) throw new TypeError('phone 79123456789 is wrong');
    });
    await put('happened', { phone: '79123456789' });
    jobs.wake();
    await expect.poll(() => attempts.length, { timeout: 10_000 }).toBe(1);
    await expect.poll(async () => (await jobs.depth()).failing, { timeout: 10_000 }).toBe(1);
    await admin.query('select graphile_worker.reschedule_jobs(array(select id from graphile_worker.jobs), now())');
    await expect.poll(() => attempts, { timeout: 20_000 }).toEqual([1, 2]);
    const line = logged.find((one) => one.includes('a job failed'));
    expect(line).toContain('"type":"TypeError"');
    expect(logged.join('')).not.toContain('79123456789');
  });

  test('that runs is waited for when the worker stops', async () => {
    const begun = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    let finished = false;
    const jobs = await begin(async () => {
      begun.resolve();
      await release.promise;
      finished = true;
    });
    await put('happened', {});
    jobs.wake();
    await begun.promise;
    const stopped = jobs.stop().then(() => finished);
    running.splice(0);
    release.resolve();
    expect(await stopped).toBe(true);
    expect(await waitingJobs()).toBe(0);
  });

  test('that a killed worker was at is done by another one', async () => {
    await put('happened', { number: 7 });
    const drainer = await begin(async () => {}, { work: false });
    await expect.poll(async () => (await drainer.depth()).outbox, { timeout: 10_000 }).toBe(0);
    await admin.query(
      `update graphile_worker._private_jobs set locked_by = 'pool-killed', locked_at = now() - interval '1 minute'`,
    );
    const done: unknown[] = [];
    await begin(
      async (payload) => {
        done.push(payload);
      },
      { watchMilliseconds: 50 },
    );
    await expect.poll(() => done, { timeout: 10_000 }).toEqual([{ number: 7 }]);
  });

  test('that takes long is not taken from a worker whose watch has lost its connection once', async () => {
    let finish = () => {};
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    let times = 0;
    const slow = async () => {
      times += 1;
      await finished;
    };
    await begin(slow, { watchMilliseconds: 50 });
    await put('happened', { number: 9 });
    await expect.poll(() => times, { timeout: 10_000 }).toBe(1);
    const watching = `select pid from pg_locks where locktype = 'advisory' and classid = 1414746451 and granted
      and database = (select oid from pg_database where datname = current_database())`;
    const [before] = (await admin.query<{ pid: number }>(watching)).rows;
    await admin.query('select pg_terminate_backend($1)', [before?.pid]);
    const after = async () =>
      (await admin.query<{ pid: number }>(watching)).rows.filter(({ pid }) => pid !== before?.pid);
    await expect.poll(after, { timeout: 10_000 }).toHaveLength(1);
    await admin.query(`update graphile_worker._private_jobs set locked_at = now() - interval '1 minute'`);
    await begin(slow, { watchMilliseconds: 50 });
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(times).toBe(1);
    finish();
  });

  test('that takes long is not taken from a worker that lives', async () => {
    let times = 0;
    let finish = () => {};
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const slow = async () => {
      times += 1;
      await finished;
    };
    await begin(slow, { watchMilliseconds: 50 });
    await put('happened', { number: 8 });
    await expect.poll(() => times, { timeout: 10_000 }).toBe(1);
    // To others it looks as if it had been locked for long.
    await admin.query(`update graphile_worker._private_jobs set locked_at = now() - interval '1 minute'`);
    await begin(slow, { watchMilliseconds: 50 });
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(times).toBe(1);
    finish();
  });
});
