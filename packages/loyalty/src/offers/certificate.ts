import { smallest } from '../amounts.ts';
import type { Refusal } from '../refusal.ts';
import { refusal, refuseAmount } from '../refusal.ts';

/** Accounts of the double entry of a certificate: what the company owes its holder, and where the money went. */
export type CertificateAccount = 'certificate' | 'sold' | 'granted' | 'sales' | 'written_off';

export type CertificateMove =
  /** Sold for money, or given away by the company. */
  | { readonly kind: 'issue' | 'top_up'; readonly amount: bigint; readonly paid: boolean }
  | { readonly kind: 'pay'; readonly amount: bigint }
  | { readonly kind: 'give_back'; readonly amount: bigint }
  /** What is left is the company's: only by its own decision, never by time. */
  | { readonly kind: 'write_off' };

export type CertificateState = {
  readonly balance: bigint;
  readonly blocked: boolean;
  /** Number of the last entry. */
  readonly sequence: number;
};

/** One immutable, balanced event: `amount` from the debited to the credited account. */
export type CertificateEntry = {
  readonly sequence: number;
  readonly kind: CertificateMove['kind'];
  readonly debit: CertificateAccount;
  readonly credit: CertificateAccount;
  readonly amount: bigint;
  /** What is left on the certificate afterwards. */
  readonly balance: bigint;
};

/**
 * Decides one movement of a certificate: prepaid money in minor units of its currency, never points. Paying with a
 * blocked one, or more than is left, is refused; a return reaches it even when it is blocked.
 */
export function moveCertificate(state: CertificateState, move: CertificateMove): CertificateEntry | Refusal {
  const amount = move.kind === 'write_off' ? state.balance : move.amount;
  const wrong = refuseAmount('amount', amount, 1n) ?? refuseAmount('balance', state.balance + incoming(move), 0n);
  if (wrong !== null) return wrong;
  if (state.blocked && (move.kind === 'pay' || move.kind === 'top_up')) return refusal('certificate_blocked');
  if (move.kind === 'pay' && amount > state.balance) {
    return refusal('certificate_short', { balance: state.balance, wanted: amount, missing: amount - state.balance });
  }
  const outgoing = move.kind === 'pay' || move.kind === 'write_off';
  const [debit, credit] = accountsOf(move);
  return {
    sequence: state.sequence + 1,
    kind: move.kind,
    debit,
    credit,
    amount,
    balance: outgoing ? state.balance - amount : state.balance + amount,
  };
}

export function certificateAfter(state: CertificateState, entry: CertificateEntry): CertificateState {
  if (entry.sequence !== state.sequence + 1) {
    throw new Error(`Entry ${entry.sequence} does not follow: the certificate expects entry ${state.sequence + 1}`);
  }
  return { ...state, balance: entry.balance, sequence: entry.sequence };
}

/** The balance that the entries of a certificate lead to, by their postings alone. */
export function foldCertificate(entries: readonly CertificateEntry[]): bigint {
  let balance = 0n;
  for (const { debit, credit, amount } of entries) {
    if (credit === 'certificate') balance += amount;
    if (debit === 'certificate') balance -= amount;
  }
  return balance;
}

/** How much of what is to be paid in money a certificate pays: all that it can, or what was asked for. */
export function certificatePart(balance: bigint, money: bigint, wanted?: bigint): bigint {
  const most = smallest(balance, money);
  return wanted === undefined ? most : smallest(wanted, most);
}

function incoming(move: CertificateMove): bigint {
  return move.kind === 'pay' || move.kind === 'write_off' ? 0n : move.amount;
}

function accountsOf(move: CertificateMove): readonly [debit: CertificateAccount, credit: CertificateAccount] {
  switch (move.kind) {
    case 'issue':
    case 'top_up':
      return [move.paid ? 'sold' : 'granted', 'certificate'];
    case 'pay':
      return ['certificate', 'sales'];
    case 'give_back':
      return ['sales', 'certificate'];
    case 'write_off':
      return ['certificate', 'written_off'];
  }
}
