/** Offers and checks for tests of offers. */
import type { CheckLine, Offer, OfferEffect, OfferTerms } from '../index.ts';
import { NOTHING_USED_YET, plainTerms } from '../index.ts';
import { moscow, units } from '../test-story.ts';

export const AT = { at: moscow('2026-03-02').epochMilliseconds };

/** An offer of this effect that asks for nothing; `more` sets terms, `own` the coupon. */
export function offerOf(
  id: string,
  effect: OfferEffect,
  more: Partial<OfferTerms> = {},
  own: Partial<Omit<Offer, 'id' | 'terms'>> = {},
): Offer {
  return {
    id,
    kindId: id,
    terms: { ...plainTerms(effect), ...more },
    named: true,
    validFromMs: null,
    expiresAtMs: null,
    usage: NOTHING_USED_YET,
    ...own,
  };
}

export const line = (id: string, amount: number, more: Partial<CheckLine> = {}): CheckLine => ({
  id,
  amount: units(amount),
  ...more,
});

export const stacking = (some: Partial<OfferTerms['stacking']>): Partial<OfferTerms> => ({
  stacking: { category: 'common', order: 0, priority: 0, withPoints: true, ...some },
});
