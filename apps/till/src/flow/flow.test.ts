import type { TillGuest, TillQuoteAnswer, TillSaleAnswer } from '@tessera/contract';
import { describe, expect, test } from 'vitest';
import { type Problem, readProblem } from '../api/problem.ts';
import type { EntryKey } from './amount-entry.ts';
import {
  type Action,
  currentQuote,
  type Flow,
  operationFor,
  overspends,
  type Sale,
  spendWanted,
  start,
  step,
  wantedQuote,
} from './flow.ts';

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
const other: TillGuest = { ...guest, accountId: 8, name: 'Борис' };
const run = (flow: Flow, ...actions: readonly Action[]) =>
  actions.reduce((state, action) => step(state, action, 'comma'), flow);
const keys = (text: string): Action[] =>
  [...text].map((key) => ({ type: 'key', key: key as EntryKey, style: 'comma' }));
const found = run(start, { type: 'find', query: '79161234567' }, { type: 'found', query: '79161234567', guest });
const saleOf = (flow: Flow): Sale => {
  if (flow.step !== 'sale') throw new Error(`in step ${flow.step}`);
  return flow.sale;
};
const answer = (changes: Partial<TillQuoteAnswer> = {}): TillQuoteAnswer => ({
  spendMax: 60_000,
  spend: 0,
  toPay: 125_000,
  earn: 6_250,
  deposits: [],
  cards: [],
  rewards: [],
  reasons: [],
  hints: [],
  ...changes,
});
const quoted = (flow: Flow, changes: Partial<TillQuoteAnswer> = {}): Flow => {
  const question = wantedQuote(saleOf(flow), 'comma');
  if (question === null) throw new Error('nothing to ask');
  return run(flow, {
    type: 'quoted',
    quoted: {
      question,
      answer: answer({ spend: question.spend, toPay: question.amount - question.spend, ...changes }),
    },
  });
};
const typed = quoted(run(found, ...keys('1250')));
const sent = (flow: Flow = typed): Flow => {
  const operation = operationFor(saleOf(flow), 'comma', 'key-1', 0);
  if (operation === null) throw new Error('no operation');
  return run(flow, { type: 'send', operation });
};
const refusal: Problem = readProblem(409, {
  error: { code: 'insufficient_points', message: 'Баллов не хватает.', retryable: false },
});
const silence: Problem = { kind: 'unreachable', code: 'offline', message: '' };
const door: Problem = readProblem(429, {
  error: { code: 'too_many_requests', message: 'Слишком часто.', retryable: true },
});
const sold: TillSaleAnswer = {
  checkId: 1,
  amount: 125_000,
  spent: 0,
  toPay: 125_000,
  accrued: 6_250,
  cards: [],
  rewards: [],
  balance: 66_250,
  level: 'Золото',
  levelReached: null,
};

describe('finding the guest', () => {
  test('an answer to a query that has changed since shows nobody', () => {
    const flow = run(
      start,
      { type: 'find', query: '7916' },
      { type: 'query', query: '79161' },
      { type: 'found', query: '7916', guest },
    );
    expect(flow.step).toBe('find');
  });
  test('going back to find another guest keeps the sum', () => {
    const flow = run(
      typed,
      { type: 'back' },
      { type: 'find', query: '8' },
      { type: 'found', query: '8', guest: other },
    );
    expect(saleOf(flow)).toMatchObject({ guest: { accountId: 8 }, amount: '1250' });
  });
  test('a card scanned over a sum changes the guest, keeps the sum, forgets the spending', () => {
    const spending = run(typed, { type: 'spend', spend: { kind: 'all' } });
    const flow = run(spending, { type: 'find', query: 'TS-8' }, { type: 'found', query: 'TS-8', guest: other });
    expect(saleOf(flow)).toMatchObject({
      guest: { accountId: 8 },
      amount: '1250',
      spend: { kind: 'none' },
      quoted: null,
    });
  });
  test('a scanned card that nobody has leaves guest and sum as they were', () => {
    const flow = run(typed, { type: 'find', query: 'TS-9' }, { type: 'notFound', query: 'TS-9', problem: refusal });
    expect(saleOf(flow)).toMatchObject({ guest: { accountId: 7 }, amount: '1250', problem: refusal });
  });
});

describe('the quote', () => {
  test('an answer to an older sum is not taken for the sum that stands there', () => {
    const late = run(typed, ...keys('0'));
    expect(currentQuote(saleOf(late), 'comma')).toBeNull();
    expect(operationFor(saleOf(late), 'comma', 'k', 0)).toBeNull();
  });
  test('«spend all» asks for the most that the last answer allowed', () => {
    const flow = run(typed, { type: 'spend', spend: { kind: 'all' } });
    expect(wantedQuote(saleOf(flow), 'comma')?.spend).toBe(60_000);
    expect(currentQuote(saleOf(quoted(flow)), 'comma')?.toPay).toBe(65_000);
  });
  test('«spend all» after the sum changed first asks for the new limit', () => {
    const all = quoted(run(typed, { type: 'spend', spend: { kind: 'all' } }));
    const smaller = run(all, { type: 'amount', amount: '300' });
    expect(wantedQuote(saleOf(smaller), 'comma')).toMatchObject({ amount: 30_000, spend: 0 });
    const limited = quoted(smaller, { spendMax: 15_000 });
    expect(wantedQuote(saleOf(limited), 'comma')).toMatchObject({ amount: 30_000, spend: 15_000 });
  });
  test('more than may be spent can be neither confirmed nor sent', () => {
    const flow = run(typed, { type: 'field', field: 'spend' }, ...keys('700'));
    expect(overspends(saleOf(flow), 'comma')).toBe(true);
    expect(operationFor(saleOf(flow), 'comma', 'k', 0)).toBeNull();
    expect(saleOf(run(flow, { type: 'arm' })).armed).toBe(false);
  });
  test('a digit after «spend all» begins a number of one’s own', () => {
    const flow = run(typed, { type: 'spend', spend: { kind: 'all' } }, { type: 'field', field: 'spend' }, ...keys('5'));
    expect(spendWanted(saleOf(flow), 'comma')).toBe(500);
  });
  test('a blocked card asks nothing and sells nothing', () => {
    const blocked = run(
      start,
      { type: 'find', query: '1' },
      { type: 'found', query: '1', guest: { ...guest, blocked: true } },
      ...keys('5'),
    );
    expect(wantedQuote(saleOf(blocked), 'comma')).toBeNull();
    expect(saleOf(run(blocked, { type: 'arm' })).armed).toBe(false);
  });
});

describe('confirming', () => {
  test('confirmed before the quote came, it stays armed until then; any change takes it back', () => {
    const early = run(found, ...keys('99'), { type: 'arm' });
    expect(saleOf(early).armed).toBe(true);
    expect(saleOf(quoted(early)).armed).toBe(true);
    expect(saleOf(run(early, ...keys('0'))).armed).toBe(false);
    expect(saleOf(run(early, { type: 'find', query: 'x' })).armed).toBe(false);
  });
  test('what is sent is what the quote on the screen said', () => {
    const flow = quoted(run(typed, { type: 'spend', spend: { kind: 'own', text: '200' } }));
    expect(operationFor(saleOf(flow), 'comma', 'k', 5)).toEqual({
      operationKey: 'k',
      accountId: 7,
      amount: 125_000,
      spend: 20_000,
      toPay: 105_000,
      madeAtMs: 5,
    });
  });
  test('a refusal gives back the sale with its sum, and says why until something is changed', () => {
    const flow = run(sent(), { type: 'failed', operationKey: 'key-1', problem: refusal });
    expect(saleOf(flow)).toMatchObject({ amount: '1250', problem: refusal });
    expect(saleOf(quoted(flow)).problem).toBe(refusal);
    expect(saleOf(run(flow, ...keys('0'))).problem).toBeNull();
  });
  test('no answer means uncertain, and the retry carries the same key', () => {
    const flow = run(sent(), { type: 'failed', operationKey: 'key-1', problem: silence }, { type: 'retry' });
    expect(flow).toMatchObject({ step: 'sending', doubt: true, operation: { operationKey: 'key-1' } });
  });
  test('turned away at the door: certain on the first attempt, uncertain once an earlier one got no answer', () => {
    expect(run(sent(), { type: 'failed', operationKey: 'key-1', problem: door }).step).toBe('sale');
    const retried = run(sent(), { type: 'failed', operationKey: 'key-1', problem: silence }, { type: 'retry' });
    expect(run(retried, { type: 'failed', operationKey: 'key-1', problem: door }).step).toBe('uncertain');
  });
  test('an uncertain sale cannot be edited or left by «back»', () => {
    const flow = run(sent(), { type: 'failed', operationKey: 'key-1', problem: silence });
    expect(run(flow, { type: 'back' }, ...keys('9'), { type: 'find', query: '1' })).toBe(flow);
  });
  test('an answer to another operation is not taken', () => {
    expect(run(sent(), { type: 'sold', operationKey: 'other', answer: sold }).step).toBe('sending');
  });
  test('after a reload the kept operation goes out again, and its answer ends it', () => {
    const operation = operationFor(saleOf(typed), 'comma', 'key-1', 0)!;
    const flow = run(start, { type: 'resume', operation });
    expect(flow).toMatchObject({ step: 'sending', doubt: true });
    expect(run(flow, { type: 'sold', operationKey: 'key-1', answer: sold })).toMatchObject({
      step: 'done',
      answer: sold,
    });
    expect(run(flow, { type: 'failed', operationKey: 'key-1', problem: refusal })).toMatchObject({
      step: 'find',
      amount: '1250',
      problem: refusal,
    });
  });
});

test('changing the habit of typing keeps the sum', () => {
  const flow = step(run(found, ...keys('12')), { type: 'restyle', from: 'comma', to: 'terminal' }, 'terminal');
  expect(saleOf(flow).amount).toBe('1200');
});

describe('coupons and certificates', () => {
  const taken = run(typed, { type: 'codes', codes: { coupons: ['TEN'], certificate: 'GIFT' } });

  test('a coupon taken is another question: the old answer counts no longer, and the sale waits for the new one', () => {
    expect(currentQuote(saleOf(taken), 'comma')).toBeNull();
    expect(wantedQuote(saleOf(taken), 'comma')).toMatchObject({ coupons: ['TEN'], certificate: 'GIFT' });
    expect(operationFor(saleOf(taken), 'comma', 'key', 0)).toBeNull();
  });

  test('the sale goes out with what was quoted', () => {
    const operation = operationFor(saleOf(quoted(taken, { toPay: 62_500 })), 'comma', 'key', 0);
    expect(operation).toMatchObject({ coupons: ['TEN'], certificate: 'GIFT', toPay: 62_500 });
    expect(operationFor(saleOf(typed), 'comma', 'key', 0)).not.toHaveProperty('coupons');
  });

  test('a coupon that gives nothing keeps the sale from being booked', () => {
    const coupons = [{ code: 'TEN', name: 'Ten', discount: 0, message: 'needs a larger check' }];
    expect(operationFor(saleOf(quoted(taken, { coupons })), 'comma', 'key', 0)).toBeNull();
  });

  test('another guest begins without them', () => {
    const next = run(taken, { type: 'find', query: '9' }, { type: 'found', query: '9', guest: other });
    expect(saleOf(next).codes).toEqual({ coupons: [], certificate: null });
  });
});
