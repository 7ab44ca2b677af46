import type { AccountState } from '../account.ts';
import { walletIn } from '../account.ts';
import { largest, smallest } from '../amounts.ts';
import type { EpochMs } from '../business-day.ts';
import { transfer } from '../entry.ts';
import { giveBack } from '../give-back.ts';
import type { Operation } from '../operation.ts';
import { inWallet, record } from '../operation.ts';
import type { Refusal } from '../refusal.ts';
import { refusal, refuseAmount } from '../refusal.ts';
import type { Rules } from '../rules.ts';
import type { SaleRecord } from '../sale-record.ts';
import { takePoints } from '../take-points.ts';
import type { DepositOffer, DepositPayment } from './outcomes.ts';
import { depositWalletsOf, findWallet } from './rules-of-wallet.ts';
import type { SaleDeposit } from './sale-wallets.ts';

/** Why a deposit cannot pay this part of what is due after points; `null` when it can. */
export function refuseDeposit(
  state: AccountState,
  payment: DepositPayment | undefined,
  due: bigint,
  rules: Rules,
): Refusal | null {
  if (payment === undefined) return null;
  const { wallet, amount } = payment;
  const wrong = refuseAmount('deposit', amount, 0n);
  if (wrong !== null) return wrong;
  if (findWallet(rules, wallet)?.kind !== 'deposit') return refusal('unknown_wallet', { wallet });
  if (amount > due) return refusal('deposit_exceeds_due', { due, wanted: amount });
  const { available } = walletIn(state, wallet);
  if (amount <= available) return null;
  return refusal('insufficient_deposit', { available, wanted: amount, missing: amount - available });
}

export function offersOfDeposits(state: AccountState, due: bigint, rules: Rules): readonly DepositOffer[] {
  return depositWalletsOf(rules).map(({ id, name }) => {
    const { available } = walletIn(state, id);
    return { wallet: id, name, available, most: smallest(available, due) };
  });
}

/** Takes a payment out of the deposit. It was found possible before. */
export function payFromDeposit(
  operation: Operation,
  payment: DepositPayment | undefined,
  check: { readonly checkId: string; readonly occurredAtMs: EpochMs },
): SaleDeposit | null {
  if (payment === undefined || payment.amount === 0n) return null;
  const { wallet, amount } = payment;
  const within = inWallet(operation, wallet);
  const { uses, lots } = takePoints(within, amount);
  const entry = record(within, {
    ...check,
    kind: 'spend',
    postings: transfer('available', 'redeemed', amount),
    lots,
    parents: uses.map((use) => use.terms.openedBy),
    numbers: { spent: amount },
  });
  return { wallet, amount, entryId: entry.id, uses, back: 0n };
}

/**
 * How much of the money that a return gives back belongs on the deposit. The last tender goes back first: the deposit
 * has paid before the money, so it gets back what the money no longer covers.
 */
export function depositDueBack(sale: SaleRecord, moneyNow: bigint): bigint {
  const deposit = sale.wallets?.deposit ?? null;
  if (deposit === null) return 0n;
  const paidInMoney = sale.money - deposit.amount;
  const moneySoFar = (sale.returned?.money ?? 0n) + moneyNow;
  return largest(moneySoFar - paidInMoney, 0n) - deposit.back;
}

/** Puts money back on the deposit, into the lots that it came from. */
export function giveDepositBack(operation: Operation, sale: SaleRecord, amount: bigint): SaleDeposit | null {
  const deposit = sale.wallets?.deposit ?? null;
  if (deposit === null || amount === 0n) return deposit;
  const spent = { checkId: sale.checkId, spendEntryId: deposit.entryId, uses: deposit.uses };
  const uses = giveBack(inWallet(operation, deposit.wallet), spent, amount);
  return { ...deposit, uses, back: deposit.back + amount };
}
