/** Random histories of one account, lived step by step: what the property tests are made of. */
import fc from 'fast-check';
import { expect } from 'vitest';
import type { AccountState, BudgetRoom, Command, DepositPayment, Entry, Rules, SaleRecord } from './index.ts';
import { decide, newAccountState, quote, rewardsAtStake, stateAt } from './index.ts';
import { ownTermsStep } from './own-terms/test-own-terms.ts';
import { moscow } from './test-story.ts';

export const RUNS = { numRuns: 150 };
export const START = moscow('2026-03-01');
const wholePercent = fc.integer({ min: 0, max: 100 });
export const lineOf = fc.record({
  amount: fc.integer({ min: 0, max: 100_000 }).map(BigInt),
  quantityThousandths: fc.constantFrom(1000, 3000, 7000, 1375),
  itemId: fc.constantFrom('beer', 'cake', undefined),
  groups: fc.constantFrom(['bar'], ['kitchen'], undefined),
  kind: fc.constantFrom(undefined, undefined, 'tips' as const),
  discount: fc.constantFrom(undefined, 777n),
  eligibleForEarn: fc.boolean(),
  eligibleForSpend: fc.boolean(),
});
export const sellStep = fc.record({
  kind: fc.constant('sell' as const),
  lines: fc.array(lineOf, { minLength: 1, maxLength: 4 }),
  spendPercent: wholePercent,
  depositPercent: wholePercent,
  accrual: fc.option(fc.integer({ min: 0, max: 5000 }).map(BigInt), { nil: undefined }),
});
export const takeBackStep = fc.record({
  kind: fc.constant('take_back' as const),
  sale: fc.nat(20),
  how: fc.constantFrom('pieces' as const, 'money' as const, 'spread' as const, 'rest' as const),
  line: fc.nat(3),
  percent: fc.integer({ min: 1, max: 100 }),
});
const holdStep = fc.record({
  kind: fc.constant('hold_part' as const),
  percent: fc.integer({ min: 1, max: 100 }),
  hours: fc.integer({ min: 1, max: 200 }),
});
const endHoldStep = fc.record({
  kind: fc.constantFrom('capture_hold' as const, 'let_go' as const),
  hold: fc.nat(20),
  lines: fc.array(lineOf, { minLength: 1, maxLength: 3 }),
  percent: wholePercent,
});
const walletName = fc.constantFrom(undefined, 'cups', 'money');
export const step = fc.oneof(
  { weight: 2, arbitrary: holdStep },
  { weight: 2, arbitrary: endHoldStep },
  { weight: 4, arbitrary: sellStep },
  { weight: 4, arbitrary: takeBackStep },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 600 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('refill' as const),
      amount: fc.integer({ min: 1, max: 20_000 }).map(BigInt),
      lifetimeDays: fc.constantFrom(undefined, null, 2, 20),
      wallet: walletName,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('deduct' as const),
      amount: fc.integer({ min: 1, max: 20_000 }).map(BigInt),
      allowDebt: fc.boolean(),
      wallet: walletName,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('pin_level' as const),
      level: fc.constantFrom('gold', 'top'),
      lastDay: fc.constantFrom('2026-03-31', '2026-05-05', '2026-09-30', null),
    }),
  },
  { weight: 2, arbitrary: fc.oneof(ownTermsStep, fc.constant({ kind: 'unpin_level' as const })) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('event_of' as const), sale: fc.nat(20) }) },
);
export type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
export const history = fc.array(step, { minLength: 1, maxLength: 25 });

/** Rules of earning of every kind at once, with a threshold and caps, or none. */
const earning = fc.constantFrom(
  {},
  {
    checkSize: { mode: 'slabs', steps: [{ rateBasisPoints: 100 }, { from: 70_000, rateBasisPoints: 500 }] },
    multipliers: 'product',
    rules: [
      { id: 'x', name: 'X', effect: { kind: 'multiply', timesThousandths: 1333 } },
      { id: 'b', name: 'B', condition: { minCheck: 50_000 }, effect: { kind: 'bonus', points: 777, multiplied: true } },
    ],
  },
  {
    minCheck: 10_000,
    rules: [
      { id: 'no', name: 'No', items: { items: ['beer'] }, effect: { kind: 'exclude' } },
      { id: 'r', name: 'R', items: { groups: ['bar'] }, effect: { kind: 'rate', rateBasisPoints: 1500 } },
      { id: 'p', name: 'P', items: { items: ['cake'] }, effect: { kind: 'bonus', points: 50, per: 'piece' } },
      { id: 'x', name: 'X', items: { items: ['cake'] }, effect: { kind: 'multiply', timesThousandths: 2000 } },
    ],
    caps: { perLine: 9000, perCheck: 20_000 },
  },
  { caps: { perCheck: 3000, behaviour: 'reject' } },
  { caps: { perDay: 4000, perWeek: 6000, perMonth: 9000, accrualsPerDay: 2 } },
  { base: 'with_points', caps: { maxBalance: 15_000 } },
  {
    base: 'gross',
    lineKinds: ['goods', 'tips'],
    rules: [
      { id: 'b', name: 'B', condition: { minCheck: 50_000 }, budgetId: 'one', effect: { kind: 'bonus', points: 777 } },
      { id: 'x', name: 'X', budgetId: 'two', effect: { kind: 'multiply', timesThousandths: 2000 } },
    ],
  },
  {
    rules: [
      { id: 'f', name: 'F', condition: { firstVisits: 3 }, effect: { kind: 'multiply', timesThousandths: 1500 } },
      { id: 'c', name: 'C', limits: { cooldownHours: 30, perMonth: 3 }, effect: { kind: 'bonus', points: 300 } },
      { id: 'd', name: 'D', limits: { perDay: 1, total: 4 }, effect: { kind: 'multiply', timesThousandths: 2000 } },
    ],
    caps: { perCheck: 4000 },
  },
  {
    rules: [
      {
        id: 's',
        name: 'S',
        effect: { kind: 'bonus', points: 500 },
        terms: { expiry: { unit: 'days', length: 3 }, activationDelay: { kind: 'none' } },
      },
      {
        id: 'w',
        name: 'W',
        items: { items: ['cake'] },
        effect: { kind: 'multiply', timesThousandths: 3000 },
        terms: { activationDelay: { kind: 'event', cancelAfterDays: 8 } },
      },
    ],
    caps: { perCheck: 4000 },
  },
);

const levelsFrom = (bound: number) => [
  { id: 'base', name: 'Base', fromTurnover: 0, rateBasisPoints: 500 },
  { id: 'gold', name: 'Gold', fromTurnover: bound, rateBasisPoints: 1000 },
  { id: 'top', name: 'Top', fromTurnover: bound * 3, rateBasisPoints: 1500 },
];

/** Ladders of every measure, window and way down, with bounds that histories cross. */
const ladders = fc.constantFrom(
  { levels: levelsFrom(100_000), levelUpgrade: 'next_check' },
  { levels: levelsFrom(100_000), levelUpgrade: 'whole_check' },
  { levels: levelsFrom(100_000), levelUpgrade: 'split_check' },
  {
    levels: levelsFrom(50_000),
    ladder: { window: { kind: 'rolling', months: 1 }, downgrade: 'at_once', grace: { days: 2 } },
    levelUpgrade: 'split_check',
  },
  {
    levels: levelsFrom(50_000),
    ladder: { window: { kind: 'calendar', period: 'month' }, downgrade: 'period_end', onReturn: 'keep' },
    levelUpgrade: 'nightly',
  },
  {
    levels: levelsFrom(2),
    ladder: {
      measure: 'visits',
      window: { kind: 'anniversary' },
      downgrade: 'period_end',
      grace: { toMonthEnd: true },
    },
    levelUpgrade: 'whole_check',
  },
  {
    levels: levelsFrom(2000),
    ladder: { measure: 'points_earned', window: { kind: 'rolling', months: 2 }, downgrade: 'one_step' },
    levelUpgrade: 'next_period',
  },
  { levels: levelsFrom(3000), ladder: { measure: 'points_balance', downgrade: 'at_once', grace: { days: 1 } } },
  { levels: levelsFrom(3000), ladder: { measure: 'points_balance', downgrade: 'one_step' } },
);

/** Remainders are carried where points are rounded down. */
const rounding = fc.oneof(
  fc.record({ rounding: fc.constantFrom('floor', 'half_up', 'half_even', 'ceil'), earning }),
  earning.map((one) => ({ rounding: 'floor', earning: { ...one, carryRemainder: true } })),
);

/** Two cards of stamps with rewards of both kinds, and a deposit that burns; or none of them. */
const wallets = fc.constantFrom(
  [],
  [
    {
      id: 'cups',
      kind: 'stamps',
      name: 'Cups',
      slots: 4,
      earn: { per: 'item' },
      perDay: 6,
      expiry: { unit: 'days', length: 12 },
      milestones: [
        { at: 2, name: 'Points', reward: { kind: 'points', points: 500, lifetimeDays: 4 } },
        { at: 3, name: 'Juice', reward: { couponKindId: 'juice' } },
        { at: 4, name: 'Coffee', reward: { couponKindId: 'coffee' } },
      ],
    },
    {
      id: 'visits',
      kind: 'stamps',
      name: 'Visits',
      slots: 2,
      earn: { per: 'visit', minCheck: 20_000 },
      milestones: [{ at: 2, name: 'Cake', reward: { couponKindId: 'cake' } }],
    },
    { id: 'money', kind: 'deposit', name: 'Deposit', expiry: { unit: 'days', length: 25 } },
  ],
);

const others = fc.record({
  wallets,
  spendLimits: fc.constantFrom({}, { maxPerDay: 5000, spendsPerDay: 2 }),
  scale: fc.constantFrom(0, 1, 2),
  expiry: fc.constantFrom(
    { kind: 'never' },
    { unit: 'days', length: 7 },
    { unit: 'months', length: 1 },
    { kind: 'dates', dates: ['03-10', '03-20', '04-30'], leastDays: 2 },
    { kind: 'instant', at: '2026-04-10T21:00:00Z' },
    { kind: 'sliding', length: 9 },
    { kind: 'sliding', length: 1, unit: 'months', activity: ['spend'] },
  ),
  lotOrder: fc.constantFrom('soonest_expiry', 'oldest_earned', 'gifts_first'),
  activationDelay: fc.constantFrom(
    { kind: 'none' },
    { kind: 'days', days: 3 },
    { kind: 'hours', hours: 30 },
    { kind: 'dates', dates: ['03-15', '04-01', '05-01'] },
    { kind: 'event', cancelAfterDays: 5 },
    { kind: 'manual' },
  ),
});
export const settings = fc
  .tuple(others, rounding, ladders)
  .map(([other, one, ladder]) => ({ ...other, ...one, ...ladder }));
export const DEBT = { shortage: { kind: 'debt' } };
export const returnPolicy = fc.record({
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

export type World = {
  now: Temporal.Instant;
  state: AccountState;
  entries: Entry[];
  sales: SaleRecord[];
  /** The first entry that was written with each sale. */
  firstEntries: number[];
  holds: number;
  /** What campaign budgets have left, by their ids. */
  budgets: Record<string, bigint>;
  /** Rewards of stamps in the order in which they came. Every second one has been used. */
  rewards: number[];
};

export function budgetsOf(world: World): BudgetRoom[] {
  return Object.entries(world.budgets).map(([budgetId, points]) => ({ budgetId, points }));
}

export function newWorld(): World {
  return {
    now: START,
    state: newAccountState(),
    entries: [],
    sales: [],
    firstEntries: [],
    holds: 0,
    budgets: { one: 1500n, two: 6000n },
    rewards: [],
  };
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
      const budgets = budgetsOf(world);
      const facts = { checkId, occurredAt: world.now, spend, accrual: one.accrual, budgets };
      const deposit = depositOf(world, { lines, spend, budgets }, one.depositPercent, rules);
      return { kind: 'register_check', mode: 'priced', lines, deposit, ...facts };
    }
    case 'event_of': {
      const sale = world.sales[one.sale % Math.max(world.sales.length, 1)];
      return sale === undefined ? null : { kind: 'activate_check', checkId: sale.checkId };
    }
    case 'hold_part': {
      const { available } = stateAt(world.state, rules, world.now).state;
      const amount = (available * BigInt(one.percent)) / 100n;
      return { kind: 'hold', key: `hold-${world.holds}`, amount, ttlSeconds: one.hours * 3600 };
    }
    case 'capture_hold':
    case 'let_go':
      return endHoldCommand(world, one, rules);
    case 'take_back': {
      const sale = world.sales[one.sale % Math.max(world.sales.length, 1)];
      return sale === undefined ? null : returnCommand(world, sale, one);
    }
    case 'refill':
    case 'deduct':
      // Stamps are given and taken by the handful.
      return one.wallet === 'cups' ? { ...one, amount: (one.amount % 9n) + 1n } : one;
    default:
      return one;
  }
}

function depositOf(
  world: World,
  basket: Parameters<typeof quote>[1],
  percent: number,
  rules: Rules,
): DepositPayment | undefined {
  const answer = quote(world.state, basket, rules, world.now);
  const [offer] = answer.ok ? answer.deposits : [];
  return offer && { wallet: offer.wallet, amount: (offer.most * BigInt(percent)) / 100n };
}

function endHoldCommand(world: World, one: Step & { kind: 'capture_hold' | 'let_go' }, rules: Rules): Command | null {
  const { holds } = stateAt(world.state, rules, world.now).state;
  const hold = holds[one.hold % Math.max(holds.length, 1)];
  if (hold === undefined) return null;
  if (one.kind === 'let_go') return { kind: 'release', key: hold.key };
  const lines = one.lines.map((line, index) => ({ ...line, id: `${index}` }));
  const answer = quote(world.state, { lines, holdKey: hold.key }, rules, world.now);
  const spend = answer.ok ? (answer.maxSpend * BigInt(one.percent)) / 100n : 0n;
  const checkId = `check-${world.sales.length}`;
  const facts = { checkId, occurredAt: world.now, spend, budgets: budgetsOf(world) };
  return { kind: 'capture', key: hold.key, mode: 'priced', lines, ...facts };
}

function returnCommand(world: World, sale: SaleRecord, one: Step & { kind: 'take_back' }): Command {
  const unusedRewards = rewardsAtStake(world.state, sale).filter((id) => world.rewards.indexOf(id) % 2 === 0);
  const command = { kind: 'return_check', sale, entriesSinceSale: world.entries, unusedRewards } as const;
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
export function live(world: World, one: Step, rules: Rules): void {
  if (one.kind === 'wait') world.now = world.now.add({ hours: one.hours });
  const command = commandOf(world, one, rules);
  if (command === null) return;
  const decision = decide(world.state, command, rules, world.now);
  if (!decision.ok) return;
  world.state = decision.state;
  world.entries.push(...decision.entries);
  const { outcome } = decision;
  if (outcome.kind === 'hold') world.holds += 1;
  if (outcome.kind === 'sale' || outcome.kind === 'grant') {
    world.rewards.push(...(outcome.rewards ?? []).map(({ rewardId }) => rewardId));
  }
  if (outcome.kind === 'sale') {
    world.sales.push(outcome.sale);
    world.firstEntries.push(decision.entries[0]!.id);
    for (const { budgetId, points } of outcome.drawn) world.budgets[budgetId]! -= points;
    // A budget never pays more than it has.
    expect(Object.values(world.budgets).every((left) => left >= 0n)).toBe(true);
  }
  if (outcome.kind === 'return') {
    for (const { budgetId, points } of outcome.undrawn) world.budgets[budgetId]! += points;
    world.sales = world.sales.map((sale) => (sale.checkId === outcome.sale.checkId ? outcome.sale : sale));
  }
}
