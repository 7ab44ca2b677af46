import { describe, expect, test } from 'vitest';
import type { CheckLine, Quote } from './index.ts';
import { quote, rulesFromJson, saleFromJson, saleToJson } from './index.ts';
import { moscow, startStory, units } from './test-story.ts';

const double = { kind: 'multiply', timesThousandths: 2000 };
const bonus = { kind: 'bonus', points: 10_000 };
const rule = (id: string, effect: object, more: object = {}) => ({ id, name: id, effect, ...more });
const line = (id: string, amount: number, more: Partial<CheckLine> = {}): CheckLine => ({
  id,
  amount: units(amount),
  ...more,
});

/** What a basket earns under these rules of earning; the level gives 5 %. */
function offer(
  earning: object,
  basket: { total: number } | { lines: readonly CheckLine[] },
  asked: { at?: string; context?: object; more?: Record<string, unknown> } = {},
): Quote {
  const story = startStory({ earning, ...asked.more });
  const what = 'lines' in basket ? basket : { total: units(basket.total) };
  const answer = quote(
    story.stored(),
    { ...what, context: asked.context ?? {} },
    story.rules,
    moscow(asked.at ?? '2026-03-04'),
  );
  if (!answer.ok) throw new Error(answer.refusal.code);
  return answer;
}

describe('rates and multipliers', () => {
  const dinner = {
    lines: [
      line('pizza', 700),
      line('beer', 300, { groups: ['alcohol'] }),
      line('dessert', 250.5, { itemId: 'tiramisu' }),
    ],
  };
  const rules = [
    rule('no-alcohol', { kind: 'exclude' }, { items: { groups: ['alcohol'] } }),
    rule('sweet', double, { items: { items: ['tiramisu'] } }),
  ];

  test('EX-E1: an excluded line, a doubled dessert, one rounding for the check at either scale', () => {
    const exact = offer({ rules }, dinner);
    expect([exact.earn, exact.lines.map(({ earned }) => earned)]).toEqual([
      units(60.05),
      [units(35), 0n, units(25.05)],
    ]);
    expect(offer({ rules }, dinner, { more: { scale: 0 } }).earn).toBe(60n);
    expect(exact.trace).toEqual([
      { ruleId: 'no-alcohol', reason: null, points: 0n },
      { ruleId: 'sweet', reason: null, points: 1252n },
    ]);
  });

  test('EX-E3: a rate by the size of the check counts for the whole of it or slab by slab, bounds inclusive', () => {
    const steps = [
      { from: 0, rateBasisPoints: 100 },
      { from: 100_000, rateBasisPoints: 200 },
      { from: 200_000, rateBasisPoints: 300 },
      { from: 300_000, rateBasisPoints: 500 },
    ];
    expect(offer({ checkSize: { steps } }, { total: 2500 }).earn).toBe(units(75));
    expect(offer({ checkSize: { mode: 'slabs', steps } }, { total: 2500 }).earn).toBe(units(45));
    expect(offer({ checkSize: { steps } }, { total: 1000 }).earn).toBe(units(20));
    expect(offer({ checkSize: { steps } }, { total: 999.99 }).earn).toBe(999n);
    expect(offer({ checkSize: { mode: 'slabs', steps } }, { total: 4000 }).earn).toBe(units(110));
  });

  test('EX-E4: two multipliers on 10.00 are the best, the product or the sum of their increments', () => {
    const two = [rule('a', double), rule('b', { kind: 'multiply', timesThousandths: 1500 })];
    const earned = (multipliers: string) => offer({ multipliers, rules: two }, { total: 200 });
    expect(['best', 'product', 'sum_of_increments'].map((how) => earned(how).earn)).toEqual([
      units(20),
      units(30),
      units(25),
    ]);
    expect(earned('best').trace.map(({ points }) => points)).toEqual([units(10), 0n]);
  });

  test('a rate of a rule takes the place of the base rate, lower or higher; of several the highest', () => {
    const rates = [
      rule('bar', { kind: 'rate', rateBasisPoints: 100 }, { items: { groups: ['bar'] } }),
      rule('hour', { kind: 'rate', rateBasisPoints: 1000 }, { condition: { hours: { from: '15:00', to: '17:00' } } }),
    ];
    const lines = [line('wine', 100, { groups: ['bar'] }), line('soup', 100)];
    expect(offer({ rules: rates }, { lines }).lines.map(({ earned }) => earned)).toEqual([units(1), units(5)]);
    const happy = offer({ rules: rates }, { lines }, { at: '2026-03-04T15:00' });
    expect(happy.lines.map(({ earned }) => earned)).toEqual([units(10), units(10)]);
  });

  test('a fixed bonus is multiplied only where its rule says so, and never by a multiplier of lines', () => {
    const check = { lines: [line('a', 200, { itemId: 'cake' })] };
    const rules = (multiplied: boolean) => [
      rule('bonus', { ...bonus, multiplied }),
      rule('all', { kind: 'multiply', timesThousandths: 1500 }),
      rule('cake', double, { items: { items: ['cake'] } }),
    ];
    expect(offer({ rules: rules(false) }, check).earn).toBe(units(120));
    expect(offer({ rules: rules(true) }, check).earn).toBe(units(170));
  });

  test('a bonus for every piece counts whole pieces of its goods and lands on their lines', () => {
    const rules = [rule('cake', { kind: 'bonus', points: 500, per: 'piece' }, { items: { items: ['cake'] } })];
    const lines = [
      line('a', 100, { itemId: 'cake', quantityThousandths: 3000 }),
      line('b', 100, { itemId: 'cake', quantityThousandths: 1900 }),
      line('c', 100),
    ];
    const answer = offer({ rules }, { lines });
    expect([answer.earn, answer.lines[2]?.earned]).toEqual([units(35), units(5)]);
  });
});

describe('conditions', () => {
  const one = (condition: object) => ({ rules: [rule('bonus', bonus, { condition })] });
  const reason = (condition: object, asked: { at?: string; context?: object; more?: Record<string, unknown> } = {}) =>
    offer(one(condition), { total: 1000 }, asked).trace[0]?.reason;

  test.each([
    ['not_active', { from: '2026-03-05T00:00:00+03:00' }, '2026-03-04T23:59', '2026-03-05T00:00'],
    ['not_active', { until: '2026-03-05T00:00:00+03:00' }, '2026-03-05T00:00', '2026-03-04T23:59'],
    ['weekday', { weekdays: ['wednesday'] }, '2026-03-05', '2026-03-04'],
    ['hour', { hours: { from: '15:00', to: '17:00' } }, '2026-03-04T17:00', '2026-03-04T15:00'],
    ['hour', { hours: { from: '22:00', to: '02:00' } }, '2026-03-04T02:00', '2026-03-04T01:59'],
  ])('%s: %j does not hold at %s and holds at %s', (code, condition, without, within) => {
    expect(reason(condition, { at: without })).toBe(code);
    expect(reason(condition, { at: within })).toBeNull();
  });

  test('a weekday is a business day: one in the morning still belongs to the evening before', () => {
    const more = { dayStartsAt: '05:00' };
    expect(reason({ weekdays: ['wednesday'] }, { at: '2026-03-05T01:00', more })).toBeNull();
    expect(reason({ weekdays: ['wednesday'] }, { at: '2026-03-05T05:00', more })).toBe('weekday');
  });

  test.each([
    ['venue', { venues: ['bar'] }, { venue: 'cafe' }, { venue: 'bar' }],
    ['channel', { channels: ['online'] }, {}, { channel: 'online' }],
    ['segment', { segments: ['students'] }, { segments: ['staff'] }, { segments: ['staff', 'students'] }],
  ])('%s: %j does not hold for %j and holds for %j', (code, condition, without, within) => {
    expect(reason(condition, { context: without })).toBe(code);
    expect(reason(condition, { context: within })).toBeNull();
  });

  test('level, minimum check and goods are named as reasons too; the minimum is inclusive and of the earn base', () => {
    const levels = [
      { id: 'base', name: 'Base', fromTurnover: 0, rateBasisPoints: 500 },
      { id: 'gold', name: 'Gold', fromTurnover: 1, rateBasisPoints: 500 },
    ];
    expect(reason({ levels: ['gold'] }, { more: { levels } })).toBe('level');
    expect(reason({ minCheck: 100_000 })).toBeNull();
    expect(reason({ minCheck: 100_001 })).toBe('minimum_check');
    const lines = [line('a', 900), line('b', 200, { eligibleForEarn: false })];
    expect(offer(one({ minCheck: 100_000 }), { lines }).trace[0]?.reason).toBe('minimum_check');
    const goods = { rules: [rule('bonus', bonus, { items: { items: ['cake'] } })] };
    expect(offer(goods, { total: 1000 }).trace[0]?.reason).toBe('items');
  });

  test('below the least check nothing is earned, and the quote says why', () => {
    expect(offer({ minCheck: 50_000 }, { total: 499.99 })).toMatchObject({ earn: 0n, cuts: ['minimum_check'] });
    expect(offer({ minCheck: 50_000 }, { total: 500 })).toMatchObject({ earn: units(25), cuts: [] });
  });
});

describe('caps', () => {
  const lines = [line('a', 1000), line('b', 200)];
  const capped = (caps: object) => {
    const { earn, lines: priced, cuts } = offer({ caps }, { lines });
    return [earn, priced.map(({ earned }) => earned), cuts];
  };

  test('of a line and of a check cut down what is more, and parts still add up', () => {
    expect(capped({ perLine: 3000 })).toEqual([units(40), [units(30), units(10)], ['per_line']]);
    expect(capped({ perCheck: 1000 })).toEqual([units(10), [833n, 167n], ['per_check']]);
    expect(capped({ perLine: 3000, perCheck: 1000 })).toEqual([units(10), [750n, 250n], ['per_line', 'per_check']]);
    expect(capped({ perLine: 5000, perCheck: 6000 })).toEqual([units(60), [units(50), units(10)], []]);
  });

  test('may also refuse whatever is more', () => {
    expect(capped({ perLine: 3000, behaviour: 'reject' })).toEqual([units(10), [0n, units(10)], ['per_line']]);
    expect(capped({ perCheck: 1000, behaviour: 'reject' })).toEqual([0n, [0n, 0n], ['per_check']]);
  });
});

describe('the sale', () => {
  const threshold = { rules: [rule('big', bonus, { condition: { minCheck: 100_000 } })] };
  const basket = { lines: [line('A', 900), line('B', 300)] };

  test('EX-X7: returning below the threshold takes what the rest would not have earned, by the rules of the sale', () => {
    const story = startStory({ earning: threshold });
    const { sale, trace } = story.sell('c', basket);
    expect([sale.earned, trace]).toEqual([units(160), [{ ruleId: 'big', reason: null, points: units(100) }]]);
    const first = story.takeBack('c', { lines: [{ id: 'B', quantityThousandths: 1000 }] });
    expect([first.clawedBack, story.available()]).toEqual([units(115), units(45)]);
    const rest = story.takeBack('c');
    expect([rest.clawedBack, rest.whole, story.available()]).toEqual([units(45), true, 0n]);
  });

  test('a new version of the rules changes nothing about a return, but the old one has to be handed over', () => {
    const story = startStory({ earning: threshold });
    story.sell('c', basket);
    const stored = saleFromJson(JSON.parse(JSON.stringify(saleToJson(story.sales.get('c')!))));
    expect(stored).toEqual(story.sales.get('c'));
    const lines = [{ id: 'B', quantityThousandths: 1000 }];
    const command = { ...story.returnOf('c', { lines }), sale: stored, saleRules: story.rules };
    const newer = startStory({ id: 'rules-2' });
    newer.refill(500, null);
    expect(newer.carryOut(command).clawedBack).toBe(units(115));
    const { saleRules: _saleRules, ...without } = command;
    expect(() => newer.attempt(without)).toThrow('needs version rules-1');
  });

  test('the entry names the rules that gave points; a fixed accrual asks no rule', () => {
    const story = startStory({ earning: threshold });
    story.sell('c', basket);
    expect(story.entries.at(-1)?.explain).toMatchObject({
      numbers: { earned: units(160), base: units(1200), 'rule.big': units(100) },
      texts: { by: 'rules' },
    });
    const fixed = story.carryOut({
      kind: 'register_check',
      mode: 'priced',
      checkId: 'd',
      occurredAt: story.now(),
      spend: 0n,
      accrual: 7n,
      ...basket,
    });
    expect([fixed.sale.earned, fixed.sale.earning, fixed.trace]).toEqual([7n, null, []]);
  });
});

test('wrong rules of earning are named with their places', () => {
  const earning = {
    checkSize: { steps: [{ from: 5, rateBasisPoints: 1 }, { from: 5 }] },
    rules: [
      rule('a', { kind: 'multiply', timesThousandths: 999 }, { condition: { weekdays: ['sunday', 'someday'] } }),
      rule('a', { kind: 'exclude' }),
      rule('b', bonus, { condition: { levels: ['platinum'], from: 'tomorrow' }, items: {} }),
    ],
    caps: { perCheck: -1 },
  };
  const text = (() => {
    try {
      return rulesFromJson({ ...testRulesJson, earning }) && '';
    } catch (error) {
      return String(error);
    }
  })();
  for (const place of [
    'checkSize.steps[0].from: out_of_range',
    'checkSize.steps[1].rateBasisPoints: missing',
    'checkSize.steps[1].from: not_ascending',
    'rules[0].effect.timesThousandths: out_of_range',
    'rules[0].condition.weekdays: unknown_value',
    'rules[1].items: missing',
    'rules[1].id: repeated',
    'rules[2].condition.levels: unknown_value',
    'rules[2].condition.from: wrong_type',
    'rules[2].items: missing',
    'caps.perCheck: out_of_range',
  ]) {
    expect(text).toContain(`earning.${place}`);
  }
});

const testRulesJson = {
  id: 'v1',
  timeZone: 'Europe/Moscow',
  levels: [{ id: 'base', name: 'Base', fromTurnover: 0, rateBasisPoints: 500 }],
};
