import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AccountState } from '../index.ts';
import { decideTransfer, newAccountState, replay, stateAt } from '../index.ts';
import { expectSound } from '../test-checks.ts';
import { history, live, newWorld, returnPolicy, settings } from '../test-histories.ts';
import { startStory, testRules, units } from '../test-story.ts';

const KEYED = { key: 'gift-1', from: '7', to: '8' };

describe('a transfer between two members', () => {
  const move = (story: ReturnType<typeof startStory>, amount: bigint, to: AccountState = newAccountState()) =>
    decideTransfer(story.stored(), to, { ...KEYED, amount }, story.rules, story.now());

  test('EX-L6: keeps the expiry and the reason of every point, and both entries point at each other', () => {
    const story = startStory();
    story.refill(60, 30);
    story.refill(100, null);
    const moved = move(story, units(80));
    if (!moved.ok) throw new Error(moved.refusal.code);
    const { out, into } = moved;
    expect(out.state.available).toBe(units(80));
    expect(into.state.lots.map(({ remaining, expiresAtMs }) => [remaining, expiresAtMs])).toEqual([
      [units(60), story.state().lots[0]!.expiresAtMs],
      [units(20), null],
    ]);
    expect([out.state.totals.transferred, into.state.totals.transferred]).toEqual([units(80), -units(80)]);
    const [left, arrived] = [out.entries.at(-1)!, into.entries.at(-1)!];
    expect([left.explain.texts, left.explain.numbers.otherEntry]).toEqual([
      { key: 'gift-1', account: '8' },
      BigInt(arrived.id),
    ]);
    expect([arrived.explain.texts, arrived.explain.numbers.otherEntry]).toEqual([
      { key: 'gift-1', account: '7' },
      BigInt(left.id),
    ]);
  });

  test('EX-L6: pending, held and expired points cannot be moved', () => {
    const story = startStory({ activationDelay: { kind: 'days', days: 3 } });
    story.refill(60, 30);
    story.sell('c', { total: units(1_000) });
    story.carryOut({ kind: 'hold', key: 'h', amount: units(20), ttlSeconds: 60 });
    const moved = move(story, units(41));
    expect(moved.ok ? null : moved.refusal).toMatchObject({
      code: 'insufficient_points',
      params: { available: units(40), missing: units(1) },
    });
    story.on('2026-04-20');
    expect(move(story, units(51)).ok).toBe(false);
  });

  test('settles a debt of the receiver first', () => {
    const story = startStory();
    story.refill(60);
    const owing = startStory();
    owing.carryOut({ kind: 'deduct', amount: units(25), allowDebt: true });
    const moved = move(story, units(60), owing.stored());
    if (!moved.ok) throw new Error(moved.refusal.code);
    expect([moved.into.state.available, moved.into.state.debt]).toEqual([units(35), 0n]);
  });

  test('refuses a blocked account on either side, the same account twice, and nothing at all', () => {
    const story = startStory();
    story.refill(60);
    const blocked = startStory();
    blocked.carryOut({ kind: 'block' });
    const codes = [
      move(story, units(10), blocked.stored()),
      decideTransfer(blocked.stored(), story.stored(), { ...KEYED, amount: 1n }, story.rules, story.now()),
      decideTransfer(story.stored(), story.stored(), { ...KEYED, to: '7', amount: 1n }, story.rules, story.now()),
      move(story, 0n),
    ].map((one) => (one.ok ? 'ok' : one.refusal.code));
    expect(codes).toEqual(['account_blocked', 'account_blocked', 'value_invalid', 'amount_invalid']);
  });
});

test('whatever two members did before, a transfer leaves both accounts sound and their points the same in sum', () => {
  fc.assert(
    fc.property(settings, returnPolicy, history, history, fc.nat(100), (chosen, policy, one, other, percent) => {
      const rules = testRules({ ...chosen, returnPolicy: policy });
      const [giver, taker] = [newWorld(), newWorld()];
      for (const step of one) live(giver, step, rules);
      for (const step of other) live(taker, step, rules);
      const now = Temporal.Instant.compare(giver.now, taker.now) < 0 ? taker.now : giver.now;
      const [before, receiver] = [stateAt(giver.state, rules, now).state, stateAt(taker.state, rules, now).state];
      const amount = (before.available * BigInt(percent)) / 100n;
      const moved = decideTransfer(giver.state, taker.state, { ...KEYED, amount }, rules, now);
      if (!moved.ok) {
        expect(amount).toBe(0n);
        return;
      }
      const { out, into } = moved;
      for (const { state, entries } of [out, into]) {
        expectSound(state, rules);
        expect(stateAt(state, rules, now).entries).toEqual([]);
        expect(entries.length).toBeGreaterThan(0);
      }
      expect(replay([...giver.entries, ...out.entries])).toEqual(out.state);
      expect(replay([...taker.entries, ...into.entries])).toEqual(into.state);
      const worth = (state: AccountState) => state.available - state.debt;
      expect(worth(out.state) + worth(into.state)).toBe(worth(before) + worth(receiver));
    }),
    { numRuns: 100 },
  );
});
