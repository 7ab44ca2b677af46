import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quote } from '../index.ts';
import { history, lineOf, live, newWorld, RUNS } from '../test-histories.ts';
import { testRules } from '../test-story.ts';

const cap = fc.option(fc.nat(20_000), { nil: null });
const limits = fc.record({
  minCheck: fc.nat(60_000),
  ruleFrom: fc.nat(60_000),
  perLine: cap,
  perCheck: cap,
  perDay: cap,
  perWeek: cap,
  perMonth: cap,
  maxBalance: cap,
  accrualsPerDay: fc.option(fc.integer({ min: 1, max: 3 }), { nil: null }),
  firstVisits: fc.option(fc.integer({ min: 1, max: 4 }), { nil: null }),
  budget: fc.nat(20_000),
});
type Limits = typeof limits extends fc.Arbitrary<infer T> ? T : never;

const wider = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : Math.max(a, b));
const widest = (one: Limits, other: Limits): Limits => ({
  minCheck: Math.min(one.minCheck, other.minCheck),
  ruleFrom: Math.min(one.ruleFrom, other.ruleFrom),
  perLine: wider(one.perLine, other.perLine),
  perCheck: wider(one.perCheck, other.perCheck),
  perDay: wider(one.perDay, other.perDay),
  perWeek: wider(one.perWeek, other.perWeek),
  perMonth: wider(one.perMonth, other.perMonth),
  maxBalance: wider(one.maxBalance, other.maxBalance),
  accrualsPerDay: wider(one.accrualsPerDay, other.accrualsPerDay),
  firstVisits: wider(one.firstVisits, other.firstVisits),
  budget: Math.max(one.budget, other.budget),
});

const rulesOf = ({ minCheck, ruleFrom, firstVisits, budget: _budget, ...caps }: Limits) =>
  testRules({
    earning: {
      minCheck,
      rules: [
        {
          id: 'b',
          name: 'B',
          budgetId: 'one',
          condition: { minCheck: ruleFrom },
          effect: { kind: 'bonus', points: 4000 },
        },
        { id: 'x', name: 'X', condition: { firstVisits }, effect: { kind: 'multiply', timesThousandths: 2000 } },
      ],
      caps,
    },
  });

// A cap that rejects is no such limit: a line that it throws out may be what keeps the check within the next one.
test('invariant 13: raising an upper limit of earning never lowers what a check earns, nor does lowering a lower one', () => {
  const lines = fc.array(lineOf, { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(limits, limits, history, lines, (one, other, steps, basket) => {
      const world = newWorld();
      // Counts are kept by rules that ask for them, as both of these may.
      for (const step of steps) live(world, step, rulesOf({ ...one, perDay: one.perDay ?? 0 }));
      const earned = (chosen: Limits) => {
        const sold = basket.map((line, index) => ({ ...line, id: `${index}` }));
        const budgets = [{ budgetId: 'one', points: BigInt(chosen.budget) }];
        const answer = quote(world.state, { lines: sold, budgets }, rulesOf(chosen), world.now);
        return answer.ok ? answer.earn : 0n;
      };
      expect(earned(widest(one, other)) >= earned(one)).toBe(true);
    }),
    RUNS,
  );
});
