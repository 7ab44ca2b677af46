import { describe, expect, test } from 'vitest';
import { nextLevelOf } from '../index.ts';
import { moscow, units } from '../test-story.ts';
import { ladderOf, startLadder } from './test-ladder.ts';

describe('a window', () => {
  test('of a calendar year ends with it: what was reached in it holds through the next one', () => {
    const ladder = { window: { kind: 'calendar', period: 'year' }, downgrade: 'period_end' };
    const story = startLadder({ ladder }, '2026-11-10');
    story.buy('one', 10_000);
    for (const [day, level] of [
      ['2026-12-31', 'tier-2'],
      ['2027-12-31', 'tier-2'],
      ['2028-01-01', 'tier-1'],
    ] as const) {
      story.on(day);
      expect(story.level()).toBe(level);
    }
  });

  test.each([
    ['month', '2026-03-01'],
    ['quarter', '2026-04-01'],
    ['half_year', '2026-07-01'],
    ['year', '2027-01-01'],
  ])('of a calendar %s is empty again on %s', (period, day) => {
    const story = startLadder({ ladder: { window: { kind: 'calendar', period }, downgrade: 'at_once' } }, '2026-02-10');
    story.buy('one', 10_000);
    story.on(
      moscow(`${day}T00:00`).subtract({ seconds: 1 }).toZonedDateTimeISO('Europe/Moscow').toPlainDateTime().toString(),
    );
    expect(story.level()).toBe('tier-2');
    story.on(`${day}T00:00`);
    expect([story.level(), story.missing()]).toEqual(['tier-1', units(10_000)]);
  });

  test('of a year of membership runs from the day of joining, also from 29 February', () => {
    const ladder = { window: { kind: 'anniversary' }, downgrade: 'at_once' };
    const story = startLadder({ ladder }, '2024-02-29');
    story.carryOut({ kind: 'join' });
    story.on('2024-06-01');
    story.buy('one', 10_000);
    story.on('2025-02-27T23:59');
    expect(story.level()).toBe('tier-2');
    story.on('2025-02-28T00:00');
    expect(story.level()).toBe('tier-1');
  });
});

describe('a measure', () => {
  const levels = [
    { id: 'new', name: 'New', fromTurnover: 0, rateBasisPoints: 500 },
    { id: 'friend', name: 'Friend', fromTurnover: 3, rateBasisPoints: 1000 },
  ];

  test('of visits counts checks; one that is wholly returned no longer counts', () => {
    const story = startLadder({ levels, ladder: { measure: 'visits' } });
    story.buy('1', 10);
    story.buy('2', 10);
    expect(nextLevelOf(story.state(), story.rules, story.now())).toMatchObject({ measure: 'visits', missing: 1n });
    story.takeBack('2');
    story.buy('3', 10);
    expect(story.level()).toBe('new');
    expect(story.buy('4', 10).levelAfter).toBe('friend');
    story.takeBack('4', { amount: units(5) });
    expect(story.level()).toBe('friend');
    story.takeBack('4');
    expect(story.level()).toBe('new');
  });

  test('of visits may give the level to the very check that reaches it', () => {
    const story = startLadder({ levels, ladder: { measure: 'visits' }, levelUpgrade: 'whole_check' });
    story.buy('1', 10);
    story.buy('2', 10);
    expect(story.buy('3', 10).sale.earned).toBe(units(1));
  });

  test('of points earned counts what checks earned, net of returns, and no gifts', () => {
    const story = startLadder({
      levels: ladderOf(0, 50),
      ladder: { measure: 'points_earned', window: { kind: 'rolling', months: 1 }, downgrade: 'at_once' },
    });
    story.refill(500);
    story.buy('1', 1_000);
    expect([story.level(), story.missing()]).toEqual(['tier-1', units(20)]);
    story.buy('2', 1_000);
    expect(story.level()).toBe('tier-2');
    story.takeBack('1', { amount: units(500) });
    expect(story.level()).toBe('tier-1');
  });

  test('of the balance follows it, held points included, at the instant at which points burn', () => {
    const story = startLadder({
      levels: ladderOf(0, 100),
      ladder: { measure: 'points_balance', downgrade: 'at_once' },
    });
    story.refill(150, 10);
    expect(story.level()).toBe('tier-2');
    story.carryOut({ kind: 'hold', key: 'h', amount: units(100), ttlSeconds: 600 });
    expect(story.level()).toBe('tier-2');
    story.on('2026-01-20T23:59');
    expect(story.level()).toBe('tier-2');
    story.on('2026-01-21T00:00');
    expect(story.level()).toBe('tier-1');
    story.refill(100, null);
    expect(story.level()).toBe('tier-2');
    story.carryOut({ kind: 'deduct', amount: units(1) });
    expect(story.level()).toBe('tier-1');
  });
});
