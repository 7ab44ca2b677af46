import type { Rounding } from './amounts.ts';
import type { BirthdayGift } from './birthday/settings.ts';
import type { Clearing, Discount } from './coalition/settings.ts';
import type { Earning } from './earning-rules.ts';
import type { ActivationDelay, Expiry } from './expiry.ts';
import type { Ladder, LevelUpgrade } from './levels/settings.ts';
import type { LotOrder } from './lots.ts';
import type { OfferSettings } from './offers/terms.ts';
import type { Wallet } from './wallets/wallet-rules.ts';

/** A step of the ladder. A guest stands on the highest level whose bound the measure has reached (inclusive). */
export type Level = {
  readonly id: string;
  readonly name: string;
  /** From so much of the ladder's measure the level holds: minor units of money or points, or checks. */
  readonly fromTurnover: bigint;
  /** Share of the earn base that is given back as points, in basis points. */
  readonly rateBasisPoints: number;
  /** The design that the cards of its members take; every level names one, or none does. */
  readonly designId?: number;
};

/** How much of a check may be paid by points (for checks that our own till prices). */
export type SpendLimits = {
  readonly maxPercentBasisPoints: number;
  /** Part of the check that has to be paid in money, minor units of money. */
  readonly minMoney: bigint;
  /** Most points for one check; `null` for no such limit. */
  readonly maxPerCheck: bigint | null;
  /** Most points for one business day, open holds included; `null` for no such limit. */
  readonly maxPerDay: bigint | null;
  /** Checks a day that are paid with points, open holds included; `null` for no such limit. */
  readonly spendsPerDay: number | null;
  /** The spend is a multiple of this; 1 for any amount. */
  readonly step: bigint;
  /** Fewer points than this are not spent at all. */
  readonly minRedeem: bigint;
};

/** What happens when earned points have to be taken back and are no longer there. */
export type ShortagePolicy =
  /** The guest owes them; above the ceiling (`null`: none) they are forgiven. */
  | { readonly kind: 'debt'; readonly ceiling: bigint | null }
  /** Only points that are not active yet are taken; the guest keeps the rest. */
  | { readonly kind: 'only_pending' }
  /** Forgiven, but remembered for `rememberDays`: points given back later pay it first. */
  | { readonly kind: 'within_balance'; readonly rememberDays: number }
  /** Subtracted from the money that is paid back; what exceeds that money becomes debt. */
  | { readonly kind: 'deduct_from_refund' };

/** Where spent points go back to when the lot they came from has expired meanwhile. */
export type ExpiredLotPolicy =
  | { readonly kind: 'grace'; readonly days: number }
  | { readonly kind: 'renew' }
  | { readonly kind: 'burn' };

export type ReturnPolicy = {
  readonly shortage: ShortagePolicy;
  readonly expiredLot: ExpiredLotPolicy;
  /** Whether the part of the earned lot that burned counts as taken back, or is recovered from other lots. */
  readonly burned: 'covers' | 'recover_anyway';
};

export type Welcome = {
  readonly amount: bigint;
  /** Own term in days, last day inclusive; `null` for the programme's term. */
  readonly lifetimeDays: number | null;
};

/** One immutable version of the rules of a programme's wallet. Made by `parseRules`. */
export type Rules = {
  /** Identifies this version; every check keeps it. */
  readonly id: string;
  readonly timeZone: string;
  readonly dayStartsAt: string;
  /** Decimal places of a point. */
  readonly scale: number;
  /** Decimal places of the currency. */
  readonly moneyScale: number;
  /** At least one, by rising `fromTurnover`, the first from 0. */
  readonly levels: readonly Level[];
  /** What carries a guest up the ladder, and what takes a level away. */
  readonly ladder: Ladder;
  /** From when a level that the measure has reached holds. */
  readonly levelUpgrade: LevelUpgrade;
  /** Taken off every check of our own till before points come in; `null` for none. */
  readonly discount: Discount | null;
  /** How partners settle points that one issued and another took; `null` outside a coalition. */
  readonly clearing: Clearing | null;
  readonly rounding: Rounding;
  readonly earning: Earning;
  readonly expiry: Expiry;
  readonly activationDelay: ActivationDelay;
  readonly lotOrder: LotOrder;
  readonly spendLimits: SpendLimits;
  readonly returnPolicy: ReturnPolicy;
  readonly offers: OfferSettings;
  readonly welcome: Welcome | null;
  readonly birthday: BirthdayGift | null;
  /** Wallets beside the points: stamps, deposits. */
  readonly wallets: readonly Wallet[];
};
