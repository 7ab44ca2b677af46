import { expect, test } from 'vitest';
import { daysUntil, thresholdOf } from './expiry-plan.ts';

const end = Temporal.Instant.from('2027-03-01T12:00:00Z');
const before = (days: number, seconds = 0) => end.subtract({ hours: 24 * days, seconds });

test.each([
  [61, null],
  [60, 60],
  [31, 60],
  [30, 30],
  [15, 30],
  [14, 14],
  [8, 14],
  [7, 7],
  [1, 7],
  [0, 0],
  [-100, 0],
])('%i days before its end a certificate is at threshold %s', (days, threshold) =>
  expect(thresholdOf('certificate', end, before(days))).toBe(threshold),
);

test('a threshold begins on the second', () => {
  expect(thresholdOf('certificate', end, before(30, 1))).toBe(60);
  expect(thresholdOf('certificate', end, before(0, 1))).toBe(7);
});

test('Apple’s intermediate is told of a year ahead', () => {
  expect(thresholdOf('intermediate', end, before(366))).toBeNull();
  expect(thresholdOf('intermediate', end, before(365))).toBe(365);
  expect(thresholdOf('intermediate', end, before(200))).toBe(365);
});

test('days are whole ones', () => {
  expect(daysUntil(end, before(7).add({ seconds: 1 }))).toBe(6);
  expect(daysUntil(end, end.add({ seconds: 1 }))).toBe(-1);
});
