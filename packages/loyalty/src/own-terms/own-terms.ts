import type { Expiry } from '../expiry.ts';

/** What was agreed with one member, in the place of what the programme says; `null` where nothing was. */
export type OwnRates = {
  /** Share of the earn base, in basis points, instead of the rate of the level or of the size of the check. */
  readonly rateBasisPoints: number | null;
  /** Share of the check, in basis points, instead of the programme's discount. */
  readonly discountBasisPoints: number | null;
};

export const NO_OWN_RATES: OwnRates = { rateBasisPoints: null, discountBasisPoints: null };

/** What an entry changes of them, and of the member's own term of points. Absent stays; `null` is the programme's again. */
export type OwnTermsChange = {
  readonly rateBasisPoints?: number | null;
  readonly discountBasisPoints?: number | null;
  readonly expiry?: Expiry | null;
};

/** The rates after a change; `null` once nothing is agreed any more. */
export function changeOwnRates(before: OwnRates | null, change: OwnTermsChange): OwnRates | null {
  const { rateBasisPoints, discountBasisPoints } = before ?? NO_OWN_RATES;
  const after: OwnRates = {
    rateBasisPoints: change.rateBasisPoints === undefined ? rateBasisPoints : change.rateBasisPoints,
    discountBasisPoints: change.discountBasisPoints === undefined ? discountBasisPoints : change.discountBasisPoints,
  };
  return after.rateBasisPoints === null && after.discountBasisPoints === null ? null : after;
}
