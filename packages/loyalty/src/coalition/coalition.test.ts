import { describe, expect, test } from 'vitest';
import type { Claim, SaleRecord } from '../index.ts';
import { claimChanges, claimsOf, discountOf, parseRules, quote, saleFromJson, saleToJson } from '../index.ts';
import { startStory, testRules, units } from '../test-story.ts';

const LEVELS = [
  { id: 'base', name: 'Base', fromTurnover: 0, rateBasisPoints: 0 },
  { id: 'silver', name: 'Silver', fromTurnover: 1_000_000, rateBasisPoints: 0 },
  { id: 'gold', name: 'Gold', fromTurnover: 3_000_000, rateBasisPoints: 0 },
];
const cell = (level: string, venue: string, percent: number) => ({ level, venue, basisPoints: percent * 100 });
const MATRIX = {
  kind: 'matrix',
  cells: [
    cell('base', 'cafe', 5),
    cell('base', 'bar', 3),
    cell('silver', 'cafe', 7),
    cell('silver', 'bar', 7),
    cell('silver', 'spa', 10),
    cell('gold', 'cafe', 10),
    cell('gold', 'bar', 10),
    cell('gold', 'spa', 15),
  ],
  defaultBasisPoints: 200,
};
const matrix = { levels: LEVELS, discount: MATRIX };

describe('the discount of a card', () => {
  test('EX-M1: base at the spa has no cell and gets the default, everybody else what is agreed', () => {
    const rules = testRules(matrix);
    const row = (level: string) =>
      ['cafe', 'bar', 'spa'].map((venue) => discountOf(rules, { level, own: null }, venue).basisPoints);
    expect([row('base'), row('silver'), row('gold')]).toEqual([
      [500, 300, 200],
      [700, 700, 1000],
      [1000, 1000, 1500],
    ]);
  });

  test('EX-M2: 1,234.50 by silver at the bar gets 7 %, floored: 86.41', () => {
    const story = startStory(matrix);
    story.sell('first', { total: units(10_400) });
    const basket = { total: units(1234.5), context: { venue: 'bar' } };
    const offered = quote(story.state(), basket, story.rules, story.now());
    const { sale } = story.sell('c', basket);
    expect(offered).toMatchObject({ discount: units(86.41), money: units(1148.09) });
    expect(sale).toMatchObject({ discount: units(86.41), money: units(1148.09) });
  });

  test('EX-M3: a venue that nobody has heard of gives the default, and the outcome says so to the operator', () => {
    const story = startStory(matrix);
    const { sale, discount } = story.sell('c', { total: units(100), context: { venue: 'pool' } });
    expect(sale.discount).toBe(units(2));
    expect(discount).toEqual({ basisPoints: 200, fit: 'default', venueUnknown: true });
    const known = story.sell('d', { total: units(100), context: { venue: 'spa' } });
    expect(known.discount).toEqual({ basisPoints: 200, fit: 'default', venueUnknown: false });
  });

  test('the nearest cell wins: its own, then of the level, then of the venue, then the default, else nothing', () => {
    const cells = [{ venue: 'bar', basisPoints: 400 }, { level: 'gold', basisPoints: 900 }, cell('gold', 'bar', 12)];
    const rules = testRules({ levels: LEVELS, discount: { kind: 'matrix', cells } });
    const found = (level: string, venue?: string) => discountOf(rules, { level, own: null }, venue);
    expect(found('gold', 'bar')).toMatchObject({ basisPoints: 1200, fit: 'exact' });
    expect(found('gold', 'pool')).toMatchObject({ basisPoints: 900, fit: 'level', venueUnknown: false });
    expect(found('base', 'bar')).toMatchObject({ basisPoints: 400, fit: 'venue' });
    expect(found('base', 'pool')).toMatchObject({ basisPoints: 0, fit: 'default', venueUnknown: true });
    expect(found('base')).toMatchObject({ basisPoints: 0, venueUnknown: false });
  });

  test('a ladder of percents climbs with the turnover, which counts what was paid', () => {
    const discount = {
      kind: 'levels',
      levels: LEVELS.map(({ id }, index) => ({ level: id, basisPoints: index * 500 })),
    };
    const story = startStory({ levels: LEVELS, discount });
    const paid = ['a', 'b', 'c'].map((id) => story.sell(id, { total: units(20_000) }).sale.money);
    expect(paid).toEqual([units(20_000), units(19_000), units(18_000)]);
    expect(story.state()).toMatchObject({ level: 'gold', turnover: units(57_000) });
  });

  test('it is spread over the lines by largest remainder, comes before points, and points are earned after it', () => {
    const discount = { kind: 'levels', levels: [{ level: 'base', basisPoints: 1000 }] };
    const story = startStory({ discount });
    story.refill(50);
    const lines = [1, 2, 3].map((id) => ({ id: String(id), amount: units(33.33) }));
    const { sale } = story.sell('c', { lines }, units(40));
    expect(sale.discount).toBe(units(9.99));
    expect(sale.lines.map((line) => line.amount)).toEqual([units(30), units(30), units(30)]);
    expect([sale.money, sale.earned]).toEqual([units(50), units(2.5)]);
    story.takeBack('c');
    expect(story.state()).toMatchObject({ available: units(50), turnover: 0n });
  });

  test('what another system has priced is left as it came', () => {
    const story = startStory({ discount: { kind: 'levels', levels: [{ level: 'base', basisPoints: 1000 }] } });
    const facts = { checkId: 'c', occurredAt: story.now(), money: units(100), spend: 0n, discount: units(7) };
    const { sale, discount } = story.carryOut({ kind: 'register_check', mode: 'reported', ...facts });
    expect([sale.money, sale.discount, discount]).toEqual([units(100), units(7), null]);
  });

  test('contradictions are named: an unknown level, a cell for nobody in particular, the same cell twice', () => {
    const cells = [cell('platinum', 'bar', 5), { basisPoints: 100 }, cell('base', 'bar', 3), cell('base', 'bar', 4)];
    const parsed = parseRules({
      id: 'v',
      timeZone: 'Europe/Moscow',
      levels: LEVELS,
      discount: { kind: 'matrix', cells, ladder: 1 },
    });
    expect(parsed.ok ? [] : parsed.problems.map(({ path, code }) => [path, code])).toEqual([
      ['discount.cells[1].level', 'missing'],
      ['discount.cells[0].level', 'unknown_value'],
      ['discount.cells[3].level', 'repeated'],
      ['discount.ladder', 'unknown_field'],
    ]);
  });
});

const NINETY = { clearing: { defaultBasisPoints: 9000 } };

/** An account whose points come from several partners, spent and returned at their venues. */
function coalition(settings: Record<string, unknown> = NINETY) {
  const story = startStory({
    levels: [{ id: 'base', name: 'Base', fromTurnover: 0, rateBasisPoints: 1000 }],
    ...settings,
  });
  const sell = (checkId: string, partner: string | undefined, money: number, spend = 0): SaleRecord => {
    const facts = { checkId, partner, occurredAt: story.now(), total: units(money), spend: units(spend) };
    return story.carryOut({ kind: 'register_check', mode: 'priced', ...facts }).sale;
  };
  const owed = (checkId: string) =>
    claimsOf(story.sales.get(checkId)!, story.rules).map(({ debtor, creditor, amount }) => [debtor, creditor, amount]);
  return { ...story, sell, owed };
}

describe('clearing between partners', () => {
  test('EX-M4: 300.00 of A spent at B at 0.90 makes A owe B 270.00; a third of it returned leaves 180.00', () => {
    const { sell, owed, sales, takeBack, rules } = coalition();
    sell('earned', 'A', 3000);
    sell('spent', 'B', 600, 300);
    expect(owed('spent')).toEqual([['A', 'B', units(270)]]);
    const before = sales.get('spent')!;
    takeBack('spent', { amount: units(100) });
    expect(owed('spent')).toEqual([['A', 'B', units(180)]]);
    const [change] = claimChanges(claimsOf(before, rules), claimsOf(sales.get('spent')!, rules));
    expect(change).toMatchObject({ points: -units(100), amount: -units(90) });
    takeBack('spent');
    expect(owed('spent')).toEqual([]);
  });

  test('EX-M5: 60.00 of A and 40.00 of C spent at B are two claims, 54.00 and 36.00', () => {
    const { sell, owed, on } = coalition();
    sell('a', 'A', 600);
    on('2026-03-02');
    sell('c', 'C', 1000);
    sell('b', 'B', 500, 100);
    expect(owed('b')).toEqual([
      ['A', 'B', units(54)],
      ['C', 'B', units(36)],
    ]);
  });

  test('points spent where they were issued, and points that nobody answers for, make no claim', () => {
    const { sell, owed, refill, on } = coalition();
    sell('a', 'A', 600);
    sell('home', 'A', 600, 60);
    on('2026-03-02');
    expect(owed('home')).toEqual([]);
    refill(20, 5);
    sell('gift', 'B', 1000, 20);
    sell('elsewhere', undefined, 1000, 1);
    expect([owed('gift'), owed('elsewhere')]).toEqual([[], []]);
  });

  test('a partner may answer for gifts, and a pair may have a value of its own', () => {
    const values = [
      { issuer: 'A', redeemer: 'B', basisPoints: 5000 },
      { issuer: 'A', basisPoints: 8000 },
    ];
    const { sell, owed, refill } = coalition({ clearing: { defaultBasisPoints: 9000, values, giftsBy: 'A' } });
    refill(30);
    sell('b', 'B', 100, 10);
    sell('c', 'C', 100, 10);
    expect([owed('b'), owed('c')]).toEqual([[['A', 'B', units(5)]], [['A', 'C', units(8)]]]);
  });

  test('settled at issue: the issuer pays into the pool, and the pool pays whoever takes the points', () => {
    const settings = { clearing: { settle: 'issue', defaultBasisPoints: 9000 } };
    const { sell, owed, takeBack } = coalition(settings);
    sell('a', 'A', 1000);
    expect(owed('a')).toEqual([['A', null, units(90)]]);
    sell('b', 'B', 100, 100);
    expect(owed('b')).toEqual([[null, 'B', units(90)]]);
    takeBack('b');
    takeBack('a', { amount: units(500) });
    expect([owed('a'), owed('b')]).toEqual([[['A', null, units(45)]], []]);
  });

  test('settled at issue: points that are spent and cannot be taken back stay paid for', () => {
    const returnPolicy = { shortage: { kind: 'within_balance' } };
    const { sell, owed, takeBack } = coalition({ clearing: { settle: 'issue' }, returnPolicy });
    sell('a', 'A', 1000);
    sell('b', 'B', 60, 60);
    takeBack('a');
    expect(owed('a')).toEqual([['A', null, units(60)]]);
  });

  test('lots and sales keep their partner in storage, through holds and into grace lots', () => {
    const { sell, sales, on, carryOut, state, now } = coalition({ ...NINETY, expiry: { length: 1 } });
    sell('a', 'A', 1000);
    carryOut({ kind: 'hold', key: 'h', amount: units(50), ttlSeconds: 600 });
    const facts = { checkId: 'b', partner: 'B', occurredAt: now(), total: units(50), spend: units(50) };
    carryOut({ kind: 'capture', key: 'h', mode: 'priced', ...facts });
    const sale = sales.get('b')!;
    expect(sale.uses[0]?.terms.partner).toBe('A');
    expect(saleFromJson(saleToJson(sale))).toEqual(sale);
    on('2026-05-01');
    carryOut({ kind: 'return_check', sale, entriesSinceSale: [] });
    const claims: readonly Claim[] = claimsOf(sale, testRules());
    expect([state().lots.map((lot) => [lot.partner, lot.originLotId]), claims]).toEqual([[['A', 1]], []]);
  });

  test('an agreement that contradicts itself is named', () => {
    const values = [
      { issuer: 'A', redeemer: 'B', basisPoints: 9000 },
      { issuer: 'A', redeemer: 'B', basisPoints: 8000 },
    ];
    const rules = { id: 'v', timeZone: 'Europe/Moscow', levels: LEVELS, clearing: { settle: 'issue', values } };
    const parsed = parseRules(rules);
    expect(parsed.ok ? [] : parsed.problems.map(({ path, code }) => [path, code])).toEqual([
      ['clearing.values[0].redeemer', 'unknown_value'],
      ['clearing.values[1].redeemer', 'unknown_value'],
      ['clearing.values[1].issuer', 'repeated'],
    ]);
  });
});
