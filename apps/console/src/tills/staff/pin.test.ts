import { expect, test } from 'vitest';
import { isPin, secureRandom, suggestPin } from './pin.ts';

test('a PIN is four to eight digits', () => {
  expect(['4821', '48210937'].every(isPin)).toBe(true);
  expect(['482', '482109370', '48 21', '48a1', ''].some(isPin)).toBe(false);
});

test('a suggested PIN has four different digits that are no row', () => {
  const digits = [1, 2, 3, 4, 7, 7, 1, 2, 8, 6, 4, 2, 4, 8, 2, 1];
  expect(suggestPin(() => digits.shift()!)).toBe('4821');
  for (let tries = 0; tries < 200; tries += 1) {
    const pin = suggestPin(secureRandom);
    expect(isPin(pin) && new Set(pin).size === 4).toBe(true);
  }
});
