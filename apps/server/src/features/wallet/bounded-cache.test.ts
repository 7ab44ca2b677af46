import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createBoundedCache } from './bounded-cache.ts';

type Held = { readonly own: Buffer; readonly shared: Buffer };
const buffersOf = ({ own, shared }: Held) => [own, shared];

test('of those who ask while a thing is made, all get the same one, and a failure is made again', async () => {
  const cache = createBoundedCache<object>({ entriesMax: 2 });
  let made = 0;
  const make = async () => ({ number: ++made });
  const [one, other] = await Promise.all([cache.get('a', make), cache.get('a', make)]);
  expect([one === other, made]).toEqual([true, 1]);
  const failing = cache.get('b', () => Promise.reject(new Error('no')));
  await expect(failing).rejects.toThrow('no');
  expect(await cache.get('b', make)).toEqual({ number: 2 });
});

test('what is shared counts once, and goes with the last who has it', async () => {
  const cache = createBoundedCache<Held>({ entriesMax: 100, bytes: { most: 1_000, buffersOf } });
  const shared = Buffer.alloc(800);
  const asked: string[] = [];
  const get = (key: string, value: Held) =>
    cache.get(key, async () => {
      asked.push(key);
      return value;
    });
  for (const key of ['a', 'b', 'c']) await get(key, { own: Buffer.alloc(50), shared });
  for (const key of ['a', 'b', 'c']) await get(key, { own: Buffer.alloc(50), shared });
  expect(asked).toEqual(['a', 'b', 'c']);
  // Another design's part does not fit beside the first one: whoever holds that has to go.
  await get('d', { own: Buffer.alloc(50), shared: Buffer.alloc(300) });
  await get('d', { own: Buffer.alloc(50), shared: Buffer.alloc(300) });
  await get('a', { own: Buffer.alloc(50), shared: Buffer.alloc(300) });
  expect(asked).toEqual(['a', 'b', 'c', 'd', 'a']);
});

test('whatever is asked for, no more is held than the bounds say, or the newest alone', async () => {
  const sizes = fc.record({ key: fc.nat(12), own: fc.nat(60), design: fc.nat(3) });
  await fc.assert(
    fc.asyncProperty(fc.array(sizes, { maxLength: 60 }), async (wishes) => {
      const cache = createBoundedCache<Held>({ entriesMax: 5, bytes: { most: 200, buffersOf } });
      const designs = [0, 30, 90, 150].map((size) => Buffer.alloc(size));
      // The model: the order of the last looks, and what those that fit weigh.
      let held: { key: number; value: Held }[] = [];
      const weigh = () =>
        [...new Set(held.flatMap(({ value }) => buffersOf(value)))].reduce((sum, b) => sum + b.length, 0);
      for (const { key, own, design } of wishes) {
        let made = false;
        const value = { own: Buffer.alloc(own), shared: designs[design]! };
        await cache.get(String(key), async () => {
          made = true;
          return value;
        });
        const known = held.find((one) => one.key === key);
        expect(made).toBe(known === undefined);
        held = [...held.filter((one) => one.key !== key), known ?? { key, value }];
        while (held.length > 1 && (held.length > 5 || weigh() > 200)) held.shift();
      }
    }),
  );
});
