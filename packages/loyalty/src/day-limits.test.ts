import { describe, expect, test } from 'vitest';
import { quote, stateFromJson, stateToJson } from './index.ts';
import { moscow, startStory, units } from './test-story.ts';

const ask = (story: ReturnType<typeof startStory>, total: number, spend = 0) => {
  const answer = quote(story.stored(), { total: units(total), spend: units(spend) }, story.rules, story.now());
  if (!answer.ok) throw new Error(answer.refusal.code);
  return answer;
};
const capped = (caps: object) => startStory({ earning: { caps } });

describe('caps of earning by business days', () => {
  test('EX-E2: 97.00 earned today of 100.00: truncate gives the last 3.00, reject gives nothing and a reason', () => {
    for (const [behaviour, earned] of [
      ['truncate', units(3)],
      ['reject', 0n],
    ] as const) {
      const story = capped({ perDay: 10_000, behaviour });
      story.sell('a', { total: units(1940) });
      expect(ask(story, 1201)).toMatchObject({ earn: earned, cuts: ['per_day'] });
      const { sale, cuts } = story.sell('b', { total: units(1201) });
      expect([sale.earned, cuts]).toEqual([earned, ['per_day']]);
    }
  });

  test('EX-E6: the fourth accrual of a day yields nothing, the third write-off is refused, tomorrow both go on', () => {
    const story = startStory({
      earning: { caps: { accrualsPerDay: 3 } },
      spendLimits: { spendsPerDay: 2 },
    });
    story.refill(100, null);
    for (const id of ['a', 'b', 'c']) {
      expect(story.sell(id, { total: units(100) }, id === 'c' ? 0n : units(10)).sale.earned > 0n).toBe(true);
    }
    const fourth = story.sell('d', { total: units(100) });
    expect([fourth.sale.earned, fourth.cuts]).toEqual([0n, ['daily_count']]);
    expect(ask(story, 100)).toMatchObject({ maxSpend: 0n, maxSpendReason: 'daily_count' });
    const check = { mode: 'priced', checkId: 'e', occurredAt: story.now(), total: units(100), spend: 100n } as const;
    expect(story.refused({ kind: 'register_check', ...check })).toEqual({
      code: 'daily_count',
      params: { limit: 2, used: 2 },
    });
    expect(story.refused({ kind: 'hold', key: 'k', amount: 1n, ttlSeconds: 60 })?.code).toBe('daily_count');
    story.on('2026-03-02');
    const next = story.sell('f', { total: units(100) }, units(10));
    expect([next.sale.spent, next.sale.earned]).toEqual([units(10), units(4.5)]);
  });

  test('a week begins on Monday, a month on its first day, a day when the business day begins', () => {
    const week = capped({ perWeek: 1000 });
    week.sell('a', { total: units(200) });
    expect(week.now()).toEqual(moscow('2026-03-01'));
    week.on('2026-03-02');
    expect(week.sell('b', { total: units(180) }).sale.earned).toBe(units(9));
    week.on('2026-03-08');
    expect(week.sell('c', { total: units(200) }).sale.earned).toBe(units(1));
    const month = capped({ perMonth: 1000 });
    month.sell('a', { total: units(180) });
    month.on('2026-03-31');
    expect(month.sell('b', { total: units(200) })).toMatchObject({ sale: { earned: units(1) }, cuts: ['per_month'] });
    month.on('2026-04-01');
    expect(month.sell('c', { total: units(200) }).sale.earned).toBe(units(10));
    const bar = startStory({ dayStartsAt: '05:00', earning: { caps: { perDay: 1000 } } });
    bar.sell('a', { total: units(180) });
    bar.on('2026-03-02T04:59');
    expect(bar.sell('b', { total: units(200) }).sale.earned).toBe(units(1));
    bar.on('2026-03-02T05:00');
    expect(bar.sell('c', { total: units(200) }).sale.earned).toBe(units(10));
  });

  test('a late check counts on the day of its sale, its write-off on the day it was recorded', () => {
    const story = startStory({ earning: { caps: { perDay: 1000 } }, spendLimits: { maxPerDay: 5000 } });
    story.refill(100, null);
    story.sell('a', { total: units(180) });
    story.on('2026-03-03');
    const late = story.carryOut({
      kind: 'register_check',
      mode: 'reported',
      checkId: 'late',
      occurredAt: moscow('2026-03-01T20:00'),
      money: units(200),
      spend: units(30),
    });
    expect(late.sale.earned).toBe(units(1));
    expect(story.stored().counts).toEqual([
      { day: '2026-03-01', earned: units(10), accruals: 2, spent: 0n, spends: 0 },
      { day: '2026-03-03', earned: 0n, accruals: 0, spent: units(30), spends: 1 },
    ]);
    expect(ask(story, 1000)).toMatchObject({ maxSpend: units(20), maxSpendReason: 'per_day' });
  });

  test('EX-X14: an exchange is judged on the net, because a return counts on the day of its sale', () => {
    const story = startStory({
      earning: { caps: { perDay: 1000, accrualsPerDay: 1 } },
      spendLimits: { spendsPerDay: 1, maxPerDay: 2000 },
    });
    story.refill(100, null);
    story.sell('a', { total: units(200) }, units(20));
    expect(ask(story, 200)).toMatchObject({ earn: 0n, maxSpend: 0n });
    story.takeBack('a');
    expect(story.stored().counts).toEqual([]);
    expect(ask(story, 200, 20)).toMatchObject({ earn: units(9), maxSpend: units(20), maxSpendReason: 'per_day' });
  });

  test('the return of a sale that was cut prices the rest with what the limits had left it', () => {
    const story = capped({ perDay: 1000 });
    story.sell('a', { total: units(80) });
    const { sale } = story.sell('b', {
      lines: [
        { id: 'x', amount: units(160) },
        { id: 'y', amount: units(160) },
      ],
    });
    expect(sale.earned).toBe(units(6));
    const lines = [{ id: 'x', quantityThousandths: 1000 }];
    expect(story.takeBack('b', { lines }).clawedBack).toBe(0n);
    expect(story.takeBack('b', { amount: units(60) }).clawedBack).toBe(units(1));
    expect(story.takeBack('b').clawedBack).toBe(units(5));
  });

  test('an accrual fixed by the caller is not cut, but it counts', () => {
    const story = capped({ perDay: 1000 });
    const fixed = { kind: 'register_check', mode: 'reported', checkId: 'f', money: units(10), spend: 0n } as const;
    const { sale, cuts } = story.carryOut({ ...fixed, occurredAt: story.now(), accrual: units(50) });
    expect([sale.earned, cuts]).toEqual([units(50), []]);
    expect(ask(story, 1000).earn).toBe(0n);
  });
});

describe('limits of spending by business days', () => {
  test('open holds count as used, the capture of a hold only once', () => {
    const story = startStory({ spendLimits: { maxPerDay: 5000, spendsPerDay: 2 } });
    story.refill(100, null);
    story.carryOut({ kind: 'hold', key: 'k', amount: units(40), ttlSeconds: 600 });
    expect(ask(story, 1000)).toMatchObject({ maxSpend: units(10), maxSpendReason: 'per_day' });
    expect(story.refused({ kind: 'hold', key: 'l', amount: units(11), ttlSeconds: 60 })).toMatchObject({
      code: 'over_spend_limit',
      params: { limit: units(10), reason: 'per_day' },
    });
    const check = { mode: 'priced', checkId: 'c', occurredAt: story.now(), total: units(1000) } as const;
    story.carryOut({ kind: 'capture', key: 'k', ...check, spend: units(40) });
    expect(story.stored().counts).toMatchObject([{ day: '2026-03-01', spent: units(40), spends: 1 }]);
    story.carryOut({ kind: 'register_check', ...check, checkId: 'd', spend: units(10) });
    expect(ask(story, 1000).maxSpendReason).toBe('daily_count');
  });

  test('days are counted only where a limit asks, kept a month, and read back from the store', () => {
    const plain = startStory();
    plain.sell('a', { total: units(100) });
    expect(plain.stored().counts).toEqual([]);
    const story = capped({ perMonth: 100_000 });
    story.sell('a', { total: units(100) });
    story.on('2026-04-02');
    story.sell('b', { total: units(100) });
    expect(story.stored().counts.map(({ day }) => day)).toEqual(['2026-04-02']);
    const stored = stateFromJson(JSON.parse(JSON.stringify(stateToJson(story.stored()))));
    expect(stored).toEqual(story.stored());
    // The sale of a day that is forgotten is returned without harm to the others.
    story.takeBack('a');
    expect(story.stored().counts).toMatchObject([{ day: '2026-04-02', earned: units(5), accruals: 1 }]);
  });
});
