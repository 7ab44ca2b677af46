import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestHouse, type TestHouse } from '../../test/platform.ts';
import { openDatabase } from './database/index.ts';
import { createPace } from './pace.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await createTestHouse();
});
afterAll(() => house.close());

test('processes together send no more within any second than is allowed', async () => {
  const processes = Array.from({ length: 3 }, () =>
    openDatabase({ connectionString: house.connectionString, size: 4 }),
  );
  const left: number[] = [];
  await Promise.all(
    processes.flatMap(({ platform }) => {
      const pace = createPace(platform, { perSecond: 50, burst: 5 });
      return Array.from({ length: 3 }, async () => {
        for (let call = 0; call < 10; call++) {
          expect(await pace('google', 5_000)).toBe(true);
          left.push(performance.now());
        }
      });
    }),
  );
  left.sort((one, other) => one - other);
  // A sleeper wakes a little late, never early by more than the clock's grain.
  const most = Math.max(...left.map((start) => left.filter((at) => at >= start && at < start + 1_000).length));
  expect(left).toHaveLength(90);
  expect(most).toBeLessThanOrEqual(58);
  await Promise.all(processes.map((one) => one.end()));
});

test('whoever would wait longer than he wants to is sent away, and takes nobody’s place', async () => {
  const slept: number[] = [];
  const pace = createPace(house.platform.database.platform, {
    perSecond: 1,
    burst: 1,
    sleep: async (milliseconds) => void slept.push(milliseconds),
  });
  expect(await pace('slow', 2_500)).toBe(true);
  expect(await pace('slow', 2_500)).toBe(true);
  expect(await pace('slow', 2_500)).toBe(true);
  expect(await pace('slow', 500)).toBe(false);
  expect(await pace('slow', 2_500)).toBe(true);
  expect(slept).toHaveLength(2);
  expect(slept[1]).toBeGreaterThan(1_500);
});

test('two names do not wait for each other', async () => {
  const pace = createPace(house.platform.database.platform, { perSecond: 1, burst: 0 });
  expect(await pace('one', 10)).toBe(true);
  expect(await pace('other', 10)).toBe(true);
  expect(await pace('one', 10)).toBe(false);
});
