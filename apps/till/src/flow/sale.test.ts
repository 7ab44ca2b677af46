import type { TillGuest, TillLine, TillQuoteAnswer } from '@tessera/contract';
import { describe, expect, test } from 'vitest';
import { type Action, canConfirm, currentQuote, type Flow, operationFor, start, step, wantedQuote } from './flow.ts';
import { priceOf, readQuantity, sayQuantity } from './lines.ts';

const guest: TillGuest = {
  accountId: 7,
  name: 'Анна',
  phoneHint: '•• 45-67',
  level: 'Золото',
  rateBasisPoints: 500,
  discount: null,
  balance: 60_000,
  debt: 0,
  expiring: null,
  birthdayToday: false,
  blocked: false,
  wallets: [],
  note: '',
  lastVisit: null,
  stampable: [],
};
const run = (flow: Flow, ...actions: readonly Action[]) =>
  actions.reduce((state, action) => step(state, action, 'comma'), flow);
const found = (query = 'анна'): Flow => run(start, { type: 'find', query }, { type: 'found', query, guest });
const saleOf = (flow: Flow) => {
  if (flow.step !== 'sale') throw new Error(`not in a sale but in ${flow.step}`);
  return flow.sale;
};
const answer = (toPay: number, most = 0): TillQuoteAnswer => ({
  spendMax: 0,
  spend: 0,
  toPay,
  earn: 0,
  deposits: most === 0 ? [] : [{ wallet: 'deposit', name: 'Депозит', available: 200_000, most }],
  cards: [],
  rewards: [],
  reasons: [],
  hints: [],
});
const quoteOf = (flow: Flow, told: TillQuoteAnswer): Flow => {
  const question = wantedQuote(saleOf(flow), 'comma');
  if (question === null) throw new Error('nothing to ask');
  return run(flow, { type: 'quoted', quoted: { question, answer: told } });
};

describe('a name that several have', () => {
  const choices = { items: [], more: true };
  const asked = run(start, { type: 'find', query: 'анна' });

  test('offers them until one is taken, and lets back and another query end it', () => {
    const offered = run(asked, { type: 'named', query: 'анна', choices });
    expect(offered).toMatchObject({ step: 'find', busy: false, choices });
    // While one is fetched the others stay in sight.
    expect(run(offered, { type: 'find', query: 'анна' })).toMatchObject({ busy: true, choices });
    expect(run(offered, { type: 'back' })).toMatchObject({ query: 'анна', choices: null });
    expect(run(offered, { type: 'query', query: 'анн' })).toMatchObject({ choices: null });
    const taken = run(offered, { type: 'find', query: 'анна' }, { type: 'found', query: 'анна', guest });
    expect(taken.step).toBe('sale');
  });

  test('that comes late offers nobody', () => {
    const other = run(asked, { type: 'query', query: 'бор' });
    expect(run(other, { type: 'named', query: 'анна', choices })).toEqual(other);
  });
});

describe('lines', () => {
  const lines: TillLine[] = [
    { name: 'Латте', amount: 50_000, quantityThousandths: 2_000 },
    { name: 'Медовик', amount: 40_050 },
  ];

  test('make the sum, which the keys then leave alone, and go out with the sale', () => {
    const flow = run(found(), { type: 'lines', lines }, { type: 'key', key: '9', style: 'comma' });
    expect(saleOf(flow).amount).toBe('900,50');
    expect(wantedQuote(saleOf(flow), 'comma')).toMatchObject({ amount: 90_050, lines });
    const quoted = quoteOf(flow, answer(90_050));
    expect(operationFor(saleOf(quoted), 'comma', 'key', 0)).toMatchObject({ amount: 90_050, lines });
  });

  test('are another question than the same sum without them, and taken away leave no sum', () => {
    const flow = quoteOf(run(found(), { type: 'lines', lines }), answer(90_050));
    const fewer = run(flow, { type: 'lines', lines: [{ name: '', amount: 90_050 }] });
    expect(currentQuote(saleOf(fewer), 'comma')).toBeNull();
    const none = run(flow, { type: 'lines', lines: [] });
    expect(saleOf(none).amount).toBe('');
    expect(canConfirm(saleOf(none), 'comma')).toBe(false);
  });

  test('have whole minor units whatever the quantity', () => {
    expect(priceOf(33_333, 1_500)).toBe(50_000);
    expect(priceOf(9_007_199_254, 999)).toBe(8_998_192_055);
    expect([readQuantity('1,5'), readQuantity('0.25'), readQuantity('3')]).toEqual([1_500, 250, 3_000]);
    for (const wrong of ['', '0', '1,2345', '-1', 'два', '1e3']) expect(readQuantity(wrong)).toBeNull();
    expect([sayQuantity(1_500, ','), sayQuantity(2_000, ','), sayQuantity(250, '.')]).toEqual(['1,5', '2', '0.25']);
  });
});

describe('a deposit', () => {
  const typed = run(found(), { type: 'amount', amount: '1000' });

  test('pays what a quote without it said it can, and only then the sale goes out', () => {
    const chosen = run(typed, { type: 'deposit', wallet: 'deposit' }, { type: 'arm' });
    expect(wantedQuote(saleOf(chosen), 'comma')).not.toHaveProperty('deposit');
    const told = quoteOf(chosen, answer(100_000, 70_000));
    // The answer about the money alone must not be booked: the cashier chose the deposit.
    expect(operationFor(saleOf(told), 'comma', 'key', 0)).toBeNull();
    expect(wantedQuote(saleOf(told), 'comma')?.deposit).toEqual({ wallet: 'deposit', amount: 70_000 });
    const paid = quoteOf(told, answer(30_000, 70_000));
    expect(operationFor(saleOf(paid), 'comma', 'key', 0)).toMatchObject({
      toPay: 30_000,
      deposit: { wallet: 'deposit', amount: 70_000 },
    });
    expect(wantedQuote(saleOf(paid), 'comma')).toEqual(saleOf(paid).quoted?.question);
  });

  test('is asked anew for another sum, and pays nothing where it can pay nothing', () => {
    const chosen = run(typed, { type: 'deposit', wallet: 'deposit' });
    const paid = quoteOf(quoteOf(chosen, answer(100_000, 70_000)), answer(30_000, 70_000));
    const more = run(paid, { type: 'key', key: '0', style: 'comma' });
    expect(wantedQuote(saleOf(more), 'comma')).not.toHaveProperty('deposit');
    const nothing = quoteOf(chosen, answer(100_000));
    expect(operationFor(saleOf(nothing), 'comma', 'key', 0)).toMatchObject({ toPay: 100_000 });
    expect(operationFor(saleOf(nothing), 'comma', 'key', 0)).not.toHaveProperty('deposit');
  });
});

test('a guest shown anew after a stamp keeps the sum, and another guest’s answer changes nothing', () => {
  const typed = run(found(), { type: 'amount', amount: '1000' });
  const shown = run(typed, { type: 'shown', guest: { ...guest, balance: 70_000 } });
  expect(saleOf(shown)).toMatchObject({ amount: '1000', guest: { balance: 70_000 }, quoted: null });
  expect(run(typed, { type: 'shown', guest: { ...guest, accountId: 8 } })).toEqual(typed);
});
