import { describe, expect, test } from 'vitest';
import { balanceOf, decide, parseRules, replay, saleFromJson, saleToJson } from '../index.ts';
import { moscow, startStory, testRules, units } from '../test-story.ts';

const SLIDING = { kind: 'sliding', length: 90 };
const endsOf = (story: ReturnType<typeof startStory>) =>
  story.balance().lotsByExpiry.map(({ expiresAt, amount }) => [expiresAt?.toString() ?? null, amount]);

describe('sliding points', () => {
  test('EX-L3: ninety days after the last activity the whole balance burns; a purchase moves the end', () => {
    const story = startStory({ expiry: SLIDING }, '2026-01-10');
    story.sell('january', { total: units(1_000) });
    expect(endsOf(story)).toEqual([['2026-04-10T21:00:00Z', units(50)]]);
    story.on('2026-03-01');
    story.sell('march', { total: units(1_000) });
    expect(endsOf(story)).toEqual([['2026-05-30T21:00:00Z', units(100)]]);
    story.on('2026-05-30T23:59');
    expect(story.available()).toBe(units(100));
    story.on('2026-05-31T00:00');
    expect(story.available()).toBe(0n);
    expect(replay(story.entries)).toEqual(story.stored());
  });

  test('only the chosen activities move the end', () => {
    const story = startStory({ expiry: { ...SLIDING, activity: ['spend'] } }, '2026-01-10');
    story.sell('first', { total: units(1_000) });
    story.on('2026-03-01');
    story.sell('visit', { total: units(1_000) });
    expect(endsOf(story)).toEqual([['2026-04-10T21:00:00Z', units(100)]]);
    story.sell('paid', { total: units(100) }, units(10));
    expect(endsOf(story)).toEqual([['2026-05-30T21:00:00Z', units(94.5)]]);
  });

  test('the end changes the order of consumption beside points with an end of their own', () => {
    const story = startStory({ expiry: SLIDING }, '2026-01-10');
    story.sell('first', { total: units(1_000) });
    story.refill(30, 100);
    story.on('2026-03-01');
    story.sell('second', { total: units(100) });
    story.sell('third', { total: units(100) }, units(20));
    expect([story.left(1), story.left(2)]).toEqual([units(50), units(10)]);
  });

  test('D12: what is given back takes the instant that the wallet has now', () => {
    const story = startStory({ expiry: SLIDING }, '2026-01-10');
    story.sell('first', { total: units(1_000) });
    story.on('2026-03-01');
    story.sell('paid', { total: units(50) }, units(50));
    expect(endsOf(story)).toEqual([]);
    story.on('2026-03-20');
    story.sell('later', { total: units(100) });
    story.takeBack('paid');
    expect(endsOf(story)).toEqual([['2026-06-18T21:00:00Z', units(55)]]);
  });

  test('EX-L4: a term that becomes shorter leaves the points of the longer one as they were', () => {
    const story = startStory({ expiry: SLIDING }, '2026-01-10');
    story.sell('first', { total: units(1_000) });
    const shorter = testRules({ expiry: { ...SLIDING, length: 30 } });
    const now = moscow('2026-03-01');
    const facts = { mode: 'priced', checkId: 'second', occurredAt: now, spend: 0n, total: units(1_000) } as const;
    const sold = decide(story.stored(), { kind: 'register_check', ...facts }, shorter, now);
    if (!sold.ok) throw new Error(sold.refusal.code);
    expect(balanceOf(sold.state).lotsByExpiry.map(({ expiresAt }) => expiresAt?.toString())).toEqual([
      '2026-03-31T21:00:00Z',
      '2026-05-30T21:00:00Z',
    ]);
  });

  test('points that come after everything has burned begin a new term', () => {
    const story = startStory({ expiry: { ...SLIDING, activity: ['spend'] } }, '2026-01-10');
    story.sell('first', { total: units(1_000) });
    story.on('2026-05-01');
    story.refill(10);
    expect(endsOf(story)).toEqual([['2026-07-30T21:00:00Z', units(10)]]);
  });
});

describe('activation', () => {
  const delayed = (activationDelay: Record<string, unknown>) => {
    const story = startStory({ activationDelay, expiry: { length: 1 } });
    story.sell('c', { total: units(1_000) });
    expect([story.balance().pending, story.available()]).toEqual([units(50), 0n]);
    return story;
  };
  const usableAt = (story: ReturnType<typeof startStory>, eve: string, day: string) => {
    story.on(eve);
    expect(story.available()).toBe(0n);
    story.on(day);
    expect(story.available()).toBe(units(50));
  };

  test('on the next business day', () => {
    usableAt(delayed({ kind: 'next_day' }), '2026-03-01T23:59', '2026-03-02T00:00');
  });

  test('on fixed dates', () => {
    usableAt(delayed({ kind: 'dates', dates: ['03-01', '04-15'] }), '2026-04-14T23:59', '2026-04-15T00:00');
  });

  test('by an event, whose instant begins the term; a second word of it changes nothing', () => {
    const story = delayed({ kind: 'event', cancelAfterDays: 10 });
    story.on('2026-03-05');
    expect(story.carryOut({ kind: 'activate_check', checkId: 'c' }).activated).toBe(units(50));
    expect(endsOf(story)).toEqual([['2026-04-05T21:00:00Z', units(50)]]);
    expect(story.carryOut({ kind: 'activate_check', checkId: 'c' }).activated).toBe(0n);
    story.on('2026-03-20');
    expect(story.available()).toBe(units(50));
    expect(replay(story.entries)).toEqual(story.stored());
  });

  test('EX-P3: the event never comes: pending points are cancelled and reversed against what was issued', () => {
    const story = delayed({ kind: 'event', cancelAfterDays: 10 });
    story.on('2026-03-11T23:59');
    expect(story.balance().pending).toBe(units(50));
    story.on('2026-03-12T00:00');
    const { pending, totals } = story.state();
    expect([pending, totals.issued, totals.expired]).toEqual([0n, 0n, 0n]);
    expect(story.carryOut({ kind: 'activate_check', checkId: 'c' }).activated).toBe(0n);
    expect(story.entries.at(-1)?.kind).toBe('cancel_pending');
  });

  test('a return after the cancelling takes nothing and leaves no debt', () => {
    const story = delayed({ kind: 'event', cancelAfterDays: 10 });
    story.on('2026-03-20');
    story.refill(30);
    const half = story.takeBack('c', { amount: units(500) });
    expect(half.clawback).toMatchObject({ cancelled: units(25), debt: 0n, otherLots: 0n });
    expect(story.takeBack('c').clawback).toMatchObject({ cancelled: units(25), debt: 0n });
    expect(story.available()).toBe(units(30));
    const sale = story.sales.get('c')!;
    expect(saleFromJson(JSON.parse(JSON.stringify(saleToJson(sale))))).toEqual(sale);
  });

  test('by hand waits for as long as it takes, and a return cancels what waits', () => {
    const story = delayed({ kind: 'manual' });
    story.on('2027-03-01');
    expect(story.balance().pending).toBe(units(50));
    expect(story.takeBack('c').clawback.pending).toBe(units(50));
  });
});

describe('terms of a rule of earning', () => {
  const PROMO = {
    id: 'promo',
    name: 'Promo',
    effect: { kind: 'bonus', points: 2_000 },
    terms: { expiry: { kind: 'instant', at: '2026-03-31T21:00:00Z' } },
  };
  const LATER = {
    id: 'later',
    name: 'Later',
    effect: { kind: 'multiply', timesThousandths: 2000 },
    terms: { activationDelay: { kind: 'days', days: 7 } },
  };

  test('give its points a lot of their own', () => {
    const story = startStory({ earning: { rules: [PROMO, LATER] } });
    const sold = story.sell('c', { total: units(1_000) });
    expect(sold.sale.earned).toBe(units(120));
    expect(sold.sale.earnedLotIds).toHaveLength(3);
    expect([story.available(), story.balance().pending]).toEqual([units(70), units(50)]);
    expect(endsOf(story)).toEqual([
      ['2026-03-31T21:00:00Z', units(20)],
      ['2027-03-01T21:00:00Z', units(50)],
    ]);
  });

  test('a return takes from all of them: pending first, then soonest to expire, and what burned covers itself', () => {
    const story = startStory({ earning: { rules: [PROMO, LATER] } });
    story.sell('c', { total: units(1_000) });
    story.on('2026-04-02');
    expect(story.available()).toBe(units(100));
    const { clawback } = story.takeBack('c');
    expect(clawback).toMatchObject({ ownLot: units(100), burned: units(20), debt: 0n });
    expect([story.available(), story.state().debt]).toEqual([0n, 0n]);
  });

  test('a sale that was stored with one lot is read as before', () => {
    const story = startStory();
    const json = saleToJson(story.sell('c', { total: units(1_000) }).sale);
    expect(json).toMatchObject({ earnedLot: 1 });
    expect(json).not.toHaveProperty('earnedLots');
    expect(saleFromJson(json).earnedLotIds).toEqual([1]);
  });
});

test('terms that make no sense are named', () => {
  const problems = (settings: Record<string, unknown>) => {
    const levels = [{ id: 'base', name: 'Base', rateBasisPoints: 500 }];
    const parsed = parseRules({ id: 'r', timeZone: 'Europe/Moscow', levels, ...settings });
    return parsed.ok ? [] : parsed.problems.map(({ path }) => path);
  };
  const rule = { id: 'x', name: 'X', effect: { kind: 'bonus', points: 1 } };
  expect(problems({ expiry: { kind: 'sliding' } })).toEqual(['expiry.length']);
  expect(problems({ expiry: { ...SLIDING, activity: ['sleep'] } })).toEqual(['expiry.activity']);
  expect(problems({ expiry: { kind: 'instant' } })).toEqual(['expiry.at']);
  expect(problems({ activationDelay: { kind: 'dates' } })).toEqual(['activationDelay.dates']);
  expect(problems({ earning: { rules: [{ ...rule, terms: {} }] } })).toEqual(['earning.rules[0].terms']);
  expect(problems({ earning: { rules: [{ ...rule, terms: { expiry: SLIDING } }] } })).toEqual([
    'earning.rules[0].terms.expiry.kind',
  ]);
});
