import type { DayCount } from './day-counts.ts';
import type { Expiry } from './expiry.ts';
import type { HoldChange } from './hold.ts';
import type { LadderChange } from './levels/standing.ts';
import type { IssueReason, LotTerms } from './lots.ts';
import type { OwnTermsChange } from './own-terms/own-terms.ts';
import type { TallyChange } from './tally/tally.ts';
import type { Slides } from './terms/slide.ts';
import type { CardChange } from './wallets/stamp-card.ts';

/** Accounts of the double entry. The first four belong to the member, the others to the programme. */
export type LedgerAccount =
  | 'pending'
  | 'available'
  | 'held'
  | 'debt'
  | `issued:${IssueReason}`
  | 'redeemed'
  | 'expired'
  | 'forgiven'
  | 'met_in_money'
  | 'transferred';

export type Posting = { readonly account: LedgerAccount; readonly debit: bigint; readonly credit: bigint };

/** Points into (+) or out of (−) one lot. With `terms` the lot is opened, or opened again when it was used up. */
export type LotMovement = {
  readonly lotId: number;
  readonly amount: bigint;
  readonly terms?: LotTerms;
  /** The lot becomes usable by this movement (or is, as it opens). */
  readonly activates?: true;
};

export const ENTRY_KINDS = [
  'earn',
  'spend',
  'hold',
  'capture',
  'release',
  'turnover',
  'activate',
  'expire',
  'cancel_pending',
  'settle_debt',
  'level_change',
  'level_grace',
  'level_kept',
  'pin_level',
  'unpin_level',
  'join',
  'visit',
  'give_back',
  'repay_forgiven',
  'claw_back',
  'refill',
  'reward',
  'deduct',
  'transfer_out',
  'transfer_in',
  'begin',
  'own_terms',
  'welcome',
  'birthday',
  'stamp_reward',
  'withdraw_reward',
  'block',
  'unblock',
  'close',
] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** What a sentence about the entry can be made of. Keys are listed at each place that writes an entry. */
export type Explain = {
  /** Version of the rules that decided. */
  readonly rulesId: string;
  /** Ids of earlier entries of this account that led to this one. */
  readonly parents: readonly number[];
  readonly numbers: Readonly<Record<string, bigint>>;
  readonly texts: Readonly<Record<string, string>>;
};

/** A shortage that was forgiven but that later give-backs pay first, until `untilMs`. */
export type Shortage = { readonly amount: bigint; readonly untilMs: number };

/** One immutable, balanced event of an account. Nothing is ever changed; a mistake is answered by another entry. */
export type Entry = {
  /** Counted inside the account, from 1, without gaps. */
  readonly id: number;
  readonly kind: EntryKind;
  /** The side wallet in which it is booked; `null` for the main one. */
  readonly wallet: string | null;
  /** Business time. */
  readonly occurredAt: Temporal.Instant;
  /** The time of writing. */
  readonly recordedAt: Temporal.Instant;
  readonly checkId: string | null;
  /** Sum of debits equals sum of credits. */
  readonly postings: readonly Posting[];
  readonly lots: readonly LotMovement[];
  /** Change of the lifetime turnover, minor units of money. */
  readonly turnover: bigint;
  /** The level by the measure from now on, where the entry changes it. */
  readonly level: string | null;
  /** The account's own term from now on, where the entry sets one. */
  readonly ownExpiry: Expiry | null;
  /** What the entry changes of what was agreed with the member. */
  readonly own: OwnTermsChange | null;
  /** What the entry changes of what is remembered for the ladder. */
  readonly ladder: LadderChange | null;
  /** A forgiven shortage to remember from now on. */
  readonly remembers: Shortage | null;
  /** The hold that the entry opens or ends. */
  readonly hold: HoldChange | null;
  /** New ends of the sliding points of its wallet. */
  readonly slides: Slides | null;
  /** Changes of what days are counted with. */
  readonly counts: readonly DayCount[];
  /** By how much it changes the number of visits: 1 with a sale or a visit without one, −1 once nothing of a sale is left. */
  readonly visits: number;
  /** Change of what else rules of earning count; `null` for none. */
  readonly tally: TallyChange | null;
  /** What it does to a card of stamps. */
  readonly card: CardChange | null;
  readonly explain: Explain;
};

export function debit(account: LedgerAccount, amount: bigint): Posting {
  return { account, debit: amount, credit: 0n };
}

export function credit(account: LedgerAccount, amount: bigint): Posting {
  return { account, debit: 0n, credit: amount };
}

/** The two postings of the usual case: `amount` from `from` (debited) to `to` (credited). */
export function transfer(from: LedgerAccount, to: LedgerAccount, amount: bigint): Posting[] {
  return [debit(from, amount), credit(to, amount)];
}
