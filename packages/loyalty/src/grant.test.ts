import { describe, expect, test } from 'vitest';
import { startStory, units } from './test-story.ts';

describe('points given and taken by hand', () => {
  test('a refill has a lot and a term of its own, last day inclusive', () => {
    const story = startStory();
    story.refill(100, 10);
    story.on('2026-03-11T23:59');
    expect(story.available()).toBe(units(100));
    story.on('2026-03-12T00:00');
    expect(story.available()).toBe(0n);
  });

  test('without a term of its own a refill has the term of the programme, and `null` never burns', () => {
    const story = startStory({ expiry: { length: 1 } });
    story.refill(100);
    story.refill(7, null);
    const expiries = story.balance().lotsByExpiry.map((lot) => lot.expiresAt?.toString() ?? null);
    expect(expiries).toEqual(['2026-04-01T21:00:00Z', null]);
  });

  test('a refill is usable at once although earned points wait', () => {
    const story = startStory({ activationDelay: { kind: 'days', days: 14 } });
    story.refill(100);
    expect(story.available()).toBe(units(100));
  });

  test('a refill settles a debt first', () => {
    const story = startStory();
    story.carryOut({ kind: 'deduct', amount: units(30), allowDebt: true });
    story.refill(100);
    expect(story.balance()).toMatchObject({ available: units(70), debt: 0n });
    expect(story.entries.map(({ kind }) => kind)).toEqual(['deduct', 'refill', 'settle_debt']);
  });

  test('more than the balance is taken only when a debt is asked for', () => {
    const story = startStory();
    story.refill(20);
    expect(story.refused({ kind: 'deduct', amount: units(30) })).toMatchObject({
      code: 'insufficient_points',
      params: { missing: units(10) },
    });
    story.carryOut({ kind: 'deduct', amount: units(30), allowDebt: true });
    expect(story.balance()).toMatchObject({ available: 0n, debt: units(10) });
  });

  test('nothing, less than nothing and a term of no days are refused', () => {
    const story = startStory();
    const codes = [
      { kind: 'refill', amount: 0n } as const,
      { kind: 'refill', amount: -1n } as const,
      { kind: 'refill', amount: 10n ** 12n + 1n } as const,
      { kind: 'refill', amount: 1n, lifetimeDays: 0 } as const,
      { kind: 'deduct', amount: 0n } as const,
    ].map((command) => story.refused(command)?.code);
    expect(codes).toEqual(['amount_invalid', 'amount_invalid', 'amount_invalid', 'value_invalid', 'amount_invalid']);
  });
});

describe('the welcome bonus', () => {
  test('is given once, with its own term', () => {
    const story = startStory({ welcome: { amount: 20000, lifetimeDays: 30 } });
    expect(story.carryOut({ kind: 'welcome' })).toMatchObject({ kind: 'grant', amount: units(200) });
    expect(story.refused({ kind: 'welcome' })?.code).toBe('welcome_already_given');
    story.on('2026-04-01');
    expect(story.available()).toBe(0n);
    expect(story.refused({ kind: 'welcome' })?.code).toBe('welcome_already_given');
  });

  test('is refused where the rules know none', () => {
    expect(startStory().refused({ kind: 'welcome' })?.code).toBe('welcome_not_set');
  });
});
