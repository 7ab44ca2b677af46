import type { EpochMs } from './business-day.ts';
import type { CheckContext } from './earn-conditions.ts';
import type { LineKind } from './earning-rules.ts';
import type { LotTerms } from './lots.ts';
import type { SaleOffers } from './offers/sale-offers.ts';
import type { PricedLine } from './pricing.ts';
import type { BudgetRoom, EarnStanding } from './tally/standing.ts';
import type { SaleWallets } from './wallets/sale-wallets.ts';

/** How much of a line has gone back. */
export type LineProgress = {
  readonly quantityThousandths: number;
  readonly money: bigint;
  readonly paidByPoints: bigint;
  readonly earned: bigint;
};

/**
 * Progress of a line that has been returned in part. Shares are cumulative floors over what stood at `basis`, the
 * point at which the line was last returned by another measure (pieces or money).
 */
export type LineReturn = {
  readonly measure: 'quantity' | 'money';
  readonly basis: LineProgress;
  readonly done: LineProgress;
};

export type SaleLine = PricedLine & {
  /** `null` until something of the line is returned. */
  readonly returned: LineReturn | null;
};

/** What a sale took from one lot, with everything needed to open that lot again. */
export type LotUse = {
  readonly terms: LotTerms;
  readonly amount: bigint;
  readonly givenBack: bigint;
};

/** Where the points that a return takes back came from. */
export type Clawback = {
  /** Not active yet, of this check. */
  readonly pending: bigint;
  /** Left in the lot that this check earned. */
  readonly ownLot: bigint;
  /** Cancelled meanwhile, because the event they waited for never came: taken back already. */
  readonly cancelled: bigint;
  /** Burned meanwhile: counts as taken back. */
  readonly burned: bigint;
  readonly otherLots: bigint;
  readonly debt: bigint;
  readonly forgiven: bigint;
  readonly metInMoney: bigint;
  /** Kept by the guest under `only_pending`. */
  readonly kept: bigint;
};

/** Sums over all returns of a sale so far. */
export type SaleReturned = {
  readonly money: bigint;
  /** Points given back. */
  readonly points: bigint;
  readonly clawback: Clawback;
};

/** What rules of earning knew of a line besides its sums. */
export type SoldGoods = {
  /** What the till said; whether its kind earns is for the rules to say. */
  readonly eligible: boolean;
  readonly kind: LineKind;
  readonly discount: bigint;
  readonly itemId: string | null;
  readonly groups: readonly string[];
};

/** What pricing lines of a sale anew needs beside the lines: for its returns, or for a simulation of other rules. */
export type SaleEarning = {
  readonly at: EpochMs;
  readonly context: CheckContext;
  /** How the limits stood before the sale. */
  readonly standing: EarnStanding;
  /** By the index of the line. */
  readonly lines: readonly SoldGoods[];
  /** Whether returns take a share of each line; where thresholds had a say they price what remains. */
  readonly proportional: boolean;
};

/** What a sale changed in the tally of its member and in campaign budgets, net of its returns. */
export type SaleTally = {
  readonly carried: bigint;
  /** Rules with limits that gave something, counted once for the sale. */
  readonly uses: readonly string[];
  readonly at: EpochMs;
  readonly drawn: readonly BudgetRoom[];
};

/** A sale as it has to be remembered for returns. Stored by the caller with the check and handed back on a return. */
export type SaleRecord = {
  readonly checkId: string;
  readonly occurredAt: Temporal.Instant;
  readonly recordedAt: Temporal.Instant;
  /** The version of the rules that priced the check. */
  readonly rulesId: string;
  /** Paid in money; what the turnover grew by. */
  readonly money: bigint;
  /** Points spent. */
  readonly spent: bigint;
  /** Points earned. */
  readonly earned: bigint;
  /** Taken off the check before points, by the caller and by the rules. */
  readonly discount: bigint;
  /** Whether the accrual was fixed by the caller. */
  readonly accrualFixed: boolean;
  readonly lines: readonly SaleLine[];
  /** In order of consumption. */
  readonly uses: readonly LotUse[];
  /** The lots that it opened: one, or several where rules of earning give terms of their own. */
  readonly earnedLotIds: readonly number[];
  readonly earnEntryId: number | null;
  readonly spendEntryId: number | null;
  /** Counters as they stood before the sale. */
  readonly before: {
    readonly turnover: bigint;
    readonly level: string;
    /** What carried the guest up the ladder; the turnover where the rules do not say otherwise. */
    readonly measure: bigint;
    /** The level without a pin. */
    readonly byMeasure: string;
  };
  /** Only for a sale in which thresholds or caps had a say, or whose lines tell more than a sum. */
  readonly earning: SaleEarning | null;
  /** The partner of a coalition whose venue sold it. */
  readonly partner?: string;
  /** Its visit had been counted before it came, without a sale; a return leaves it. */
  readonly withinVisit?: true;
  /** `null` where neither tally nor budgets were touched. */
  readonly tallied: SaleTally | null;
  /** The business days on which the sale counts; `null` where no limit asked. */
  readonly counted: { readonly earnedOn: string; readonly spentOn: string } | null;
  /** Coupons and certificates of the check; `null` without any. */
  readonly offers: SaleOffers | null;
  /** `null` where the sale touched no side wallet. */
  readonly wallets: SaleWallets | null;
  /** `null` until the first return. */
  readonly returned: SaleReturned | null;
};

export const NO_CLAWBACK: Clawback = {
  pending: 0n,
  ownLot: 0n,
  cancelled: 0n,
  burned: 0n,
  otherLots: 0n,
  debt: 0n,
  forgiven: 0n,
  metInMoney: 0n,
  kept: 0n,
};

/** Whether everything of a line has gone back. */
export function isLineReturned(line: SaleLine): boolean {
  return line.returned !== null && line.returned.done.quantityThousandths === line.quantityThousandths;
}

/** Whether nothing is left of the sale to return. */
export function isWhollyReturned(sale: SaleRecord): boolean {
  return sale.lines.every(isLineReturned);
}
