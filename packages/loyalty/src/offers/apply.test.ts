import { describe, expect, test } from 'vitest';
import type { Offer, OfferEffect, OfferTerms } from '../index.ts';
import { applyOffers, NOTHING_USED_YET, parseOfferTerms, plainTerms, programmeDiscount } from '../index.ts';
import { moscow, testRules, units } from '../test-story.ts';
import { AT, line, offerOf, stacking } from './test-offers.ts';

const rules = testRules();
const percent = (basisPoints: number): OfferEffect => ({ kind: 'percent', basisPoints });
const coffee = { items: ['coffee'], groups: [] };

function applied(lines: Parameters<typeof applyOffers>[0], ...offers: Offer[]) {
  const result = applyOffers(lines, offers, AT, rules);
  return {
    left: result.lines.map((one) => one.amount),
    discount: result.discount,
    used: result.used.map(({ offer }) => offer.id),
    unused: Object.fromEntries(result.unused.map(({ offer, reason }) => [offer.id, reason])),
  };
}

describe('what an offer takes off a check', () => {
  test('EX-C5: a percent with a maximum discount of 200.00 on 5,000.00 × 10 % → 200.00', () => {
    const offer = offerOf('ten', percent(1000), { maxDiscount: units(200) });
    expect(applied([line('a', 3000), line('b', 2000)], offer)).toMatchObject({
      discount: units(200),
      left: [units(2880), units(1920)],
    });
  });

  test('EX-C6: a 100 % coupon on odd prices leaves exactly 0.00', () => {
    const lines = [line('a', 333.33), line('b', 0.01), line('c', 99.99)];
    expect(applied(lines, offerOf('all', percent(10_000))).left).toEqual([0n, 0n, 0n]);
  });

  test('a percent is rounded down once for the check and shared by largest remainder', () => {
    const lines = [line('a', 333.33), line('b', 333.33), line('c', 333.33)];
    // 99.999 → 99.99
    const { discount, left } = applied(lines, offerOf('ten', percent(1000)));
    expect(discount).toBe(units(99.99));
    expect(left).toEqual([units(300), units(300), units(300)]);
  });

  test('an amount never takes more than its goods cost', () => {
    const lines = [line('a', 50, { itemId: 'coffee' }), line('b', 500)];
    const offer = offerOf('hundred', { kind: 'amount', amount: units(100) }, { items: coffee });
    expect(applied(lines, offer).left).toEqual([0n, units(500)]);
  });

  test('a fixed price holds for each piece and for its part by weight, and never makes dearer', () => {
    const lines = [
      line('two', 300, { itemId: 'coffee', quantityThousandths: 2000 }),
      line('half', 70, { itemId: 'coffee', quantityThousandths: 500 }),
      line('cheap', 90, { itemId: 'coffee' }),
    ];
    const offer = offerOf('price', { kind: 'fixed_price', price: units(99) }, { items: coffee });
    expect(applied(lines, offer).left).toEqual([units(198), units(49.5), units(90)]);
  });

  test('free pieces are the cheapest ones, also out of a line of several', () => {
    const lines = [
      line('large', 400, { itemId: 'coffee', quantityThousandths: 2000 }),
      line('small', 150, { itemId: 'coffee' }),
    ];
    const two = offerOf('gift', { kind: 'free_item', pieces: 2 }, { items: coffee });
    expect(applied(lines, two).left).toEqual([units(200), 0n]);
  });

  test('of every three pieces the cheapest is half price', () => {
    const lines = [
      line('a', 600, { itemId: 'coffee', quantityThousandths: 6000 }),
      line('b', 80, { itemId: 'coffee' }),
    ];
    const third = offerOf('third', { kind: 'nth_item', every: 3, basisPoints: 5000 }, { items: coffee });
    // Seven pieces are two times three: the piece of 80.00 and one of 100.00, half off.
    expect(applied(lines, third)).toMatchObject({ discount: units(90), left: [units(550), units(40)] });
  });

  test('a bundle takes the dearest goods that fit, as often as they are there', () => {
    const lines = [
      line('pizza', 1400, { groups: ['pizza'], quantityThousandths: 2000 }),
      line('cola', 300, { itemId: 'cola', quantityThousandths: 3000 }),
    ];
    const parts = [
      { items: { items: [], groups: ['pizza'] }, pieces: 1 },
      { items: { items: ['cola'], groups: [] }, pieces: 1 },
    ];
    const lunch = offerOf('lunch', { kind: 'bundle', parts, price: units(600) });
    // Two bundles of 800.00 for 600.00 each; the third cola stands alone.
    expect(applied(lines, lunch)).toMatchObject({ discount: units(400) });
    const dear = offerOf('dear', { kind: 'bundle', parts, price: units(900) });
    expect(applied(lines, dear)).toMatchObject({ discount: 0n, unused: { dear: 'nothing_left' } });
  });

  test('goods named as an exception are never touched', () => {
    const lines = [line('a', 100), line('beer', 100, { groups: ['alcohol'] })];
    const offer = offerOf('half', percent(5000), { except: { items: [], groups: ['alcohol'] } });
    expect(applied(lines, offer).left).toEqual([units(50), units(100)]);
  });

  test('a budget that is nearly used gives what is left of it', () => {
    const limits = { ...plainTerms(percent(1)).limits, budget: units(100) };
    const usage = { ...NOTHING_USED_YET, discounted: units(80) };
    expect(applied([line('a', 500)], offerOf('ten', percent(1000), { limits }, { usage })).discount).toBe(units(20));
    const spent = { ...usage, discounted: units(100) };
    const none = applied([line('a', 500)], offerOf('ten', percent(1000), { limits }, { usage: spent }));
    expect(none).toMatchObject({ discount: 0n, unused: { ten: 'budget_spent' } });
  });
});

describe('offers together', () => {
  test('goods come before the whole check, each on what is left', () => {
    const lines = [line('a', 200, { itemId: 'coffee' }), line('b', 800)];
    const whole = offerOf('whole', percent(1000));
    const goods = offerOf('goods', percent(5000), { items: coffee });
    expect(applied(lines, whole, goods)).toMatchObject({ used: ['goods', 'whole'], left: [units(90), units(720)] });
  });

  test('the owner’s order decides; of equal ones the percent comes before the amount', () => {
    const [ten, hundred] = [offerOf('ten', percent(1000)), offerOf('100', { kind: 'amount', amount: units(100) })];
    expect(applied([line('a', 1000)], hundred, ten).left).toEqual([units(800)]);
    const first = offerOf('100', { kind: 'amount', amount: units(100) }, stacking({ order: -1 }));
    expect(applied([line('a', 1000)], ten, first).left).toEqual([units(810)]);
  });

  test('an exclusive offer goes alone: what is worth more to the guest wins', () => {
    const ten = offerOf('ten', percent(1000));
    const five = offerOf('five', percent(500));
    const twelve = offerOf('twelve', percent(1200), stacking({ category: 'exclusive' }));
    const twenty = offerOf('twenty', percent(2000), stacking({ category: 'exclusive' }));
    expect(applied([line('a', 1000)], ten, five, twelve)).toMatchObject({
      used: ['ten', 'five'],
      unused: { twelve: 'not_combinable' },
    });
    expect(applied([line('a', 1000)], ten, five, twelve, twenty)).toMatchObject({
      used: ['twenty'],
      unused: { ten: 'not_combinable', five: 'not_combinable', twelve: 'not_combinable' },
    });
  });

  test('or the one of highest priority, where the programme says so', () => {
    const byPriority = testRules({ offers: { conflicts: 'priority' } });
    const twenty = offerOf('twenty', percent(2000), stacking({ category: 'exclusive' }));
    const ten = offerOf('ten', percent(1000), stacking({ priority: 5 }));
    const result = applyOffers([line('a', 1000)], [twenty, ten], AT, byPriority);
    expect(result.used.map(({ offer }) => offer.id)).toEqual(['ten']);
  });

  test('what goes with anything goes with an exclusive offer too', () => {
    const always = offerOf('always', percent(100), stacking({ category: 'always' }));
    const twenty = offerOf('twenty', percent(2000), stacking({ category: 'exclusive' }));
    expect(applied([line('a', 1000)], always, twenty).used).toEqual(['always', 'twenty']);
  });

  test('a gift that was asked for is not traded away for an automatic discount', () => {
    const gift = offerOf('gift', { kind: 'free_item', pieces: 1 }, stacking({ category: 'exclusive' }));
    const level = { ...programmeDiscount(1000), named: false };
    expect(applied([line('a', 1000)], gift, level)).toMatchObject({
      used: ['gift'],
      unused: { programme: 'not_combinable' },
    });
  });

  test('one check takes as many coupons of a kind as its terms say', () => {
    const limits = { ...plainTerms(percent(1)).limits, perCheck: 2 };
    const three = ['a', 'b', 'c'].map((id) => offerOf(id, percent(1000), { limits }, { kindId: 'kind' }));
    expect(applied([line('x', 100)], ...three)).toMatchObject({ used: ['a', 'b'], unused: { c: 'per_check' } });
  });

  test('a discount of the programme is one more common offer', () => {
    expect(applied([line('a', 1234.5)], programmeDiscount(700)).discount).toBe(units(86.41));
  });

  test('spending points beside an offer that forbids it leaves the offer unused, and the other way round', () => {
    const alone = offerOf('alone', percent(1000), stacking({ withPoints: false }));
    const spending = applyOffers([line('a', 100)], [alone], { ...AT, spend: 1n }, rules);
    expect(spending.unused[0]?.reason).toBe('not_with_points');
    expect(applyOffers([line('a', 100)], [alone], AT, rules).withPoints).toBe(false);
  });
});

describe('why an offer does not hold', () => {
  const condition = (some: Partial<OfferTerms['condition']>): Partial<OfferTerms> => ({
    condition: { ...plainTerms(percent(1)).condition, ...some },
  });
  const ms = (day: string) => moscow(day).epochMilliseconds;
  test.each([
    ['not_yet_valid', condition({ fromMs: ms('2026-04-01') }), {}],
    ['expired', condition({ untilMs: ms('2026-03-02') }), {}],
    ['weekday', condition({ weekdays: [5] }), {}],
    ['hour', condition({ hours: { from: '18:00', to: '22:00' } }), {}],
    ['venue', condition({ venues: ['bar'] }), { venue: 'cafe' }],
    ['channel', condition({ channels: ['web'] }), {}],
    ['segment', condition({ segments: ['vip'] }), { segments: ['new'] }],
    ['level', condition({ levels: ['gold'] }), { level: 'base' }],
    ['new_guests_only', condition({ newGuestsOnly: true }), {}],
    ['minimum_check', condition({ minCheck: units(100.01) }), {}],
    ['no_goods', { items: coffee }, {}],
  ] as const)('%s', (reason, terms, context) => {
    const result = applyOffers([line('a', 100)], [offerOf('x', percent(1000), terms)], { ...AT, ...context }, rules);
    expect(result.unused.map((one) => one.reason)).toEqual([reason]);
    expect(result.discount).toBe(0n);
  });

  test('the minimum is inclusive, and what is missing to it is told', () => {
    const offer = offerOf('x', percent(1000), condition({ minCheck: units(100) }));
    expect(applied([line('a', 100)], offer).used).toEqual(['x']);
    expect(applyOffers([line('a', 99.99)], [offer], AT, rules).unused[0]?.missing).toBe(1n);
  });

  test('a coupon’s own life ends half-open', () => {
    const ends = (expiresAtMs: number) => offerOf('x', percent(1000), {}, { expiresAtMs });
    expect(applied([line('a', 100)], ends(AT.at)).unused).toEqual({ x: 'expired' });
    expect(applied([line('a', 100)], ends(AT.at + 1)).used).toEqual(['x']);
  });

  test('what is wrong with terms is named', () => {
    const parsed = parseOfferTerms({
      effect: { kind: 'nth_item', every: 1 },
      condition: { weekdays: ['someday'] },
      x: 1,
    });
    expect(parsed.ok ? [] : parsed.problems.map(({ path, code }) => `${path} ${code}`)).toEqual([
      'effect.every out_of_range',
      'condition.weekdays unknown_value',
      'items missing',
      'x unknown_field',
    ]);
  });
});
