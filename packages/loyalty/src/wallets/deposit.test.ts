import { describe, expect, test } from 'vitest';
import { quote, walletIn } from '../index.ts';
import { startStory, units } from '../test-story.ts';

const DEPOSIT = { id: 'deposit', kind: 'deposit', name: 'Deposit' };

/** A guest with so much money on a deposit, in a programme of 5 %. */
function withDeposit(amount: number, settings: Record<string, unknown> = {}) {
  const story = startStory({ wallets: [{ ...DEPOSIT, ...settings }] });
  story.carryOut({ kind: 'refill', wallet: 'deposit', amount: units(amount), reason: 'top_up' });
  const deposit = () => walletIn(story.state(), 'deposit');
  const pay = (checkId: string, total: number, fromDeposit: number, spend = 0) => ({
    kind: 'register_check' as const,
    mode: 'priced' as const,
    checkId,
    occurredAt: story.now(),
    total: units(total),
    spend: units(spend),
    deposit: { wallet: 'deposit', amount: units(fromDeposit) },
  });
  return { ...story, deposit, pay };
}

describe('a deposit pays like money', () => {
  test('its part of a check earns points and counts for the turnover', () => {
    const guest = withDeposit(500);
    const { sale } = guest.carryOut(guest.pay('check', 1000, 400));
    expect([sale.money, sale.earned, guest.state().turnover]).toEqual([units(1000), units(50), units(1000)]);
    expect(guest.deposit()).toMatchObject({ available: units(100), debt: 0n });
    expect(guest.available()).toBe(units(50));
  });

  test('after points: it pays no more than they leave', () => {
    const guest = withDeposit(500);
    guest.refill(300);
    expect(guest.refused(guest.pay('check', 400, 200, 300))).toEqual({
      code: 'deposit_exceeds_due',
      params: { due: units(100), wanted: units(200) },
    });
    const { sale } = guest.carryOut(guest.pay('check', 400, 100, 300));
    expect([sale.spent, sale.money, sale.wallets?.deposit?.amount]).toEqual([units(300), units(100), units(100)]);
  });

  test('all or nothing: more than it holds is refused and nothing is written', () => {
    const guest = withDeposit(50);
    expect(guest.refused(guest.pay('check', 400, 100))).toEqual({
      code: 'insufficient_deposit',
      params: { available: units(50), wanted: units(100), missing: units(50) },
    });
    const wrong = { ...guest.pay('check', 400, 10), deposit: { wallet: 'savings', amount: 1n } };
    expect(guest.refused(wrong)?.code).toBe('unknown_wallet');
    expect(guest.deposit().available).toBe(units(50));
  });

  test('a quote tells what it holds, what it could pay, and refuses what the sale would', () => {
    const guest = withDeposit(500);
    const ask = (amount: number) =>
      quote(
        guest.state(),
        { total: units(300), deposit: { wallet: 'deposit', amount: units(amount) } },
        guest.rules,
        guest.now(),
      );
    const offer = { wallet: 'deposit', name: 'Deposit', available: units(500), most: units(300) };
    expect(ask(300)).toMatchObject({ deposit: units(300), money: units(300), deposits: [offer] });
    expect(ask(301)).toMatchObject({ ok: false, refusal: { code: 'deposit_exceeds_due' } });
  });

  test('it never expires unless the programme says so', () => {
    const guest = withDeposit(500);
    guest.on('2046-03-01');
    expect(guest.deposit().available).toBe(units(500));
    const term = withDeposit(500, { expiry: { kind: 'period', unit: 'months', length: 1 } });
    term.on('2026-04-02');
    expect(term.deposit().available).toBe(0n);
  });
});

describe('a return: the last tender goes back first', () => {
  test('money first, then the deposit, until both are whole again', () => {
    const guest = withDeposit(500);
    guest.carryOut(guest.pay('check', 1000, 400));
    const back = (amount: number) => {
      const { money, toDeposit, refund } = guest.takeBack('check', { amount: units(amount) });
      return [money, toDeposit, refund];
    };
    expect(back(450)).toEqual([units(450), 0n, units(450)]);
    expect(back(250)).toEqual([units(250), units(100), units(150)]);
    expect(back(300)).toEqual([units(300), units(300), 0n]);
    expect(guest.deposit()).toMatchObject({ available: units(500), totals: { redeemed: 0n } });
  });

  test('back into the lots that it came from', () => {
    const guest = withDeposit(500, { expiry: { kind: 'period', unit: 'days', length: 20 } });
    guest.on('2026-03-10');
    guest.carryOut(guest.pay('check', 400, 400));
    guest.on('2026-03-12');
    guest.takeBack('check');
    guest.on('2026-03-22');
    expect(guest.deposit().available).toBe(0n);
  });

  test('points that are missing are met by the money that is paid out, not by the deposit', () => {
    const story = startStory({ wallets: [DEPOSIT], returnPolicy: { shortage: { kind: 'deduct_from_refund' } } });
    story.carryOut({ kind: 'refill', wallet: 'deposit', amount: units(990) });
    const facts = { checkId: 'check', occurredAt: story.now(), total: units(1000), spend: 0n };
    const deposit = { wallet: 'deposit', amount: units(990) };
    story.carryOut({ kind: 'register_check', mode: 'priced', ...facts, deposit });
    story.sell('other', { total: units(50) }, units(50));
    const { toDeposit, refund, clawback } = story.takeBack('check');
    expect([toDeposit, refund]).toEqual([units(990), 0n]);
    expect([clawback.metInMoney, clawback.debt]).toEqual([units(10), units(40)]);
  });
});
