import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Basket, Hint } from '../index.ts';
import { quote } from '../index.ts';
import { budgetsOf, history, live, newWorld, RUNS, sellStep, settings } from '../test-histories.ts';
import { startStory, testRules, units } from '../test-story.ts';

function hints(settings: Record<string, unknown>, basket: Basket & { spend?: bigint }, balance = 0): readonly Hint[] {
  const story = startStory(settings);
  if (balance > 0) story.refill(balance);
  const answer = quote(story.stored(), basket, story.rules, story.now());
  if (!answer.ok) throw new Error(answer.refusal.code);
  return answer.hints;
}

const bonus = (minCheck: number) => ({
  rules: [
    { id: 'gift', name: 'Подарок', condition: { minCheck: minCheck * 100 }, effect: { kind: 'bonus', points: 10_000 } },
  ],
});

describe('add 150.00 more to get …', () => {
  test('the least check of a rule', () => {
    expect(hints({ earning: bonus(1000) }, { total: units(850) })).toEqual([
      { kind: 'rule', ruleId: 'gift', name: 'Подарок', addMoney: units(150), earn: units(150) },
    ]);
    expect(hints({ earning: bonus(1000) }, { total: units(1000) })).toEqual([]);
    // More than the check costs already is no offer.
    expect(hints({ earning: bonus(1000) }, { total: units(499.99) })).toEqual([]);
  });

  test('the least check that earns, and the next step of rates by check size', () => {
    expect(hints({ earning: { minCheck: 50_000 } }, { total: units(400) })).toEqual([
      { kind: 'minimum_check', addMoney: units(100), earn: units(25) },
    ]);
    const steps = [{ rateBasisPoints: 100 }, { from: 100_000, rateBasisPoints: 300 }];
    expect(hints({ earning: { checkSize: { steps } } }, { total: units(900) })).toEqual([
      { kind: 'check_size', rateBasisPoints: 300, addMoney: units(100), earn: units(30) },
    ]);
  });

  test('the next level, and the level that the check reaches as it is', () => {
    const levels = [
      { id: 'base', name: 'Base', rateBasisPoints: 500 },
      { id: 'gold', name: 'Gold', fromTurnover: 100_000, rateBasisPoints: 1000 },
      { id: 'black', name: 'Black', fromTurnover: 500_000, rateBasisPoints: 1500 },
    ];
    const gold = { kind: 'level', levelId: 'gold', name: 'Gold' };
    expect(hints({ levels }, { total: units(800) })).toEqual([{ ...gold, addMoney: units(200), earn: units(50) }]);
    expect(hints({ levels, levelUpgrade: 'whole_check' }, { total: units(800) })[0]?.earn).toBe(units(100));
    expect(hints({ levels }, { total: units(1000) })).toEqual([{ ...gold, addMoney: 0n, earn: units(50) }]);
    expect(hints({ levels }, { total: units(6000) })[0]).toMatchObject({ levelId: 'black', addMoney: 0n });
    expect(hints({ levels, ladder: { measure: 'visits' } }, { total: units(800) })).toEqual([]);
  });

  test('a discount or points spent ask for a little more', () => {
    const discount = { kind: 'matrix', cells: [{ level: 'base', basisPoints: 1000 }] };
    // 950.00 less 10 % are 855.00; 161.12 more are 1,111.12 less 10 % = 1,000.01.
    const [more] = hints({ earning: bonus(1000), discount }, { total: units(950) });
    expect(more?.addMoney).toBeGreaterThanOrEqual(units(161.11));
    expect(more?.addMoney).toBeLessThan(units(162));
    const spent = hints({ earning: bonus(1000) }, { total: units(950), spend: units(50) }, 50);
    expect(spent[0]?.addMoney).toBe(units(100));
  });

  test('whoever adds what a hint says gets what it says', () => {
    fc.assert(
      fc.property(settings, history, sellStep, (chosen, steps, last) => {
        const rules = testRules({ ...chosen, spendLimits: {} });
        const world = newWorld();
        for (const one of steps) live(world, one, rules);
        const lines = last.lines.map((line, index) => ({ ...line, id: `${index}` }));
        const budgets = budgetsOf(world);
        const promised = quote(world.state, { lines, budgets }, rules, world.now);
        if (!promised.ok) return;
        for (const { addMoney, earn } of promised.hints) {
          const more = addMoney === 0n ? [] : [{ id: 'more', amount: addMoney }];
          const then = quote(world.state, { lines: [...lines, ...more], budgets }, rules, world.now);
          expect(then.ok && then.earn).toBe(earn);
        }
      }),
      RUNS,
    );
  });
});
