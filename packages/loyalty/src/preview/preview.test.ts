import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ProgrammeKind, Rules } from '../index.ts';
import { compareRules, findContradictions, PROGRAMME_KINDS, rulesFromJson } from '../index.ts';

const LEVELS = [
  { id: 'silver', name: 'Silver', fromTurnover: 0, rateBasisPoints: 300 },
  { id: 'gold', name: 'Gold', fromTurnover: 1_000_000, rateBasisPoints: 500 },
];
const BASE = { id: '1', timeZone: 'Europe/Moscow', levels: LEVELS };
const rulesOf = (more: Record<string, unknown> = {}): Rules => rulesFromJson({ ...BASE, ...more });

/** Every kind of setting is filled in, so that a walk over the rules meets every field. */
const FULL = {
  discount: { kind: 'matrix', cells: [{ level: 'gold', venue: '1', basisPoints: 700 }], defaultBasisPoints: 200 },
  clearing: { settle: 'redemption', values: [{ issuer: 'a', redeemer: 'b', basisPoints: 9000 }] },
  earning: {
    minCheck: 100,
    checkSize: { steps: [{ from: 0, rateBasisPoints: 100 }] },
    rules: [
      {
        id: 'coffee',
        name: 'Coffee',
        condition: {
          from: '2026-03-01T00:00:00Z',
          until: '2026-06-01T00:00:00Z',
          weekdays: ['monday'],
          hours: { from: '09:00', to: '12:00' },
          venues: ['1'],
          channels: ['till'],
          segments: ['new'],
          levels: ['gold'],
          minCheck: 500,
        },
        items: { items: ['espresso'], groups: ['coffee'] },
        effect: { kind: 'bonus', points: 1000, per: 'piece', multiplied: true },
      },
    ],
    caps: { perLine: 1, perCheck: 2, perDay: 3, perWeek: 4, perMonth: 5, accrualsPerDay: 6 },
  },
  expiry: { kind: 'dates', dates: ['12-31'], leastDays: 10 },
  activationDelay: { kind: 'days', days: 14 },
  spendLimits: { maxPerCheck: 100_000, maxPerDay: 200_000, spendsPerDay: 2 },
  returnPolicy: { shortage: { kind: 'debt', ceiling: 100 }, expiredLot: { kind: 'grace', days: 30 } },
  welcome: { amount: 20_000, lifetimeDays: 30 },
  wallets: [
    {
      id: 'coffee',
      kind: 'stamps',
      name: 'Coffee card',
      slots: 6,
      earn: { per: 'visit', minCheck: 100 },
      perDay: 2,
      milestones: [{ at: 6, name: 'Coffee', reward: { kind: 'coupon', couponKindId: 'free-coffee' } }],
      expiry: { kind: 'period' },
    },
  ],
};

type Json = null | boolean | number | bigint | string | Json[] | { [name: string]: Json };
type Step = string | number;

/** Ways to all values that hold no other value. */
function leavesOf(value: Json, path: readonly Step[] = []): (readonly Step[])[] {
  if (Array.isArray(value)) {
    return value.length === 0 ? [path] : value.flatMap((item, index) => leavesOf(item, [...path, index]));
  }
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([name, item]) => leavesOf(item, [...path, name]));
}

function changed(value: Json): Json {
  if (typeof value === 'string') return `${value}?`;
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'bigint') return value + 1n;
  if (typeof value === 'boolean') return !value;
  return Array.isArray(value) ? ['something'] : 1;
}

function changedAt(value: Json, [step, ...rest]: readonly Step[]): Json {
  if (step === undefined) return changed(value);
  if (Array.isArray(value)) return value.map((item, index) => (index === step ? changedAt(item, rest) : item));
  return {
    ...(value as { [name: string]: Json }),
    [step]: changedAt((value as { [name: string]: Json })[step]!, rest),
  };
}

describe('the comparison of two versions', () => {
  const full = rulesOf(FULL);
  const leaves = leavesOf(full as unknown as Json).filter((path) => path[0] !== 'id');

  test('finds nothing between a version and itself, whatever its number', () => {
    expect(compareRules(full, { ...rulesOf(FULL), id: '2' })).toEqual([]);
  });

  test('tells a change of any field of the rules, one by one', () => {
    expect(leaves.length).toBeGreaterThan(70);
    for (const path of leaves) {
      const draft = changedAt(full as unknown as Json, path) as unknown as Rules;
      expect({ path, changes: compareRules(full, draft).length > 0 }).toEqual({ path, changes: true });
    }
  });

  test('tells any set of changed fields, each at a place that leads to it', () => {
    fc.assert(
      fc.property(fc.subarray(leaves, { minLength: 1, maxLength: 5 }), (paths) => {
        const draft = paths.reduce((value, path) => changedAt(value, path), full as unknown as Json);
        const changes = compareRules(full, draft as unknown as Rules);
        const roots = new Set(changes.map(({ setting }) => setting.split('.')[0]));
        expect(roots).toEqual(new Set(paths.map(([root]) => root)));
      }),
    );
  });

  test('names the level whose rate changes, the one that is new and the one that goes', () => {
    const draft = rulesOf({
      levels: [
        { ...LEVELS[0] },
        { id: 'ruby', name: 'Ruby', fromTurnover: 500_000, rateBasisPoints: 400 },
        { ...LEVELS[1], rateBasisPoints: 700 },
      ],
    });
    expect(compareRules(rulesOf(), draft)).toMatchObject([
      { kind: 'added', path: 'levels[1]', setting: 'levels', owners: [{ id: 'ruby' }], before: null },
      {
        kind: 'changed',
        path: 'levels[2].rateBasisPoints',
        setting: 'levels.rateBasisPoints',
        owners: [{ list: 'levels', id: 'gold' }],
        before: 500,
        after: 700,
      },
    ]);
    expect(compareRules(draft, rulesOf())[0]).toMatchObject({ kind: 'removed', path: 'levels[1]', after: null });
  });

  test('tells a term as one thing and a new order of rules as an order', () => {
    const draft = rulesOf({ expiry: { length: 6 } });
    expect(compareRules(rulesOf(), draft)).toMatchObject([{ setting: 'expiry', after: { length: 6, unit: 'months' } }]);
    const rule = (id: string) => ({ id, name: id, effect: { kind: 'multiply', timesThousandths: 2000 } });
    const one = rulesOf({ earning: { rules: [rule('a'), rule('b')] } });
    const other = rulesOf({ earning: { rules: [rule('b'), rule('a')] } });
    expect(compareRules(one, other)).toMatchObject([
      { kind: 'reordered', setting: 'earning.rules', after: ['b', 'a'] },
    ]);
  });
});

describe('contradictions', () => {
  const at = Temporal.Instant.from('2026-03-01T09:00:00Z');
  const found = (more: Record<string, unknown>, kind: ProgrammeKind = PROGRAMME_KINDS.bonus) =>
    findContradictions(rulesOf(more), kind, at).map(({ code, path }) => ({ code, path }));
  const rule = (more: Record<string, unknown>, effect: unknown = { kind: 'multiply', timesThousandths: 2000 }) => ({
    earning: { rules: [{ id: 'r', name: 'R', effect, ...more }] },
  });

  test('plain rules have none', () => {
    expect(found({})).toEqual([]);
  });

  test('a least spend above what may be spent, a day or ever, can never be reached', () => {
    expect(found({ spendLimits: { minRedeem: 5000, maxPerCheck: 4999 } })).toEqual([
      { code: 'minimum_above_limit', path: 'spendLimits.minRedeem' },
    ]);
    expect(found({ spendLimits: { minRedeem: 5000, maxPerCheck: 5000 } })).toEqual([]);
    expect(found({ spendLimits: { minRedeem: 5000 }, earning: { caps: { maxBalance: 4000 } } })).toHaveLength(1);
    expect(found({ spendLimits: { step: 5000, maxPerDay: 4999 } })[0]?.code).toBe('step_above_limit');
    expect(found({ spendLimits: { maxPercentBasisPoints: 0, minRedeem: 100 } })[0]?.code).toBe('spending_off');
  });

  test('points that burn before they ripen', () => {
    const delay = { activationDelay: { kind: 'days', days: 30 } };
    expect(found({ ...delay, expiry: { length: 14, unit: 'days', countFrom: 'earning' } })).toEqual([
      { code: 'burns_before_active', path: 'expiry.length' },
    ]);
    expect(found({ ...delay, expiry: { length: 14, unit: 'days', countFrom: 'activation' } })).toEqual([]);
  });

  test('a campaign of a weekend that asks for a Monday', () => {
    const weekend = { from: '2026-03-07T00:00:00+03:00', until: '2026-03-09T00:00:00+03:00' };
    expect(found(rule({ condition: { ...weekend, weekdays: ['monday'] } }))[0]).toEqual({
      code: 'rule_never_on_these_days',
      path: 'earning.rules[0].condition.weekdays',
    });
    expect(found(rule({ condition: { ...weekend, weekdays: ['sunday'] } }))).toEqual([]);
  });

  test('a campaign that is over, hours that are a whole day, a doubling of nothing', () => {
    expect(found(rule({ condition: { until: '2026-03-01T09:00:00Z' } }))[0]?.code).toBe('rule_over');
    expect(found(rule({ condition: { hours: { from: '10:00', to: '10:00' } } }))[0]?.code).toBe('rule_hours_whole_day');
    expect(found(rule({}, { kind: 'multiply', timesThousandths: 1000 }))[0]?.code).toBe('rule_changes_nothing');
  });

  test('a rule about goods that another one excludes for everybody', () => {
    const exclude = { id: 'x', name: 'No tobacco', items: { groups: ['tobacco'] }, effect: { kind: 'exclude' } };
    const double = {
      id: 'd',
      name: 'Double',
      items: { groups: ['tobacco'] },
      effect: { kind: 'multiply', timesThousandths: 2000 },
    };
    expect(found({ earning: { rules: [exclude, double] } })).toEqual([
      { code: 'rule_goods_excluded', path: 'earning.rules[1].items' },
    ]);
  });

  test('a bonus above the cap of a check, and caps that narrower ones keep from being reached', () => {
    const bonus = rule({}, { kind: 'bonus', points: 10_000 });
    const caps = { perCheck: 5000, behaviour: 'reject' };
    expect(found({ earning: { ...bonus.earning, caps } })[0]?.code).toBe('rule_bonus_above_cap');
    expect(found({ earning: { caps: { perLine: 200, perDay: 100 } } })).toEqual([
      { code: 'cap_never_reached', path: 'earning.caps.perLine' },
    ]);
  });

  test('each type of programme has what it cannot be without', () => {
    const nothing = { levels: [{ id: 'base', name: 'Base', fromTurnover: 0, rateBasisPoints: 0 }] };
    const ladder = { discount: { kind: 'levels', levels: [{ level: 'gold', basisPoints: 700 }] } };
    const matrix = { discount: { kind: 'matrix', cells: [{ venue: '1', basisPoints: 700 }] } };
    const codes = (more: Record<string, unknown>, kind: ProgrammeKind) => found(more, kind).map(({ code }) => code);
    expect(codes({}, PROGRAMME_KINDS.outside)).toEqual(['kind_earns_by_itself']);
    expect(codes(nothing, PROGRAMME_KINDS.outside)).toEqual([]);
    expect(codes(nothing, PROGRAMME_KINDS.bonus)).toEqual(['kind_needs_earning']);
    expect(codes({}, PROGRAMME_KINDS.stamps)).toEqual(['kind_needs_stamps']);
    expect(codes(FULL, PROGRAMME_KINDS.stamps)).not.toContain('kind_needs_stamps');
    expect(codes({}, PROGRAMME_KINDS.discount)).toEqual(['kind_needs_discount']);
    expect(codes(ladder, PROGRAMME_KINDS.discount)).toEqual([]);
    expect(codes(matrix, PROGRAMME_KINDS.discount)).toEqual(['kind_discount_by_venue']);
    expect(codes(ladder, PROGRAMME_KINDS.matrix)).toEqual(['kind_needs_matrix']);
    expect(codes(matrix, PROGRAMME_KINDS.matrix)).toEqual([]);
    expect(codes(nothing, PROGRAMME_KINDS.tickets)).toEqual([]);
  });
});
