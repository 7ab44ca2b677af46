import { expect, test } from 'vitest';
import { formatMeasure } from './measure.ts';

test('an amount of a measure is told in the words of the measure', () => {
  const ru = { lang: 'ru', currency: 'RUB' } as const;
  const en = { lang: 'en', currency: 'EUR' } as const;
  const plain = (text: string) => text.replaceAll(/\s/g, ' ');
  expect(plain(formatMeasure('turnover', 250_000n, ru))).toBe('2 500 ₽');
  expect([1n, 3n, 12n].map((count) => plain(formatMeasure('visits', count, ru)))).toEqual([
    '1 визит',
    '3 визита',
    '12 визитов',
  ]);
  expect(plain(formatMeasure('visits', 1n, en))).toBe('1 visit');
  expect(plain(formatMeasure('points_earned', 4_000n, ru))).toBe('40 баллов');
  expect(plain(formatMeasure('points_balance', 4_000n, en))).toBe('40 points');
});
