import type { AccountState, WalletState } from './account.ts';
import { evolve, walletIn } from './account.ts';
import type { EpochMs } from './business-day.ts';
import { toInstant } from './business-day.ts';
import type { DayCount } from './day-counts.ts';
import type { Entry, EntryKind, LotMovement, Posting, Shortage } from './entry.ts';
import type { Expiry } from './expiry.ts';
import type { HoldChange } from './hold.ts';
import { beginning, countingState, remembersLadder } from './levels/measure.ts';
import type { LadderChange } from './levels/standing.ts';
import type { OwnTermsChange } from './own-terms/own-terms.ts';
import type { Rules } from './rules.ts';
import type { TallyChange } from './tally/tally.ts';
import type { Slides } from './terms/slide.ts';
import { rulesOfWallet } from './wallets/rules-of-wallet.ts';
import type { CardChange } from './wallets/stamp-card.ts';

/**
 * One command under way: the entries written so far and the state they lead to. Steps of a command read the state
 * through it, so that each sees what the step before it did. It lives only inside one call.
 */
export type Operation = {
  readonly rules: Rules;
  readonly now: Temporal.Instant;
  readonly nowMs: EpochMs;
  readonly entries: Entry[];
  /** The wallet that its steps book in; `null` for the main one. */
  readonly wallet: string | null;
  /** The operation in the main wallet, where this one books in a side wallet. */
  readonly main: Operation | null;
  state: AccountState;
  /** The instant that is being applied: that of what is due, `nowMs` for the command itself. */
  atMs: EpochMs;
};

export function beginOperation(state: AccountState, rules: Rules, now: Temporal.Instant): Operation {
  const nowMs = now.epochMilliseconds;
  return { rules: rulesOfAccount(state, rules), now, nowMs, entries: [], wallet: null, main: null, state, atMs: nowMs };
}

/** The rules as this account sees them: with its own term of points, where it has one. */
function rulesOfAccount({ ownExpiry }: AccountState, rules: Rules): Rules {
  return ownExpiry === null ? rules : { ...rules, expiry: ownExpiry };
}

/** The same operation with its steps booking in a side wallet, by the rules of that wallet. */
export function inWallet(operation: Operation, wallet: string): Operation {
  const main = mainOf(operation);
  return {
    rules: rulesOfWallet(main.rules, wallet),
    now: main.now,
    nowMs: main.nowMs,
    entries: main.entries,
    wallet,
    main,
    get state() {
      return main.state;
    },
    set state(next: AccountState) {
      main.state = next;
    },
    get atMs() {
      return main.atMs;
    },
    set atMs(at: EpochMs) {
      main.atMs = at;
    },
  };
}

/** The same operation with its steps booking in the main wallet. */
export function mainOf(operation: Operation): Operation {
  return operation.main ?? operation;
}

/** The ledger that the steps of this operation book in. */
export function ledgerOf(operation: Operation): WalletState {
  return walletIn(operation.state, operation.wallet);
}

export type EntryFacts = {
  readonly kind: EntryKind;
  readonly occurredAtMs?: EpochMs;
  readonly checkId?: string | null;
  readonly postings?: readonly Posting[];
  readonly lots?: readonly LotMovement[];
  readonly turnover?: bigint;
  readonly level?: string;
  readonly ownExpiry?: Expiry;
  readonly own?: OwnTermsChange;
  readonly ladder?: LadderChange | null;
  readonly remembers?: Shortage | null;
  readonly hold?: HoldChange;
  readonly slides?: Slides | null;
  readonly counts?: readonly DayCount[];
  readonly visits?: number;
  readonly tally?: TallyChange | null;
  readonly card?: CardChange;
  readonly parents?: readonly number[];
  readonly numbers?: Readonly<Record<string, bigint>>;
  readonly texts?: Readonly<Record<string, string>>;
};

/** Writes one entry and folds it into the state of the operation. */
export function record(operation: Operation, facts: EntryFacts): Entry {
  const entry: Entry = {
    id: operation.state.nextEntryId,
    kind: facts.kind,
    wallet: operation.wallet,
    occurredAt:
      facts.occurredAtMs === undefined || facts.occurredAtMs === operation.nowMs
        ? operation.now
        : toInstant(facts.occurredAtMs),
    recordedAt: operation.now,
    checkId: facts.checkId ?? null,
    postings: facts.postings ?? [],
    lots: facts.lots ?? [],
    turnover: facts.turnover ?? 0n,
    level: facts.level ?? null,
    ownExpiry: facts.ownExpiry ?? null,
    own: facts.own ?? null,
    ladder: remembersLadder(operation.rules) ? ladderChangeOf(operation, facts) : (facts.ladder ?? null),
    remembers: facts.remembers ?? null,
    hold: facts.hold ?? null,
    slides: facts.slides ?? null,
    counts: facts.counts ?? [],
    visits: facts.visits ?? 0,
    tally: facts.tally ?? null,
    card: facts.card ?? null,
    explain: {
      rulesId: operation.rules.id,
      parents: facts.parents ?? [],
      numbers: facts.numbers ?? {},
      texts: facts.texts ?? {},
    },
  };
  operation.entries.push(entry);
  operation.state = evolve(operation.state, entry);
  return entry;
}

/** Every entry under such rules tells up to when the level has been judged; the first one begins to count. */
function ladderChangeOf({ state, rules, atMs, nowMs }: Operation, { ladder }: EntryFacts): LadderChange {
  if (countingState(state, rules) !== null || ladder?.begins !== undefined) return { ...ladder, judgedMs: atMs };
  const start = beginning(state, rules, nowMs);
  const counts = [...(start.counts ?? []), ...(ladder?.counts ?? [])];
  return { ...start, ...ladder, ...(counts.length > 0 ? { counts } : {}), judgedMs: atMs };
}
