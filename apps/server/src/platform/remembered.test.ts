import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createRemembered } from './remembered.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

test('asks once within its time, and again after it', async () => {
  const remembered = createRemembered<string>({ milliseconds: 5_000, max: 10 });
  const load = vi.fn(async () => 'found');
  await remembered.of('key', load);
  vi.advanceTimersByTime(4_999);
  expect(await remembered.of('key', load)).toBe('found');
  expect(load).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(2);
  await remembered.of('key', load);
  expect(load).toHaveBeenCalledTimes(2);
});

test('a miss and what was forgotten are asked for again', async () => {
  const remembered = createRemembered<string>({ milliseconds: 5_000, max: 10 });
  expect(await remembered.of('key', async () => null)).toBeNull();
  expect(await remembered.of('key', async () => 'first')).toBe('first');
  remembered.forget('key');
  expect(await remembered.of('key', async () => 'second')).toBe('second');
});

test('never keeps more than it may; the oldest goes', async () => {
  const remembered = createRemembered<number>({ milliseconds: 5_000, max: 2 });
  for (const key of ['a', 'b', 'c']) await remembered.of(key, async () => 1);
  expect(await remembered.of('c', async () => 2)).toBe(1);
  expect(await remembered.of('a', async () => 2)).toBe(2);
});

test('those who ask at once share one question, and a failure is nobody else’s', async () => {
  const remembered = createRemembered<string>({ milliseconds: 5_000, max: 10 });
  const load = vi.fn(async () => 'found');
  await Promise.all([remembered.of('key', load), remembered.of('key', load)]);
  expect(load).toHaveBeenCalledTimes(1);
  await expect(remembered.of('other', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
  expect(await remembered.of('other', async () => 'back')).toBe('back');
});
