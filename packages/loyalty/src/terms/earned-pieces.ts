import { allocate, sumOf } from '../amounts.ts';
import type { OwnTerms } from '../expiry.ts';
import type { PricedCheck } from '../pricing.ts';
import type { Rules } from '../rules.ts';

/** A part of what a check earns that has terms of its own. */
export type EarnedPiece = { readonly amount: bigint; readonly own: OwnTerms | null };

/**
 * Divides what a check earned by the terms that its rules give: what each such rule gave, and the rest under the terms
 * of the programme. Where caps left less than these rules gave, all of it is theirs, shared by what they gave.
 */
export function piecesOf({ earned, byRules }: PricedCheck, fixed: boolean, { earning }: Rules): readonly EarnedPiece[] {
  const whole = [{ amount: earned, own: null }];
  if (fixed || earning.rules.every((rule) => rule.terms === null)) return whole;
  const given = byRules.trace.flatMap(({ points }, index) => {
    const own = earning.rules[index]!.terms;
    return own === null || points === 0n ? [] : [{ points, own }];
  });
  const sum = sumOf(given, ({ points }) => points);
  const weights = given.map(({ points }) => points);
  const parts = sum > earned ? allocate(earned, weights) : weights;
  const pieces: EarnedPiece[] = given.map(({ own }, index) => ({ amount: parts[index]!, own }));
  return [{ amount: earned - sumOf(parts, (part) => part), own: null }, ...pieces].filter(({ amount }) => amount > 0n);
}
