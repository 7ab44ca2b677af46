import type { ItemSet } from '../earning-rules.ts';
import type { Expiry } from '../expiry.ts';

/** What a stamp is given for. Lines that cost nothing or do not earn give none. */
export type StampEarning =
  /** One for a check whose earn base is at least `minCheck`, minor units of money. */
  | { readonly per: 'visit'; readonly minCheck: bigint }
  /** One for every `pieces` whole pieces of these goods (`null`: of any). */
  | { readonly per: 'item'; readonly items: ItemSet | null; readonly pieces: number }
  /** One for every full `amount` of money paid for these goods (`null`: for any). */
  | { readonly per: 'amount'; readonly items: ItemSet | null; readonly amount: bigint };

/** How stamps of a sale were counted, once it is known which of its lines count. */
export type StampCount =
  | { readonly per: 'visit'; readonly minCheck: bigint }
  | { readonly per: 'item'; readonly pieces: number }
  | { readonly per: 'amount'; readonly amount: bigint };

export type MilestoneReward =
  /** A personal coupon of this kind, issued by the caller. */
  | { readonly kind: 'coupon'; readonly couponKindId: string }
  /** Points of the main wallet; own term in days, last day inclusive, or `null` for the programme's term. */
  | { readonly kind: 'points'; readonly points: bigint; readonly lifetimeDays: number | null };

/** A slot of the card that brings a reward. */
export type Milestone = {
  /** From 1 to the number of slots. */
  readonly at: number;
  readonly name: string;
  readonly reward: MilestoneReward;
};

/** A card of stamps. A stamp is 1 unit; a full card is emptied and begins anew, what is over carries over. */
export type StampsWallet = {
  readonly id: string;
  readonly kind: 'stamps';
  readonly name: string;
  readonly slots: number;
  readonly earn: StampEarning;
  /** Most stamps for one check. */
  readonly perCheck: number;
  /** Most stamps for one business day; `null` for no such limit. */
  readonly perDay: number | null;
  /** By rising slot, the last one on the last slot. */
  readonly milestones: readonly Milestone[];
  /** Of every stamp, from the day on which it was given. */
  readonly expiry: Expiry;
};

/** Money that a guest has paid in beforehand: minor units of the currency, pays like money and counts as money. */
export type DepositWallet = {
  readonly id: string;
  readonly kind: 'deposit';
  readonly name: string;
  readonly expiry: Expiry;
};

/** A wallet beside the points of a programme. */
export type Wallet = StampsWallet | DepositWallet;
