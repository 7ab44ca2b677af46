import { describe, expect, test } from 'vitest';
import type { RegisterCheck } from './index.ts';
import { MAX_AMOUNT, quote } from './index.ts';
import { moscow, startStory, units } from './test-story.ts';

const LADDER = [
  { id: 'base', name: 'Base', fromTurnover: 0, rateBasisPoints: 300 },
  { id: 'silver', name: 'Silver', fromTurnover: 1_000_000, rateBasisPoints: 500 },
  { id: 'gold', name: 'Gold', fromTurnover: 3_000_000, rateBasisPoints: 700 },
];

function reported(facts: Partial<RegisterCheck & { money: bigint }> = {}): RegisterCheck {
  return {
    kind: 'register_check',
    mode: 'reported',
    checkId: 'c',
    occurredAt: moscow('2026-03-01'),
    money: units(100),
    spend: 0n,
    ...facts,
  } as RegisterCheck;
}

describe('earning', () => {
  test('EX-E1 without its multiplier: an excluded line earns nothing, the rest is rounded once', () => {
    const lines = [
      { id: 'pizza', amount: units(700) },
      { id: 'beer', amount: units(300), eligibleForEarn: false },
      { id: 'dessert', amount: units(250.5) },
    ];
    const { sale } = startStory().sell('c', { lines });
    expect(sale.earned).toBe(units(47.52));
    expect(sale.lines.map((line) => line.earned)).toEqual([units(35), 0n, units(12.52)]);
    expect(startStory({ scale: 0 }).sell('c', { lines }).sale.earned).toBe(47n);
  });

  test('the part of a line that was paid by points earns nothing', () => {
    const story = startStory();
    story.refill(100);
    const { sale } = story.sell('c', { total: units(1000) }, units(100));
    expect(sale.earned).toBe(units(45));
  });

  test('the earn entry explains itself: base, rate, level and the spend it belongs to', () => {
    const story = startStory();
    story.refill(100);
    story.sell('c', { total: units(1000) }, units(100));
    const [, spend, earn] = story.entries;
    expect(spend?.explain).toMatchObject({ parents: [1], numbers: { spent: units(100), money: units(900) } });
    expect(earn?.explain).toEqual({
      rulesId: 'rules-1',
      parents: [2],
      numbers: { earned: units(45), base: units(900), rateBasisPoints: 500n },
      texts: { by: 'level', level: 'base' },
    });
  });
});

describe('a reported check', () => {
  test('the money is what was paid, the points are spent on top', () => {
    const story = startStory();
    story.refill(100);
    story.carryOut(reported({ money: units(400), spend: units(100) }));
    expect(story.stored()).toMatchObject({ available: units(20), turnover: units(400) });
  });

  test('an accrual of the caller replaces the rules: 0 accrues nothing, absent earns by the rules', () => {
    const accrued = (accrual?: bigint) => {
      const story = startStory();
      story.carryOut(reported({ accrual }));
      return story.available();
    };
    expect([accrued(units(77)), accrued(0n), accrued()]).toEqual([units(77), 0n, units(5)]);
  });

  test('an accrual of the caller holds even for a check that cost nothing', () => {
    const story = startStory();
    story.carryOut(reported({ money: 0n, accrual: units(10) }));
    expect(story.available()).toBe(units(10));
    expect(story.takeBack('c').clawback.ownLot).toBe(units(10));
  });

  test('a spend above the balance is refused as a whole, with the numbers', () => {
    const story = startStory();
    story.refill(30);
    const before = story.stored();
    expect(story.refused(reported({ spend: units(30.01) }))).toEqual({
      code: 'insufficient_points',
      params: { available: units(30), wanted: units(30.01), missing: 1n },
    });
    expect(story.stored()).toBe(before);
  });

  test('lines that do not add up to money and points are refused', () => {
    const lines = [{ id: '1', amount: units(99) }];
    expect(startStory().refused(reported({ lines }))).toEqual({
      code: 'lines_do_not_sum',
      params: { lines: units(99), expected: units(100) },
    });
  });

  test('a check without points still counts the turnover', () => {
    const story = startStory();
    story.carryOut(reported({ accrual: 0n }));
    expect(story.entries.map(({ kind, turnover }) => [kind, turnover])).toEqual([['turnover', units(100)]]);
  });

  test('terms run from the time of the sale, not from the time of recording', () => {
    const story = startStory({ expiry: { unit: 'days', length: 10 } }, '2026-03-05');
    story.carryOut(reported());
    expect(story.balance().lotsByExpiry[0]?.expiresAt?.toString()).toBe('2026-03-11T21:00:00Z');
  });

  test('a till whose clock runs a little ahead does not make its guest wait for the points', () => {
    const story = startStory();
    story.carryOut(reported({ occurredAt: story.now().add({ minutes: 7 }) }));
    expect(story.stored()).toMatchObject({ available: units(5), pending: 0n });
  });
});

describe('bad input writes nothing', () => {
  test.each([
    ['a negative sum', { money: -1n }, 'amount_invalid'],
    ['a sum over the limit', { money: MAX_AMOUNT + 1n }, 'amount_invalid'],
    ['a negative spend', { spend: -1n }, 'amount_invalid'],
    ['a negative accrual', { accrual: -1n }, 'amount_invalid'],
    ['an empty check id', { checkId: '' }, 'value_invalid'],
    ['a check with nothing on it', { money: 0n }, 'check_empty'],
    ['no lines', { lines: [] }, 'check_empty'],
    ['a clock two days ahead', { occurredAt: moscow('2026-03-03T13:00') }, 'occurred_in_future'],
    [
      'two lines of one id',
      {
        lines: [
          { id: '1', amount: 1n },
          { id: '1', amount: 1n },
        ],
      },
      'line_repeated',
    ],
    ['a fractional quantity', { lines: [{ id: '1', amount: 1n, quantityThousandths: 0.5 }] }, 'value_invalid'],
    ['a negative line', { lines: [{ id: '1', amount: -1n }] }, 'amount_invalid'],
  ])('%s', (_name, facts, code) => {
    const story = startStory();
    expect(story.refused(reported(facts as Partial<RegisterCheck>))?.code).toBe(code);
    expect(story.entries).toEqual([]);
  });

  test('a blocked account neither earns nor spends, yet its returns are accepted', () => {
    const story = startStory();
    story.sell('c', { total: units(100) });
    story.carryOut({ kind: 'block' });
    story.carryOut({ kind: 'block' });
    expect(story.entries.filter(({ kind }) => kind === 'block')).toHaveLength(1);
    expect(story.refused(reported({ checkId: 'd' }))?.code).toBe('account_blocked');
    expect(quote(story.stored(), { total: 1n }, story.rules, story.now())).toMatchObject({ ok: false });
    expect(story.takeBack('c').whole).toBe(true);
    story.carryOut({ kind: 'unblock' });
    expect(story.refused(reported({ checkId: 'd' }))).toBeNull();
  });
});

describe('the ladder', () => {
  test('EX-D1 (next check): the check that crosses the bound still earns by the level before it', () => {
    const story = startStory({ levels: LADDER });
    story.sell('c1', { total: units(9000) });
    const second = story.sell('c2', { total: units(2500) });
    expect(second.sale.earned).toBe(units(75));
    expect([second.levelBefore, second.levelAfter]).toEqual(['base', 'silver']);
    expect(story.stored().turnover).toBe(units(11500));
    expect(story.sell('c3', { total: units(100) }).sale.earned).toBe(units(5));
  });

  test('a level holds from its bound, inclusive', () => {
    const just = startStory({ levels: LADDER });
    expect(just.sell('c', { total: units(9999.99) }).levelAfter).toBe('base');
    const exact = startStory({ levels: LADDER });
    expect(exact.sell('c', { total: units(10000) }).levelAfter).toBe('silver');
  });

  test('a return judges the level at once, but never below what it was before that sale', () => {
    const story = startStory({ levels: LADDER });
    story.sell('c1', { total: units(10000) });
    story.sell('c2', { total: units(25000) });
    expect(story.stored().level).toBe('gold');
    expect(story.takeBack('c2', { amount: units(10000) }).levelAfter).toBe('silver');
    expect(story.takeBack('c1', { amount: units(9000) }).levelAfter).toBe('silver');
    expect(story.takeBack('c2').levelAfter).toBe('silver');
    expect(story.takeBack('c1').levelAfter).toBe('base');
  });

  test('only the money counts as turnover, points do not', () => {
    const story = startStory({ levels: LADDER });
    story.refill(1000);
    story.sell('c', { total: units(10000) }, units(1000));
    expect(story.stored()).toMatchObject({ turnover: units(9000), level: null });
  });
});

describe('spending limits', () => {
  function limitFor(limits: Record<string, unknown>, balance: number, basket: Parameters<typeof quote>[1]) {
    const story = startStory({ spendLimits: limits });
    story.refill(balance);
    const answer = quote(story.stored(), basket, story.rules, story.now());
    if (!answer.ok) throw new Error(answer.refusal.code);
    return [answer.maxSpend, answer.maxSpendReason, answer.missingToMinimum];
  }

  test('EX-S1: 30 % of 999.99 is 299.99, in whole points 299.00', () => {
    const basket = { total: units(999.99) };
    expect(limitFor({ maxPercentBasisPoints: 3000 }, 450, basket)).toEqual([units(299.99), 'percent', 0n]);
    expect(limitFor({ maxPercentBasisPoints: 3000, step: 100 }, 450, basket)).toEqual([units(299), 'step', 0n]);
  });

  test('EX-S2: one unit has to be paid in money', () => {
    expect(limitFor({ minMoney: 100 }, 500, { total: units(100) })).toEqual([units(99), 'min_money', 0n]);
  });

  test('EX-S3: below the least spend nothing may be spent, and 0.01 is missing', () => {
    expect(limitFor({ minRedeem: 5000 }, 49.99, { total: units(100) })).toEqual([0n, 'below_minimum', 1n]);
  });

  test('EX-S4: excluded lines do not count for the percentage', () => {
    const lines = [
      { id: 'a', amount: units(600) },
      { id: 'b', amount: units(400), eligibleForSpend: false },
    ];
    expect(limitFor({ maxPercentBasisPoints: 5000 }, 900, { lines })).toEqual([units(300), 'percent', 0n]);
  });

  test('money for excluded lines counts towards the money that has to be paid', () => {
    const lines = [
      { id: 'a', amount: units(50) },
      { id: 'b', amount: units(30), eligibleForSpend: false },
    ];
    expect(limitFor({ minMoney: 4000 }, 900, { lines })[0]).toBe(units(40));
    expect(limitFor({ minMoney: 2000 }, 900, { lines })[0]).toBe(units(50));
    expect(limitFor({ minMoney: 90000 }, 900, { lines })[0]).toBe(0n);
  });

  test('the sale refuses what the quote does not allow, with the limit that decided', () => {
    const limits = { maxPercentBasisPoints: 5000, minRedeem: 1000, step: 100, maxPerCheck: 20000 };
    const story = startStory({ spendLimits: limits });
    story.refill(500);
    const spend = (total: number, wanted: number) => {
      const command = { kind: 'register_check', mode: 'priced', checkId: 'x', occurredAt: story.now() } as const;
      return story.refused({ ...command, total: units(total), spend: units(wanted) });
    };
    expect(spend(100, 51)).toEqual({
      code: 'over_spend_limit',
      params: { limit: units(50), wanted: units(51), reason: 'percent' },
    });
    expect(spend(1000, 201)).toMatchObject({ code: 'over_spend_limit', params: { reason: 'per_check' } });
    expect(spend(100, 9)).toMatchObject({ code: 'below_minimum', params: { missing: units(1) } });
    expect(spend(100, 10.5)).toMatchObject({ code: 'not_a_step' });
    expect(spend(5000, 501)).toMatchObject({ code: 'insufficient_points' });
    expect(spend(100, 50)).toBeNull();
  });
});
