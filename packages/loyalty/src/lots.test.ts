import { describe, expect, test } from 'vitest';
import { decide, nextDueAt, replay, stateAt } from './index.ts';
import { compareLots } from './lots.ts';
import { moscow, startStory, testRules, units } from './test-story.ts';

const MINUTE = { minutes: 1 };

describe('order of consumption', () => {
  test('EX-L1: the soonest to expire goes first, never-expiring points last', () => {
    const story = startStory();
    story.refill(40, null);
    story.refill(100, 121);
    story.refill(60, 30);
    const { sale } = story.sell('c', { total: units(500) }, units(120));
    expect(sale.uses.map(({ terms, amount }) => [terms.id, amount])).toEqual([
      [3, units(60)],
      [2, units(60)],
    ]);
    expect([story.left(3), story.left(2), story.left(1)]).toEqual([0n, units(40), units(40)]);
  });

  test('EX-L2: a lot added later but expiring earlier is consumed first', () => {
    const story = startStory();
    story.refill(50, 100);
    story.refill(50, 10);
    story.sell('c', { total: units(500) }, units(20));
    expect([story.left(1), story.left(2)]).toEqual([units(50), units(30)]);
  });

  test('equal expiry falls back to the earlier activation, then to the lower id', () => {
    const lot = (id: number, activatesAtMs: number, expiresAtMs: number | null) => ({
      id,
      activatesAtMs,
      expiresAtMs,
      original: 1n,
      reason: 'manual' as const,
      openedBy: id,
      checkId: null,
      originLotId: null,
    });
    const lots = [lot(4, 5, null), lot(3, 5, null), lot(2, 4, null), lot(1, 9, 100)];
    expect(lots.sort(compareLots).map(({ id }) => id)).toEqual([1, 2, 3, 4]);
  });
});

describe('expiry', () => {
  test('EX-L4: a shorter term touches only the lots created afterwards', () => {
    const story = startStory();
    story.sell('c1', { total: units(1000) });
    const shorter = testRules({ id: 'rules-2', expiry: { kind: 'period', unit: 'months', length: 6 } });
    const later = decide(
      story.stored(),
      {
        kind: 'register_check',
        mode: 'priced',
        checkId: 'c2',
        occurredAt: story.now(),
        spend: 0n,
        total: units(1000),
      },
      shorter,
      story.now(),
    );
    expect(later.ok && stateAt(later.state, shorter, moscow('2026-09-03')).state.available).toBe(units(50));
    expect(later.ok && stateAt(later.state, shorter, moscow('2027-03-01')).state.available).toBe(units(50));
    expect(later.ok && stateAt(later.state, shorter, moscow('2027-03-02')).state.available).toBe(0n);
  });

  test('EX-L5: a lot expires whatever its reason says', () => {
    const story = startStory();
    for (const reason of ['manual', 'goodwill', 'import', 'birthday'] as const) {
      story.carryOut({ kind: 'refill', amount: 100n, lifetimeDays: 5, reason });
    }
    expect(story.available()).toBe(400n);
    story.on('2026-03-07');
    expect(story.available()).toBe(0n);
    expect(story.state().totals.expired).toBe(400n);
  });

  test('EX-T10: a lot cannot be spent at exactly its expiry, but can at exactly its activation', () => {
    const story = startStory({ activationDelay: { kind: 'hours', hours: 1 }, expiry: { unit: 'days', length: 1 } });
    story.sell('c', { total: units(100) });
    const activatesAt = story.now().add({ hours: 1 });
    const before = activatesAt.subtract({ milliseconds: 1 });
    expect(stateAt(story.stored(), story.rules, before).state.available).toBe(0n);
    expect(stateAt(story.stored(), story.rules, activatesAt).state.available).toBe(500n);
    const expiresAt = Temporal.Instant.from('2026-03-02T21:00Z');
    expect(stateAt(story.stored(), story.rules, expiresAt.subtract(MINUTE)).state.available).toBe(500n);
    expect(stateAt(story.stored(), story.rules, expiresAt).state.available).toBe(0n);
  });

  test('the next due instant is first the activation, then the expiry, then nothing', () => {
    const story = startStory({ activationDelay: { kind: 'days', days: 14 }, expiry: { length: 1 } });
    story.sell('c', { total: units(100) });
    expect(nextDueAt(story.stored(), story.rules)?.toString()).toBe('2026-03-14T21:00:00Z');
    story.on('2026-03-20');
    expect(nextDueAt(story.state(), story.rules)?.toString()).toBe('2026-04-15T21:00:00Z');
    story.on('2026-05-01');
    expect(nextDueAt(story.state(), story.rules)).toBeNull();
  });

  test('a late sale may be born expired: its points burn at once and settle no debt', () => {
    const story = startStory({ expiry: { unit: 'days', length: 10 } });
    story.carryOut({ kind: 'deduct', amount: units(5), allowDebt: true });
    story.on('2026-03-20');
    story.carryOut({
      kind: 'register_check',
      mode: 'reported',
      checkId: 'late',
      occurredAt: moscow('2026-03-02'),
      money: units(1000),
      spend: 0n,
    });
    const { available, debt, totals } = story.stored();
    expect([available, debt, totals.expired]).toEqual([0n, units(5), units(50)]);
  });

  test('a debt is settled by points that ripened and burned while nobody looked', () => {
    const story = startStory({ activationDelay: { kind: 'days', days: 2 }, expiry: { unit: 'days', length: 3 } });
    story.sell('c', { total: units(1000) });
    story.carryOut({ kind: 'deduct', amount: units(20), allowDebt: true });
    story.on('2026-06-01');
    const { state, entries } = stateAt(story.stored(), story.rules, story.now());
    expect(entries.map(({ kind }) => kind)).toEqual(['activate', 'settle_debt', 'expire']);
    expect([state.debt, state.available, state.totals.expired]).toEqual([0n, 0n, units(30)]);
    expect(replay([...story.entries, ...entries])).toEqual(state);
  });
});

describe('pending', () => {
  test('EX-P1: fourteen days from 1 March are active from 15 March 00:00, the term counts from there', () => {
    const story = startStory({ activationDelay: { kind: 'days', days: 14 }, expiry: { length: 1 } });
    story.sell('c', { total: units(1000) });
    story.on('2026-03-14T23:59');
    expect(story.balance()).toMatchObject({ available: 0n, pending: units(50), lotsByExpiry: [] });
    story.on('2026-03-15T00:00');
    expect(story.balance()).toMatchObject({ available: units(50), pending: 0n });
    story.on('2026-04-15T23:59');
    expect(story.available()).toBe(units(50));
    story.on('2026-04-16T00:00');
    expect(story.available()).toBe(0n);
  });

  test('EX-P2: a return before activation cancels the pending points and leaves no debt', () => {
    const story = startStory({ activationDelay: { kind: 'days', days: 14 } });
    story.sell('c', { total: units(1000) });
    story.on('2026-03-03');
    const { clawback } = story.takeBack('c');
    expect(clawback).toMatchObject({ pending: units(50), ownLot: 0n, otherLots: 0n, debt: 0n });
    const { pending, debt, totals, lots } = story.stored();
    expect([pending, debt, totals.issued, lots.length]).toEqual([0n, 0n, 0n, 0]);
  });

  test('pending points cannot be spent', () => {
    const story = startStory({ activationDelay: { kind: 'days', days: 14 } });
    story.sell('c', { total: units(1000) });
    const spend = { kind: 'register_check', mode: 'reported', checkId: 'd', money: 0n, spend: units(10) } as const;
    expect(story.refused({ ...spend, occurredAt: story.now() })).toEqual({
      code: 'insufficient_points',
      params: { available: 0n, wanted: units(10), missing: units(10) },
    });
  });
});
