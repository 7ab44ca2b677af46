import type { AccountState, Totals, WalletState } from './account.ts';
import type { AmountJson } from './amount-json.ts';
import { amountToJson } from './amount-json.ts';
import type { DayCount } from './day-counts.ts';
import type { Shortage } from './entry.ts';
import type { Expiry } from './expiry.ts';
import type { EndedHold, Hold, HoldEnd, HoldUse } from './hold.ts';
import type { LadderJson } from './levels/json.ts';
import { ladderFromJson, ladderToJson } from './levels/json.ts';
import type { LevelPin } from './levels/standing.ts';
import type { IssueReason, Lot, LotTerms } from './lots.ts';
import type { OwnRates } from './own-terms/own-terms.ts';
import type { TallyJson } from './tally/tally-json.ts';
import { tallyFromJson, tallyToJson } from './tally/tally-json.ts';
import type { Slides } from './terms/slide.ts';
import type { CardState, RewardPoints } from './wallets/stamp-card.ts';

export type { AmountJson } from './amount-json.ts';
export { amountFromJson, amountToJson } from './amount-json.ts';

export type LotTermsJson = {
  readonly id: number;
  readonly original: AmountJson;
  /** Instants are epoch milliseconds. */
  readonly from: number;
  readonly until: number | null;
  readonly reason: IssueReason;
  readonly by: number;
  readonly check?: string;
  readonly origin?: number;
  readonly partner?: string;
  readonly prepaid?: number;
  readonly slides?: string;
  readonly awaits?: { readonly cancels: number | null; readonly expiry: Expiry };
};
type LotJson = LotTermsJson & { readonly left: AmountJson; readonly pending?: true };
type HoldJson = {
  readonly key: string;
  readonly amount: AmountJson;
  readonly until: number;
  readonly by: number;
  readonly uses: readonly HoldUseJson[];
};
type EndedHoldJson = { readonly key: string; readonly end: HoldEnd; readonly check?: string };
export type CountJson = {
  readonly day: string;
  readonly earned?: AmountJson;
  readonly accruals?: number;
  readonly spent?: AmountJson;
  readonly spends?: number;
};
export type ShortageJson = { readonly amount: AmountJson; readonly until: number };

type HoldUseJson = { readonly lot: LotTermsJson; readonly amount: AmountJson };
type CardJson = {
  readonly round: number;
  readonly rewards: readonly {
    readonly id: number;
    readonly round: number;
    readonly at: number;
    readonly coupon?: string;
    readonly points?: RewardPointsJson;
    readonly uses?: readonly HoldUseJson[];
  }[];
};
export type RewardPointsJson = { readonly amount: AmountJson; readonly lot: number; readonly entry: number };

type LedgerJson = {
  readonly pending: AmountJson;
  readonly available: AmountJson;
  readonly held: AmountJson;
  readonly debt: AmountJson;
  readonly totals: { readonly [Name in Exclude<keyof Totals, 'transferred'>]: AmountJson } & {
    readonly transferred?: AmountJson;
  };
  readonly lots: readonly LotJson[];
  readonly shortages?: readonly ShortageJson[];
  readonly slides?: Slides;
  readonly counts?: readonly CountJson[];
  readonly card?: CardJson;
};

/** The stored form of an account's state. Members that say nothing are left out. */
export type StateJson = LedgerJson & {
  readonly turnover: AmountJson;
  readonly level: string | null;
  readonly pin?: LevelPin;
  readonly expiry?: Expiry;
  readonly own?: OwnRates;
  readonly ladder?: LadderJson;
  readonly blocked?: true;
  readonly closed?: true;
  readonly welcomed?: true;
  readonly holds?: readonly HoldJson[];
  readonly endedHolds?: readonly EndedHoldJson[];
  readonly wallets?: Readonly<Record<string, LedgerJson>>;
  readonly visits?: number;
  readonly checkedIn?: number;
  readonly tally?: TallyJson;
  readonly nextLot: number;
  readonly nextEntry: number;
};

/** JSON form of a state; `stateFromJson` reads it back exactly. */
export function stateToJson(state: AccountState): StateJson {
  return {
    ...ledgerToJson(state),
    turnover: amountToJson(state.turnover),
    level: state.level,
    ...(state.pin === null ? {} : { pin: state.pin }),
    ...(state.ownExpiry === null ? {} : { expiry: state.ownExpiry }),
    ...(state.ownRates === null ? {} : { own: state.ownRates }),
    ...(state.ladder === null ? {} : { ladder: ladderToJson(state.ladder) }),
    ...(state.blocked ? { blocked: true } : {}),
    ...(state.closed ? { closed: true } : {}),
    ...(state.welcomed ? { welcomed: true } : {}),
    ...(state.holds.length > 0 ? { holds: state.holds.map(holdToJson) } : {}),
    ...(state.endedHolds.length > 0 ? { endedHolds: state.endedHolds.map(endedHoldToJson) } : {}),
    ...(Object.keys(state.wallets).length > 0 ? { wallets: mapValues(state.wallets, ledgerToJson) } : {}),
    ...(state.visits === 0 ? {} : { visits: state.visits }),
    ...(state.checkedInAtMs === null ? {} : { checkedIn: state.checkedInAtMs }),
    ...(state.tally === null ? {} : { tally: tallyToJson(state.tally) }),
    nextLot: state.nextLotId,
    nextEntry: state.nextEntryId,
  };
}

export function stateFromJson(json: StateJson): AccountState {
  return {
    ...ledgerFromJson(json),
    turnover: BigInt(json.turnover),
    level: json.level,
    pin: json.pin ?? null,
    ownExpiry: json.expiry ?? null,
    ownRates: json.own ?? null,
    ladder: json.ladder === undefined ? null : ladderFromJson(json.ladder),
    blocked: json.blocked === true,
    closed: json.closed === true,
    welcomed: json.welcomed === true,
    holds: (json.holds ?? []).map(holdFromJson),
    endedHolds: (json.endedHolds ?? []).map(({ key, end, check }) => ({ key, end, checkId: check ?? null })),
    wallets: mapValues(json.wallets ?? {}, ledgerFromJson),
    visits: json.visits ?? 0,
    checkedInAtMs: json.checkedIn ?? null,
    tally: json.tally === undefined ? null : tallyFromJson(json.tally),
    nextLotId: json.nextLot,
    nextEntryId: json.nextEntry,
  };
}

function ledgerToJson(ledger: WalletState): LedgerJson {
  const { totals } = ledger;
  return {
    pending: amountToJson(ledger.pending),
    available: amountToJson(ledger.available),
    held: amountToJson(ledger.held),
    debt: amountToJson(ledger.debt),
    totals: {
      issued: amountToJson(totals.issued),
      redeemed: amountToJson(totals.redeemed),
      expired: amountToJson(totals.expired),
      forgiven: amountToJson(totals.forgiven),
      metInMoney: amountToJson(totals.metInMoney),
      ...(totals.transferred === 0n ? {} : { transferred: amountToJson(totals.transferred) }),
    },
    lots: ledger.lots.map(lotToJson),
    ...(ledger.shortages.length > 0 ? { shortages: ledger.shortages.map(shortageToJson) } : {}),
    ...(Object.keys(ledger.slides).length > 0 ? { slides: ledger.slides } : {}),
    ...(ledger.counts.length > 0 ? { counts: ledger.counts.map(countToJson) } : {}),
    ...(ledger.card === null ? {} : { card: cardToJson(ledger.card) }),
  };
}

function ledgerFromJson(json: LedgerJson): WalletState {
  const { totals } = json;
  return {
    pending: BigInt(json.pending),
    available: BigInt(json.available),
    held: BigInt(json.held),
    debt: BigInt(json.debt),
    totals: {
      issued: BigInt(totals.issued),
      redeemed: BigInt(totals.redeemed),
      expired: BigInt(totals.expired),
      forgiven: BigInt(totals.forgiven),
      metInMoney: BigInt(totals.metInMoney),
      transferred: BigInt(totals.transferred ?? 0),
    },
    lots: json.lots.map(lotFromJson),
    shortages: (json.shortages ?? []).map(shortageFromJson),
    slides: json.slides ?? {},
    counts: (json.counts ?? []).map(countFromJson),
    card: json.card === undefined ? null : cardFromJson(json.card),
  };
}

export function lotTermsToJson(terms: LotTerms): LotTermsJson {
  return {
    id: terms.id,
    original: amountToJson(terms.original),
    from: terms.activatesAtMs,
    until: terms.expiresAtMs,
    reason: terms.reason,
    by: terms.openedBy,
    ...(terms.checkId === null ? {} : { check: terms.checkId }),
    ...(terms.originLotId === null ? {} : { origin: terms.originLotId }),
    ...(terms.partner === undefined ? {} : { partner: terms.partner }),
    ...(terms.prepaid === undefined ? {} : { prepaid: terms.prepaid }),
    ...(terms.slides === undefined ? {} : { slides: terms.slides }),
    ...(terms.awaits === undefined
      ? {}
      : { awaits: { cancels: terms.awaits.cancelsAtMs, expiry: terms.awaits.expiry } }),
  };
}

export function lotTermsFromJson(json: LotTermsJson): LotTerms {
  return {
    id: json.id,
    original: BigInt(json.original),
    activatesAtMs: json.from,
    expiresAtMs: json.until,
    reason: json.reason,
    openedBy: json.by,
    checkId: json.check ?? null,
    originLotId: json.origin ?? null,
    ...(json.partner === undefined ? {} : { partner: json.partner }),
    ...(json.prepaid === undefined ? {} : { prepaid: json.prepaid }),
    ...(json.slides === undefined ? {} : { slides: json.slides }),
    ...(json.awaits === undefined ? {} : { awaits: { cancelsAtMs: json.awaits.cancels, expiry: json.awaits.expiry } }),
  };
}

function lotToJson(lot: Lot): LotJson {
  const json = { ...lotTermsToJson(lot), left: amountToJson(lot.remaining) };
  return lot.active ? json : { ...json, pending: true };
}

function lotFromJson(json: LotJson): Lot {
  return { ...lotTermsFromJson(json), remaining: BigInt(json.left), active: json.pending !== true };
}

export function shortageToJson({ amount, untilMs }: Shortage): ShortageJson {
  return { amount: amountToJson(amount), until: untilMs };
}

export function shortageFromJson({ amount, until }: ShortageJson): Shortage {
  return { amount: BigInt(amount), untilMs: until };
}

function holdToJson({ key, amount, untilMs, openedBy, uses }: Hold): HoldJson {
  return {
    key,
    amount: amountToJson(amount),
    until: untilMs,
    by: openedBy,
    uses: uses.map(holdUseToJson),
  };
}

function holdFromJson({ key, amount, until, by, uses }: HoldJson): Hold {
  return {
    key,
    amount: BigInt(amount),
    untilMs: until,
    openedBy: by,
    uses: uses.map(holdUseFromJson),
  };
}

function holdUseToJson({ terms, amount }: HoldUse): HoldUseJson {
  return { lot: lotTermsToJson(terms), amount: amountToJson(amount) };
}

function holdUseFromJson({ lot, amount }: HoldUseJson): HoldUse {
  return { terms: lotTermsFromJson(lot), amount: BigInt(amount) };
}

function cardToJson({ round, rewards }: CardState): CardJson {
  return {
    round,
    rewards: rewards.map(({ id, round, at, couponKindId, points, uses }) => ({
      id,
      round,
      at,
      ...(couponKindId === null ? {} : { coupon: couponKindId }),
      ...(points === null ? {} : { points: rewardPointsToJson(points) }),
      ...(uses.length === 0 ? {} : { uses: uses.map(holdUseToJson) }),
    })),
  };
}

function cardFromJson({ round, rewards }: CardJson): CardState {
  return {
    round,
    rewards: rewards.map(({ id, round, at, coupon, points, uses }) => ({
      id,
      round,
      at,
      couponKindId: coupon ?? null,
      points: points === undefined ? null : rewardPointsFromJson(points),
      uses: (uses ?? []).map(holdUseFromJson),
    })),
  };
}

export function rewardPointsToJson({ amount, lotId, entryId }: RewardPoints): RewardPointsJson {
  return { amount: amountToJson(amount), lot: lotId, entry: entryId };
}

export function rewardPointsFromJson({ amount, lot, entry }: RewardPointsJson): RewardPoints {
  return { amount: BigInt(amount), lotId: lot, entryId: entry };
}

function endedHoldToJson({ key, end, checkId }: EndedHold): EndedHoldJson {
  return { key, end, ...(checkId === null ? {} : { check: checkId }) };
}

export function countToJson({ day, earned, accruals, spent, spends }: DayCount): CountJson {
  return {
    day,
    ...(earned === 0n ? {} : { earned: amountToJson(earned) }),
    ...(accruals === 0 ? {} : { accruals }),
    ...(spent === 0n ? {} : { spent: amountToJson(spent) }),
    ...(spends === 0 ? {} : { spends }),
  };
}

export function countFromJson({ day, earned, accruals, spent, spends }: CountJson): DayCount {
  return { day, earned: BigInt(earned ?? 0), accruals: accruals ?? 0, spent: BigInt(spent ?? 0), spends: spends ?? 0 };
}

export function mapValues<From, To>(
  record: Readonly<Record<string, From>>,
  change: (value: From) => To,
): Record<string, To> {
  const changed: Record<string, To> = {};
  for (const key of Object.keys(record)) changed[key] = change(record[key]!);
  return changed;
}
