import { describe, expect, test } from 'vitest';
import { quote } from './index.ts';
import { startStory, units } from './test-story.ts';

const levels = [
  { id: 'base', name: 'Base', fromTurnover: 0, rateBasisPoints: 300 },
  { id: 'silver', name: 'Silver', fromTurnover: 1_000_000, rateBasisPoints: 500 },
  { id: 'gold', name: 'Gold', fromTurnover: 3_000_000, rateBasisPoints: 700 },
];
const withTurnover = (levelUpgrade: string, turnover = 9000) => {
  const story = startStory({ levels, levelUpgrade });
  story.sell('before', { total: units(turnover) });
  return story;
};

describe('a check that reaches a level', () => {
  test.each([
    ['next_check', 75],
    ['whole_check', 125],
    ['split_check', 105],
  ])('EX-D1: under %s the check of 2,500.00 after 9,000.00 earns %d.00', (levelUpgrade, earned) => {
    const story = withTurnover(levelUpgrade);
    const promised = quote(story.stored(), { total: units(2500) }, story.rules, story.now());
    const sold = story.sell('c', { total: units(2500) });
    expect([sold.sale.earned, promised.ok && promised.earn]).toEqual([units(earned), units(earned)]);
    expect([sold.levelBefore, sold.levelAfter, story.stored().turnover]).toEqual(['base', 'silver', units(11_500)]);
    expect(story.sell('d', { total: units(100) }).sale.earned).toBe(units(5));
  });

  test('a check over two bounds is split at both; one that ends exactly on a bound is wholly of the level it reaches', () => {
    // 1,000 at 3 %, 20,000 at 5 %, 1,000 at 7 %.
    expect(withTurnover('split_check').sell('c', { total: units(22_000) }).sale.earned).toBe(units(1100));
    expect(withTurnover('split_check').sell('c', { total: units(1000) }).sale.earned).toBe(units(30));
    expect(withTurnover('whole_check').sell('c', { total: units(1000) }).sale.earned).toBe(units(50));
    expect(withTurnover('whole_check').sell('c', { total: units(999.99) }).sale.earned).toBe(2999n);
  });

  test('a return that goes back below the bound takes what the rest would not have earned', () => {
    const lines = [
      { id: 'x', amount: units(500) },
      { id: 'y', amount: units(2000) },
    ];
    for (const [levelUpgrade, first, rest] of [
      ['whole_check', 110, 15],
      ['split_check', 90, 15],
      ['next_check', 60, 15],
    ] as const) {
      const story = withTurnover(levelUpgrade);
      story.sell('c', { lines });
      const back = story.takeBack('c', { lines: [{ id: 'y', quantityThousandths: 1000 }] });
      expect([back.clawedBack, back.levelAfter]).toEqual([units(first), 'base']);
      expect(story.takeBack('c').clawedBack).toBe(units(rest));
    }
  });

  test('a guest who stands higher than his turnover keeps his rate', () => {
    const story = withTurnover('split_check', 10_000);
    const standing = { ...story.stored(), turnover: units(9000) };
    expect(quote(standing, { total: units(2500) }, story.rules, story.now())).toMatchObject({ earn: units(125) });
  });
});
