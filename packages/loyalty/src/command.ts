import type { AccountState } from './account.ts';
import type { Begin } from './begin.ts';
import type { CloseAccount, CloseOutcome } from './closing/close-account.ts';
import type { FoundDiscount } from './coalition/discount.ts';
import type { RuleTrace } from './earn.ts';
import type { EarnCut } from './earn-caps.ts';
import type { CheckContext } from './earn-conditions.ts';
import type { Entry } from './entry.ts';
import type { OpenBalance, OpenedOutcome } from './imports/open-balance.ts';
import type { Join, LevelOutcome, PinLevel, UnpinLevel } from './levels/pin.ts';
import type { IssueReason } from './lots.ts';
import type { OfferReturn } from './offers/in-sale.ts';
import type { CheckOffers } from './offers/sale-offers.ts';
import type { OwnTermsOutcome, SetOwnTerms } from './own-terms/set-own-terms.ts';
import type { CheckLine } from './pricing.ts';
import type { Refusal } from './refusal.ts';
import type { Rules, Welcome } from './rules.ts';
import type { Clawback, SaleRecord } from './sale-record.ts';
import type { BudgetRoom } from './tally/standing.ts';
import type { ActivateCheck, ActivateOutcome } from './terms/activate.ts';
import type { TransferOutcome } from './terms/outcomes.ts';
import type { CountVisit, VisitOutcome } from './visits/count-visit.ts';
import type {
  DepositPayment,
  ReachedMilestone,
  StampsGiven,
  StampsReturned,
  WithdrawnReward,
} from './wallets/outcomes.ts';

type CheckFacts = {
  /** Identifies the check within the account; appears on its entries. */
  readonly checkId: string;
  /** The till's clock. Terms run from here; spending is judged by the state at `now`. */
  readonly occurredAt: Temporal.Instant;
  /** What conditions of rules may ask. */
  readonly context?: CheckContext | undefined;
  /** What the budgets that the rules name have left; see `budgetsOf`. */
  readonly budgets?: readonly BudgetRoom[] | undefined;
  /** Points to spend, all or nothing. */
  readonly spend: bigint;
  /** Part of the money of the check that a deposit pays, all or nothing. It counts as money. */
  readonly deposit?: DepositPayment | undefined;
  /** Points fixed by the caller; 0 accrues nothing, absent earns by the rules. */
  readonly accrual?: bigint | undefined;
  /** The partner of a coalition whose venue sells. */
  readonly partner?: string | undefined;
  /** Discount already given on the check; statistics, and a part of the earn base where rules earn on it. */
  readonly discount?: bigint | undefined;
  /** Offers whose discounts the lines already bear (their sum is in `discount`), and a certificate that pays. */
  readonly offers?: CheckOffers | undefined;
};

/** A check that another system has settled: so much was really paid in money, and `spend` on top in points. */
type ReportedFacts = CheckFacts & {
  readonly mode: 'reported';
  readonly money: bigint;
  /** When given, the lines add up to money and points together. Absent: the check is one line named `total`. */
  readonly lines?: readonly CheckLine[] | undefined;
};

/** A check of our own till: the basket is priced here, money = total − spend, and the spend limits apply. */
type PricedFacts = CheckFacts & { readonly mode: 'priced' } & Basket;

/** The facts of a check, whichever command brings them. */
export type CheckToRegister = ReportedFacts | PricedFacts;

export type ReportedCheck = { readonly kind: 'register_check' } & ReportedFacts;
export type PricedBasket = { readonly kind: 'register_check' } & PricedFacts;

/** Either lines, or a single amount that stands for one line named `total`. */
export type Basket =
  | { readonly lines: readonly CheckLine[]; readonly total?: undefined }
  | { readonly lines?: undefined; readonly total: bigint };

export type RegisterCheck = ReportedCheck | PricedBasket;

/** Sets points aside until they are captured, released or `ttlSeconds` have passed. */
export type HoldPoints = {
  readonly kind: 'hold';
  /** Chosen by the caller, once for each payment. */
  readonly key: string;
  readonly amount: bigint;
  readonly ttlSeconds: number;
};

/** The check that a hold was for: `spend` comes out of the held points and the rest of them goes back. */
export type CaptureHold = { readonly kind: 'capture'; readonly key: string } & CheckToRegister;

export type ReleaseHold = { readonly kind: 'release'; readonly key: string };

/** One line of a return: so many thousandths of a piece, or so much of the money paid for it. */
export type ReturnLine =
  | { readonly id: string; readonly quantityThousandths: number; readonly amount?: undefined }
  | { readonly id: string; readonly quantityThousandths?: undefined; readonly amount: bigint };

export type ReturnCheck = {
  readonly kind: 'return_check';
  /** The record as the last return left it. */
  readonly sale: SaleRecord;
  /** Absent together with `amount`: everything that remains. */
  readonly lines?: readonly ReturnLine[] | undefined;
  /** Money to return, spread over the lines by the money that remains on them. */
  readonly amount?: bigint | undefined;
  /** Ids of rewards of stamps whose coupons nobody has used; the others count as used. See `rewardsAtStake`. */
  readonly unusedRewards?: readonly number[] | undefined;
  /** The version of the rules that priced the sale, where it is not the present one. */
  readonly saleRules?: Rules | undefined;
  /** Entries of this account from the sale on. They tell what became of the earned points; see `needsHistory`. */
  readonly entriesSinceSale: readonly Entry[];
};

export type Refill = {
  readonly kind: 'refill';
  /** The side wallet that it goes into; absent is the main one. */
  readonly wallet?: string | undefined;
  readonly amount: bigint;
  /** Own term, last day inclusive; `null` never expires; absent is the programme's term. */
  readonly lifetimeDays?: number | null | undefined;
  /** `manual` when absent. */
  readonly reason?: IssueReason | undefined;
};

/** Points that something outside of the account has earned: a friend's check, an action. */
export type Reward = {
  readonly kind: 'reward';
  readonly reason: IssueReason;
  readonly amount: bigint;
  /** Says in explanations for which part the guest is rewarded, such as `referrer`. */
  readonly side: string;
  /** What the terms run from; now when absent, and never later than now. */
  readonly earnedAt?: Temporal.Instant | undefined;
  /** At once when absent. */
  readonly activatesAt?: Temporal.Instant | undefined;
  /** Own term from activation, last day inclusive; `null` never expires; absent is the programme's term. */
  readonly lifetimeDays?: number | null | undefined;
  readonly checkId?: string | undefined;
};

/** A reward taken back whole. */
export type RevokeReward = {
  readonly kind: 'revoke_reward';
  readonly reason: IssueReason;
  readonly amount: bigint;
  /** The lot and the entry of the reward. */
  readonly lotId: number;
  readonly entryId: number;
  readonly checkId?: string | undefined;
  /** Entries of this account from the reward on; needed when some of its points have left their lot. */
  readonly entriesSince: readonly Entry[];
};

/** Gives the present for a birthday, once its window is open. */
export type GiveBirthday = {
  readonly kind: 'birthday';
  readonly month: number;
  readonly day: number;
  /** When the profile was last given this birthday. */
  readonly filledAt: Temporal.Instant;
};

export type Deduct = {
  readonly kind: 'deduct';
  /** The side wallet that it is taken from; absent is the main one. */
  readonly wallet?: string | undefined;
  readonly amount: bigint;
  /** Whether what the balance does not cover becomes a debt; refused otherwise. */
  readonly allowDebt?: boolean | undefined;
};

/** The welcome points: the programme's, or what a group gives instead. Once in the life of an account. */
export type GiveWelcome = { readonly kind: 'welcome'; readonly own?: Welcome | undefined };

export type Command =
  | RegisterCheck
  | HoldPoints
  | CaptureHold
  | ReleaseHold
  | ReturnCheck
  | Refill
  | OpenBalance
  | Reward
  | RevokeReward
  | Deduct
  | GiveBirthday
  | ActivateCheck
  | CountVisit
  | PinLevel
  | UnpinLevel
  | Join
  | Begin
  | SetOwnTerms
  | GiveWelcome
  | CloseAccount
  | { readonly kind: 'block' }
  | { readonly kind: 'unblock' };

export type SaleOutcome = {
  readonly kind: 'sale';
  readonly sale: SaleRecord;
  /** What every rule of earning did, and the limits that left less. Empty for a fixed accrual. */
  readonly trace: readonly RuleTrace[];
  readonly cuts: readonly EarnCut[];
  /** The discount that the rules gave; `null` where they know none or the check came priced. */
  readonly discount: FoundDiscount | null;
  /** Points that campaign budgets pay for: to be added to what they have spent, in one transaction with the sale. */
  readonly drawn: readonly BudgetRoom[];
  /** What the check did to every card of stamps. */
  readonly cards: readonly StampsGiven[];
  /** Rewards that the cards have brought: the caller issues their coupons. */
  readonly rewards: readonly ReachedMilestone[];
  readonly levelBefore: string;
  readonly levelAfter: string;
};

export type ReturnOutcome = {
  readonly kind: 'return';
  readonly sale: SaleRecord;
  /** Whether nothing remains of the sale. */
  readonly whole: boolean;
  /** Money that these goods were paid with. */
  readonly money: bigint;
  /** Money that goes back on the deposit. */
  readonly toDeposit: bigint;
  /**
   * Money to give back by the other tenders: `money` less `toDeposit` and what the policy `deduct_from_refund` keeps.
   */
  readonly refund: bigint;
  /** What becomes of coupons and the certificate of the sale; `null` without any. */
  readonly offers: OfferReturn | null;
  /** Points given back. */
  readonly givenBack: bigint;
  /** Points of these goods that were to be taken back, and where they came from. */
  readonly clawedBack: bigint;
  readonly clawback: Clawback;
  /** Points that campaign budgets get back. */
  readonly undrawn: readonly BudgetRoom[];
  readonly cards: readonly StampsReturned[];
  /** Rewards of stamps that are gone: the caller voids their coupons. */
  readonly withdrawn: readonly WithdrawnReward[];
  readonly levelBefore: string;
  readonly levelAfter: string;
};

export type GrantOutcome = {
  readonly kind: 'grant';
  readonly lotId: number;
  readonly amount: bigint;
  readonly expiresAt: Temporal.Instant | null;
  /** Rewards that stamps given by hand have brought: the caller issues their coupons. */
  readonly rewards?: readonly ReachedMilestone[];
};

/** Where the points of a revoked reward came from. */
export type RevokeOutcome = { readonly kind: 'revoke'; readonly clawback: Clawback };

export type DeductOutcome = { readonly kind: 'deduct'; readonly fromLots: bigint; readonly debt: bigint };

export type HoldOutcome = {
  readonly kind: 'hold';
  readonly key: string;
  readonly amount: bigint;
  /** At exactly this instant the hold is over. */
  readonly until: Temporal.Instant;
};

export type ReleaseOutcome = { readonly kind: 'release'; readonly key: string; readonly released: bigint };

export type BlockOutcome = { readonly kind: 'block'; readonly blocked: boolean };

export type Outcome =
  | SaleOutcome
  | ReturnOutcome
  | GrantOutcome
  | RevokeOutcome
  | DeductOutcome
  | HoldOutcome
  | ReleaseOutcome
  | ActivateOutcome
  | LevelOutcome
  | VisitOutcome
  | OwnTermsOutcome
  | TransferOutcome
  | BlockOutcome
  | CloseOutcome
  | OpenedOutcome;

/** What a command of this kind answers when it is accepted. */
export type OutcomeOf<C extends Command> = C extends RegisterCheck | CaptureHold
  ? SaleOutcome
  : C extends ReturnCheck
    ? ReturnOutcome
    : C extends Refill | GiveBirthday | Reward | GiveWelcome
      ? GrantOutcome
      : C extends RevokeReward
        ? RevokeOutcome
        : C extends Deduct
          ? DeductOutcome
          : C extends HoldPoints
            ? HoldOutcome
            : C extends ReleaseHold
              ? ReleaseOutcome
              : C extends PinLevel | UnpinLevel | Join | Begin
                ? LevelOutcome
                : C extends OpenBalance
                  ? OpenedOutcome
                  : C extends ActivateCheck
                    ? ActivateOutcome
                    : C extends CountVisit
                      ? VisitOutcome
                      : C extends SetOwnTerms
                        ? OwnTermsOutcome
                        : C extends CloseAccount
                          ? CloseOutcome
                          : BlockOutcome;

export type Accepted<O extends Outcome = Outcome> = {
  readonly ok: true;
  /** To be written, in this order; what had come due stands first. */
  readonly entries: readonly Entry[];
  readonly outcome: O;
  /** The state after these entries: the same as folding them with `evolve`. */
  readonly state: AccountState;
};
export type Refused = { readonly ok: false; readonly refusal: Refusal };
export type Decision<O extends Outcome = Outcome> = Accepted<O> | Refused;
