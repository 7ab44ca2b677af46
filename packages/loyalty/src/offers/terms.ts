import { ANY_CIRCUMSTANCES, type Circumstances } from '../circumstances.ts';
import type { ItemSet } from '../earning-rules.ts';

/** Goods of a bundle: so many pieces of these. */
export type BundlePart = { readonly items: ItemSet; readonly pieces: number };

/** What an offer gives. Money in minor units, quantities in whole pieces. */
export type OfferEffect =
  | { readonly kind: 'percent'; readonly basisPoints: number }
  | { readonly kind: 'amount'; readonly amount: bigint }
  /** Each piece (or its part by weight) of the goods costs this at most. */
  | { readonly kind: 'fixed_price'; readonly price: bigint }
  /** The cheapest pieces of the goods are free; without goods a gift is handed out beside the check. */
  | { readonly kind: 'free_item'; readonly pieces: number }
  /** Of every so many pieces of the goods the cheapest costs less. */
  | { readonly kind: 'nth_item'; readonly every: number; readonly basisPoints: number }
  /** All parts together for one price, as often as they are on the check. */
  | { readonly kind: 'bundle'; readonly parts: readonly BundlePart[]; readonly price: bigint }
  /** Points in a lot of their own; `null` is the programme's term. */
  | { readonly kind: 'points'; readonly points: bigint; readonly lifetimeDays: number | null }
  /** Lets in, so many times in all. */
  | { readonly kind: 'ticket'; readonly entries: number };

/** When, where and to whom an offer holds. `null` asks for nothing. */
export type OfferCondition = Circumstances & {
  /** Least sum of the check before any discount, inclusive. */
  readonly minCheck: bigint;
  readonly newGuestsOnly: boolean;
};

/** How often an offer may be used; `null` for no such limit. Returned uses do not count. */
export type OfferLimits = {
  readonly total: number | null;
  readonly perMember: number | null;
  readonly perPeriod: { readonly uses: number; readonly period: 'day' | 'week' | 'month' } | null;
  /** Coupons of this kind on one check. */
  readonly perCheck: number;
  /** All discounts of this kind together, minor units of money. */
  readonly budget: bigint | null;
};

export const STACKING_CATEGORIES = ['common', 'exclusive', 'always'] as const;
export type StackingCategory = (typeof STACKING_CATEGORIES)[number];

export type Stacking = {
  /** `common` goes with other common ones, `exclusive` alone, `always` with anything. */
  readonly category: StackingCategory;
  /** Lower is applied earlier, within goods and within the whole check. */
  readonly order: number;
  /** Higher wins where the programme resolves conflicts by priority. */
  readonly priority: number;
  /** Whether points may be spent on the same check. */
  readonly withPoints: boolean;
};

/** What a return of the check does to the use of an offer. */
export type OfferReturns = {
  /** A whole return gives the coupon back with at least so many days of life; `null` leaves it used. */
  readonly reissueDays: number | null;
  /** Whether a partial return withdraws the offer once its conditions fail on what remains. */
  readonly recheck: boolean;
};

/** One immutable version of the terms of an offer. Made by `parseOfferTerms`. */
export type OfferTerms = {
  readonly effect: OfferEffect;
  /** Goods that it is about; `null` for the whole check. */
  readonly items: ItemSet | null;
  /** Goods that it never touches. */
  readonly except: ItemSet | null;
  readonly condition: OfferCondition;
  /** Days from issue, last day inclusive; `null`: only the dates of the condition. */
  readonly lifetimeDays: number | null;
  readonly limits: OfferLimits;
  /** Most money off one check; `null` for no such limit. */
  readonly maxDiscount: bigint | null;
  readonly stacking: Stacking;
  readonly returns: OfferReturns;
};

/** Programme-wide settings of offers. */
export type OfferSettings = {
  /** Which of the offers that do not go together is taken. */
  readonly conflicts: 'best_value' | 'priority';
};

/** Terms that ask for nothing: for discounts that the programme itself gives, and as a ground for tests. */
export function plainTerms(effect: OfferEffect): OfferTerms {
  return {
    effect,
    items: null,
    except: null,
    condition: { ...ANY_CIRCUMSTANCES, minCheck: 0n, newGuestsOnly: false },
    lifetimeDays: null,
    limits: { total: null, perMember: null, perPeriod: null, perCheck: 1, budget: null },
    maxDiscount: null,
    stacking: { category: 'common', order: 0, priority: 0, withPoints: true },
    returns: { reissueDays: 7, recheck: false },
  };
}
