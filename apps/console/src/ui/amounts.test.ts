import { expect, test } from 'vitest';
import { readAmount, showAmount } from './amounts.ts';

test('amounts are read as people type them, exactly, and come back the same', () => {
  expect(['1 250,50', '1250.5', '0', '1\u00a0000', '0,29'].map(readAmount)).toEqual([125_050, 125_050, 0, 100_000, 29]);
  for (const wrong of ['', '-1', '1,234', '1e3', 'сто', '1.2.3']) expect(readAmount(wrong)).toBeNull();
  for (const minor of [0, 1, 29, 100, 125_050]) {
    expect(readAmount(showAmount(minor, true))).toBe(minor);
    expect(readAmount(showAmount(minor, false))).toBe(minor);
  }
});
