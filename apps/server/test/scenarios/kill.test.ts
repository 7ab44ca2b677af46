import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { API_TOKEN, freePort } from '../server.ts';
import { callTill } from './calls.ts';

// The server is killed in the middle of its work, again and again, while tills repeat what was not answered.

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const KILLS = 4;
const TILLS = 8;
const CHECK_SUM = 10_000;

let database: TestDatabase;
let folder: string;
let port: number;
let server: ChildProcess | undefined;

beforeAll(async () => {
  [database, folder, port] = [
    await createTestDatabase(),
    await mkdtemp(join(tmpdir(), 'tessera-kill-')),
    await freePort(),
  ];
  await startServer();
}, 120_000);
afterAll(async () => {
  server?.kill('SIGKILL');
  await database?.drop();
  await rm(folder, { recursive: true, force: true });
});

async function startServer(): Promise<void> {
  const environment = {
    PATH: process.env.PATH,
    PORT: String(port),
    HOST: '127.0.0.1',
    TESSERA_DATA_DIR: folder,
    DATABASE_URL: database.connectionString,
    TESSERA_API_TOKEN: API_TOKEN,
    TESSERA_LOG_LEVEL: 'warn',
  };
  server = spawn(process.execPath, [main, 'start'], { env: environment, stdio: 'ignore' });
  const { promise, reject } = Promise.withResolvers<never>();
  server.once('exit', (code) => reject(new Error(`The server ended with ${code} before it was ready.`)));
  promise.catch(() => {});
  const ready = async () => {
    for (;;) {
      const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
      if (answer?.status === 200) return;
      await setTimeout(50);
    }
  };
  await Promise.race([ready(), promise]);
}

async function killServer(): Promise<void> {
  const dying = server!;
  dying.kill('SIGKILL');
  if (dying.exitCode === null && dying.signalCode === null) await once(dying, 'exit');
}

type Sold = { checkGuid: string; checkId: unknown };

/** A till that repeats the same check until it has an answer. */
async function ringUp(accountId: number, until: () => boolean, sold: Sold[]): Promise<void> {
  const at = { url: `http://127.0.0.1:${port}` };
  while (!until()) {
    const checkGuid = randomUUID();
    const body = { checkGuid, accountId, moneySpentSum: CHECK_SUM };
    for (;;) {
      const answer = await callTill(at, 'external/register_check', body).catch(() => null);
      if (answer?.status === 200) {
        sold.push({ checkGuid, checkId: answer.body.checkId });
        break;
      }
      if (answer && answer.status < 500) throw new Error(`A check was refused: ${answer.text}`);
      await setTimeout(20);
    }
  }
}

test('kill -9 under load loses no answered check and counts none twice', { timeout: 120_000 }, async () => {
  const pool = new pg.Pool({ connectionString: database.connectionString, max: 2, options: '-c search_path=tessera' });
  try {
    const accounts = (await pool.query('select account_id from accounts order by 1 limit 4')).rows.map((row) =>
      Number(row.account_id),
    );
    const started = (await pool.query('select account_id, available from accounts')).rows;
    const earlier = Number((await pool.query('select count(*) from checks')).rows[0].count);
    let over = false;
    const sold: Sold[] = [];
    const tills = Array.from({ length: TILLS }, (_, index) =>
      ringUp(accounts[index % accounts.length]!, () => over, sold),
    );
    for (let kill = 0; kill < KILLS; kill++) {
      await setTimeout(150 + randomInt(500));
      await killServer();
      await startServer();
    }
    await setTimeout(300);
    over = true;
    await Promise.all(tills);

    // Every answered check stands exactly once under the number that was answered, and no other does.
    const { rows: kept } = await pool.query(`select external_id, check_id, account_id from checks`);
    expect(sold.length).toBeGreaterThan(TILLS * KILLS);
    expect(kept.length).toBe(earlier + sold.length);
    const byKey = new Map(kept.map((row) => [row.external_id, Number(row.check_id)]));
    for (const { checkGuid, checkId } of sold) expect(byKey.get(checkGuid)).toBe(checkId);

    // Every entry is there, and the balance is what the entries say.
    const { rows: sums } = await pool.query(
      `select a.account_id, a.available, coalesce(sum(e.change), 0) as entries
       from accounts a left join entries e using (company_id, account_id) group by a.account_id, a.available`,
    );
    expect(sums.length).toBe(started.length);
    for (const { available, entries } of sums) expect(Number(entries)).toBe(Number(available));
    const before = new Map(started.map((row) => [row.account_id, Number(row.available)]));
    const gained = sums.reduce((sum, row) => sum + Number(row.available) - before.get(row.account_id)!, 0);
    const rates = [300, 500, 700].map((rate) => (CHECK_SUM * rate) / 10_000);
    expect(gained).toBeGreaterThanOrEqual(sold.length * rates[0]!);
    expect(gained).toBeLessThanOrEqual(sold.length * rates[2]!);

    // What the dead processes had still to do is done by the living one.
    const waiting = async () => Number((await pool.query('select count(*) from outbox')).rows[0].count);
    await expect.poll(waiting, { timeout: 20_000 }).toBe(0);
  } finally {
    await pool.end();
  }
});
