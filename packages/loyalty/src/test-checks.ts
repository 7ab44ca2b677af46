/** What has to hold of a state and of a sale, whatever happened. */
import { expect } from 'vitest';
import type { AccountState, Rules, SaleRecord, WalletState } from './index.ts';
import { stampsWalletsOf, walletIn } from './index.ts';

export function total<T>(items: readonly T[], amountOf: (item: T) => bigint): bigint {
  return items.reduce((sum, item) => sum + amountOf(item), 0n);
}

export function expectSound(state: AccountState, rules: Rules): void {
  const { holds, wallets } = state;
  const held = total(holds, (hold) => hold.amount);
  expect(holds.every((hold) => hold.amount > 0n && hold.amount === total(hold.uses, (use) => use.amount))).toBe(true);
  expect(state.turnover >= 0n).toBe(true);
  expectLedgerSound(state, held);
  for (const wallet of Object.values(wallets)) expectLedgerSound(wallet, 0n);
  for (const { id, slots } of stampsWalletsOf(rules)) {
    const { available, card } = walletIn(state, id);
    // A full card is emptied at once, and no card brings a milestone twice.
    expect(available < BigInt(slots)).toBe(true);
    const places = (card?.rewards ?? []).map(({ round, at }) => `${round}:${at}`);
    expect(new Set(places).size).toBe(places.length);
  }
}

function expectLedgerSound(ledger: WalletState, heldByHolds: bigint): void {
  const { available, pending, held, debt, totals, lots } = ledger;
  const remaining = (active: boolean) => total(lots, (lot) => (lot.active === active ? lot.remaining : 0n));
  // 2 and 3: balances are the sums of their lots, never negative.
  expect([available, pending, held]).toEqual([remaining(true), remaining(false), heldByHolds]);
  expect(available >= 0n && pending >= 0n && debt >= 0n).toBe(true);
  // 4: points and a debt never stand side by side.
  expect(available > 0n && debt > 0n).toBe(false);
  // 5
  expect(lots.every((lot) => lot.remaining > 0n && lot.remaining <= lot.original)).toBe(true);
  // 15 and D10
  const { issued, redeemed, expired, forgiven, metInMoney, transferred } = totals;
  expect(issued).toBe(pending + available + held - debt + redeemed + expired + transferred - forgiven - metInMoney);
  // Points of one sliding term burn together.
  for (const lot of lots) if (lot.slides !== undefined) expect(lot.expiresAtMs).toBe(ledger.slides[lot.slides]);
  // Days stand in order and none falls below nothing.
  const days = ledger.counts.map((count) => count.day);
  expect(days).toEqual([...new Set(days)].sort());
  for (const { earned, accruals, spent, spends } of ledger.counts) {
    expect(earned >= 0n && spent >= 0n && accruals >= 0 && spends >= 0).toBe(true);
  }
}

export function expectSaleSound(sale: SaleRecord, rules: Rules): void {
  const perPoint = 10n ** BigInt(rules.moneyScale - rules.scale);
  // 6: parts of lines add up to the check.
  expect(total(sale.lines, (line) => line.paidByPoints)).toBe(sale.spent * perPoint);
  expect(total(sale.lines, (line) => line.money)).toBe(sale.money);
  expect(total(sale.lines, (line) => line.earned)).toBe(sale.earned);
  expect(total(sale.uses, (use) => use.amount)).toBe(sale.spent);
  expect(sale.lines.every((line) => line.money >= 0n && line.money + line.paidByPoints === line.amount)).toBe(true);
  // 7: never more back than was spent or earned; exactly everything once all is returned.
  if (sale.returned === null) return;
  const { money, points, clawback } = sale.returned;
  const taken = total(Object.values(clawback), (amount) => amount);
  expect(points <= sale.spent && taken <= sale.earned && money <= sale.money).toBe(true);
  expect(total(sale.uses, (use) => use.givenBack)).toBe(points);
  if (!sale.lines.every((line) => line.returned?.done.quantityThousandths === line.quantityThousandths)) return;
  expect([money, points, taken]).toEqual([sale.money, sale.spent, sale.earned]);
  for (const { given, back } of sale.wallets?.stamps ?? []) expect(back).toBe(given);
  const deposit = sale.wallets?.deposit;
  if (deposit)
    expect([deposit.back, total(deposit.uses, (use) => use.givenBack)]).toEqual([deposit.amount, deposit.amount]);
}

export function totalsOf({ turnover, wallets, ...main }: AccountState) {
  const sums = ({ available, pending, debt, totals }: WalletState) => ({ available, pending, debt, totals });
  return { ...sums(main), turnover, wallets: Object.entries(wallets).map(([id, wallet]) => [id, sums(wallet)]) };
}
