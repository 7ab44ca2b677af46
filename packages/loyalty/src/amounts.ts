/** Largest amount of money or points that a single number of a request may carry, in minor units. */
export const MAX_AMOUNT = 10n ** 12n;

/** How a fraction of a minor unit is resolved. Amounts are never negative where this is applied. */
export type Rounding = 'floor' | 'half_up' | 'half_even' | 'ceil';

/** One basis point is 1/10,000: a rate of 5 % is 500. */
export const BASIS_POINTS = 10_000n;

/** `numerator / denominator` as an integer. Both are whole numbers, numerator ≥ 0, denominator > 0. */
export function divideRounded(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  const floor = numerator / denominator;
  const rest = numerator % denominator;
  if (rest === 0n || rounding === 'floor') return floor;
  if (rounding === 'ceil') return floor + 1n;
  const twice = rest * 2n;
  if (twice !== denominator) return twice > denominator ? floor + 1n : floor;
  if (rounding === 'half_up') return floor + 1n;
  return floor % 2n === 0n ? floor : floor + 1n;
}

/**
 * Splits an integer total over weights so that the parts always sum to the total: floor each share, then hand the
 * leftover units one by one to the largest fractional remainders, ties to the lowest index.
 * All-zero weights can only carry a total of 0; anything else is a defect of the caller and throws.
 */
export function allocate(total: bigint, weights: readonly bigint[]): bigint[] {
  const weightSum = weights.reduce((sum, weight) => sum + weight, 0n);
  if (weightSum === 0n) {
    if (total !== 0n) throw new RangeError('An amount cannot be allocated over weights that are all zero');
    return weights.map(() => 0n);
  }
  if (weights.length === 1) return [total];
  const parts = weights.map((weight) => (total * weight) / weightSum);
  let leftover = total - parts.reduce((sum, part) => sum + part, 0n);
  if (leftover === 0n) return parts;
  const byRemainder = weights
    .map((weight, index) => ({ index, remainder: (total * weight) % weightSum }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  for (const { index } of byRemainder) {
    if (leftover === 0n) break;
    parts[index] = (parts[index] ?? 0n) + 1n;
    leftover -= 1n;
  }
  return parts;
}

/** The smaller of two amounts (`Math.min` does not take a bigint). */
export function smallest(first: bigint, second: bigint): bigint {
  if (first < second) return first;
  return second;
}

/** The larger of two amounts. */
export function largest(first: bigint, second: bigint): bigint {
  if (first > second) return first;
  return second;
}

export function sumOf<T>(items: readonly T[], amountOf: (item: T) => bigint): bigint {
  let sum = 0n;
  for (const item of items) sum += amountOf(item);
  return sum;
}

/** Points per unit of money differ only by decimal places: 1 point is worth 1 currency unit. */
export type Scales = {
  /** Decimal places of a point, from 0 to `moneyScale`. */
  readonly scale: number;
  /** Decimal places of the currency (2 for roubles, tenge, euro). */
  readonly moneyScale: number;
};

/** Minor units of money in one minor unit of points. */
export function moneyPerPoint({ scale, moneyScale }: Scales): bigint {
  return scale === moneyScale ? 1n : 10n ** BigInt(moneyScale - scale);
}
