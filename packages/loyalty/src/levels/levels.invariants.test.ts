import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AccountState, Rules } from '../index.ts';
import { decide, levelOf, newAccountState, stateAt } from '../index.ts';
import { history, live, newWorld, RUNS, returnPolicy, settings } from '../test-histories.ts';
import { moscow, testRules } from '../test-story.ts';
import { indexByMeasure, indexOfLevel } from './climb.ts';

const indexOfLevelNow = (state: AccountState, rules: Rules): number => rules.levels.indexOf(levelOf(state, rules));

test('a level never lies below its pin, and a second look at the same instant changes nothing', () => {
  fc.assert(
    fc.property(settings, returnPolicy, history, (chosen, policy, steps) => {
      const rules = testRules({ ...chosen, returnPolicy: policy });
      const world = newWorld();
      for (const one of steps) {
        live(world, one, rules);
        const { state } = stateAt(world.state, rules, world.now);
        expect(stateAt(state, rules, world.now).entries).toEqual([]);
        if (state.pin === null) continue;
        expect(state.pin.untilMs === null || state.pin.untilMs > world.now.epochMilliseconds).toBe(true);
        expect(indexOfLevelNow(state, rules)).toBeGreaterThanOrEqual(indexOfLevel(state.pin.level, rules.levels));
      }
    }),
    RUNS,
  );
});

test('D13: a return never drops the level below the one that held before its sale, and never raises it', () => {
  fc.assert(
    fc.property(settings, returnPolicy, history, (chosen, policy, steps) => {
      const rules = testRules({ ...chosen, returnPolicy: policy });
      // A balance that is judged at once follows every change of the balance, whatever made it.
      if (rules.ladder.measure === 'points_balance') return;
      const world = newWorld();
      for (const one of steps) {
        const before = stateAt(world.state, rules, world.now).state;
        const sale = one.kind === 'take_back' ? world.sales[one.sale % Math.max(world.sales.length, 1)] : undefined;
        live(world, one, rules);
        if (sale === undefined) continue;
        const floor = Math.min(indexByMeasure(before, rules), indexOfLevel(sale.before.byMeasure, rules.levels));
        const after = indexByMeasure(world.state, rules);
        expect(after).toBeGreaterThanOrEqual(floor);
        expect(after).toBeLessThanOrEqual(indexByMeasure(before, rules));
      }
    }),
    RUNS,
  );
});

const LEVELS = [0, 1000, 3000, 6000].map((fromTurnover, index) => ({
  id: `tier-${index}`,
  name: `Tier ${index}`,
  fromTurnover,
  rateBasisPoints: 0,
}));
const windows = fc.oneof(
  fc.integer({ min: 1, max: 4 }).map((months) => ({ kind: 'rolling' as const, months })),
  fc.constantFrom(...(['month', 'quarter'] as const)).map((period) => ({ kind: 'calendar' as const, period })),
);
const modelled = fc.record({
  window: windows,
  downgrade: fc.constantFrom('period_end', 'one_step', 'at_once'),
  grace: fc.record({ days: fc.constantFrom(0, 0, 5, 40), toMonthEnd: fc.boolean() }),
});
type Modelled = typeof modelled extends fc.Arbitrary<infer T> ? T : never;

/** The ladder told day by day, without any of the shortcuts of the engine. */
function createModel({ window, downgrade, grace }: Modelled) {
  const sold: { day: Temporal.PlainDate; amount: number }[] = [];
  let [level, graceUntil]: [number, string | null] = [0, null];
  const isBefore = (a: Temporal.PlainDate, b: Temporal.PlainDate) => Temporal.PlainDate.compare(a, b) < 0;
  const months = window.kind === 'calendar' && window.period === 'quarter' ? 3 : 1;
  const periodOf = (day: Temporal.PlainDate) => day.year * 12 + Math.floor((day.month - 1) / months) * months;
  const beginsPeriod = (day: Temporal.PlainDate) => periodOf(day) !== periodOf(day.subtract({ days: 1 }));
  const counts = (bought: Temporal.PlainDate, day: Temporal.PlainDate): boolean => {
    if (isBefore(day, bought)) return false;
    if (window.kind === 'calendar') return periodOf(bought) === periodOf(day);
    return !isBefore(bought.add({ months: window.months }), day);
  };
  const deserved = (day: Temporal.PlainDate): number => {
    const sum = sold.reduce((total, one) => total + (counts(one.day, day) ? one.amount : 0), 0);
    return LEVELS.findLastIndex(({ fromTurnover }) => sum >= fromTurnover);
  };
  const standing = (day: Temporal.PlainDate): number => {
    if (downgrade === 'at_once') return deserved(day);
    let first = day;
    while (!beginsPeriod(first)) first = first.subtract({ days: 1 });
    return Math.max(deserved(day), deserved(first.subtract({ days: 1 })));
  };
  const lower = (to: number): void => {
    level = downgrade === 'one_step' ? level - 1 : to;
    graceUntil = null;
  };
  return {
    level: () => level,
    begin(day: Temporal.PlainDate): void {
      if (graceUntil !== null) {
        if (graceUntil !== day.toString()) return;
        if (standing(day) < level) lower(standing(day));
        graceUntil = null;
        return;
      }
      if (downgrade !== 'at_once' && !beginsPeriod(day)) return;
      if (standing(day) >= level) return;
      let last = day.add({ days: grace.days - 1 });
      if (grace.toMonthEnd) last = last.with({ day: last.daysInMonth });
      if (isBefore(last, day)) lower(standing(day));
      else graceUntil = last.add({ days: 1 }).toString();
    },
    sell(day: Temporal.PlainDate, amount: number): void {
      sold.push({ day, amount });
      if (standing(day) <= level) return;
      level = standing(day);
      graceUntil = null;
    },
  };
}

test('the level of every day is that of a ladder told day by day, however seldom the account is written', () => {
  const sales = fc.array(
    fc.record({ after: fc.integer({ min: 0, max: 45 }), amount: fc.integer({ min: 1, max: 3500 }) }),
    {
      minLength: 1,
      maxLength: 12,
    },
  );
  fc.assert(
    fc.property(modelled, sales, fc.boolean(), (ladder, plan, jobs) => {
      const rules = testRules({ levels: LEVELS, ladder });
      const model = createModel(ladder);
      let state = newAccountState();
      let day = Temporal.PlainDate.from('2026-01-20');
      const pass = (days: number): void => {
        for (let passed = 0; passed < days; passed++) {
          day = day.add({ days: 1 });
          model.begin(day);
          const read = stateAt(state, rules, moscow(`${day}T00:00`)).state;
          expect([day.toString(), indexOfLevelNow(read, rules)]).toEqual([day.toString(), model.level()]);
          if (jobs) state = read;
        }
      };
      plan.forEach(({ after, amount }, index) => {
        pass(after);
        model.sell(day, amount);
        const facts = { mode: 'priced', checkId: `${index}`, occurredAt: moscow(`${day}`), spend: 0n } as const;
        const sold = decide(
          state,
          { kind: 'register_check', ...facts, total: BigInt(amount) },
          rules,
          moscow(`${day}`),
        );
        if (!sold.ok) throw new Error(sold.refusal.code);
        state = sold.state;
        expect([day.toString(), indexOfLevelNow(state, rules)]).toEqual([day.toString(), model.level()]);
      });
      pass(200);
    }),
    { numRuns: 80 },
  );
});
