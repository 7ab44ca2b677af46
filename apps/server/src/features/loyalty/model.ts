import type { CardAfterCheck, CardAfterReturn, CardReward, ErrorCode, Refusal, RefusalParams } from '@tessera/contract';
import type { AccountState, Decision, Entry, RefusalCode, Rules } from '@tessera/loyalty';
import { evolve, levelOf, walletIn } from '@tessera/loyalty';

/** Who registered a check; together with the caller's own number it is the check's natural key, for ever. */
export type CheckSource = 'probonus' | 'till' | 'api' | 'receipt' | 'farcards';

export type CheckStatus = 'sold' | 'partly_returned' | 'returned';

/** What the first call was told; a repeated key is told the same. Amounts are minor units. */
export type SaleAnswer = {
  checkId: number;
  accountId: number;
  money: number;
  spent: number;
  accrued: number;
  /** Taken off the check, where something was. */
  discount?: number;
  /** Coupons used, and what each took off. */
  coupons?: { code: string; name: string; discount: number }[];
  /** Paid with a gift certificate (a part of `money`), and what is left on it. */
  certificate?: { code: string; paid: number; left: number };
  /** Paid from a deposit (a part of `money`). */
  deposit?: number;
  /** What the check did to every card of stamps, and the rewards that they brought. */
  cards?: CardAfterCheck[];
  rewards?: CardReward[];
  balance: number;
  level: string;
  levelReached: string | null;
};

export type ReturnAnswer = {
  checkId: number;
  accountId: number;
  moneyBack: number;
  /** Money that goes back on a deposit, beside `moneyBack`. */
  depositBack?: number;
  cards?: CardAfterReturn[];
  /** Rewards of stamps that are void now. */
  rewardsWithdrawn?: number;
  /** Money that goes back onto a certificate; the rest of `moneyBack` is handed out. */
  certificateBack?: number;
  /** How many coupons the guest may use again. */
  couponsBack?: number;
  pointsBack: number;
  clawedBack: number;
  balance: number;
  debt: number;
  level: string;
};

/** What one line of a check gave back in one return. */
export type ReturnedLine = {
  id: string;
  quantityThousandths: number;
  money: number;
  paidByPoints: number;
  earned: number;
};

/** What a return with a key of its own was told: the lines that it was about, and whether nothing is left. */
export type KeyedReturnAnswer = ReturnAnswer & { whole: boolean; lines: ReturnedLine[] };

/** What a refill or a deduction answers. */
export type GrantAnswer = { accountId: number; amount: number; balance: number };

/** Template of an account group: what an account opened by it begins with. */
export type GroupTemplate = {
  welcome: boolean;
  /** Points of its own in the place of the programme's welcome, minor units. */
  welcomeAmount?: number;
  welcomeLifetimeDays?: number;
  /** The level that an account begins with. */
  level?: string;
  /** When its points burn, as `expiry` of the rules; it does not slide. */
  expiry?: Readonly<Record<string, unknown>>;
  /** What its guests are tagged with at the beginning. */
  tags?: readonly string[];
};
export type AccountGroup = { groupId: number; programmeId: number; name: string; template: GroupTemplate | null };

/** An account as read for a decision. */
export type LoadedAccount = {
  accountId: number;
  guestId: number;
  groupId: number;
  programmeId: number;
  version: number;
  state: AccountState;
  rules: RulesInForce;
  /** Whether a referral waits for a check of this account, or for the end of its return window. */
  referral: 'registered' | 'qualified' | null;
};

/** The versions of a programme's rules that a read may meet: the present one, and the one that takes over at an instant. */
export type RulesInForce = {
  readonly rulesId: number;
  readonly next: { readonly rulesId: number; readonly at: Temporal.Instant } | null;
  /** Of what the programme gives without a code; 0 for nothing. */
  readonly offersVersion: number;
};

/** The version that holds at an instant; the next one from its instant on, inclusive. */
export function rulesIdAt({ rulesId, next }: Pick<RulesInForce, 'rulesId' | 'next'>, now: Temporal.Instant): number {
  return next !== null && Temporal.Instant.compare(next.at, now) <= 0 ? next.rulesId : rulesId;
}

/**
 * An entry as it is stored: the change and the running balance of its wallet beside it, so that lists need no folding.
 */
export type StoredEntry = { entry: Entry; change: bigint; balance: bigint };

/** The change and the running balance of each new entry. */
export function withBalances(state: AccountState, entries: readonly Entry[]): StoredEntry[] {
  let current = state;
  return entries.map((entry) => {
    const before = walletIn(current, entry.wallet).available;
    current = evolve(current, entry);
    const balance = walletIn(current, entry.wallet).available;
    return { entry, change: balance - before, balance };
  });
}

// The engine's refusals are a part of the registry: a code that is missing there does not compile.
const toContractCode = (code: RefusalCode): ErrorCode => code;

/** The engine's refusal as one of ours: amounts become decimal text. */
export function toRefusal({ refusal }: Extract<Decision, { ok: false }>): Refusal {
  const params: RefusalParams = Object.fromEntries(
    Object.entries(refusal.params).map(([name, value]) => [name, typeof value === 'bigint' ? String(value) : value]),
  );
  return { code: toContractCode(refusal.code), params };
}

export const levelName = (state: AccountState, rules: Rules): string => levelOf(state, rules).name;
