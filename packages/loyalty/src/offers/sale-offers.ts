import { sumOf } from '../amounts.ts';
import type { AppliedOffers } from './apply.ts';

/** The use of one offer on a sale, as a return has to know it. */
export type OfferUse = {
  readonly offerId: string;
  readonly kindId: string;
  /** Money off each line, by the index of the line. */
  readonly byLine: readonly bigint[];
  /** Points granted, their term in days (`null`: the programme's), and the lot that holds them. */
  readonly points: bigint;
  readonly pointsLifetimeDays: number | null;
  readonly lotId: number | null;
  /** Whether a whole return gives the coupon back. */
  readonly reissue: boolean;
  /** For an offer that a partial return can break: the least sum of the check, and whether each line is of its goods. */
  readonly recheck: { readonly minCheck: bigint; readonly goods: readonly boolean[] | null } | null;
  /** The use was withdrawn by a return; the coupon is the guest's again. */
  readonly undone: boolean;
};

/** A part of the check that a gift certificate pays: money, taken back last. */
export type CertificatePart = { readonly id: string; readonly amount: bigint; readonly givenBack: bigint };

/** What a sale remembers of coupons and certificates. */
export type SaleOffers = {
  readonly uses: readonly OfferUse[];
  readonly certificate: CertificatePart | null;
  /** Money of the other tenders (cash, card) that returns have handed out so far. */
  readonly moneyBack: bigint;
};

/** What a check to register brings: offers as they were applied to its lines, and a certificate that pays. */
export type CheckOffers = {
  readonly applied: AppliedOffers | null;
  /** At most what is to be paid in money. */
  readonly certificate: { readonly id: string; readonly amount: bigint } | null;
};

/** The uses of applied offers, before the points that they grant have a lot. */
export function usesOf(applied: AppliedOffers): readonly OfferUse[] {
  return applied.used.map(({ offer, byLine, points }): OfferUse => {
    const { terms } = offer;
    const given = sumOf(byLine, (part) => part);
    return {
      offerId: offer.id,
      kindId: offer.kindId,
      byLine: given === 0n ? [] : byLine,
      points,
      pointsLifetimeDays: terms.effect.kind === 'points' ? terms.effect.lifetimeDays : null,
      lotId: null,
      reissue: terms.returns.reissueDays !== null,
      recheck: terms.returns.recheck
        ? {
            minCheck: terms.condition.minCheck,
            // Goods that the offer has made cheaper are those that it needs.
            goods: terms.items === null && terms.effect.kind !== 'bundle' ? null : byLine.map((part) => part > 0n),
          }
        : null,
      undone: false,
    };
  });
}
