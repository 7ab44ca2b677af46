import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AccountState, HoldUse, Rules } from './index.ts';
import {
  balanceOf,
  decide,
  entryFromJson,
  entryToJson,
  evolve,
  levelOf,
  newAccountState,
  quote,
  replay,
  saleFromJson,
  saleToJson,
  stateAt,
  stateFromJson,
  stateToJson,
} from './index.ts';
import { expectSaleSound, expectSound, total } from './test-checks.ts';
import {
  budgetsOf,
  history,
  lineOf,
  live,
  newWorld,
  RUNS,
  returnPolicy,
  START,
  sellStep,
  settings,
  type World,
} from './test-histories.ts';
import { testRules } from './test-story.ts';

describe('whatever a guest does', () => {
  test('invariants 1, 2, 3, 4, 5, 6, 7 and 15 hold after every step; invariant 9: a replay gives the stored state', () => {
    fc.assert(
      fc.property(settings, returnPolicy, history, (chosen, policy, steps) => {
        const rules = testRules({ ...chosen, returnPolicy: policy });
        const world = newWorld();
        for (const one of steps) {
          const before = stateToJson(world.state);
          const stored = world.state;
          live(world, one, rules);
          expect(stateToJson(stored)).toEqual(before);
          expectSound(world.state, rules);
          expectSound(stateAt(world.state, rules, world.now).state, rules);
          for (const sale of world.sales) expectSaleSound(sale, rules);
        }
        for (const entry of world.entries) {
          expect(total(entry.postings, ({ debit }) => debit)).toBe(total(entry.postings, ({ credit }) => credit));
        }
        expect(replay(world.entries)).toEqual(world.state);
      }),
      RUNS,
    );
  });

  test('states, entries and sale records come back from JSON text exactly', () => {
    fc.assert(
      fc.property(settings, returnPolicy, history, (chosen, policy, steps) => {
        const rules = testRules({ ...chosen, returnPolicy: policy });
        const world = newWorld();
        for (const one of steps) live(world, one, rules);
        const there = <T>(json: T): T => JSON.parse(JSON.stringify(json));
        expect(stateFromJson(there(stateToJson(world.state)))).toEqual(world.state);
        const entries = world.entries.map((entry) => entryFromJson(there(entryToJson(entry))));
        expect(entries).toEqual(world.entries);
        expect(entries.map((entry) => entry.occurredAt.toString())).toEqual(
          world.entries.map((entry) => entry.occurredAt.toString()),
        );
        expect(world.sales.map((sale) => saleFromJson(there(saleToJson(sale))))).toEqual(world.sales);
        expect(entries.reduce(evolve, newAccountState())).toEqual(world.state);
      }),
      { numRuns: 60 },
    );
  });

  test('invariant 10: balance and level that history gives for an instant are those that were shown then', () => {
    fc.assert(
      fc.property(settings, history, (chosen, steps) => {
        const rules = testRules(chosen);
        const world = newWorld();
        const shown: { at: Temporal.Instant; count: number; balance: unknown }[] = [];
        for (const one of steps) {
          live(world, one, rules);
          const balance = shownBy(stateAt(world.state, rules, world.now).state, rules);
          shown.push({ at: world.now, count: world.entries.length, balance });
        }
        for (const { at, count, balance } of shown) {
          const known = replay(world.entries.slice(0, count));
          expect(shownBy(stateAt(known, rules, at).state, rules)).toEqual(balance);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('invariant 11: jobs that run late, twice or never change no balance, no lot and no level', () => {
    const jobs = fc.array(fc.record({ afterHours: fc.integer({ min: 0, max: 400 }), runs: fc.boolean() }), {
      minLength: 25,
      maxLength: 25,
    });
    fc.assert(
      fc.property(settings, returnPolicy, history, jobs, (chosen, policy, steps, plan) => {
        const rules = testRules({ ...chosen, returnPolicy: policy });
        const [lazy, busy] = [newWorld(), newWorld()];
        steps.forEach((one, index) => {
          if (plan[index]?.runs === true) {
            const due = stateAt(busy.state, rules, busy.now);
            busy.state = due.state;
            busy.entries.push(...due.entries);
            expect(stateAt(due.state, rules, busy.now).entries).toEqual([]);
          }
          live(lazy, one, rules);
          live(busy, one, rules);
        });
        const read = (world: World) => comparable(stateAt(world.state, rules, world.now).state);
        expect(read(busy)).toEqual(read(lazy));
      }),
      RUNS,
    );
  });

  test('invariant 14: in whatever order independent members come, each ends as if alone', () => {
    const members = fc.array(fc.tuple(settings, returnPolicy, history), { minLength: 2, maxLength: 4 });
    fc.assert(
      fc.property(members, fc.array(fc.nat(3), { maxLength: 60 }), (all, turns) => {
        const alone = all.map(() => newWorld());
        const among = all.map(() => newWorld());
        // Programmes of their own, and rules read anew for each way: nothing may be remembered from one to the other.
        const rulesOf = () => all.map(([chosen, policy]) => testRules({ ...chosen, returnPolicy: policy }));
        const [own, shared] = [rulesOf(), rulesOf()];
        all.forEach(([, , steps], member) => {
          for (const one of steps) live(alone[member]!, one, own[member]!);
        });
        const left = all.map(([, , steps]) => [...steps]);
        const takeTurn = (member: number): void => {
          const one = left[member]?.shift();
          if (one !== undefined) live(among[member]!, one, shared[member]!);
        };
        for (const turn of turns) takeTurn(turn % all.length);
        for (let member = all.length - 1; member >= 0; member--) while (left[member]!.length > 0) takeTurn(member);
        expect(among).toEqual(alone);
      }),
      { numRuns: 40 },
    );
  });

  test('invariant 12: a quote equals the sale that follows it', () => {
    fc.assert(
      fc.property(settings, history, sellStep, (chosen, steps, last) => {
        const rules = testRules({
          ...chosen,
          spendLimits: { ...chosen.spendLimits, maxPercentBasisPoints: 6000, minMoney: 1000 },
        });
        const world = newWorld();
        for (const one of steps) live(world, one, rules);
        const lines = last.lines.map((line, index) => ({ ...line, id: `${index}` }));
        if (lines.every((line) => line.amount === 0n)) return;
        const budgets = budgetsOf(world);
        const limit = quote(world.state, { lines, budgets }, rules, world.now);
        if (!limit.ok) throw new Error(limit.refusal.code);
        const spend = limit.maxSpend;
        const promised = quote(world.state, { lines, spend, budgets }, rules, world.now);
        const facts = { mode: 'priced', checkId: 'last', occurredAt: world.now, lines, budgets } as const;
        const sold = decide(world.state, { kind: 'register_check', ...facts, spend }, rules, world.now);
        if (!sold.ok || !promised.ok || sold.outcome.kind !== 'sale') throw new Error('a promised sale was refused');
        const { sale, levelBefore } = sold.outcome;
        expect([sale.earned, sale.money, levelBefore]).toEqual([promised.earn, promised.money, promised.level.id]);
        expect(sale.lines.map(({ returned: _returned, ...line }) => line)).toEqual(promised.lines);
        expect(sold.outcome.cards).toEqual(promised.cards);
        expect(sold.outcome.rewards.map(({ rewardId: _id, ...reward }) => reward)).toEqual(promised.rewards);
        const more = decide(world.state, { kind: 'register_check', ...facts, spend: spend + 1n }, rules, world.now);
        expect(more.ok).toBe(false);
      }),
      RUNS,
    );
  });

  test('invariant 13: raising an upper limit never lowers the spend, raising a lower one never raises it', () => {
    const limits = fc.record({
      maxPercentBasisPoints: fc.nat(10_000),
      maxPerCheck: fc.nat(100_000),
      minMoney: fc.nat(100_000),
      maxPerDay: fc.nat(100_000),
      minRedeem: fc.nat(100_000),
    });
    fc.assert(
      fc.property(limits, limits, fc.array(lineOf, { minLength: 1, maxLength: 4 }), (one, other, lines) => {
        const { state } = afterRefill(50_000n);
        const upper = {
          maxPercentBasisPoints: Math.max,
          maxPerCheck: Math.max,
          maxPerDay: Math.max,
          minMoney: Math.min,
          minRedeem: Math.min,
        };
        const wide = Object.fromEntries(
          Object.entries(upper).map(([name, pick]) => {
            const key = name as keyof typeof upper;
            return [key, pick(one[key], other[key])];
          }),
        );
        const basket = { lines: lines.map((line, index) => ({ ...line, id: `${index}` })) };
        const most = (spendLimits: Record<string, unknown>) => {
          const answer = quote(state, basket, testRules({ spendLimits }), START);
          return answer.ok ? answer.maxSpend : 0n;
        };
        expect(most(wide) >= most(one)).toBe(true);
      }),
      RUNS,
    );
  });
});

/** What a guest is shown: the balance and the level. */
function shownBy(state: AccountState, rules: Rules) {
  return { ...balanceOf(state), level: levelOf(state, rules).id };
}

function afterRefill(amount: bigint): World {
  const world = newWorld();
  live(world, { kind: 'refill', amount, lifetimeDays: null, wallet: undefined }, testRules());
  return world;
}

/** A state without the numbers of its entries, which count the jobs too. */
function comparable({ nextEntryId: _next, holds, wallets, ...state }: AccountState) {
  const locked = holds.map((hold) => ({ ...unnumbered(hold), uses: hold.uses.map(withoutNumber) }));
  const side = Object.entries(wallets).map(([id, { card, ...wallet }]) => {
    const rewards = (card?.rewards ?? []).map(({ id: _id, points, uses, ...reward }) => ({
      ...reward,
      points: points && { amount: points.amount, lotId: points.lotId },
      uses: uses.map(withoutNumber),
    }));
    return [id, { ...wallet, lots: wallet.lots.map(unnumbered), card: card && { ...card, rewards } }];
  });
  return { ...state, lots: state.lots.map(unnumbered), holds: locked, wallets: side };
}

function unnumbered<T extends { readonly openedBy: number }>({ openedBy: _openedBy, ...rest }: T) {
  return rest;
}

function withoutNumber({ terms, amount }: HoldUse) {
  return { terms: unnumbered(terms), amount };
}
