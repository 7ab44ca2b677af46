import { describe, expect, test } from 'vitest';
import { allocate, divideRounded } from './amounts.ts';
import { units } from './test-story.ts';

describe('one rounding of amount × rate', () => {
  test.each([
    ['EX-R1', 250.5, 5, 12.52, 12.53, 12.52, 12.53],
    ['EX-R2', 999.99, 3, 29.99, 30.0, 30.0, 30.0],
    ['EX-R3', 123.45, 7, 8.64, 8.64, 8.64, 8.65],
    ['EX-R4', 1.99, 5, 0.09, 0.1, 0.1, 0.1],
    ['EX-R5', 0.1, 5, 0.0, 0.01, 0.0, 0.01],
    ['EX-R6', 0.3, 5, 0.01, 0.02, 0.02, 0.02],
    ['EX-R7', 0.5, 5, 0.02, 0.03, 0.02, 0.03],
  ])('%s: %d × %d %%', (_name, amount, percent, floor, halfUp, halfEven, ceil) => {
    const exact = units(amount) * BigInt(percent);
    expect(divideRounded(exact, 100n, 'floor')).toBe(units(floor));
    expect(divideRounded(exact, 100n, 'half_up')).toBe(units(halfUp));
    expect(divideRounded(exact, 100n, 'half_even')).toBe(units(halfEven));
    expect(divideRounded(exact, 100n, 'ceil')).toBe(units(ceil));
  });
});

describe('allocation by largest remainder', () => {
  test.each([
    ['EX-R8', 100, [333.33, 333.33, 333.33], [33.34, 33.33, 33.33]],
    ['EX-R9', 100, [500, 300, 200], [50, 30, 20]],
    ['EX-R10', 0.01, [1, 1, 1], [0.01, 0, 0]],
    ['EX-R11', 0.99, [1, 1, 1, 1, 1], [0.2, 0.2, 0.2, 0.2, 0.19]],
  ])('%s', (_name, total, weights, parts) => {
    expect(allocate(units(total), weights.map(units))).toEqual(parts.map(units));
  });

  test('EX-R12: over weights that are all zero only nothing can be allocated', () => {
    expect(allocate(0n, [0n, 0n])).toEqual([0n, 0n]);
    expect(() => allocate(1n, [0n, 0n])).toThrow(RangeError);
  });
});
