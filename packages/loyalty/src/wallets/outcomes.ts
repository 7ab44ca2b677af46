/** A part of a check that is paid from a deposit, minor units of money. */
export type DepositPayment = { readonly wallet: string; readonly amount: bigint };

/** What a deposit holds, and how much of what is due it could pay. */
export type DepositOffer = {
  readonly wallet: string;
  readonly name: string;
  readonly available: bigint;
  readonly most: bigint;
};

/** What a check did to one card. */
export type StampsGiven = {
  readonly wallet: string;
  readonly name: string;
  readonly slots: number;
  readonly given: bigint;
  /** On the card afterwards. */
  readonly stamps: bigint;
};

/** A reward that a card has just brought. Coupons are issued by the caller, points are in the account already. */
export type ReachedMilestone = {
  /** The entry that says so; a return names the reward by it. */
  readonly rewardId: number;
  readonly wallet: string;
  /** The slot of the milestone, and its name. */
  readonly milestone: number;
  readonly name: string;
  /** The kind of coupon to issue once; `null` where the reward is points. */
  readonly couponKindId: string | null;
  readonly points: bigint;
};

/** A reward that a return has taken back. The caller voids its coupon. */
export type WithdrawnReward = {
  readonly rewardId: number;
  readonly wallet: string;
  readonly milestone: number;
  readonly couponKindId: string | null;
  /** Points of the main wallet that were taken back with it. */
  readonly points: bigint;
};

/** What a return did to one card. */
export type StampsReturned = {
  readonly wallet: string;
  readonly takenBack: bigint;
  /** On the card afterwards. */
  readonly stamps: bigint;
  /** Missing: the next stamps cover them. */
  readonly debt: bigint;
};
