import { smallest, sumOf } from './amounts.ts';
import type { EpochMs } from './business-day.ts';
import { toInstant } from './business-day.ts';
import type { DayCount } from './day-counts.ts';
import { addCounts } from './day-counts.ts';
import type { Entry, LotMovement, Posting, Shortage } from './entry.ts';
import type { Expiry } from './expiry.ts';
import type { EndedHold, Hold } from './hold.ts';
import { changeHolds } from './hold.ts';
import type { LadderState, LevelPin } from './levels/standing.ts';
import { changeLadder } from './levels/standing.ts';
import type { Lot } from './lots.ts';
import { withLot } from './lots.ts';
import type { OwnRates } from './own-terms/own-terms.ts';
import { changeOwnRates } from './own-terms/own-terms.ts';
import type { Tally } from './tally/tally.ts';
import { changeTally } from './tally/tally.ts';
import type { Slides } from './terms/slide.ts';
import type { CardState } from './wallets/stamp-card.ts';
import { cardBurned, changeCard, NEW_CARD } from './wallets/stamp-card.ts';

/** Net totals of the programme's accounts, as far as this member caused them. They make the identity checkable. */
export type Totals = {
  readonly issued: bigint;
  readonly redeemed: bigint;
  readonly expired: bigint;
  readonly forgiven: bigint;
  readonly metInMoney: bigint;
  /** Moved to other members, less what came from them. */
  readonly transferred: bigint;
};

/**
 * The ledger of one wallet: the points of a programme, the stamps of a card, a deposit in money. Each has its own unit,
 * and one code keeps them all.
 */
export type WalletState = {
  readonly pending: bigint;
  readonly available: bigint;
  readonly held: bigint;
  readonly debt: bigint;
  readonly totals: Totals;
  /** Lots with something left, in order of consumption. */
  readonly lots: readonly Lot[];
  readonly shortages: readonly Shortage[];
  /** When sliding points burn, by their term. */
  readonly slides: Slides;
  /** Days of the last month, where limits ask for them. */
  readonly counts: readonly DayCount[];
  /** Only of a card of stamps that has brought something. */
  readonly card: CardState | null;
};

/**
 * A member's account in a programme, folded from its entries: a cache that `replay` can rebuild. It is the ledger of
 * the main wallet, what is known of the member, and the ledgers of the side wallets.
 */
export type AccountState = WalletState & {
  /** Lifetime turnover net of returns, minor units of money. */
  readonly turnover: bigint;
  /** Id of the level by the measure; `null` until the first change, which reads as the lowest level. */
  readonly level: string | null;
  /** Held by decision of the staff; a higher level by the measure wins over it. */
  readonly pin: LevelPin | null;
  /** `null` where the turnover of a lifetime is all that the rules ask for. */
  readonly ladder: LadderState | null;
  /** When points of this account burn, where it is not the programme's term. */
  readonly ownExpiry: Expiry | null;
  /** Agreed with this member; `null` for what the programme says. */
  readonly ownRates: OwnRates | null;
  readonly blocked: boolean;
  /** Blocked for ever, and empty: the member is gone. */
  readonly closed: boolean;
  readonly welcomed: boolean;
  /** Open holds, oldest first. */
  readonly holds: readonly Hold[];
  /** The last holds that ended, oldest first. */
  readonly endedHolds: readonly EndedHold[];
  /** By the id of the wallet; one that nothing was ever booked in is absent. */
  readonly wallets: Readonly<Record<string, WalletState>>;
  /** Checks of the member, net of those that were wholly returned, and visits without one. */
  readonly visits: number;
  /** When a visit without a check was counted last. */
  readonly checkedInAtMs: EpochMs | null;
  /** What else rules of earning count; `null` for nothing. */
  readonly tally: Tally | null;
  /** Lots are numbered over all wallets of the account. */
  readonly nextLotId: number;
  readonly nextEntryId: number;
};

export function newWalletState(): WalletState {
  return {
    pending: 0n,
    available: 0n,
    held: 0n,
    debt: 0n,
    totals: { issued: 0n, redeemed: 0n, expired: 0n, forgiven: 0n, metInMoney: 0n, transferred: 0n },
    lots: [],
    shortages: [],
    slides: {},
    counts: [],
    card: null,
  };
}

export function newAccountState(): AccountState {
  return {
    ...newWalletState(),
    turnover: 0n,
    level: null,
    pin: null,
    ladder: null,
    ownExpiry: null,
    ownRates: null,
    blocked: false,
    closed: false,
    welcomed: false,
    holds: [],
    endedHolds: [],
    wallets: {},
    visits: 0,
    checkedInAtMs: null,
    tally: null,
    nextLotId: 1,
    nextEntryId: 1,
  };
}

/** The state after one more entry. The given state is left as it is. An entry out of turn is a defect and throws. */
export function evolve(state: AccountState, entry: Entry): AccountState {
  if (entry.id !== state.nextEntryId) {
    throw new Error(`Entry ${entry.id} does not follow: the account expects entry ${state.nextEntryId}`);
  }
  const next = { ...state, nextEntryId: entry.id + 1, turnover: state.turnover + entry.turnover };
  if (entry.visits !== 0) next.visits = Math.max(state.visits + entry.visits, 0);
  if (entry.tally !== null) next.tally = changeTally(state.tally, entry.tally);
  if (entry.hold !== null) Object.assign(next, changeHolds(state, state.lots, entry, entry.hold));
  if (entry.wallet === null) {
    book(next, entry);
  } else {
    const wallet = { ...walletIn(state, entry.wallet) };
    book(wallet, entry);
    next.wallets = { ...state.wallets, [entry.wallet]: wallet };
  }
  for (const { terms } of entry.lots) {
    if (terms !== undefined && terms.id >= next.nextLotId) next.nextLotId = terms.id + 1;
  }
  if (entry.level !== null) next.level = entry.level;
  if (entry.ownExpiry !== null) next.ownExpiry = entry.ownExpiry;
  if (entry.own !== null) {
    next.ownRates = changeOwnRates(state.ownRates, entry.own);
    if (entry.own.expiry !== undefined) next.ownExpiry = entry.own.expiry;
  }
  if (entry.ladder !== null) {
    next.ladder = changeLadder(state.ladder, entry.ladder);
    if (entry.ladder.pin !== undefined) next.pin = entry.ladder.pin;
  }
  if (entry.kind === 'visit') next.checkedInAtMs = entry.occurredAt.epochMilliseconds;
  if (entry.kind === 'welcome') next.welcomed = true;
  if (entry.kind === 'block') next.blocked = true;
  if (entry.kind === 'unblock') next.blocked = false;
  if (entry.kind === 'close') {
    next.blocked = true;
    next.closed = true;
  }
  return next;
}

/** The ledger of a wallet: the account itself for the main one (`null`), an empty one where nothing was ever booked. */
export function walletIn(state: AccountState, wallet: string | null): WalletState {
  return wallet === null ? state : (state.wallets[wallet] ?? newWalletState());
}

/** The state that a whole history leads to. */
export function replay(entries: readonly Entry[]): AccountState {
  return entries.reduce(evolve, newAccountState());
}

type Draft = { -readonly [Key in keyof WalletState]: WalletState[Key] };

/** What an entry does to the ledger of its wallet. */
function book(next: Draft, entry: Entry): void {
  if (entry.card !== null) next.card = changeCard(next.card ?? NEW_CARD, next.lots, entry, entry.card);
  if (entry.postings.length > 0) applyPostings(next, entry.postings);
  if (entry.counts.length > 0) next.counts = addCounts(next.counts, entry.counts);
  for (const movement of entry.lots) applyMovement(next, movement);
  if (entry.slides !== null) slide(next, entry.slides);
  if (entry.remembers !== null) {
    const at = entry.recordedAt.epochMilliseconds;
    next.shortages = [...next.shortages.filter((shortage) => shortage.untilMs > at), entry.remembers];
  }
  if (entry.kind === 'repay_forgiven') next.shortages = repaid(next.shortages, entry);
  if (next.card !== null && entry.kind === 'expire' && next.lots.length === 0) next.card = cardBurned(next.card);
}

function applyPostings(next: Draft, postings: readonly Posting[]): void {
  const totals = { ...next.totals };
  for (const { account, debit, credit } of postings) {
    const owedToMember = credit - debit;
    switch (account) {
      case 'pending':
      case 'available':
      case 'held':
        next[account] += owedToMember;
        break;
      case 'debt':
        next.debt -= owedToMember;
        break;
      case 'redeemed':
      case 'expired':
      case 'transferred':
        totals[account] += owedToMember;
        break;
      case 'forgiven':
        totals.forgiven -= owedToMember;
        break;
      case 'met_in_money':
        totals.metInMoney -= owedToMember;
        break;
      default:
        totals.issued -= owedToMember;
    }
  }
  next.totals = totals;
}

function applyMovement(next: Draft, movement: LotMovement): void {
  const at = next.lots.findIndex((lot) => lot.id === movement.lotId);
  const lot = next.lots[at];
  if (lot === undefined) {
    const { terms } = movement;
    if (terms === undefined) throw new Error(`Lot ${movement.lotId} is not open and the entry does not say its terms`);
    next.lots = withLot(next.lots, { ...terms, remaining: movement.amount, active: movement.activates === true });
    if (terms.slides !== undefined && terms.expiresAtMs !== null) {
      next.slides = { ...next.slides, [terms.slides]: terms.expiresAtMs };
    }
    return;
  }
  const remaining = lot.remaining + movement.amount;
  if (remaining < 0n) throw new Error(`Lot ${lot.id} would fall below zero`);
  if (movement.terms !== undefined) {
    // The terms of points that waited for an event are known only now.
    const others = next.lots.filter((other) => other.id !== lot.id);
    next.lots = others;
    applyMovement(next, { ...movement, amount: remaining });
    return;
  }
  const lots = [...next.lots];
  if (remaining === 0n) lots.splice(at, 1);
  else lots[at] = { ...lot, remaining, active: lot.active || movement.activates === true };
  next.lots = lots;
}

/** Moves the ends of sliding points, and with them the order of consumption. */
function slide(next: Draft, moved: Slides): void {
  next.slides = { ...next.slides, ...moved };
  let lots: readonly Lot[] = [];
  for (const lot of next.lots) {
    const end = lot.slides === undefined ? undefined : moved[lot.slides];
    lots = withLot(lots, end === undefined ? lot : { ...lot, expiresAtMs: end });
  }
  next.lots = lots;
}

function repaid(shortages: readonly Shortage[], entry: Entry): readonly Shortage[] {
  let left = sumOf(entry.postings, ({ account, credit }) => (account === 'forgiven' ? credit : 0n));
  const kept: Shortage[] = [];
  for (const shortage of shortages) {
    if (shortage.untilMs <= entry.recordedAt.epochMilliseconds) continue;
    const paid = smallest(shortage.amount, left);
    left -= paid;
    if (paid < shortage.amount) kept.push({ ...shortage, amount: shortage.amount - paid });
  }
  return kept;
}

export type Balance = {
  readonly available: bigint;
  readonly pending: bigint;
  readonly held: bigint;
  readonly debt: bigint;
  /** Points that can be spent, by the instant at which they burn; never-expiring ones last with `null`. */
  readonly lotsByExpiry: readonly { readonly expiresAt: Temporal.Instant | null; readonly amount: bigint }[];
};

/** What a guest is shown. Apply `stateAt` first, so that nothing that has burned or ripened is overlooked. */
export function balanceOf(state: WalletState): Balance {
  const byExpiry: { expiresAtMs: EpochMs | null; amount: bigint }[] = [];
  for (const lot of state.lots) {
    if (!lot.active) continue;
    const last = byExpiry.at(-1);
    if (last !== undefined && last.expiresAtMs === lot.expiresAtMs) last.amount += lot.remaining;
    else byExpiry.push({ expiresAtMs: lot.expiresAtMs, amount: lot.remaining });
  }
  return {
    available: state.available,
    pending: state.pending,
    held: state.held,
    debt: state.debt,
    lotsByExpiry: byExpiry.map(({ expiresAtMs, amount }) => ({
      expiresAt: expiresAtMs === null ? null : toInstant(expiresAtMs),
      amount,
    })),
  };
}
