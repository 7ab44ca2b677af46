import { expect, test } from 'vitest';
import { withValue } from './body.ts';
import { instantOfLocal, readMinor, typedMinor } from './numbers.ts';

test('amounts are read as people type them, and nothing else is taken for an amount', () => {
  expect(readMinor('1 234,5')).toBe(123_450);
  expect(readMinor('0.05')).toBe(5);
  expect(readMinor('')).toBeNull();
  expect(readMinor('1,234,567')).toBeNull();
  expect(readMinor('-1')).toBeNull();
  expect(typedMinor(123_450, 'ru')).toBe('1234,50');
});

test('a local moment becomes an instant by the clock of the company, also on days on which the clock changes', () => {
  expect(instantOfLocal('2026-12-01T00:00', 'Europe/Moscow')).toBe('2026-11-30T21:00:00.000Z');
  expect(instantOfLocal('2026-03-29T12:00', 'Europe/Berlin')).toBe('2026-03-29T10:00:00.000Z');
  expect(instantOfLocal('2026-03-29T00:30', 'Europe/Berlin')).toBe('2026-03-28T23:30:00.000Z');
  expect(instantOfLocal('soon', 'Europe/Moscow')).toBeNull();
});

test('a setting is changed without touching the rest, and taken away by undefined', () => {
  const body = { levels: [{ id: 'a', name: 'A' }], spendLimits: { step: 1 } };
  expect(withValue(body, ['levels', 0, 'name'], 'B')).toEqual({ ...body, levels: [{ id: 'a', name: 'B' }] });
  expect(withValue(body, ['spendLimits', 'step'], undefined)).toEqual({ ...body, spendLimits: {} });
  expect(withValue(body, ['welcome', 'amount'], 5)).toEqual({ ...body, welcome: { amount: 5 } });
  expect(body.levels[0]?.name).toBe('A');
});
