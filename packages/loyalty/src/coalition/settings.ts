/** One agreed discount. `null` stands for every level, or for every venue. */
export type DiscountCell = {
  readonly level: string | null;
  readonly venue: string | null;
  readonly basisPoints: number;
};

/** The discount that a card gives: a ladder of percents, or a matrix of levels and venues. */
export type Discount = {
  readonly kind: 'levels' | 'matrix';
  readonly cells: readonly DiscountCell[];
  /** Where no cell fits. */
  readonly defaultBasisPoints: number;
};

/** What a point is worth between partners, in basis points of its face value. */
export type AgreedValue = {
  readonly issuer: string;
  /** `null` for whoever takes the points. */
  readonly redeemer: string | null;
  readonly basisPoints: number;
};

/** How the partners of a coalition settle the points that one issued and another took. */
export type Clearing = {
  /** Whether the issuer pays when a guest spends its points, or into a common pool when it gives them. */
  readonly settle: 'redemption' | 'issue';
  /** Where nothing else is agreed. */
  readonly defaultBasisPoints: number;
  readonly values: readonly AgreedValue[];
  /** The partner that answers for points that no venue has issued, such as welcome gifts; `null`: nobody does. */
  readonly giftsBy: string | null;
};
