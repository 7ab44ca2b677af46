import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { balanceOf } from './index.ts';
import { totalsOf } from './test-checks.ts';
import { DEBT, history, live, newWorld, RUNS, sellStep, settings, takeBackStep } from './test-histories.ts';
import { testRules } from './test-story.ts';

describe('returns in any order and in any pieces', () => {
  const pieces = fc.array(takeBackStep, { maxLength: 8 });
  const policies = fc.record({
    shortage: fc.constantFrom({ kind: 'debt' }, { kind: 'within_balance' }, { kind: 'only_pending' }),
    expiredLot: fc.constantFrom({ kind: 'grace', days: 5 }, { kind: 'renew' }),
  });

  test('invariant 8, one check: pieces end in the same totals as the whole at once', () => {
    fc.assert(
      fc.property(settings, policies, history, fc.nat(20), pieces, (chosen, policy, steps, which, parts) => {
        const rules = testRules({ ...chosen, returnPolicy: policy });
        const [whole, inPieces] = [newWorld(), newWorld()];
        for (const one of steps) {
          live(whole, one, rules);
          live(inPieces, one, rules);
        }
        const rest = { kind: 'take_back', sale: which, how: 'rest', line: 0, percent: 100 } as const;
        live(whole, rest, rules);
        for (const part of parts) live(inPieces, { ...part, sale: which }, rules);
        live(inPieces, rest, rules);
        expect(totalsOf(inPieces.state)).toEqual(totalsOf(whole.state));
        expect(inPieces.state.level).toBe(whole.state.level);
        expect([inPieces.state.tally, inPieces.state.visits]).toEqual([whole.state.tally, whole.state.visits]);
        expect(inPieces.budgets).toEqual(whole.budgets);
      }),
      RUNS,
    );
  });

  test('invariant 8, one check whose points are all in place: pieces leave the same points under the same expiry', () => {
    fc.assert(
      fc.property(settings, sellStep, fc.nat(200), pieces, (chosen, sale, hours, parts) => {
        const rules = testRules({ ...chosen, returnPolicy: DEBT });
        const [whole, inPieces] = [newWorld(), newWorld()];
        const rest = { kind: 'take_back', sale: 0, how: 'rest', line: 0, percent: 100 } as const;
        for (const world of [whole, inPieces]) {
          live(world, { kind: 'refill', amount: 9000n, lifetimeDays: 2, wallet: undefined }, rules);
          live(world, { kind: 'refill', amount: 9000n, lifetimeDays: 20, wallet: undefined }, rules);
          live(world, sale, rules);
          const earnedInPlace = { kind: 'wait', hours: Math.min(hours, 7 * 24 - 1) } as const;
          live(world, earnedInPlace, rules);
        }
        for (const part of parts) live(inPieces, { ...part, sale: 0 }, rules);
        live(inPieces, rest, rules);
        live(whole, rest, rules);
        expect(balanceOf(inPieces.state)).toEqual(balanceOf(whole.state));
      }),
      RUNS,
    );
  });

  test('invariant 8, several checks under `debt`: any order ends in the same totals, and redeemed is what it was before', () => {
    fc.assert(
      fc.property(settings, history, fc.infiniteStream(fc.nat(1000)), (chosen, steps, random) => {
        const rules = testRules({ ...chosen, returnPolicy: DEBT });
        const [forward, shuffled] = [newWorld(), newWorld()];
        for (const one of steps) {
          live(forward, one, rules);
          live(shuffled, one, rules);
        }
        const order = forward.sales.map((_sale, index) => ({ index, key: random.next().value ?? 0 }));
        const takeBack = (index: number) =>
          ({ kind: 'take_back', sale: index, how: 'rest', line: 0, percent: 100 }) as const;
        for (const { index } of order) live(forward, takeBack(index), rules);
        for (const { index } of order.sort((a, b) => a.key - b.key)) live(shuffled, takeBack(index), rules);
        expect(totalsOf(shuffled.state)).toEqual(totalsOf(forward.state));
        expect(forward.state.totals.redeemed).toBe(0n);
        expect(forward.state.turnover).toBe(0n);
        // Nothing is left that a limit would count.
        for (const world of [forward, shuffled]) {
          expect([world.state.counts, world.state.visits, world.state.tally]).toEqual([[], 0, null]);
          expect(world.budgets).toEqual(newWorld().budgets);
        }
      }),
      RUNS,
    );
  });
});
