import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestHouse, type TestHouse } from '../../test/platform.ts';
import { openDatabase } from './database/index.ts';
import { createPace } from './pace.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await createTestHouse();
});
afterAll(() => house.close());

/** Notes when each may leave, by the clock that all share, and waits for nothing. */
function noting() {
  const moments: number[] = [];
  const sleep = async (_: number, until: number) => void moments.push(until);
  return { moments, sleep };
}

test('processes together send no more within any second than is allowed', async () => {
  const processes = Array.from({ length: 3 }, () =>
    openDatabase({ connectionString: house.connectionString, size: 4 }),
  );
  const { moments, sleep } = noting();
  await Promise.all(
    processes.flatMap(({ platform }) => {
      const pace = createPace(platform, { perSecond: 50, burst: 5, sleep });
      return Array.from({ length: 3 }, async () => {
        for (let call = 0; call < 30; call++) expect(await pace('google', 10_000)).toBe(true);
      });
    }),
  );
  // Who need not wait is noted a moment after his turn was written down, hence one more. Less than a second by the clock's grain.
  const most = Math.max(...moments.map((start) => moments.filter((at) => at >= start && at < start + 999.9).length));
  expect(moments).toHaveLength(270);
  expect(most).toBeLessThanOrEqual(56);
  await Promise.all(processes.map((one) => one.end()));
});

/** One in a hundred seconds: whatever this machine does meanwhile, it is not that slow. */
const rare = { perSecond: 0.01 } as const;

test('whoever would wait longer than he wants to is sent away, and takes nobody’s place', async () => {
  const { moments, sleep } = noting();
  const pace = createPace(house.platform.database.platform, { ...rare, burst: 1, sleep });
  const patience = 250_000;
  expect(await pace('slow', patience)).toBe(true);
  expect(await pace('slow', patience)).toBe(true);
  expect(await pace('slow', patience)).toBe(true);
  expect(await pace('slow', 50_000)).toBe(false);
  expect(await pace('slow', patience)).toBe(true);
  expect(moments).toHaveLength(4);
  expect(moments[2]! - moments[0]!).toBeCloseTo(100_000, 0);
  expect(moments[3]! - moments[2]!).toBeCloseTo(100_000, 0);
});

test('two names do not wait for each other', async () => {
  const pace = createPace(house.platform.database.platform, { ...rare, burst: 0 });
  expect(await pace('one', 10)).toBe(true);
  expect(await pace('other', 10)).toBe(true);
  expect(await pace('one', 10)).toBe(false);
});
