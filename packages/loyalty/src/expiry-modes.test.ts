import { describe, expect, test } from 'vitest';
import { parseRules } from './index.ts';
import { startStory, units } from './test-story.ts';

/** When points of a sale of `day` burn under this expiry, as a day of Moscow: the day after the last valid one. */
function burnsOn(expiry: object, day: string, more: Record<string, unknown> = {}): string | null {
  const story = startStory({ expiry, ...more }, day);
  story.sell('c', { total: units(100) });
  const { expiresAtMs } = story.stored().lots[0]!;
  if (expiresAtMs === null) return null;
  return Temporal.Instant.fromEpochMilliseconds(expiresAtMs)
    .toZonedDateTimeISO('Europe/Moscow')
    .toPlainDate()
    .toString();
}

describe('rounding a term up', () => {
  test.each([
    ['day', '2027-02-16'],
    ['month', '2027-03-01'],
    ['quarter', '2027-04-01'],
    ['half_year', '2027-07-01'],
    ['year', '2028-01-01'],
  ])('twelve months from 15 February to the end of the %s burn on %s', (roundUpTo, day) => {
    expect(burnsOn({ length: 12, roundUpTo }, '2026-02-15')).toBe(day);
  });

  test('a term that ends on the last day of a quarter is not moved', () => {
    expect(burnsOn({ unit: 'days', length: 1, roundUpTo: 'quarter' }, '2026-06-29')).toBe('2026-07-01');
    expect(burnsOn({ unit: 'days', length: 2, roundUpTo: 'quarter' }, '2026-06-29')).toBe('2026-10-01');
  });
});

describe('fixed calendar dates', () => {
  const dates = { kind: 'dates', dates: ['12-31', '06-30'] };

  test('the next of the dates is the last valid day, the day of earning included', () => {
    expect(burnsOn(dates, '2026-02-15')).toBe('2026-07-01');
    expect(burnsOn(dates, '2026-06-30')).toBe('2026-07-01');
    expect(burnsOn(dates, '2026-07-01')).toBe('2027-01-01');
  });

  test('a date that would leave too few days is passed over', () => {
    expect(burnsOn({ ...dates, leastDays: 30 }, '2026-05-31')).toBe('2026-07-01');
    expect(burnsOn({ ...dates, leastDays: 30 }, '2026-06-01')).toBe('2027-01-01');
  });

  test('29 February is 28 February in common years', () => {
    expect(burnsOn({ kind: 'dates', dates: ['02-29'] }, '2026-02-15')).toBe('2026-03-01');
    expect(burnsOn({ kind: 'dates', dates: ['02-29'] }, '2027-03-15')).toBe('2028-03-01');
  });

  test('the days count from activation or from earning, as the rules say', () => {
    const late = { activationDelay: { kind: 'days', days: 14 } };
    expect(burnsOn(dates, '2026-06-20', late)).toBe('2027-01-01');
    expect(burnsOn({ ...dates, countFrom: 'earning' }, '2026-06-20', late)).toBe('2026-07-01');
  });

  test('days that no year has are named, and so is their absence', () => {
    const problems = (expiry: object) => {
      const parsed = parseRules({
        id: 'v1',
        timeZone: 'Europe/Moscow',
        levels: [{ id: 'base', name: 'Base', fromTurnover: 0, rateBasisPoints: 500 }],
        expiry,
      });
      return parsed.ok ? [] : parsed.problems.map(({ path, code }) => `${path} ${code}`);
    };
    expect(problems({ kind: 'dates' })).toEqual(['expiry.dates missing']);
    expect(problems({ kind: 'dates', dates: ['02-30'] })).toEqual(['expiry.dates unknown_value']);
    expect(problems({ kind: 'dates', dates: ['13-01'], leastDays: -1 })).toEqual([
      'expiry.dates unknown_value',
      'expiry.leastDays out_of_range',
    ]);
    expect(problems({ kind: 'dates', dates: [] })).toEqual(['expiry.dates out_of_range']);
    expect(problems({ roundUpTo: 'week' })).toEqual(['expiry.roundUpTo unknown_value']);
  });
});

describe('order of lots', () => {
  const taken = (lotOrder: string) => {
    const story = startStory({ lotOrder, expiry: { unit: 'days', length: 5 } });
    story.refill(10, 50);
    story.on('2026-03-02');
    story.sell('earned', { total: units(200) });
    story.on('2026-03-03');
    story.refill(10, 20);
    const { sale } = story.sell('c', { total: units(100) }, units(25));
    expect(story.available()).toBe(units(5) + sale.earned);
    return sale.uses.map(({ terms, amount }) => [terms.id, amount]);
  };

  test.each([
    ['soonest_expiry', [2, 3, 1]],
    ['oldest_earned', [1, 2, 3]],
    ['gifts_first', [3, 1, 2]],
  ])('%s takes lots %j', (lotOrder, ids) => {
    expect(taken(lotOrder)).toEqual([
      [ids[0], units(10)],
      [ids[1], units(10)],
      [ids[2], units(5)],
    ]);
  });

  test('a hold locks in the same order, and a return gives back in the reverse of it', () => {
    const story = startStory({ lotOrder: 'oldest_earned' });
    story.refill(10, 50);
    story.on('2026-03-02');
    story.refill(10, 20);
    story.carryOut({ kind: 'hold', key: 'k', amount: units(15), ttlSeconds: 60 });
    expect([story.left(1), story.left(2)]).toEqual([0n, units(5)]);
    story.carryOut({ kind: 'release', key: 'k' });
    story.sell('c', { total: units(100) }, units(15));
    story.takeBack('c', { amount: units(34) });
    expect([story.left(1), story.left(2)]).toEqual([units(1), units(10)]);
  });
});
