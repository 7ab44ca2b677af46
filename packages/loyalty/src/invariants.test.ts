import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AccountState, Command, Entry, Lot, Rules, SaleRecord } from './index.ts';
import {
  balanceOf,
  decide,
  entryFromJson,
  entryToJson,
  evolve,
  newAccountState,
  quote,
  replay,
  saleFromJson,
  saleToJson,
  stateAt,
  stateFromJson,
  stateToJson,
} from './index.ts';
import { moscow, testRules } from './test-story.ts';

const RUNS = { numRuns: 150 };
const START = moscow('2026-03-01');

const wholePercent = fc.integer({ min: 0, max: 100 });
const lineOf = fc.record({
  amount: fc.integer({ min: 0, max: 100_000 }).map(BigInt),
  quantityThousandths: fc.constantFrom(1000, 3000, 7000, 1375),
  eligibleForEarn: fc.boolean(),
  eligibleForSpend: fc.boolean(),
});
const sellStep = fc.record({
  kind: fc.constant('sell' as const),
  lines: fc.array(lineOf, { minLength: 1, maxLength: 4 }),
  spendPercent: wholePercent,
  accrual: fc.option(fc.integer({ min: 0, max: 5000 }).map(BigInt), { nil: undefined }),
});
const takeBackStep = fc.record({
  kind: fc.constant('take_back' as const),
  sale: fc.nat(20),
  how: fc.constantFrom('pieces' as const, 'money' as const, 'spread' as const, 'rest' as const),
  line: fc.nat(3),
  percent: fc.integer({ min: 1, max: 100 }),
});
const step = fc.oneof(
  { weight: 4, arbitrary: sellStep },
  { weight: 4, arbitrary: takeBackStep },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 600 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('refill' as const),
      amount: fc.integer({ min: 1, max: 20_000 }).map(BigInt),
      lifetimeDays: fc.constantFrom(undefined, null, 2, 20),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('deduct' as const),
      amount: fc.integer({ min: 1, max: 20_000 }).map(BigInt),
      allowDebt: fc.boolean(),
    }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
const history = fc.array(step, { minLength: 1, maxLength: 25 });

const settings = fc.record({
  scale: fc.constantFrom(0, 1, 2),
  rounding: fc.constantFrom('floor', 'half_up', 'half_even', 'ceil'),
  expiry: fc.constantFrom({ kind: 'never' }, { unit: 'days', length: 7 }, { unit: 'months', length: 1 }),
  activationDelay: fc.constantFrom({ kind: 'none' }, { kind: 'days', days: 3 }, { kind: 'hours', hours: 30 }),
  levels: fc.constant([
    { id: 'base', name: 'Base', fromTurnover: 0, rateBasisPoints: 500 },
    { id: 'gold', name: 'Gold', fromTurnover: 100_000, rateBasisPoints: 1000 },
  ]),
});
const DEBT = { shortage: { kind: 'debt' } };
const returnPolicy = fc.record({
  shortage: fc.constantFrom(
    { kind: 'debt' },
    { kind: 'debt', ceiling: 300 },
    { kind: 'within_balance' },
    { kind: 'only_pending' },
    { kind: 'deduct_from_refund' },
  ),
  expiredLot: fc.constantFrom({ kind: 'grace', days: 5 }, { kind: 'renew' }, { kind: 'burn' }),
  burned: fc.constantFrom('covers', 'recover_anyway'),
});

type World = { now: Temporal.Instant; state: AccountState; entries: Entry[]; sales: SaleRecord[] };

function newWorld(): World {
  return { now: START, state: newAccountState(), entries: [], sales: [] };
}

/** The command that a step stands for, fitted to what the account holds now; `null` when there is none. */
function commandOf(world: World, one: Step, rules: Rules): Command | null {
  switch (one.kind) {
    case 'wait':
      return null;
    case 'sell': {
      const lines = one.lines.map((line, index) => ({ ...line, id: `${index}` }));
      const answer = quote(world.state, { lines }, rules, world.now);
      const spend = answer.ok ? (answer.maxSpend * BigInt(one.spendPercent)) / 100n : 0n;
      const checkId = `check-${world.sales.length}`;
      const facts = { checkId, occurredAt: world.now, spend, accrual: one.accrual };
      return { kind: 'register_check', mode: 'priced', lines, ...facts };
    }
    case 'take_back': {
      const sale = world.sales[one.sale % Math.max(world.sales.length, 1)];
      return sale === undefined ? null : returnCommand(world, sale, one);
    }
    default:
      return one;
  }
}

function returnCommand(world: World, sale: SaleRecord, one: Step & { kind: 'take_back' }): Command {
  const command = { kind: 'return_check', sale, entriesSinceSale: world.entries } as const;
  const line = sale.lines[one.line % sale.lines.length]!;
  const part = (whole: bigint): bigint => (whole * BigInt(one.percent) + 99n) / 100n;
  switch (one.how) {
    case 'pieces': {
      const rest = line.quantityThousandths - (line.returned?.done.quantityThousandths ?? 0);
      return { ...command, lines: [{ id: line.id, quantityThousandths: Math.ceil((rest * one.percent) / 100) }] };
    }
    case 'money':
      return { ...command, lines: [{ id: line.id, amount: part(line.money - (line.returned?.done.money ?? 0n)) }] };
    case 'spread':
      return { ...command, amount: part(sale.money - (sale.returned?.money ?? 0n)) };
    case 'rest':
      return command;
  }
}

/** Lives one step. A refusal leaves the world as it was. */
function live(world: World, one: Step, rules: Rules): void {
  if (one.kind === 'wait') world.now = world.now.add({ hours: one.hours });
  const command = commandOf(world, one, rules);
  if (command === null) return;
  const decision = decide(world.state, command, rules, world.now);
  if (!decision.ok) return;
  world.state = decision.state;
  world.entries.push(...decision.entries);
  const { outcome } = decision;
  if (outcome.kind === 'sale') world.sales.push(outcome.sale);
  if (outcome.kind === 'return') {
    world.sales = world.sales.map((sale) => (sale.checkId === outcome.sale.checkId ? outcome.sale : sale));
  }
}

function total<T>(items: readonly T[], amountOf: (item: T) => bigint): bigint {
  return items.reduce((sum, item) => sum + amountOf(item), 0n);
}

function expectSound(state: AccountState): void {
  const { available, pending, held, debt, totals, lots } = state;
  const remaining = (active: boolean) => total(lots, (lot) => (lot.active === active ? lot.remaining : 0n));
  // 2 and 3: balances are the sums of their lots, never negative.
  expect([available, pending, held]).toEqual([remaining(true), remaining(false), 0n]);
  expect(available >= 0n && pending >= 0n && debt >= 0n).toBe(true);
  // 4: points and a debt never stand side by side.
  expect(available > 0n && debt > 0n).toBe(false);
  // 5
  expect(lots.every((lot) => lot.remaining > 0n && lot.remaining <= lot.original)).toBe(true);
  // 15 and D10
  const { issued, redeemed, expired, forgiven, metInMoney } = totals;
  expect(issued).toBe(pending + available + held - debt + redeemed + expired - forgiven - metInMoney);
  expect(state.turnover >= 0n).toBe(true);
}

function expectSaleSound(sale: SaleRecord, rules: Rules): void {
  const perPoint = 10n ** BigInt(rules.moneyScale - rules.scale);
  // 6: parts of lines add up to the check.
  expect(total(sale.lines, (line) => line.paidByPoints)).toBe(sale.spent * perPoint);
  expect(total(sale.lines, (line) => line.money)).toBe(sale.money);
  expect(total(sale.lines, (line) => line.earned)).toBe(sale.earned);
  expect(total(sale.uses, (use) => use.amount)).toBe(sale.spent);
  expect(sale.lines.every((line) => line.money >= 0n && line.money + line.paidByPoints === line.amount)).toBe(true);
  // 7: never more back than was spent or earned; exactly everything once all is returned.
  if (sale.returned === null) return;
  const { money, points, clawback } = sale.returned;
  const taken = total(Object.values(clawback), (amount) => amount);
  expect(points <= sale.spent && taken <= sale.earned && money <= sale.money).toBe(true);
  expect(total(sale.uses, (use) => use.givenBack)).toBe(points);
  if (!sale.lines.every((line) => line.returned?.done.quantityThousandths === line.quantityThousandths)) return;
  expect([money, points, taken]).toEqual([sale.money, sale.spent, sale.earned]);
}

describe('whatever a guest does', () => {
  test('invariants 1–7, 9 and 15 hold after every step, and a replay gives the stored state', () => {
    fc.assert(
      fc.property(settings, returnPolicy, history, (chosen, policy, steps) => {
        const rules = testRules({ ...chosen, returnPolicy: policy });
        const world = newWorld();
        for (const one of steps) {
          const before = stateToJson(world.state);
          const stored = world.state;
          live(world, one, rules);
          expect(stateToJson(stored)).toEqual(before);
          expectSound(world.state);
          expectSound(stateAt(world.state, rules, world.now).state);
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

  test('invariant 10: the balance that history gives for an instant is the balance that was shown then', () => {
    fc.assert(
      fc.property(settings, history, (chosen, steps) => {
        const rules = testRules(chosen);
        const world = newWorld();
        const shown: { at: Temporal.Instant; count: number; balance: unknown }[] = [];
        for (const one of steps) {
          live(world, one, rules);
          const balance = balanceOf(stateAt(world.state, rules, world.now).state);
          shown.push({ at: world.now, count: world.entries.length, balance });
        }
        for (const { at, count, balance } of shown) {
          const known = replay(world.entries.slice(0, count));
          expect(balanceOf(stateAt(known, rules, at).state)).toEqual(balance);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('invariant 11: jobs that run late, twice or never change no balance and no lot', () => {
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

  test('invariant 12: a quote equals the sale that follows it', () => {
    fc.assert(
      fc.property(settings, history, sellStep, (chosen, steps, last) => {
        const rules = testRules({ ...chosen, spendLimits: { maxPercentBasisPoints: 6000, minMoney: 1000 } });
        const world = newWorld();
        for (const one of steps) live(world, one, rules);
        const lines = last.lines.map((line, index) => ({ ...line, id: `${index}` }));
        if (lines.every((line) => line.amount === 0n)) return;
        const limit = quote(world.state, { lines }, rules, world.now);
        if (!limit.ok) throw new Error(limit.refusal.code);
        const spend = limit.maxSpend;
        const promised = quote(world.state, { lines, spend }, rules, world.now);
        const facts = { mode: 'priced', checkId: 'last', occurredAt: world.now, lines } as const;
        const sold = decide(world.state, { kind: 'register_check', ...facts, spend }, rules, world.now);
        if (!sold.ok || !promised.ok || sold.outcome.kind !== 'sale') throw new Error('a promised sale was refused');
        const { sale, levelBefore } = sold.outcome;
        expect([sale.earned, sale.money, levelBefore]).toEqual([promised.earn, promised.money, promised.level.id]);
        expect(sale.lines.map(({ returned: _returned, ...line }) => line)).toEqual(promised.lines);
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
      minRedeem: fc.nat(100_000),
    });
    fc.assert(
      fc.property(limits, limits, fc.array(lineOf, { minLength: 1, maxLength: 4 }), (one, other, lines) => {
        const { state } = afterRefill(50_000n);
        const upper = {
          maxPercentBasisPoints: Math.max,
          maxPerCheck: Math.max,
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

describe('returns in any order and in any pieces (invariant 8)', () => {
  const pieces = fc.array(takeBackStep, { maxLength: 8 });
  const policies = fc.record({
    shortage: fc.constantFrom({ kind: 'debt' }, { kind: 'within_balance' }, { kind: 'only_pending' }),
    expiredLot: fc.constantFrom({ kind: 'grace', days: 5 }, { kind: 'renew' }),
  });

  test('one check: pieces end in the same totals as the whole at once', () => {
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
      }),
      RUNS,
    );
  });

  test('one check whose points are all in place: pieces leave the same points under the same expiry', () => {
    fc.assert(
      fc.property(settings, sellStep, fc.nat(200), pieces, (chosen, sale, hours, parts) => {
        const rules = testRules({ ...chosen, returnPolicy: DEBT });
        const [whole, inPieces] = [newWorld(), newWorld()];
        const rest = { kind: 'take_back', sale: 0, how: 'rest', line: 0, percent: 100 } as const;
        for (const world of [whole, inPieces]) {
          live(world, { kind: 'refill', amount: 9000n, lifetimeDays: 2 }, rules);
          live(world, { kind: 'refill', amount: 9000n, lifetimeDays: 20 }, rules);
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

  test('several checks under `debt`: any order ends in the same totals, and redeemed is what it was before', () => {
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
      }),
      RUNS,
    );
  });
});

function afterRefill(amount: bigint): World {
  const world = newWorld();
  live(world, { kind: 'refill', amount, lifetimeDays: null }, testRules());
  return world;
}

function totalsOf({ available, pending, debt, totals, turnover }: AccountState) {
  return { available, pending, debt, totals, turnover };
}

/** A state without the numbers of its entries, which count the jobs too. */
function comparable({ nextEntryId: _next, lots, shortages, ...state }: AccountState) {
  return { ...state, shortages, lots: lots.map(({ openedBy: _openedBy, ...lot }: Lot) => lot) };
}
