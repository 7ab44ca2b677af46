import { largest } from './amounts.ts';
import type { EarnFacts } from './earn-conditions.ts';
import type { Rules } from './rules.ts';

/** A rate in basis points as a fraction: one of several parts of a check is rarely a whole number. */
export type Rate = { readonly numerator: bigint; readonly denominator: bigint };

/**
 * The rate of the level for one check (or the member's own in its place), and whether the check reaches a higher level that has a say in it: from the next
 * check on, at once for the whole check, or for the part of it that lies above the bound.
 */
export function levelRateOf(
  { level, measure, adds, ownRate }: EarnFacts,
  rules: Rules,
): { readonly rate: Rate; readonly crosses: boolean } {
  if (ownRate !== null) return { rate: { numerator: BigInt(ownRate), denominator: 1n }, crosses: false };
  const current = rules.levels.indexOf(level);
  const after = measure + adds;
  const reached = rules.levels.filter((one, index) => index > current && one.fromTurnover <= after);
  const highest = reached.at(-1);
  const atOnce = rules.levelUpgrade === 'whole_check' || rules.levelUpgrade === 'split_check';
  if (!atOnce || highest === undefined || adds === 0n) {
    return { rate: { numerator: BigInt(level.rateBasisPoints), denominator: 1n }, crosses: false };
  }
  if (rules.levelUpgrade === 'whole_check') {
    return { rate: { numerator: BigInt(highest.rateBasisPoints), denominator: 1n }, crosses: true };
  }
  let numerator = 0n;
  let [from, rateBasisPoints] = [measure, level.rateBasisPoints];
  for (const next of reached) {
    const bound = largest(next.fromTurnover, from);
    numerator += (bound - from) * BigInt(rateBasisPoints);
    [from, rateBasisPoints] = [bound, next.rateBasisPoints];
  }
  numerator += (after - from) * BigInt(rateBasisPoints);
  return { rate: { numerator, denominator: adds }, crosses: true };
}
