import type { AccountState, Totals } from './account.ts';
import type { DayCount } from './day-counts.ts';
import type { Entry, EntryKind, LedgerAccount, LotMovement, Shortage } from './entry.ts';
import type { EndedHold, Hold, HoldChange, HoldEnd } from './hold.ts';
import type { IssueReason, Lot, LotTerms } from './lots.ts';

/** An integer: a number while that is exact, else a string of digits. */
export type AmountJson = number | string;

const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER);

export function amountToJson(amount: bigint): AmountJson {
  return amount <= MAX_SAFE && amount >= -MAX_SAFE ? Number(amount) : amount.toString();
}

export function amountFromJson(json: AmountJson): bigint {
  return BigInt(json);
}

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
};
type LotJson = LotTermsJson & { readonly left: AmountJson; readonly pending?: true };
type HoldJson = {
  readonly key: string;
  readonly amount: AmountJson;
  readonly until: number;
  readonly by: number;
  readonly uses: readonly { readonly lot: LotTermsJson; readonly amount: AmountJson }[];
};
type EndedHoldJson = { readonly key: string; readonly end: HoldEnd; readonly check?: string };
type CountJson = {
  readonly day: string;
  readonly earned?: AmountJson;
  readonly accruals?: number;
  readonly spent?: AmountJson;
  readonly spends?: number;
};
type ShortageJson = { readonly amount: AmountJson; readonly until: number };

/** The stored form of an account's state. Members that say nothing are left out. */
export type StateJson = {
  readonly pending: AmountJson;
  readonly available: AmountJson;
  readonly held: AmountJson;
  readonly debt: AmountJson;
  readonly totals: { readonly [Name in keyof Totals]: AmountJson };
  readonly turnover: AmountJson;
  readonly level: string | null;
  readonly blocked?: true;
  readonly welcomed?: true;
  readonly lots: readonly LotJson[];
  readonly shortages?: readonly ShortageJson[];
  readonly holds?: readonly HoldJson[];
  readonly endedHolds?: readonly EndedHoldJson[];
  readonly counts?: readonly CountJson[];
  readonly nextLot: number;
  readonly nextEntry: number;
};

/** JSON form of a state; `stateFromJson` reads it back exactly. */
export function stateToJson(state: AccountState): StateJson {
  const { totals } = state;
  return {
    pending: amountToJson(state.pending),
    available: amountToJson(state.available),
    held: amountToJson(state.held),
    debt: amountToJson(state.debt),
    totals: {
      issued: amountToJson(totals.issued),
      redeemed: amountToJson(totals.redeemed),
      expired: amountToJson(totals.expired),
      forgiven: amountToJson(totals.forgiven),
      metInMoney: amountToJson(totals.metInMoney),
    },
    turnover: amountToJson(state.turnover),
    level: state.level,
    ...(state.blocked ? { blocked: true } : {}),
    ...(state.welcomed ? { welcomed: true } : {}),
    lots: state.lots.map(lotToJson),
    ...(state.shortages.length > 0 ? { shortages: state.shortages.map(shortageToJson) } : {}),
    ...(state.holds.length > 0 ? { holds: state.holds.map(holdToJson) } : {}),
    ...(state.endedHolds.length > 0 ? { endedHolds: state.endedHolds.map(endedHoldToJson) } : {}),
    ...(state.counts.length > 0 ? { counts: state.counts.map(countToJson) } : {}),
    nextLot: state.nextLotId,
    nextEntry: state.nextEntryId,
  };
}

export function stateFromJson(json: StateJson): AccountState {
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
    },
    turnover: BigInt(json.turnover),
    level: json.level,
    blocked: json.blocked === true,
    welcomed: json.welcomed === true,
    lots: json.lots.map(lotFromJson),
    shortages: (json.shortages ?? []).map(shortageFromJson),
    holds: (json.holds ?? []).map(holdFromJson),
    endedHolds: (json.endedHolds ?? []).map(({ key, end, check }) => ({ key, end, checkId: check ?? null })),
    counts: (json.counts ?? []).map(countFromJson),
    nextLotId: json.nextLot,
    nextEntryId: json.nextEntry,
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
  };
}

function lotToJson(lot: Lot): LotJson {
  const json = { ...lotTermsToJson(lot), left: amountToJson(lot.remaining) };
  return lot.active ? json : { ...json, pending: true };
}

function lotFromJson(json: LotJson): Lot {
  return { ...lotTermsFromJson(json), remaining: BigInt(json.left), active: json.pending !== true };
}

function shortageToJson({ amount, untilMs }: Shortage): ShortageJson {
  return { amount: amountToJson(amount), until: untilMs };
}

function shortageFromJson({ amount, until }: ShortageJson): Shortage {
  return { amount: BigInt(amount), untilMs: until };
}

function holdToJson({ key, amount, untilMs, openedBy, uses }: Hold): HoldJson {
  return {
    key,
    amount: amountToJson(amount),
    until: untilMs,
    by: openedBy,
    uses: uses.map((use) => ({ lot: lotTermsToJson(use.terms), amount: amountToJson(use.amount) })),
  };
}

function holdFromJson({ key, amount, until, by, uses }: HoldJson): Hold {
  return {
    key,
    amount: BigInt(amount),
    untilMs: until,
    openedBy: by,
    uses: uses.map((use) => ({ terms: lotTermsFromJson(use.lot), amount: BigInt(use.amount) })),
  };
}

function endedHoldToJson({ key, end, checkId }: EndedHold): EndedHoldJson {
  return { key, end, ...(checkId === null ? {} : { check: checkId }) };
}

function countToJson({ day, earned, accruals, spent, spends }: DayCount): CountJson {
  return {
    day,
    ...(earned === 0n ? {} : { earned: amountToJson(earned) }),
    ...(accruals === 0 ? {} : { accruals }),
    ...(spent === 0n ? {} : { spent: amountToJson(spent) }),
    ...(spends === 0 ? {} : { spends }),
  };
}

function countFromJson({ day, earned, accruals, spent, spends }: CountJson): DayCount {
  return { day, earned: BigInt(earned ?? 0), accruals: accruals ?? 0, spent: BigInt(spent ?? 0), spends: spends ?? 0 };
}

type MovementJson = {
  readonly lot: number;
  readonly amount: AmountJson;
  readonly terms?: LotTermsJson;
  readonly activates?: true;
};

/** The stored form of an entry. Instants are epoch milliseconds. */
export type EntryJson = {
  readonly id: number;
  readonly kind: EntryKind;
  readonly at: number;
  readonly recorded: number;
  readonly check?: string;
  readonly postings: readonly {
    readonly account: LedgerAccount;
    readonly debit?: AmountJson;
    readonly credit?: AmountJson;
  }[];
  readonly lots: readonly MovementJson[];
  readonly turnover?: AmountJson;
  readonly level?: string;
  readonly remembers?: ShortageJson;
  readonly hold?: HoldChange;
  readonly counts?: readonly CountJson[];
  readonly rules: string;
  readonly parents: readonly number[];
  readonly numbers: Readonly<Record<string, AmountJson>>;
  readonly texts: Readonly<Record<string, string>>;
};

/** JSON form of an entry; `entryFromJson` reads it back exactly. */
export function entryToJson(entry: Entry): EntryJson {
  const { explain } = entry;
  return {
    id: entry.id,
    kind: entry.kind,
    at: entry.occurredAt.epochMilliseconds,
    recorded: entry.recordedAt.epochMilliseconds,
    ...(entry.checkId === null ? {} : { check: entry.checkId }),
    postings: entry.postings.map(({ account, debit, credit }) =>
      credit === 0n ? { account, debit: amountToJson(debit) } : { account, credit: amountToJson(credit) },
    ),
    lots: entry.lots.map(movementToJson),
    ...(entry.turnover === 0n ? {} : { turnover: amountToJson(entry.turnover) }),
    ...(entry.level === null ? {} : { level: entry.level }),
    ...(entry.remembers === null ? {} : { remembers: shortageToJson(entry.remembers) }),
    ...(entry.hold === null ? {} : { hold: entry.hold }),
    ...(entry.counts.length === 0 ? {} : { counts: entry.counts.map(countToJson) }),
    rules: explain.rulesId,
    parents: explain.parents,
    numbers: mapValues(explain.numbers, amountToJson),
    texts: explain.texts,
  };
}

export function entryFromJson(json: EntryJson): Entry {
  return {
    id: json.id,
    kind: json.kind,
    occurredAt: Temporal.Instant.fromEpochMilliseconds(json.at),
    recordedAt: Temporal.Instant.fromEpochMilliseconds(json.recorded),
    checkId: json.check ?? null,
    postings: json.postings.map(({ account, debit, credit }) => ({
      account,
      debit: BigInt(debit ?? 0),
      credit: BigInt(credit ?? 0),
    })),
    lots: json.lots.map(movementFromJson),
    turnover: BigInt(json.turnover ?? 0),
    level: json.level ?? null,
    remembers: json.remembers === undefined ? null : shortageFromJson(json.remembers),
    hold: json.hold ?? null,
    counts: (json.counts ?? []).map(countFromJson),
    explain: {
      rulesId: json.rules,
      parents: json.parents,
      numbers: mapValues(json.numbers, amountFromJson),
      texts: json.texts,
    },
  };
}

function movementToJson({ lotId, amount, terms, activates }: LotMovement): MovementJson {
  return {
    lot: lotId,
    amount: amountToJson(amount),
    ...(terms === undefined ? {} : { terms: lotTermsToJson(terms) }),
    ...(activates === true ? { activates } : {}),
  };
}

function movementFromJson(json: MovementJson): LotMovement {
  return {
    lotId: json.lot,
    amount: BigInt(json.amount),
    ...(json.terms === undefined ? {} : { terms: lotTermsFromJson(json.terms) }),
    ...(json.activates === true ? { activates: true } : {}),
  };
}

function mapValues<From, To>(record: Readonly<Record<string, From>>, change: (value: From) => To): Record<string, To> {
  const changed: Record<string, To> = {};
  for (const key of Object.keys(record)) changed[key] = change(record[key]!);
  return changed;
}
