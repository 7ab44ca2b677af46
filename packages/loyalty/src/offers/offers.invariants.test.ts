import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sumOf } from '../amounts.ts';
import type { CheckLine, OfferEffect, OfferTerms } from '../index.ts';
import { applyOffers, decide, isWhollyReturned, newAccountState, plainTerms, quote } from '../index.ts';
import { expectSaleSound } from '../test-checks.ts';
import { START } from '../test-histories.ts';
import { testRules } from '../test-story.ts';
import { offerOf } from './test-offers.ts';

const RUNS = { numRuns: 200 };
const goods = fc.constantFrom({ items: ['beer'], groups: [] }, { items: [], groups: ['bar'] });
const amount = fc.integer({ min: 1, max: 60_000 }).map(BigInt);
const basisPoints = fc.integer({ min: 1, max: 10_000 });
const pieces = fc.integer({ min: 1, max: 4 });
const effect: fc.Arbitrary<OfferEffect> = fc.oneof(
  basisPoints.map((one) => ({ kind: 'percent' as const, basisPoints: one })),
  amount.map((one) => ({ kind: 'amount' as const, amount: one })),
  amount.map((price) => ({ kind: 'fixed_price' as const, price })),
  pieces.map((one) => ({ kind: 'free_item' as const, pieces: one })),
  fc.tuple(pieces, basisPoints).map(([n, one]) => ({ kind: 'nth_item' as const, every: n + 1, basisPoints: one })),
  fc
    .tuple(fc.array(fc.record({ items: goods, pieces }), { minLength: 1, maxLength: 2 }), amount)
    .map(([parts, price]) => ({ kind: 'bundle' as const, parts, price })),
  amount.map((points) => ({ kind: 'points' as const, points, lifetimeDays: null })),
);
const offers = fc
  .array(
    fc.record({
      effect,
      items: fc.option(goods),
      maxDiscount: fc.option(amount),
      category: fc.constantFrom('common' as const, 'exclusive' as const, 'always' as const),
      order: fc.integer({ min: -1, max: 1 }),
      minCheck: fc.constantFrom(0n, 50_000n),
      recheck: fc.boolean(),
    }),
    { maxLength: 5 },
  )
  .map((list) =>
    list.map(({ effect: one, items, maxDiscount, category, order, minCheck, recheck }, index) => {
      const terms: Partial<OfferTerms> = {
        items,
        maxDiscount,
        stacking: { category, order, priority: 0, withPoints: true },
        condition: { ...plainTerms(one).condition, minCheck },
        returns: { reissueDays: 7, recheck },
      };
      return offerOf(`offer-${index}`, one, terms);
    }),
  );
const lines = fc
  .array(
    fc.record({
      amount: fc.integer({ min: 0, max: 100_000 }).map(BigInt),
      quantityThousandths: fc.constantFrom(1000, 3000, 7000, 1375),
      itemId: fc.constantFrom('beer', undefined),
      groups: fc.constantFrom(['bar'], ['kitchen'], undefined),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((list) => list.map((one, index): CheckLine => ({ id: `line-${index}`, ...one })));
const rules = testRules();
const context = { at: START.epochMilliseconds };

describe('whatever offers come together', () => {
  test('invariant 6: discounts add up exactly over lines and offers, and no line falls below zero', () => {
    fc.assert(
      fc.property(lines, offers, (check, some) => {
        const applied = applyOffers(check, some, context, rules);
        for (const [index, one] of applied.lines.entries()) {
          const off = sumOf(applied.used, ({ byLine }) => byLine[index]!);
          expect(one.amount >= 0n && one.amount === check[index]!.amount - off).toBe(true);
        }
        for (const { offer, discount, byLine } of applied.used) {
          expect(byLine.every((part) => part >= 0n)).toBe(true);
          expect(sumOf(byLine, (part) => part)).toBe(discount);
          expect(offer.terms.maxDiscount === null || discount <= offer.terms.maxDiscount).toBe(true);
        }
        expect(applied.used.length + applied.unused.length).toBe(some.length);
      }),
      RUNS,
    );
  });

  test('a quote says what the sale does, with a discount of the caller and on whatever base points are earned (invariant 12)', () => {
    const base = fc.constantFrom('money' as const, 'gross' as const);
    fc.assert(
      fc.property(lines, offers, base, fc.integer({ min: 0, max: 50_000 }), (check, some, earned, off) => {
        const own = testRules({ earning: { base: earned } });
        const discount = BigInt(off);
        const applied = applyOffers(check, some, context, own);
        const quoted = quote(newAccountState(), { lines: applied.lines, applied, discount }, own, START);
        const command = {
          kind: 'register_check',
          mode: 'priced',
          checkId: 'x',
          occurredAt: START,
          lines: applied.lines,
          discount: discount + applied.discount,
          spend: 0n,
          offers: { applied, certificate: null },
        } as const;
        const sold = decide(newAccountState(), command, own, START);
        // A quote of a check with nothing on it says so with zeros.
        if (!sold.ok || !quoted.ok)
          return expect([quoted.ok, sold.ok ? '' : sold.refusal.code]).toContain('check_empty');
        const { sale } = sold.outcome;
        const paid = ({ money, earned: points }: { money: bigint; earned: bigint }) => [money, points];
        expect([quoted.money, quoted.earn, quoted.lines.map(paid)]).toEqual([
          sale.money,
          sale.earned,
          sale.lines.map(paid),
        ]);
      }),
      RUNS,
    );
  });

  test('no set that was not chosen is worth more, and an exclusive offer is never beside a common one', () => {
    fc.assert(
      fc.property(lines, offers, (check, asked) => {
        // A gift that was asked for is worth more than money can say; here nothing was asked for.
        const some = asked.map((offer) => ({ ...offer, named: false }));
        const applied = applyOffers(check, some, context, rules);
        const worth = (one: typeof applied): bigint => one.discount + sumOf(one.used, ({ points }) => points);
        for (const offer of some) {
          const others = some.filter((one) => one !== offer);
          expect(worth(applyOffers(check, [offer], context, rules)) <= worth(applied)).toBe(true);
          expect(worth(applyOffers(check, others, context, rules)) <= worth(applied)).toBe(true);
        }
        const kinds = applied.used.map(({ offer }) => offer.terms.stacking.category);
        const exclusives = kinds.filter((kind) => kind === 'exclusive').length;
        expect(exclusives === 0 || (exclusives === 1 && !kinds.includes('common'))).toBe(true);
      }),
      RUNS,
    );
  });

  test('returns in any order and pieces give back exactly what every tender paid, and every coupon once', () => {
    const piece = fc.record({ line: fc.nat(4), percent: fc.integer({ min: 1, max: 100 }), byMoney: fc.boolean() });
    fc.assert(
      fc.property(lines, offers, fc.nat(100), fc.array(piece, { maxLength: 8 }), (check, some, percent, parts) => {
        const applied = applyOffers(check, some, context, rules);
        const due = sumOf(applied.lines, (one) => one.amount);
        const certificate = (due * BigInt(percent)) / 100n;
        const command = {
          kind: 'register_check',
          mode: 'priced',
          checkId: 'x',
          occurredAt: START,
          lines: applied.lines,
          discount: applied.discount,
          spend: 0n,
          offers: { applied, certificate: certificate === 0n ? null : { id: 'card', amount: certificate } },
        } as const;
        const sold = decide(newAccountState(), command, rules, START);
        if (!sold.ok) {
          expect(sold.refusal.code).toBe('check_empty');
          return;
        }
        let { state } = sold;
        let { sale } = sold.outcome;
        const entries = [...sold.entries];
        const back = { money: 0n, certificate: 0n, reissued: [] as string[] };
        const takeBack = (what: object): void => {
          const now = START.add({ hours: 1 });
          const returned = decide(
            state,
            { kind: 'return_check', sale, entriesSinceSale: entries, ...what },
            rules,
            now,
          );
          if (!returned.ok) return;
          ({ state } = returned);
          entries.push(...returned.entries);
          ({ sale } = returned.outcome);
          const { offers: undone, refund } = returned.outcome;
          back.money += undone === null ? refund : undone.money;
          back.certificate += undone?.certificate?.amount ?? 0n;
          back.reissued.push(...(undone?.reissued ?? []));
          expect(refund >= 0n).toBe(true);
          if (undone !== null) expect(undone.money + (undone.certificate?.amount ?? 0n)).toBe(refund);
          expectSaleSound(sale, rules);
        };
        for (const { line: at, percent: share, byMoney } of parts) {
          const one = sale.lines[at % sale.lines.length]!;
          const money = (one.money * BigInt(share)) / 100n;
          const quantityThousandths = Math.max(1, Math.floor((one.quantityThousandths * share) / 100));
          takeBack({ lines: [byMoney ? { id: one.id, amount: money } : { id: one.id, quantityThousandths }] });
        }
        if (!isWhollyReturned(sale)) takeBack({});
        expect(back.money + back.certificate).toBe(due);
        expect(back.certificate).toBe(certificate);
        expect([...back.reissued].sort()).toEqual(applied.used.map(({ offer }) => offer.id).sort());
        expect([state.available, state.debt, state.totals.issued]).toEqual([0n, 0n, 0n]);
      }),
      RUNS,
    );
  });
});
