import { expect, test } from 'vitest';
import { chosenDays, lastDays, unitFor } from './period.ts';
import { roundTop, spread, ticksOf } from './scale.ts';

test('the top of a plot is a round number that every value fits under', () => {
  expect([0, 3, 4, 5, 11, 39, 41, 99, 101, 3_999].map(roundTop)).toEqual([4, 4, 4, 5, 20, 40, 50, 100, 200, 4_000]);
});

test('ticks are even, and the first and the last are among them', () => {
  expect(ticksOf(3, 5)).toEqual([0, 1, 2]);
  expect(ticksOf(31, 4)).toEqual([0, 10, 20, 30]);
});

test('labels that would lie on each other move apart, stay in order and inside', () => {
  expect(spread([10, 12, 100], 16, 0, 200)).toEqual([10, 26, 100]);
  expect(spread([198, 199, 50], 16, 0, 200)).toEqual([184, 200, 50]);
});

test('an address without days means the last thirty; longer times are told in weeks and months', () => {
  expect(chosenDays(undefined, undefined, '2026-03-01')).toEqual({ from: '2026-01-31', to: '2026-03-01' });
  expect(chosenDays('2026-03-02', '2026-03-01', '2026-03-01').to).toBe('2026-03-01');
  expect([30, 90, 365].map((length) => unitFor(lastDays('2026-03-01', length)))).toEqual(['day', 'week', 'month']);
});
