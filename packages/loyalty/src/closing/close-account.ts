import { walletIn } from '../account.ts';
import { transfer } from '../entry.ts';
import { endHold } from '../hold-steps.ts';
import type { Operation } from '../operation.ts';
import { inWallet, ledgerOf, record } from '../operation.ts';
import type { Refusal } from '../refusal.ts';
import { refusal } from '../refusal.ts';
import { findWallet } from '../wallets/rules-of-wallet.ts';

/** Ends an account for good: its member is no member any more. Nothing opens it again. */
export type CloseAccount = { readonly kind: 'close' };

/** `lapsed`: points of the main wallet that nobody can spend any more, usable and pending, minor units. */
export type CloseOutcome = { readonly kind: 'close'; readonly lapsed: bigint };

/**
 * Closes an account: holds are released, what is left in every wallet lapses, a debt is forgiven, and the account is
 * blocked for ever. Repeating it changes nothing.
 * @returns refuses `deposit_not_empty`: a deposit is the member's own money, which is paid out before.
 */
export function closeAccount(operation: Operation): CloseOutcome | Refusal {
  const { state, rules } = operation;
  if (state.closed) return { kind: 'close', lapsed: 0n };
  for (const { id, kind } of rules.wallets) {
    const left = walletIn(state, id);
    const money = left.available + left.pending;
    if (kind === 'deposit' && money > 0n) return refusal('deposit_not_empty', { wallet: id, available: money });
  }
  for (const hold of state.holds) endHold(operation, hold, 'released', operation.nowMs);
  const lapsed = operation.state.available + operation.state.pending;
  record(operation, { kind: 'close', numbers: { lapsed } });
  lapse(operation);
  return { kind: 'close', lapsed };
}

/**
 * Takes whatever is in the wallets of a closed account out of them: a return may give points back to nobody. Money that a
 * return gives back to a deposit stays owed, until somebody has paid it out and deducted it.
 */
export function lapse(operation: Operation): void {
  lapseWallet(operation);
  for (const id of Object.keys(operation.state.wallets)) {
    if (findWallet(operation.rules, id)?.kind !== 'deposit') lapseWallet(inWallet(operation, id));
  }
}

/** texts: why. Numbers as in any other entry of the kind. */
function lapseWallet(operation: Operation): void {
  const texts = { why: 'closed' };
  for (const lot of ledgerOf(operation).lots) {
    const { remaining, original } = lot;
    record(operation, {
      ...(lot.active
        ? {
            kind: 'expire',
            postings: transfer('available', 'expired', remaining),
            numbers: { expired: remaining, original },
          }
        : {
            kind: 'cancel_pending',
            postings: transfer('pending', `issued:${lot.reason}`, remaining),
            numbers: { cancelled: remaining },
          }),
      checkId: lot.checkId,
      lots: [{ lotId: lot.id, amount: -remaining }],
      parents: [lot.openedBy],
      texts,
    });
  }
  const { debt } = ledgerOf(operation);
  if (debt === 0n) return;
  record(operation, {
    kind: 'settle_debt',
    postings: transfer('forgiven', 'debt', debt),
    numbers: { settled: debt, debtLeft: 0n },
    texts,
  });
}
