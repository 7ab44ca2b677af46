import { describe, expect, test } from 'vitest';
import type { CheckLine } from '../index.ts';
import { CARRY_UNIT, quote } from '../index.ts';
import { moscow, startStory, testRules, units } from '../test-story.ts';

const line = (id: string, amount: number, more: Partial<CheckLine> = {}): CheckLine => ({
  id,
  amount: units(amount),
  ...more,
});
const bonus = (id: string, points: number, more: object = {}) => ({
  id,
  name: id,
  effect: { kind: 'bonus', points: points * 100 },
  ...more,
});

describe('remainders of points', () => {
  /** Whole stars, one for every 50.00. */
  const stars = (earning: object) =>
    startStory({ scale: 0, levels: [{ id: 'base', name: 'Base', rateBasisPoints: 200 }], earning });

  test('EX-E5: one star per 50.00, 30.00 then 20.00: nothing without carry, one star with it and nothing left', () => {
    const without = stars({});
    expect([30, 20].map((total, index) => without.sell(`${index}`, { total: units(total) }).sale.earned)).toEqual([
      0n,
      0n,
    ]);
    const carrying = stars({ carryRemainder: true });
    expect(carrying.sell('a', { total: units(30) }).sale.earned).toBe(0n);
    expect(carrying.state().tally?.carry).toBe((CARRY_UNIT * 6n) / 10n);
    expect(carrying.sell('b', { total: units(20) }).sale.earned).toBe(1n);
    expect(carrying.state().tally).toBeNull();
  });

  test('a return puts the remainder right, in whatever order, and a remainder that made a point is owed', () => {
    const story = stars({ carryRemainder: true });
    story.sell('a', { total: units(30) });
    story.sell('b', { total: units(20) });
    story.takeBack('a');
    // 20.00 are left, on which one star too many was given: the next 30.00 fill it up and give none.
    expect([story.available(), story.state().tally?.carry]).toEqual([1n, (CARRY_UNIT * -6n) / 10n]);
    expect(story.sell('c', { total: units(30) }).sale.earned).toBe(0n);
    expect(story.state().tally).toBeNull();
    story.takeBack('b');
    expect([story.available(), story.state().tally?.carry]).toEqual([0n, (CARRY_UNIT * 6n) / 10n]);
    story.takeBack('c');
    expect([story.available(), story.state().tally]).toEqual([0n, null]);
  });

  test('a part of a check takes its part of the remainder', () => {
    const story = stars({ carryRemainder: true });
    story.sell('a', { lines: [line('tea', 40, { quantityThousandths: 4000 })] });
    story.takeBack('a', { lines: [{ id: 'tea', quantityThousandths: 3000 }] });
    expect(story.state().tally?.carry).toBe((CARRY_UNIT * 2n) / 10n);
  });

  test('carry asks for rounding down', () => {
    expect(() => testRules({ earning: { carryRemainder: true }, rounding: 'half_up' })).toThrow(/"rounding"/);
  });
});

describe('what earns', () => {
  const dinner = [
    line('pizza', 800, { discount: units(200) }),
    line('tip', 100, { kind: 'tips' }),
    line('way', 150, { kind: 'delivery', quantityThousandths: 2000 }),
  ];

  test('tips, service and delivery earn nothing unless the rules name them', () => {
    expect(startStory().sell('a', { lines: dinner }).sale.earned).toBe(units(40));
    const all = { lineKinds: ['goods', 'tips', 'service', 'delivery'] };
    expect(startStory({ earning: all }).sell('a', { lines: dinner }).sale.earned).toBe(units(52.5));
  });

  test('the base is the money, the price with the part that points paid, or the price before discounts', () => {
    const earned = (base: string) => {
      const story = startStory({ earning: { base } });
      story.refill(300);
      const sold = story.sell('a', { lines: dinner }, units(210));
      story.takeBack('a');
      expect(story.available()).toBe(units(300));
      return sold.sale.earned;
    };
    // Of the 210.00 in points 160.00 fall on the pizza.
    expect([earned('money'), earned('with_points'), earned('gross')]).toEqual([units(32), units(40), units(50)]);
  });

  test('a discount on the whole check counts on every line where the price before discounts earns', () => {
    const story = startStory({ earning: { base: 'gross' } });
    const facts = { mode: 'reported', checkId: 'a', occurredAt: story.now(), money: units(900), spend: 0n } as const;
    const { sale } = story.carryOut({ kind: 'register_check', ...facts, discount: units(100) });
    expect(sale.earned).toBe(units(50));
    const promised = quote(story.stored(), { total: units(900), discount: units(100) }, story.rules, story.now());
    expect(promised.ok && promised.earn).toBe(units(50));
  });

  test('what remains of a check with a threshold earns on the same base as the check did', () => {
    const story = startStory({ earning: { base: 'gross', minCheck: units(500).toString() } });
    const lines = [line('a', 300, { discount: units(100) }), line('b', 80, { discount: units(40) })];
    expect(story.sell('a', { lines }).sale.earned).toBe(units(26));
    // 400.00 before discounts are left, less than the minimum.
    expect(story.takeBack('a', { lines: [{ id: 'b', quantityThousandths: 1000 }] }).clawedBack).toBe(units(26));
  });
});

describe('the largest balance', () => {
  test('a check gives up to it, pending points and holds included, or nothing where caps reject', () => {
    const fill = (behaviour: string) => {
      const story = startStory({ earning: { caps: { maxBalance: 10_000, behaviour } } });
      story.refill(80);
      story.carryOut({ kind: 'hold', key: 'h', amount: units(30), ttlSeconds: 60 });
      return story.sell('a', { total: units(1000) });
    };
    expect([fill('truncate').sale.earned, fill('truncate').cuts]).toEqual([units(20), ['max_balance']]);
    expect(fill('reject').sale.earned).toBe(0n);
  });

  test('points spent on the check make room first, and what a debt takes is no balance', () => {
    const story = startStory({ earning: { caps: { maxBalance: 10_000 } } });
    story.refill(100);
    expect(story.sell('a', { total: units(1100) }, units(50)).sale.earned).toBe(units(50));
    story.carryOut({ kind: 'deduct', amount: units(150), allowDebt: true });
    expect(story.sell('b', { total: units(4000) }).sale.earned).toBe(units(150));
  });
});

describe('how often a rule gives', () => {
  test('the first visits: net of wholly returned checks', () => {
    const story = startStory({ earning: { rules: [bonus('hello', 10, { condition: { firstVisits: 2 } })] } });
    const sell = (id: string) => story.sell(id, { total: units(100) });
    expect([sell('a'), sell('b'), sell('c')].map(({ sale }) => sale.earned)).toEqual([units(15), units(15), units(5)]);
    expect(story.state().visits).toBe(3);
    story.takeBack('c');
    story.takeBack('b');
    expect(sell('d').trace).toEqual([{ ruleId: 'hello', reason: null, points: units(10) }]);
  });

  test('a cooldown is over after its last hour, and a wholly returned check never happened', () => {
    const rules = [bonus('treat', 10, { limits: { cooldownHours: 48 } })];
    const story = startStory({ earning: { rules } });
    const sell = (id: string, at: string) => {
      story.on(at);
      return story.sell(id, { total: units(100) }).trace[0]!.reason;
    };
    expect(sell('a', '2026-03-01T12:00')).toBeNull();
    expect(sell('b', '2026-03-03T11:59')).toBe('cooldown');
    expect(sell('c', '2026-03-03T12:00')).toBeNull();
    story.takeBack('c');
    expect(sell('d', '2026-03-03T12:01')).toBeNull();
    expect(story.state().tally?.uses).toEqual([
      { ruleId: 'treat', times: [moscow('2026-03-03T12:01').epochMilliseconds], total: 2 },
    ]);
  });

  test('so many times a business day, a week, a month and ever', () => {
    const times = (limits: object, days: readonly string[]) => {
      const story = startStory({ dayStartsAt: '05:00', earning: { rules: [bonus('treat', 10, { limits })] } });
      return days.map((day, index) => {
        story.on(day);
        return story.sell(`${index}`, { total: units(100) }).trace[0]!.reason;
      });
    };
    const night = ['2026-03-02T23:00', '2026-03-03T04:59', '2026-03-03T05:00'];
    expect(times({ perDay: 1 }, night)).toEqual([null, 'times', null]);
    // 2 March 2026 is a Monday.
    expect(times({ perWeek: 1 }, ['2026-03-02', '2026-03-08', '2026-03-09'])).toEqual([null, 'times', null]);
    expect(times({ perMonth: 2 }, ['2026-03-02', '2026-03-03', '2026-03-31', '2026-04-01'])).toEqual([
      null,
      null,
      'times',
      null,
    ]);
    expect(times({ total: 2 }, ['2026-03-02', '2027-03-03', '2028-03-31'])).toEqual([null, null, 'times']);
  });

  test('a rule that another one outdoes has given nothing and is not counted', () => {
    const multiply = (id: string, times: number, more: object = {}) => ({
      id,
      name: id,
      effect: { kind: 'multiply', timesThousandths: times },
      ...more,
    });
    const story = startStory({
      earning: { rules: [multiply('x2', 2000, { limits: { total: 1 } }), multiply('x3', 3000)] },
    });
    story.sell('a', { total: units(100) });
    expect(story.state().tally).toBeNull();
  });
});

describe('campaign budgets', () => {
  const rules = [
    bonus('spring', 15, { budgetId: 'b' }),
    bonus('tuesday', 5, { budgetId: 'b', condition: { weekdays: ['tuesday'] } }),
  ];
  const left = (points: number) => [{ budgetId: 'b', points: units(points) }];

  test('EX-E8: with 20.00 left one check gets 15.00 and the next 5.00', () => {
    const story = startStory({ earning: { rules } });
    const sell = (checkId: string, points: number) => story.sell(checkId, { total: units(100), budgets: left(points) });
    const first = sell('a', 20);
    expect([first.sale.earned, first.drawn, first.cuts]).toEqual([units(20), left(15), []]);
    const second = sell('b', 5);
    expect([second.sale.earned, second.drawn, second.cuts]).toEqual([units(10), left(5), ['budget']]);
    expect(second.trace[0]).toEqual({ ruleId: 'spring', reason: null, points: units(5) });
    expect(sell('c', 0).trace[0]).toEqual({ ruleId: 'spring', reason: 'budget', points: 0n });
    const back = story.takeBack('b');
    expect([back.undrawn, back.clawedBack]).toEqual([left(5), units(10)]);
  });

  test('where caps reject, a budget pays all or nothing; one that nobody set up pays nothing', () => {
    const story = startStory({ earning: { rules, caps: { behaviour: 'reject' } } });
    const facts = { mode: 'priced', occurredAt: story.now(), spend: 0n, total: units(100) } as const;
    const cut = story.carryOut({ kind: 'register_check', ...facts, checkId: 'a', budgets: left(14) });
    expect([cut.sale.earned, cut.drawn]).toEqual([units(5), []]);
    const none = story.carryOut({ kind: 'register_check', ...facts, checkId: 'b' });
    expect([none.sale.earned, none.cuts]).toEqual([units(5), ['budget']]);
  });

  test('a part of a check gives back what of the budget it no longer earns', () => {
    const double = { id: 'x', name: 'x', effect: { kind: 'multiply', timesThousandths: 2000 }, budgetId: 'b' };
    const story = startStory({ earning: { rules: [double] } });
    const lines = [line('a', 300), line('b', 100)];
    const facts = { mode: 'priced', checkId: 'a', occurredAt: story.now(), spend: 0n, lines } as const;
    const sold = story.carryOut({ kind: 'register_check', ...facts, budgets: left(100) });
    expect([sold.sale.earned, sold.drawn]).toEqual([units(40), left(20)]);
    const back = story.takeBack('a', { lines: [{ id: 'b', quantityThousandths: 1000 }] });
    expect([back.clawedBack, back.undrawn, back.sale.tallied?.drawn]).toEqual([units(10), left(5), left(15)]);
    expect(story.takeBack('a').undrawn).toEqual(left(15));
  });

  test('what the largest balance leaves out, no budget pays', () => {
    const story = startStory({ earning: { rules: [rules[0]], caps: { maxBalance: 800 } } });
    const facts = { mode: 'priced', checkId: 'a', occurredAt: story.now(), spend: 0n, total: units(100) } as const;
    const sold = story.carryOut({ kind: 'register_check', ...facts, budgets: left(100) });
    expect([sold.sale.earned, sold.drawn]).toEqual([units(8), left(3)]);
  });
});
