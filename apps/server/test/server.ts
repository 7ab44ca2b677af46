import { randomBytes, randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPhone, type Phone } from '@tessera/testkit';
import pg from 'pg';
import { type DemoWorld, startDemoWorld } from '../src/features/demo/index.ts';
import { type Config, readConfig } from '../src/platform/config.ts';
import { SCHEMA } from '../src/platform/database/migrate.ts';
import { createLog } from '../src/platform/log.ts';
import { type Running, start } from '../src/start.ts';
import { createTestDatabase } from './database.ts';
import type { TestClock } from './platform.ts';

/** Signs in where a story needs it; the demo is set up with these. */
export const OWNER = { email: 'owner@chaika.example', password: 'owner-of-chaika' };
export const API_TOKEN = 'permanent-token-of-the-till';

/** A whole server as `npm start` runs it, on a database of its own, with the demo company and the testkit as its world. */
export type TestServer = {
  /** Changes with a restart, see `restart`. */
  running: Running;
  world: DemoWorld;
  /** Public and real address in one. */
  url: string;
  connectionString: string;
  clock: TestClock;
  /** Every line that was logged. */
  logged: string[];
  cashier: { email: string; password: string };
  /** A phone of this world that trusts the demo's authority and reaches the server. */
  newPhone(deviceId: string): Phone;
  /** Ends all work that waits: outbox, jobs, and what the phones do because of it. */
  quiet(...phones: Phone[]): Promise<void>;
  /** Writes down what has come due and ends all work: until something happens, nothing moves by itself. */
  still(): Promise<void>;
  /** Stops the server and starts it again on the same database; in between, something may happen to the data. */
  restart(between?: () => Promise<void>): Promise<void>;
  /** Rows of every table of ours, to prove that nothing was written. */
  countRows(): Promise<Record<string, number>>;
  query<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
  stop(): Promise<void>;
};

/** A clock that runs with the real one (certificates on the wire are checked by it) and can be put ahead. */
export function createRunningClock(): TestClock {
  let ahead = Temporal.Duration.from({ milliseconds: 0 });
  return {
    now: () => Temporal.Now.instant().add(ahead),
    advance(duration) {
      const now = Temporal.Now.zonedDateTimeISO('UTC');
      ahead = now.until(now.add(ahead).add(duration), { largestUnit: 'hours' });
    },
  };
}

/**
 * A port that was free a moment ago. The public address stands in every card, so it is chosen before the start, and a
 * restart needs it again. It lies below the ports that systems give to whoever asks for any (32768 and up on Linux, 49152
 * and up elsewhere): until the server takes it, no connection of another test comes to stand on it.
 */
export async function freePort(): Promise<number> {
  for (let attempt = 1; ; attempt += 1) {
    const port = randomInt(20_000, 32_768);
    const probe = createServer().listen(port, '127.0.0.1');
    try {
      await once(probe, 'listening');
    } catch (error) {
      if (attempt === 20) throw error;
      continue;
    }
    probe.close();
    await once(probe, 'close');
    return port;
  }
}

/** Starts the server. Environment variables of the configuration may be added. */
export async function startTestServer(environment: Record<string, string> = {}): Promise<TestServer> {
  const database = await createTestDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'tessera-scenario-'));
  const port = await freePort();
  const config = configOf({
    PORT: String(port),
    HOST: '127.0.0.1',
    TESSERA_DATA_DIR: folder,
    DATABASE_URL: database.connectionString,
    TESSERA_OWNER_EMAIL: OWNER.email,
    TESSERA_OWNER_PASSWORD: OWNER.password,
    TESSERA_API_TOKEN: API_TOKEN,
    ...environment,
  });
  const clock = createRunningClock();
  const logged: string[] = [];
  const world = await startDemoWorld({ folder, clock, localUrl: config.publicUrl });
  const surroundings = { clock, world, log: createLog('debug', (line) => logged.push(line)) };
  const run = () => start(config, () => {}, surroundings);
  const pool = new pg.Pool({
    connectionString: database.connectionString,
    max: 2,
    options: `-c search_path=${SCHEMA},public`,
  });
  pool.on('error', () => {});
  const running = await run();
  const { cashier } = running.firstStart ?? {};
  if (!cashier) throw new Error('A scenario begins with a new demo.');
  const query: TestServer['query'] = async (text, values) => (await pool.query(text, values)).rows;
  const server: TestServer = {
    running,
    world,
    url: config.publicUrl,
    connectionString: database.connectionString,
    clock,
    logged,
    cashier,
    newPhone: (deviceId) => newPhone(server, deviceId),
    async quiet(...phones) {
      const all = [server.world.phone, ...phones];
      for (let round = 0; round < 2; round++) {
        await server.running.app.jobs.settle(20_000);
        for (const phone of all) await phone.settled();
      }
    },
    async still() {
      await server.running.app.jobs.runEveryMinute();
      await server.quiet();
    },
    async restart(between) {
      await server.running.stop();
      await between?.();
      server.running = await run();
    },
    query,
    countRows: () => countRows(query),
    async stop() {
      await server.running.stop();
      await world.stop();
      await pool.end();
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return server;
}

function configOf(environment: Record<string, string>): Config {
  const read = readConfig(environment);
  if (!read.ok) throw new Error(read.problems.map(({ sentence }) => sentence).join('\n'));
  return read.config;
}

function newPhone(server: TestServer, deviceId: string): Phone {
  const { world } = server;
  return createPhone({
    deviceId,
    // The server's clock: a demo's may have been put ahead of the test's.
    clock: () => server.running.app.platform.clock.now(),
    random: () => randomInt(2 ** 32) / 2 ** 32,
    rootCertificates: [world.chain.root.certificatePem],
    apns: world.apns,
    language: 'ru',
    http: { allowPlainHttp: true },
    pausesMilliseconds: [50, 100, 200, 400],
  });
}

async function countRows(query: TestServer['query']): Promise<Record<string, number>> {
  const tables = await query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = '${SCHEMA}'::regnamespace and relkind = 'r' order by 1`,
  );
  const counts: Record<string, number> = {};
  for (const { name } of tables) {
    const rows = await query<{ count: string }>(`select count(*) from "${name}"`);
    counts[name] = Number(rows[0]!.count);
  }
  return counts;
}

/** A phone number that nobody in the demo has. */
export const newPhoneNumber = (): string =>
  `7999${String(randomBytes(4).readUInt32BE() % 10_000_000).padStart(7, '0')}`;
