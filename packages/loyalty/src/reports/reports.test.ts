import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Cohort } from '../index.ts';
import {
  deferSale,
  expectedOf,
  extendedShare,
  isHeldOut,
  movementsOf,
  NO_MOVEMENTS,
  recognisedOf,
  rollForward,
  ultimateRedemptionRate,
  upliftOf,
} from '../index.ts';
import { history, live, newWorld, RUNS, returnPolicy, settings } from '../test-histories.ts';
import { testRules, units } from '../test-story.ts';

const cohort = (month: string, issued: number, redeemed: number, expired: number): Cohort => ({
  month,
  issued: units(issued),
  redeemed: units(redeemed),
  expired: units(expired),
  outstanding: units(issued - redeemed - expired),
});

describe('what a programme owes', () => {
  test('EX-B1: from opening to closing', () => {
    const movements = {
      ...NO_MOVEMENTS,
      earned: units(1200),
      earnedReversed: units(100),
      redeemed: units(900),
      redeemedGivenBack: units(50),
      expired: units(250),
      manual: units(30),
    };
    expect(rollForward(units(10_000), movements).closing).toBe(units(10_030));
  });

  test('what was posted, sorted into columns, closes at what the ledger holds, whatever a guest does', () => {
    fc.assert(
      fc.property(settings, returnPolicy, history, (chosen, policy, steps) => {
        const rules = testRules({ ...chosen, returnPolicy: policy });
        const world = newWorld();
        for (const one of steps) live(world, one, rules);
        const { pending, available, held, debt } = world.state;
        const posted = world.entries.flatMap((entry) => (entry.wallet === null ? entry.postings : []));
        expect(rollForward(0n, movementsOf(posted)).closing).toBe(pending + available + held - debt);
      }),
      RUNS,
    );
  });
});

describe('what of it will be spent', () => {
  test('EX-B2: an open cohort by the ultimate redemption rate of matured ones', () => {
    const matured = [cohort('2025-01', 1000, 900, 100), cohort('2025-02', 1000, 800, 200)];
    const open = cohort('2026-01', 10_000, 6800, 1200);
    const rate = ultimateRedemptionRate([...matured, open]);
    expect(rate).toBe(8500);
    expect(expectedOf(open, 8500)).toEqual({ redemption: units(1700), breakage: units(300) });
    expect(ultimateRedemptionRate([open])).toBeNull();
    expect(expectedOf(cohort('2026-02', 100, 95, 0), 8500)).toEqual({ redemption: 0n, breakage: units(5) });
  });

  test('EX-B3: a sale of 1,000.00 that grants 50.00 points defers 40.77', () => {
    const sale = deferSale({ money: units(1000), points: units(50), moneyPerPoint: 1n }, 8500);
    expect(sale).toEqual({ pointsValue: units(42.5), deferred: units(40.77), revenueNow: units(959.23) });
    expect(recognisedOf(sale, { points: units(25), moneyPerPoint: 1n })).toBe(units(23.98));
    // Spent to the last point, nothing more than was deferred comes out.
    expect(recognisedOf(sale, { points: units(50), moneyPerPoint: 1n })).toBe(units(40.77));
  });

  test('EX-B4: the share of lots whose end was put off stands beside the estimate', () => {
    expect(extendedShare({ lots: 400, extended: 50 })).toBe(1250);
    expect(extendedShare({ lots: 0, extended: 0 })).toBeNull();
  });
});

describe('what a campaign did', () => {
  test('EX-UP1: 15.0 % against 12.0 %: 3.0 points, 0.9 … 5.1, proven, about 270 extra visits', () => {
    const uplift = upliftOf({ members: 9000, visited: 1350 }, { members: 1000, visited: 120 })!;
    const percent = (share: number) => (share * 100).toFixed(1);
    expect([uplift.treatedRate, uplift.controlRate, uplift.difference, uplift.from, uplift.to].map(percent)).toEqual([
      '15.0',
      '12.0',
      '3.0',
      '0.9',
      '5.1',
    ]);
    expect([uplift.proven, uplift.extraVisits]).toEqual([true, 270]);
  });

  test('with few members chance may have done it: not proven', () => {
    expect(upliftOf({ members: 90, visited: 14 }, { members: 10, visited: 1 })?.proven).toBe(false);
    expect(upliftOf({ members: 0, visited: 0 }, { members: 10, visited: 1 })).toBeNull();
  });

  test('who is held out stays so, about one in ten, and not the same ones in every campaign', () => {
    const members = Array.from({ length: 20_000 }, (_one, index) => String(index));
    const held = (campaign: string) => members.filter((member) => isHeldOut(campaign, member));
    const [spring, autumn] = [held('spring'), held('autumn')];
    expect(spring).toEqual(held('spring'));
    expect(Math.abs(spring.length - 2000)).toBeLessThan(150);
    const both = new Set(autumn);
    expect(Math.abs(spring.filter((member) => both.has(member)).length - 200)).toBeLessThan(60);
  });
});
