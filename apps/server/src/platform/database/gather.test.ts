import { expect, test } from 'vitest';
import { createGather, createTenantGather } from './gather.ts';
import { PoolExhaustedError } from './pool.ts';

test('keys that come while a read is under way share the next one, and each gets its own answer', async () => {
  const reads: number[][] = [];
  const read = createGather<number, string>(
    async (keys) => {
      reads.push([...keys]);
      await Promise.resolve();
      return keys.map((key) => `value ${key}`);
    },
    { togetherMax: 3, readsMax: 1 },
  );
  const answers = await Promise.all([1, 2, 3, 4, 5].map((key) => read(key)));
  expect(answers).toEqual(['value 1', 'value 2', 'value 3', 'value 4', 'value 5']);
  expect(reads).toEqual([[1], [2, 3, 4], [5]]);
});

test('a key that cannot be read fails alone', async () => {
  const read = createGather<number, number>(
    async (keys) => {
      if (keys.includes(3)) throw new Error('three');
      return keys;
    },
    { readsMax: 1 },
  );
  const answers = await Promise.allSettled([1, 2, 3, 4].map((key) => read(key)));
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  expect(await read(5)).toBe(5);
});

test('when no connection is free, all of a batch are refused at once and nobody asks again', async () => {
  let reads = 0;
  const read = createGather<number, number>(
    async () => {
      reads += 1;
      await Promise.resolve();
      throw new PoolExhaustedError('busy');
    },
    { readsMax: 1 },
  );
  const answers = await Promise.allSettled([1, 2, 3, 4].map((key) => read(key)));
  expect(answers.map(({ status }) => status)).toEqual(Array(4).fill('rejected'));
  expect(reads).toBe(2);
});

test('what is asked for after a write is read after that write', async () => {
  let stored = 'old';
  const read = createGather<string, string>(
    async (keys) => {
      const seen = stored;
      await Promise.resolve();
      return keys.map(() => seen);
    },
    { readsMax: 1 },
  );
  const before = read('a');
  stored = 'new';
  expect([await before, await read('a')]).toEqual(['old', 'new']);
});

test('companies never share a read', async () => {
  const reads: string[] = [];
  const read = createTenantGather(async (tenant: { companyId: number }, keys: readonly string[]) => {
    reads.push(`${tenant.companyId}: ${keys.join(' ')}`);
    await Promise.resolve();
    return keys.map((key) => `${key} of ${tenant.companyId}`);
  });
  const database = {};
  const asked = [1, 2].flatMap((companyId) =>
    ['a', 'b', 'c', 'd', 'e', 'f'].map((key) => read(database, { companyId }, key)),
  );
  expect(await Promise.all(asked)).toEqual(
    [1, 2].flatMap((id) => ['a', 'b', 'c', 'd', 'e', 'f'].map((key) => `${key} of ${id}`)),
  );
  expect(reads.toSorted()).toEqual([1, 2].flatMap((id) => ['a', 'b', 'c', 'd', 'e f'].map((keys) => `${id}: ${keys}`)));
});
