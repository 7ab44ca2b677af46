import { randomBytes } from 'node:crypto';
import type { Clock } from '../src/platform/clock.ts';
import type { Platform } from '../src/platform/context.ts';
import { createVault } from '../src/platform/crypto/index.ts';
import { openDatabase } from '../src/platform/database/index.ts';
import { createDirectory } from '../src/platform/directory.ts';
import { createLog } from '../src/platform/log.ts';
import { createMetrics } from '../src/platform/metrics.ts';
import { createTexts } from '../src/platform/texts.ts';
import { createTestDatabase } from './database.ts';

/** A clock that stands still until a test moves it. */
export type TestClock = Clock & { advance(duration: Temporal.DurationLike): void };

export function createTestClock(start = '2026-03-01T09:00:00Z'): TestClock {
  let now = Temporal.Instant.from(start);
  return {
    now: () => now,
    advance(duration) {
      now = now.toZonedDateTimeISO('UTC').add(duration).toInstant();
    },
  };
}

export type TestHouse = {
  platform: Platform;
  clock: TestClock;
  connectionString: string;
  /** Every line that was logged. */
  logged: string[];
  /** How often somebody said that the outbox has rows. */
  woken: () => number;
  close(): Promise<void>;
};

/** The house without HTTP and jobs, on a database of its own: for tests of use cases. */
export async function createTestHouse(): Promise<TestHouse> {
  const testDatabase = await createTestDatabase();
  const { connectionString } = testDatabase;
  const database = openDatabase({ connectionString, size: 8 });
  const clock = createTestClock();
  const logged: string[] = [];
  let wakes = 0;
  const platform: Platform = {
    clock,
    random: randomBytes,
    vault: createVault(randomBytes(32)),
    directory: createDirectory(database.platform),
    database,
    log: createLog('debug', (line) => logged.push(line)),
    metrics: createMetrics(),
    texts: createTexts(),
    publicUrl: 'https://cards.example',
    wake: () => {
      wakes += 1;
    },
  };
  return {
    platform,
    clock,
    connectionString,
    logged,
    woken: () => wakes,
    async close() {
      await database.end();
      await testDatabase.drop();
    },
  };
}
