import { describe, expect, test } from 'vitest';
import { balanceOf, decide, newAccountState, nextDueAt, quote, stateAt, stateFromJson, stateToJson } from './index.ts';
import { moscow, startStory, units } from './test-story.ts';

const MINUTES_15 = 15 * 60;

/** EX-H1 begins with 30.00 until 10 March and 100.00 until 30 June. */
function storyWithHold(amount = 80) {
  const story = startStory();
  story.refill(30, 9);
  story.refill(100, 121);
  story.carryOut({ kind: 'hold', key: 'order', amount: units(amount), ttlSeconds: MINUTES_15 });
  return story;
}
type Story = ReturnType<typeof storyWithHold>;

const capture = (story: Story, spend: number, money = 900, key = 'order') =>
  ({
    kind: 'capture',
    key,
    mode: 'reported',
    checkId: `check-${key}`,
    occurredAt: story.now(),
    money: units(money),
    spend: units(spend),
  }) as const;

describe('a hold', () => {
  test('that is over, on a blocked account: quote and sale give the same reason (invariant 12)', () => {
    const story = storyWithHold();
    story.carryOut({ kind: 'release', key: 'order' });
    story.carryOut({ kind: 'block' });
    const basket = { total: units(100), spend: units(10), holdKey: 'order' };
    const quoted = quote(story.state(), basket, story.rules, story.now());
    const sold = decide(story.state(), capture(story, 10), story.rules, story.now());
    expect(quoted).toMatchObject({ ok: false, refusal: { code: 'account_blocked' } });
    expect(sold).toMatchObject({ ok: false, refusal: { code: 'account_blocked' } });
  });

  test('EX-H1: locks concrete lots, the capture uses them in order, the rest goes back to its lot', () => {
    const story = storyWithHold();
    expect(story.balance()).toMatchObject({ available: units(50), held: units(80) });
    expect([story.left(1), story.left(2)]).toEqual([0n, units(50)]);
    const { sale } = story.carryOut(capture(story, 60, 0));
    expect(sale.uses.map(({ terms, amount }) => [terms.id, amount])).toEqual([
      [1, units(30)],
      [2, units(30)],
    ]);
    expect(story.balance()).toMatchObject({ available: units(70), held: 0n });
    expect([story.left(1), story.left(2)]).toEqual([0n, units(70)]);
  });

  test('EX-H2: what is held cannot be asked for a second time', () => {
    const story = storyWithHold();
    const second = { kind: 'hold', key: 'other', amount: units(60), ttlSeconds: MINUTES_15 } as const;
    const expected = { code: 'insufficient_points', params: { available: units(50), missing: units(10) } };
    expect(story.refused(second)).toMatchObject(expected);
    const { kind: _kind, key: _key, ...check } = capture(story, 60);
    expect(story.refused({ kind: 'register_check', ...check })).toMatchObject(expected);
    expect(story.refused({ kind: 'deduct', amount: units(60) })).toMatchObject(expected);
  });

  test('EX-H3: a time-out gives everything back, lots and expiries as they were', () => {
    const story = storyWithHold();
    story.on('2026-03-01T12:14');
    expect(story.balance().held).toBe(units(80));
    story.on('2026-03-01T12:15');
    const { state, entries } = stateAt(story.stored(), story.rules, story.now());
    expect(entries.map(({ kind, occurredAt }) => [kind, occurredAt.toString()])).toEqual([
      ['release', '2026-03-01T09:15:00Z'],
    ]);
    expect(balanceOf(state)).toEqual({
      available: units(130),
      pending: 0n,
      held: 0n,
      debt: 0n,
      lotsByExpiry: [
        { expiresAt: Temporal.Instant.from('2026-03-10T21:00Z'), amount: units(30) },
        { expiresAt: Temporal.Instant.from('2026-06-30T21:00Z'), amount: units(100) },
      ],
    });
  });

  test('EX-H4: a capture after the time-out is refused; repeating a capture names the check that took the points', () => {
    const story = storyWithHold();
    story.on('2026-03-01T12:16');
    expect(story.refused(capture(story, 60))).toEqual({ code: 'hold_expired', params: { key: 'order' } });
    expect(story.refused({ kind: 'release', key: 'order' })?.code).toBe('hold_expired');
    story.carryOut({ kind: 'hold', key: 'again', amount: units(80), ttlSeconds: MINUTES_15 });
    const taken = capture(story, 60, 900, 'again');
    story.carryOut(taken);
    const before = story.stored();
    expect(story.refused(taken)).toEqual({
      code: 'hold_gone',
      params: { key: 'again', end: 'captured', checkId: 'check-again' },
    });
    expect(story.stored()).toBe(before);
  });

  test('EX-H5: a capture of more than the hold is refused whole, although the balance would cover it', () => {
    const story = storyWithHold();
    expect(story.refused(capture(story, 81))).toEqual({
      code: 'over_hold',
      params: { held: units(80), wanted: units(81), missing: units(1) },
    });
    expect(story.balance().held).toBe(units(80));
  });

  test('EX-I4: at the instant of the time-out the time-out wins, a moment before it the capture; the books balance', () => {
    for (const [at, won] of [
      ['2026-03-01T12:14:59.999', 'capture'],
      ['2026-03-01T12:15', 'timeout'],
    ] as const) {
      const story = storyWithHold();
      story.on(at);
      const decision = story.attempt(capture(story, 80));
      expect(decision.ok ? 'capture' : 'timeout').toBe(won);
      const { state, entries } = stateAt(story.stored(), story.rules, moscow('2026-03-01T13:00'));
      const { totals, available } = state;
      // The captured check earned 45.00 on its 900.00.
      const expected = won === 'capture' ? [units(80), units(95)] : [0n, units(130)];
      expect([totals.redeemed, available, state.held]).toEqual([...expected, 0n]);
      expect(entries.filter(({ kind }) => kind === 'release').length).toBe(won === 'capture' ? 0 : 1);
    }
  });

  test('what dies under a hold stays good until it ends: captured it is spent, released it burns', () => {
    const dying = () => {
      const story = startStory();
      story.refill(30, 1);
      story.on('2026-03-02T23:55');
      story.carryOut({ kind: 'hold', key: 'order', amount: units(30), ttlSeconds: MINUTES_15 });
      story.on('2026-03-03T00:05');
      return story;
    };
    const captured = dying();
    expect(captured.balance()).toMatchObject({ available: 0n, held: units(30) });
    captured.carryOut(capture(captured, 20, 0));
    expect(captured.state().totals).toMatchObject({ redeemed: units(20), expired: units(10) });
    const released = dying();
    expect(released.carryOut({ kind: 'release', key: 'order' }).released).toBe(units(30));
    expect(released.state()).toMatchObject({ available: 0n, held: 0n, totals: { redeemed: 0n, expired: units(30) } });
  });

  test('points that a time-out releases pay a debt, those that died meanwhile do not', () => {
    const story = startStory();
    story.refill(10, 1);
    story.refill(20, null);
    story.on('2026-03-02T23:55');
    story.carryOut({ kind: 'hold', key: 'order', amount: units(30), ttlSeconds: MINUTES_15 });
    story.carryOut({ kind: 'deduct', amount: units(15), allowDebt: true });
    story.on('2026-03-03T01:00');
    const { state, entries } = stateAt(story.stored(), story.rules, story.now());
    expect(entries.map(({ kind }) => kind)).toEqual(['release', 'expire', 'settle_debt']);
    expect([state.available, state.debt, state.totals.expired]).toEqual([units(5), 0n, units(10)]);
  });

  test('a captured sale is returned like any other', () => {
    const story = storyWithHold();
    story.carryOut(capture(story, 60));
    expect(story.takeBack('check-order')).toMatchObject({ givenBack: units(60), clawedBack: units(45), whole: true });
    expect(story.balance()).toMatchObject({ available: units(130), debt: 0n });
    expect([story.left(1), story.left(2)]).toEqual([units(30), units(100)]);
  });

  test('a quote for a hold equals its capture, with the limits of the basket', () => {
    const story = startStory({ spendLimits: { maxPercentBasisPoints: 3000 } });
    story.refill(500);
    story.carryOut({ kind: 'hold', key: 'order', amount: units(400), ttlSeconds: 60 });
    const ask = (total: number, spend: number) =>
      quote(story.stored(), { total: units(total), spend: units(spend), holdKey: 'order' }, story.rules, story.now());
    expect(ask(1000, 300)).toMatchObject({
      ok: true,
      maxSpend: units(300),
      maxSpendReason: 'percent',
      earn: units(35),
    });
    expect(ask(5000, 0)).toMatchObject({ ok: true, maxSpend: units(400), maxSpendReason: 'balance' });
    expect(ask(5000, 401)).toMatchObject({ ok: false, refusal: { code: 'over_hold' } });
    const check = { kind: 'capture', key: 'order', mode: 'priced', checkId: 'c', occurredAt: story.now() } as const;
    expect(story.refused({ ...check, total: units(1000), spend: units(301) })).toMatchObject({
      code: 'over_spend_limit',
      params: { limit: units(300) },
    });
    expect(story.carryOut({ ...check, total: units(1000), spend: units(300) }).sale.earned).toBe(units(35));
    expect(story.available()).toBe(units(235));
  });

  test('asked for twice with the same amount it is one hold; with another amount or after its end it is refused', () => {
    const story = storyWithHold();
    const same = { kind: 'hold', key: 'order', amount: units(80), ttlSeconds: 60 } as const;
    const count = story.entries.length;
    expect(story.carryOut(same).until).toEqual(story.now().add({ minutes: 15 }));
    expect(story.entries.length).toBe(count);
    expect(story.refused({ ...same, amount: units(20) })?.code).toBe('hold_repeated');
    story.carryOut({ kind: 'release', key: 'order' });
    expect(story.refused(same)?.code).toBe('hold_repeated');
    expect(story.refused({ kind: 'release', key: 'order' })).toMatchObject({
      code: 'hold_gone',
      params: { end: 'released' },
    });
    expect(story.refused({ kind: 'release', key: 'nobody' })).toMatchObject({ params: { end: 'unknown' } });
  });

  test('a blocked account opens no hold and captures none, but gives one back', () => {
    const story = storyWithHold();
    story.carryOut({ kind: 'block' });
    expect(story.refused({ kind: 'hold', key: 'b', amount: 1n, ttlSeconds: 1 })?.code).toBe('account_blocked');
    expect(story.refused(capture(story, 10))?.code).toBe('account_blocked');
    expect(story.carryOut({ kind: 'release', key: 'order' }).released).toBe(units(80));
  });

  test('nonsense is refused: no amount, no key, no time, too long a time', () => {
    const story = storyWithHold();
    const hold = { kind: 'hold', key: 'k', amount: 1n, ttlSeconds: 60 } as const;
    const codes = [
      { ...hold, amount: 0n },
      { ...hold, key: '' },
      { ...hold, ttlSeconds: 0 },
      { ...hold, ttlSeconds: 1.5 },
      { ...hold, ttlSeconds: 30 * 24 * 3600 + 1 },
    ].map((command) => story.refused(command)?.code);
    expect(codes).toEqual(['amount_invalid', ...Array(4).fill('value_invalid')]);
  });

  test('its time-out is the next due instant, also after a visit to the store', () => {
    const story = storyWithHold();
    const stored = stateFromJson(JSON.parse(JSON.stringify(stateToJson(story.stored()))));
    expect(stored).toEqual(story.stored());
    expect(nextDueAt(stored, story.rules)?.toString()).toBe('2026-03-01T09:15:00Z');
  });

  test('a state stored before there were holds is read as one without holds', () => {
    const { holds: _holds, endedHolds: _ended, ...old } = stateToJson(newAccountState());
    expect(stateFromJson(old)).toEqual(newAccountState());
    const decision = decide(
      stateFromJson(old),
      { kind: 'release', key: 'k' },
      startStory().rules,
      moscow('2026-03-01'),
    );
    expect(decision.ok ? null : decision.refusal.code).toBe('hold_gone');
  });
});
