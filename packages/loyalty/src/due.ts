import type { AccountState } from './account.ts';
import { smallest } from './amounts.ts';
import type { EpochMs } from './business-day.ts';
import { toInstant } from './business-day.ts';
import type { Entry } from './entry.ts';
import { transfer } from './entry.ts';
import { endHold } from './hold-steps.ts';
import { raiseLevel } from './levels/climb.ts';
import { applyLevelDues, levelDuesOf, nextLevelDueMs, settleLevel } from './levels/fall.ts';
import type { Lot } from './lots.ts';
import { inOrder, takeFromLots } from './lots.ts';
import type { Operation } from './operation.ts';
import { beginOperation, inWallet, ledgerOf, mainOf, record } from './operation.ts';
import type { Rules } from './rules.ts';

/**
 * The state at `now`: everything that has come due is applied, exactly as a job would have written it in time.
 * `entries` is what has to be written to make it so; late, repeated or missing jobs therefore change no balance.
 */
export function stateAt(
  state: AccountState,
  rules: Rules,
  now: Temporal.Instant,
): { readonly state: AccountState; readonly entries: readonly Entry[] } {
  const operation = beginOperation(state, rules, now);
  applyDue(operation);
  return { state: operation.state, entries: operation.entries };
}

/** The next instant at which a lot, a hold or the level changes by itself; `null` when nothing ever will. */
export function nextDueAt(state: AccountState, rules: Rules): Temporal.Instant | null {
  const at = Math.min(nextDueAtMs(state), nextLevelDueMs(state, rules));
  return at === Number.POSITIVE_INFINITY ? null : toInstant(at);
}

function nextDueAtMs({ lots, holds, wallets }: AccountState): EpochMs {
  let next = nextDueOfLots(lots);
  for (const hold of holds) if (hold.untilMs < next) next = hold.untilMs;
  for (const id of Object.keys(wallets)) next = Math.min(next, nextDueOfLots(wallets[id]!.lots));
  return next;
}

function nextDueOfLots(lots: readonly Lot[]): EpochMs {
  let next = Number.POSITIVE_INFINITY;
  for (const lot of lots) {
    const at = lot.active ? lot.expiresAtMs : lot.awaits === undefined ? lot.activatesAtMs : lot.awaits.cancelsAtMs;
    if (at !== null && at < next) next = at;
  }
  return next;
}

/**
 * Applies what is due, instant by instant: a debt is settled by points that were usable for a while, although they
 * would have expired by now. Within one instant: activate, release overdue holds, expire, settle debt, levels.
 */
export function applyDue(within: Operation): void {
  const operation = mainOf(within);
  const { rules, nowMs } = operation;
  for (;;) {
    const dues = levelDuesOf(operation.state, rules);
    const at = Math.min(nextDueAtMs(operation.state), dues.pin, dues.rise, dues.fall);
    if (at > nowMs) break;
    operation.atMs = at;
    const written = operation.entries.length;
    applyDueAt(operation, at);
    for (const id of Object.keys(operation.state.wallets)) applyDueAt(inWallet(operation, id), at);
    applyLevelDues(operation, at, dues);
    if (rules.ladder.measure === 'points_balance') raiseLevel(operation, { at });
    // What is due and changes nothing would be due for ever.
    if (operation.entries.length === written) throw new Error(`Nothing came of what was due at ${at}`);
  }
  operation.atMs = nowMs;
  settleDebt(operation, operation.nowMs);
  for (const id of Object.keys(operation.state.wallets)) settleDebt(inWallet(operation, id), operation.nowMs);
  settleLevel(operation);
}

/** What one wallet has due at one instant. Holds lock points of the main wallet alone. */
function applyDueAt(operation: Operation, at: EpochMs): void {
  for (const lot of ledgerOf(operation).lots) {
    if (lot.active) continue;
    if (lot.awaits !== undefined) cancelOverdue(operation, lot, at);
    else if (lot.activatesAtMs <= at) activateLot(operation, lot, at);
  }
  if (operation.wallet === null) {
    for (const hold of operation.state.holds) {
      if (hold.untilMs <= at) endHold(operation, hold, 'timed_out', at);
    }
  }
  for (const lot of ledgerOf(operation).lots) {
    if (lot.active && lot.expiresAtMs !== null && lot.expiresAtMs <= at) expireLot(operation, lot, at);
  }
  settleDebt(operation, at);
}

function activateLot(operation: Operation, lot: Lot, at: EpochMs): void {
  record(operation, {
    kind: 'activate',
    occurredAtMs: at,
    checkId: lot.checkId,
    postings: transfer('pending', 'available', lot.remaining),
    lots: [{ lotId: lot.id, amount: 0n, activates: true }],
    parents: [lot.openedBy],
    numbers: { activated: lot.remaining },
  });
}

/** Points whose event never came: they are taken back from where they were issued, and nothing burned. */
function cancelOverdue(operation: Operation, lot: Lot, at: EpochMs): void {
  const cancelsAtMs = lot.awaits?.cancelsAtMs ?? null;
  if (cancelsAtMs === null || cancelsAtMs > at) return;
  record(operation, {
    kind: 'cancel_pending',
    occurredAtMs: at,
    checkId: lot.checkId,
    postings: transfer('pending', `issued:${lot.reason}`, lot.remaining),
    lots: [{ lotId: lot.id, amount: -lot.remaining }],
    parents: [lot.openedBy],
    numbers: { cancelled: lot.remaining },
  });
}

function expireLot(operation: Operation, lot: Lot, at: EpochMs): void {
  record(operation, {
    kind: 'expire',
    occurredAtMs: at,
    checkId: lot.checkId,
    postings: transfer('available', 'expired', lot.remaining),
    lots: [{ lotId: lot.id, amount: -lot.remaining }],
    parents: [lot.openedBy],
    numbers: { expired: lot.remaining, original: lot.original },
  });
}

/** Points and a debt never stand side by side: whatever is available pays the debt. */
function settleDebt(operation: Operation, at: EpochMs): void {
  const { debt, available, lots } = ledgerOf(operation);
  if (debt === 0n || available === 0n) return;
  const settled = smallest(debt, available);
  const taken = takeFromLots(inOrder(lots, operation.rules.lotOrder), settled);
  const parents = taken.map(({ lotId }) => lots.find((lot) => lot.id === lotId)!.openedBy);
  record(operation, {
    kind: 'settle_debt',
    occurredAtMs: at,
    postings: transfer('available', 'debt', settled),
    lots: taken.map(({ lotId, amount }) => ({ lotId, amount: -amount })),
    parents,
    numbers: { settled, debtLeft: debt - settled },
  });
}
