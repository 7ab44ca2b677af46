import { describe, expect, test } from 'vitest';
import type { SetOwnTerms } from '../index.ts';
import { entryFromJson, entryToJson, quote, replay, stateFromJson, stateToJson } from '../index.ts';
import { moscow, startStory, units } from '../test-story.ts';

const levels = [
  { id: 'base', name: 'Base', fromTurnover: 0, rateBasisPoints: 500 },
  { id: 'gold', name: 'Gold', fromTurnover: 1_000_000, rateBasisPoints: 1000 },
];
const begin = (settings: Record<string, unknown> = {}) => {
  const story = startStory({ levels, ...settings });
  const agree = (terms: Omit<SetOwnTerms, 'kind'>) =>
    story.carryOut({
      kind: 'own_terms',
      rateBasisPoints: undefined,
      discountBasisPoints: undefined,
      expiry: undefined,
      ...terms,
    });
  return { ...story, agree };
};
const days = (length: number) =>
  ({ kind: 'period', unit: 'days', length, roundUpTo: 'day', countFrom: 'activation' }) as const;

describe('terms agreed with one member', () => {
  test('a rate stands in the place of the level and of the size of the check, also when it is lower', () => {
    const checkSize = {
      mode: 'whole_check',
      steps: [{ rateBasisPoints: 300 }, { from: 50_000, rateBasisPoints: 900 }],
    };
    for (const settings of [{}, { levelUpgrade: 'whole_check' }, { earning: { checkSize } }]) {
      const story = begin(settings);
      story.agree({ rateBasisPoints: 200 });
      const basket = { total: units(12_000) };
      const offered = quote(story.state(), basket, story.rules, story.now());
      expect(story.sell('a', basket).sale.earned).toBe(units(240));
      expect(offered).toMatchObject({ earn: units(240) });
      expect(story.state().level).toBe('gold');
    }
  });

  test('rules of earning still have their say over an own rate', () => {
    const rules = [
      { id: 'x', name: 'X', effect: { kind: 'multiply', timesThousandths: 2000 } },
      { id: 'no', name: 'No', items: { items: ['beer'] }, effect: { kind: 'exclude' } },
    ];
    const story = begin({ earning: { rules } });
    story.agree({ rateBasisPoints: 700 });
    const lines = [
      { id: '1', amount: units(100), itemId: 'soup' },
      { id: '2', amount: units(50), itemId: 'beer' },
    ];
    expect(story.sell('a', { lines }).sale.earned).toBe(units(14));
  });

  test('a discount stands in the place of the programme’s, and where the programme gives none', () => {
    for (const settings of [{}, { discount: { levels: [{ level: 'base', basisPoints: 300 }] } }]) {
      const story = begin(settings);
      story.agree({ discountBasisPoints: 1000 });
      const basket = { total: units(100), context: { venue: 'bar' } };
      const sold = story.sell('a', basket);
      expect(sold.discount).toEqual({ basisPoints: 1000, fit: 'own', venueUnknown: false });
      expect(sold.sale).toMatchObject({ money: units(90), discount: units(10) });
      story.agree({ discountBasisPoints: 0 });
      expect(story.sell('b', basket).sale.money).toBe(units(100));
    }
  });

  test('a term is for points from then on: those that the member has keep theirs', () => {
    const story = begin({ expiry: { unit: 'days', length: 30 } });
    story.refill(10);
    story.agree({ expiry: days(5) });
    story.refill(20);
    expect(story.balance().lotsByExpiry).toEqual([
      { amount: units(20), expiresAt: moscow('2026-03-07T00:00') },
      { amount: units(10), expiresAt: moscow('2026-04-01T00:00') },
    ]);
    story.agree({ expiry: null });
    story.refill(1);
    expect(story.balance().lotsByExpiry.at(-1)).toMatchObject({ amount: units(11) });
  });

  test('absent stays, null is the programme’s again, and the same again writes nothing', () => {
    const story = begin();
    expect(story.agree({ rateBasisPoints: 700, discountBasisPoints: 100, expiry: days(5) })).toMatchObject({
      changed: true,
    });
    expect(story.agree({ rateBasisPoints: 700, discountBasisPoints: 100, expiry: days(5) })).toMatchObject({
      changed: false,
    });
    story.agree({ rateBasisPoints: null });
    expect(story.state()).toMatchObject({
      ownRates: { rateBasisPoints: null, discountBasisPoints: 100 },
      ownExpiry: days(5),
    });
    story.agree({ discountBasisPoints: null, expiry: null });
    expect(story.state()).toMatchObject({ ownRates: null, ownExpiry: null });
    expect(story.entries.filter(({ kind }) => kind === 'own_terms')).toHaveLength(3);
    expect(story.entries[0]?.explain).toMatchObject({
      numbers: { rateBasisPoints: 700n, discountBasisPoints: 100n, lifetimeDays: 5n },
      texts: { expiry: 'period' },
    });
    expect(story.entries.at(-1)?.explain.texts).toEqual({ discount: 'programme', expiry: 'programme' });
  });

  test('a return of a sale with thresholds prices what remains by the rate of the sale, whatever was agreed since', () => {
    const story = begin({ earning: { minCheck: 1000 } });
    story.agree({ rateBasisPoints: 1000 });
    story.sell('a', {
      lines: [
        { id: 'x', amount: units(60) },
        { id: 'y', amount: units(40) },
      ],
    });
    story.agree({ rateBasisPoints: 100 });
    expect(story.takeBack('a', { lines: [{ id: 'y', quantityThousandths: 1000 }] }).clawedBack).toBe(units(4));
  });

  test('what is no share is refused', () => {
    const story = begin();
    for (const value of [-1, 10_001, 1.5, Number.NaN]) {
      for (const field of ['rateBasisPoints', 'discountBasisPoints']) {
        expect(story.attempt({ kind: 'own_terms', [field]: value } as never)).toMatchObject({
          refusal: { code: 'value_invalid', params: { field } },
        });
      }
    }
  });

  test('the stored state and the folded entries say the same', () => {
    const story = begin();
    story.agree({ rateBasisPoints: 700, expiry: days(9) });
    story.agree({ rateBasisPoints: null, discountBasisPoints: 250 });
    const entries = story.entries.map((entry) => entryFromJson(JSON.parse(JSON.stringify(entryToJson(entry)))));
    expect(entries).toEqual(story.entries);
    expect(replay(entries)).toEqual(story.stored());
    expect(stateFromJson(JSON.parse(JSON.stringify(stateToJson(story.stored()))))).toEqual(story.stored());
  });
});
