import { divideRounded } from '../amounts.ts';
import type { Rate } from '../level-rate.ts';
import type { Rules } from '../rules.ts';
import { CARRY_UNIT } from './tally.ts';

/** Whole points of an exact sum, and by how much the remainder that waits changes. */
export type WholePoints = { readonly points: bigint; readonly carried: bigint };

/**
 * The one rounding of a check. Where remainders are carried, what waits is added first and what is left of a point waits
 * on; a check that earns nothing leaves it as it is. Both changes together are always the exact sum, so that checks may
 * be returned in any order.
 */
export function wholePoints(sum: Rate, waiting: bigint, { earning, rounding }: Rules): WholePoints {
  if (!earning.carryRemainder) {
    return { points: divideRounded(sum.numerator, sum.denominator, rounding), carried: 0n };
  }
  if (sum.numerator === 0n) return { points: 0n, carried: 0n };
  const exact = (sum.numerator * CARRY_UNIT) / sum.denominator;
  const together = exact + waiting;
  const points = together > 0n ? together / CARRY_UNIT : 0n;
  return { points, carried: exact - points * CARRY_UNIT };
}
