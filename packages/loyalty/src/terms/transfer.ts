import type { AccountState } from '../account.ts';
import { sumOf } from '../amounts.ts';
import type { Accepted, Refused } from '../command.ts';
import { applyDue } from '../due.ts';
import { transfer as postingsOf } from '../entry.ts';
import { openingOf } from '../issue-lot.ts';
import { settleLevel } from '../levels/fall.ts';
import type { LotTerms } from '../lots.ts';
import { inOrder, takeFromLots } from '../lots.ts';
import type { Operation } from '../operation.ts';
import { beginOperation, record } from '../operation.ts';
import { insufficientPoints } from '../pricing.ts';
import type { Refusal } from '../refusal.ts';
import { refusal, refuseAmount } from '../refusal.ts';
import type { Rules } from '../rules.ts';
import type { TransferOutcome } from './outcomes.ts';

/** Points that one member gives to another of the same programme. */
export type Transfer = {
  /** Chosen by the caller; stands on both entries. */
  readonly key: string;
  readonly amount: bigint;
  /** What the two accounts are called, so that their entries point at each other. */
  readonly from: string;
  readonly to: string;
};

/** What both accounts write. The caller writes both together or neither. */
export type TransferDecision =
  | { readonly ok: true; readonly out: Accepted<TransferOutcome>; readonly into: Accepted<TransferOutcome> }
  | Refused;

/**
 * Moves usable points between two accounts: every point keeps its expiry and its reason. What is pending, held or burned
 * cannot be moved, and a debt of the receiver is settled by what comes.
 * Refuses `amount_invalid`, `insufficient_points`, `account_blocked` of either, and `value_invalid` for one account twice.
 */
export function decideTransfer(
  from: AccountState,
  to: AccountState,
  transfer: Transfer,
  rules: Rules,
  now: Temporal.Instant,
): TransferDecision {
  const giving = beginOperation(from, rules, now);
  applyDue(giving);
  const taking = beginOperation(to, rules, now);
  applyDue(taking);
  const refused = refuseTransfer(giving, taking, transfer);
  if (refused !== null) return { ok: false, refusal: refused };
  // Both numbers are known before either entry is written: what is due stands already.
  const [outId, intoId] = [giving.state.nextEntryId, taking.state.nextEntryId];
  const parts = giveAway(giving, transfer, intoId);
  receive(taking, transfer, parts, outId);
  return { ok: true, out: accepted(giving, transfer, parts, outId), into: accepted(taking, transfer, parts, intoId) };
}

type Part = { readonly terms: LotTerms; readonly amount: bigint };

function refuseTransfer(giving: Operation, taking: Operation, { from, to, amount }: Transfer): Refusal | null {
  const wrong = refuseAmount('amount', amount, 1n);
  if (wrong !== null) return wrong;
  if (from === to) return refusal('value_invalid', { field: 'to', value: to });
  if (giving.state.blocked || taking.state.blocked) return refusal('account_blocked');
  const { available } = giving.state;
  return amount > available ? insufficientPoints(available, amount) : null;
}

function giveAway(giving: Operation, { key, amount, to }: Transfer, otherEntry: number): readonly Part[] {
  const { lots } = giving.state;
  const taken = takeFromLots(inOrder(lots, giving.rules.lotOrder), amount);
  const parts = taken.map((part) => ({
    terms: lots.find((lot) => lot.id === part.lotId)!,
    amount: part.amount,
  }));
  record(giving, {
    kind: 'transfer_out',
    postings: postingsOf('available', 'transferred', amount),
    lots: taken.map((part) => ({ lotId: part.lotId, amount: -part.amount })),
    parents: parts.map(({ terms }) => terms.openedBy),
    numbers: { amount, otherEntry: BigInt(otherEntry) },
    texts: { key, account: to },
  });
  settleLevel(giving);
  return parts;
}

/** The end that sliding points had on the other account becomes a fixed one: their owner's activity is no longer theirs. */
function receive(taking: Operation, { key, amount, from }: Transfer, parts: readonly Part[], otherEntry: number): void {
  const { nextLotId, nextEntryId } = taking.state;
  const lots = parts.map(
    ({ terms, amount: original }, index): LotTerms => ({
      id: nextLotId + index,
      original,
      activatesAtMs: terms.activatesAtMs,
      expiresAtMs: terms.expiresAtMs,
      reason: terms.reason,
      openedBy: nextEntryId,
      checkId: null,
      originLotId: null,
      ...(terms.partner === undefined ? {} : { partner: terms.partner }),
      ...(terms.prepaid === undefined ? {} : { prepaid: terms.prepaid }),
    }),
  );
  record(taking, {
    kind: 'transfer_in',
    postings: postingsOf('transferred', 'available', amount),
    lots: lots.map((lot) => openingOf(lot, true)),
    numbers: { amount, otherEntry: BigInt(otherEntry) },
    texts: { key, account: from },
  });
  applyDue(taking);
}

function accepted(
  operation: Operation,
  { amount }: Transfer,
  parts: readonly Part[],
  entryId: number,
): Accepted<TransferOutcome> {
  const lots = parts.map((part) => ({ amount: part.amount, expiresAtMs: part.terms.expiresAtMs }));
  if (sumOf(lots, (lot) => lot.amount) !== amount) throw new Error('The parts of a transfer do not add up');
  const outcome: TransferOutcome = { kind: 'transfer', amount, lots, entryId };
  return { ok: true, entries: operation.entries, outcome, state: operation.state };
}
