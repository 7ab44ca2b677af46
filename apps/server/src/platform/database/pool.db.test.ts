import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { isUnstorableText, openDatabase } from './index.ts';
import { createPool, type Pool, PoolExhaustedError } from './pool.ts';

let testDatabase: TestDatabase;
let admin: pg.Client;
const pools: Pool[] = [];
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  admin = new pg.Client({ connectionString: testDatabase.connectionString });
  await admin.connect();
});
afterAll(async () => {
  for (const pool of pools) await pool.end();
  await admin.end();
  await testDatabase.drop();
});

function open(options: { size?: number; waitMilliseconds?: number } = {}): Pool {
  const pool = createPool({ connectionString: testDatabase.connectionString, ...options });
  pools.push(pool);
  return pool;
}

type Asked = { company: string; process: number };
const who = async (pool: Pool, companyId: number): Promise<Asked> =>
  pool.withConnection(companyId, async ({ client }) => {
    const { rows } = await client.query<Asked>(
      `select current_setting('tessera.company_id') as company, pg_backend_pid() as process`,
    );
    return rows[0]!;
  });

/** Holds a connection until it is let go. */
function hold(pool: Pool, companyId: number) {
  const begun = Promise.withResolvers<number>();
  const end = Promise.withResolvers<void>();
  const done = pool.withConnection(companyId, async ({ client }) => {
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    begun.resolve(rows[0]!.pid);
    await end.promise;
  });
  done.catch(begun.reject);
  return {
    begun: begun.promise,
    async letGo() {
      end.resolve();
      await done;
    },
  };
}

/** A door before the database: while it is shut, new connections wait before it. */
async function startGate() {
  const target = new URL(testDatabase.connectionString);
  let passage = Promise.resolve();
  let open = () => {};
  const server = createServer(async (socket) => {
    socket.on('error', () => {});
    await passage;
    const behind = connect(Number(target.port), target.hostname);
    behind.on('error', () => socket.destroy());
    socket.pipe(behind).pipe(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = new URL(target);
  address.hostname = '127.0.0.1';
  address.port = String((server.address() as AddressInfo).port);
  return {
    connectionString: address.href,
    close() {
      passage = new Promise((resolve) => {
        open = resolve;
      });
    },
    open: () => open(),
    async stop() {
      server.close();
      await once(server, 'close');
    },
  };
}

const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
};

describe('the pool', () => {
  test('sets the company once and not again while the connection stays with it', async () => {
    const pool = open({ size: 1 });
    const texts: string[] = [];
    await pool.withConnection(1, async ({ client }) => {
      const query = client.query.bind(client);
      client.query = ((config: { text?: string } | string, ...rest: never[]) => {
        texts.push(typeof config === 'string' ? config : (config.text ?? ''));
        return query(config as string, ...rest);
      }) as typeof client.query;
    });
    const work = (companyId: number) => pool.withConnection(companyId, ({ client }) => client.query('select 1'));
    for (const companyId of [1, 1, 1, 2, 2, 1]) await work(companyId);
    const sets = texts.map((text) => (text.includes('set_config') ? 'set' : 'work'));
    expect(sets).toEqual(['work', 'work', 'work', 'set', 'work', 'work', 'set', 'work']);
  });

  test('prefers the connection that stands for the company already', async () => {
    const pool = open({ size: 2 });
    const [first, second] = [hold(pool, 1), hold(pool, 2)];
    const [one, two] = [await first.begun, await second.begun];
    await first.letGo();
    await second.letGo();
    expect([(await who(pool, 2)).process, (await who(pool, 1)).process]).toEqual([two, one]);
  });

  test('never runs a query for another company, however many ask at once', async () => {
    const pool = open({ size: 3 });
    const asked = Array.from({ length: 300 }, (_, index) => 1 + ((index * 7) % 11));
    const answers = await Promise.all(asked.map((companyId) => who(pool, companyId)));
    expect(answers.map(({ company }) => Number(company))).toEqual(asked);
    expect(new Set(answers.map(({ process }) => process)).size).toBeLessThanOrEqual(3);
    expect(pool.statistics()).toEqual({ open: 3, idle: 3, waiting: 0 });
  });

  test('refuses those who have waited long enough and goes on with the others', async () => {
    const pool = open({ size: 1, waitMilliseconds: 60 });
    const held = hold(pool, 1);
    await held.begun;
    await expect(who(pool, 2)).rejects.toThrow(PoolExhaustedError);
    expect(pool.statistics().waiting).toBe(0);
    await held.letGo();
    expect((await who(pool, 2)).company).toBe('2');
  });

  test('serves those who wait in their order', async () => {
    const pool = open({ size: 1 });
    const held = hold(pool, 1);
    await held.begun;
    const order: number[] = [];
    const waiting = [2, 3, 4].map((companyId) => who(pool, companyId).then(() => order.push(companyId)));
    await held.letGo();
    await Promise.all(waiting);
    expect(order).toEqual([2, 3, 4]);
  });

  test('replaces a connection that the server has ended while it was idle', async () => {
    const pool = open({ size: 1 });
    const { process } = await who(pool, 1);
    await admin.query('select pg_terminate_backend($1)', [process]);
    await until(() => pool.statistics().open === 0);
    const next = await who(pool, 1);
    expect(next.company).toBe('1');
    expect(next.process).not.toBe(process);
  });

  test('gives a fresh connection to whoever waits for one that is lost', async () => {
    const pool = open({ size: 1, waitMilliseconds: 20_000 });
    const sleeping = pool.withConnection(1, async ({ client }) => client.query('select pg_sleep(30)'));
    const lost = expect(sleeping).rejects.toThrow(/terminat/);
    const waiting = who(pool, 2);
    let ended = false;
    while (!ended) {
      const { rows } = await admin.query<{ ended: boolean }>(
        `select pg_terminate_backend(pid) as ended from pg_stat_activity
         where query = 'select pg_sleep(30)' and datname = current_database() and pid <> pg_backend_pid()`,
      );
      ended = rows.some((row) => row.ended);
    }
    await lost;
    expect((await waiting).company).toBe('2');
    expect(pool.statistics()).toEqual({ open: 1, idle: 1, waiting: 0 });
  });

  test('keeps a fresh connection whose waiter has lost patience meanwhile', async () => {
    const gate = await startGate();
    const pool = createPool({ connectionString: gate.connectionString, size: 1, waitMilliseconds: 60 });
    const held = hold(pool, 1);
    const process = await held.begun;
    gate.close();
    const waiting = who(pool, 2);
    await admin.query('select pg_terminate_backend($1)', [process]);
    await expect(waiting).rejects.toThrow(PoolExhaustedError);
    await held.letGo();
    gate.open();
    await until(() => pool.statistics().idle === 1);
    expect((await who(pool, 2)).company).toBe('2');
    await pool.end();
    await gate.stop();
  });

  test('does not lend a connection again that somebody’s defect may have left in a transaction', async () => {
    const pool = open({ size: 1 });
    const before = await who(pool, 1);
    const defect = pool.withConnection(1, async ({ client }) => {
      await client.query('begin');
      throw new TypeError('a defect');
    });
    await expect(defect).rejects.toThrow('a defect');
    expect((await who(pool, 1)).process).not.toBe(before.process);
  });

  test('keeps a connection whose statement was refused', async () => {
    const pool = open({ size: 1 });
    const before = await who(pool, 1);
    await expect(pool.withConnection(1, ({ client }) => client.query('select 1 / 0'))).rejects.toThrow(/division/);
    expect((await who(pool, 1)).process).toBe(before.process);
  });

  test('ends after the work that runs, refuses those who wait, lets nobody in', async () => {
    const pool = open({ size: 1 });
    const held = hold(pool, 1);
    await held.begun;
    const waiting = expect(who(pool, 2)).rejects.toThrow('The pool has ended');
    let ended = false;
    const end = pool.end().then(() => {
      ended = true;
    });
    await waiting;
    expect(ended).toBe(false);
    await held.letGo();
    await end;
    await expect(who(pool, 1)).rejects.toThrow('The pool has ended');
    await until(() => pool.statistics().open === 0);
  });

  test('says so when the database cannot be reached, and keeps no place for it', async () => {
    const pool = createPool({ connectionString: 'postgres://nobody@127.0.0.1:1/nothing', size: 1 });
    await expect(who(pool, 1)).rejects.toThrow(/ECONNREFUSED/);
    expect(pool.statistics().open).toBe(0);
  });
});

describe('a company’s transaction', () => {
  const venue = (code: number) =>
    ['insert into venues (company_id, code, name) values ($1, $2, $3)', [1, code, 'x']] as const;

  test('is written whole or not at all', async () => {
    const database = openDatabase({ connectionString: testDatabase.connectionString, size: 1 });
    const tenant = database.tenant(1);
    await tenant.query(
      `insert into companies (company_id, name, language, currency, time_zone, country, created_at)
       values (1, 'Траттория', 'ru', 'RUB', 'Europe/Moscow', 'RU', now())`,
      [],
    );
    const failing = tenant.transaction(async (transaction) => {
      await transaction.query(...venue(1));
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    const refused = tenant.transaction(async (transaction) => {
      await transaction.query(...venue(2));
      await transaction.query(...venue(2));
    });
    await expect(refused).rejects.toThrow(/duplicate key/);
    await tenant.transaction((transaction) => transaction.query(...venue(3)));
    expect(await tenant.query('select code from venues where company_id = $1', [1])).toEqual([{ code: 3 }]);
    await database.end();
  });

  test('tells what went wrong first when the connection is lost as well', async () => {
    const database = openDatabase({ connectionString: testDatabase.connectionString, size: 1 });
    const lost = database.tenant(1).transaction(async (transaction) => {
      const [row] = await transaction.query('select pg_backend_pid() as process', []);
      const interrupted = transaction.query('select pg_sleep(30)', []);
      interrupted.catch(() => undefined);
      await admin.query('select pg_terminate_backend($1)', [row?.process]);
      await interrupted;
    });
    await expect(lost).rejects.toThrow(/terminating connection|Connection terminated/);
    expect(await database.tenant(1).query('select 1 as one', [])).toEqual([{ one: 1 }]);
    await database.end();
  });

  test('keeps numbers and instants exact', async () => {
    const database = openDatabase({ connectionString: testDatabase.connectionString, size: 1 });
    const rows = await database
      .tenant(1)
      .query(
        `select 9007199254740993::bigint as big, '2026-03-01 09:00:00.123456+03'::timestamptz as at, '2024-02-29'::date as day`,
        [],
      );
    expect(rows).toEqual([{ big: 9_007_199_254_740_993n, at: expect.anything(), day: '2024-02-29' }]);
    expect(String(rows[0]?.at)).toBe('2026-03-01T06:00:00.123456Z');
    await database.end();
  });

  test('a NUL in a text is known as the sender’s fault, in text and in JSON', async () => {
    const database = openDatabase({ connectionString: testDatabase.connectionString, size: 1 });
    const { platform } = database;
    for (const query of ['select $1::text', 'select $1::jsonb']) {
      const value = query.includes('jsonb') ? JSON.stringify({ name: 'a\0b' }) : 'a\0b';
      const error = await platform.query(query, [value]).then(
        () => null,
        (thrown: unknown) => thrown,
      );
      expect(isUnstorableText(error)).toBe(true);
    }
    expect(isUnstorableText(new Error('no'))).toBe(false);
    await database.end();
  });
});
