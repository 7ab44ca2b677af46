import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Entry, PastSale, Rules, SimulationResult } from '../index.ts';
import { decide, newAccountState, startSimulation } from '../index.ts';
import { history, live, newWorld, RUNS, settings, type World } from '../test-histories.ts';
import { moscow, testRules, units } from '../test-story.ts';

/** The past of a world: each sale with the first entry that was written with it. */
function pastOf({ entries, sales, firstEntries }: World): { entries: Entry[]; sales: PastSale[] } {
  return { entries, sales: sales.map((sale, index) => ({ sale, firstEntryId: firstEntries[index]!, context: {} })) };
}

/** Checks of many members, one each. */
function simulate(rules: Rules, draft: Rules, totals: readonly bigint[], assumed = {}): SimulationResult {
  const simulation = startSimulation({ live: rules, draft }, assumed);
  totals.forEach((total, index) => {
    const now = moscow('2026-03-03');
    const facts = { mode: 'priced', checkId: 'a', occurredAt: now, total, spend: 0n } as const;
    const sold = decide(newAccountState(), { kind: 'register_check', ...facts }, rules, now);
    if (!sold.ok) throw new Error(sold.refusal.code);
    const { sale } = sold.outcome;
    simulation.add(index + 1, { entries: sold.entries, sales: [{ sale, firstEntryId: 1, context: {} }] });
  });
  return simulation.result();
}

const withRate = (rateBasisPoints: number, more: object = {}) =>
  testRules({ levels: [{ id: 'base', name: 'Base', rateBasisPoints }], ...more });

describe('a draft on past checks', () => {
  test('EX-SIM1: replaying the live version gives a delta of exactly 0, whatever happened', () => {
    fc.assert(
      fc.property(settings, history, (chosen, steps) => {
        const rules = testRules(chosen);
        const world = newWorld();
        for (const one of steps) live(world, one, rules);
        const simulation = startSimulation({ live: rules, draft: rules });
        simulation.add(1, pastOf(world));
        const { delta, checksTouched, selfCheck, levelChanges } = simulation.result();
        expect([delta, checksTouched, levelChanges]).toEqual([0n, 0, []]);
        expect(selfCheck.different).toBe(0);
      }),
      RUNS,
    );
  });

  test('EX-SIM2: 6 % instead of 5 % on 1,000,000.00 costs 10,000.00 points, but for a rounding of 0.01 a check', () => {
    const even = Array.from({ length: 1000 }, () => units(1000));
    const result = simulate(withRate(500), withRate(600), even);
    expect([result.delta, result.cost, result.turnover, result.costBasisPoints]).toEqual([
      units(10_000),
      units(10_000),
      units(1_000_000),
      100,
    ]);
    expect([result.checks, result.checksTouched, result.members, result.membersTouched]).toEqual(Array(4).fill(1000));
    const odd = Array.from({ length: 300 }, (_one, index) => BigInt(333_337 + index * 13));
    const total = odd.reduce((sum, one) => sum + one, 0n);
    const { delta } = simulate(withRate(500), withRate(600), odd);
    const exact = total / 100n;
    expect(delta <= exact + 300n && delta >= exact - 300n).toBe(true);
  });

  test('limits of the draft are counted as the draft would have counted them', () => {
    const draft = withRate(500, { earning: { caps: { perDay: 6000 } } });
    const rules = withRate(500);
    const world = newWorld();
    for (let check = 0; check < 3; check++) {
      live(
        world,
        { kind: 'sell', lines: [lineOf(100_000n)], spendPercent: 0, depositPercent: 0, accrual: undefined },
        rules,
      );
    }
    const simulation = startSimulation({ live: rules, draft });
    simulation.add(7, pastOf(world));
    const result = simulation.result();
    // 50.00 each: the second check fills up the day, the third gives nothing.
    expect([result.live.issued, result.draft.issued]).toEqual([units(150), units(60)]);
    expect(result.draft.cuts).toEqual([{ cut: 'per_day', checks: 2 }]);
  });

  test('it tells what each rule did, who gains most, who changes level, and which exclusion meets nothing', () => {
    const levels = (gold: number) => [
      { id: 'base', name: 'Base', rateBasisPoints: 500 },
      { id: 'gold', name: 'Gold', fromTurnover: gold, rateBasisPoints: 1000 },
    ];
    const draft = testRules({
      levels: levels(50_000),
      earning: {
        rules: [
          { id: 'big', name: 'Big', condition: { minCheck: 80_000 }, effect: { kind: 'bonus', points: 1000 } },
          { id: 'no', name: 'No', items: { groups: ['tobaco'] }, effect: { kind: 'exclude' } },
        ],
      },
    });
    const result = simulate(testRules({ levels: levels(100_000) }), draft, [30_000n, 60_000n, 90_000n]);
    expect(result.levelChanges).toEqual([{ from: 'base', to: 'gold', members: 2 }]);
    expect(result.draft.rules).toEqual([
      { ruleId: 'big', checks: 1, points: 1000n },
      { ruleId: 'no', checks: 0, points: 0n },
    ]);
    expect(result.gainers).toEqual([{ accountId: 3, live: 4500n, draft: 5500n }]);
    expect(result.idleExclusions).toEqual(['no']);
    expect(result.membersTouched).toBe(1);
  });

  test('a fixed uplift adds what guests would buy more and what that earns; none is the default', () => {
    const totals = [100_000n, 100_000n];
    expect(simulate(withRate(500), withRate(600), totals).uplift).toEqual({ turnover: 0n, points: 0n });
    const { uplift, delta } = simulate(withRate(500), withRate(600), totals, { upliftBasisPoints: 1000 });
    expect([uplift, delta]).toEqual([{ turnover: 20_000n, points: 1200n }, 2000n]);
  });

  test('a sale that was wholly returned is left out, and a fixed accrual stays what the caller fixed', () => {
    const rules = withRate(500);
    const world = newWorld();
    live(
      world,
      { kind: 'sell', lines: [lineOf(100_000n)], spendPercent: 0, depositPercent: 0, accrual: undefined },
      rules,
    );
    live(world, { kind: 'take_back', sale: 0, how: 'rest', line: 0, percent: 100 }, rules);
    live(world, { kind: 'sell', lines: [lineOf(100_000n)], spendPercent: 0, depositPercent: 0, accrual: 700n }, rules);
    const simulation = startSimulation({ live: rules, draft: withRate(600) });
    simulation.add(1, pastOf(world));
    const result = simulation.result();
    expect([result.checks, result.live.issued, result.draft.issued]).toEqual([1, 700n, 700n]);
  });
});

function lineOf(amount: bigint) {
  return {
    amount,
    quantityThousandths: 1000,
    itemId: undefined,
    groups: undefined,
    kind: undefined,
    discount: undefined,
    eligibleForEarn: true,
    eligibleForSpend: true,
  } as const;
}
