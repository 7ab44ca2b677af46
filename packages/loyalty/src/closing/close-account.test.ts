import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decide, entryFromJson, entryToJson, replay, stateFromJson, stateToJson } from '../index.ts';
import { expectSound } from '../test-checks.ts';
import { history, live, newWorld, RUNS, returnPolicy, settings } from '../test-histories.ts';
import { moscow, startStory, testRules, units } from '../test-story.ts';

const DEPOSIT = { wallets: [{ id: 'money', kind: 'deposit', name: 'Deposit' }] };

describe('an account that is closed', () => {
  test('has nothing left, earns and spends nothing, and is never opened again', () => {
    const story = startStory({ activationDelay: { kind: 'days', days: 3 } });
    story.carryOut({ kind: 'refill', amount: units(500) });
    story.carryOut({ kind: 'hold', key: 'h', amount: units(100), ttlSeconds: 3600 });
    story.carryOut({
      kind: 'register_check',
      mode: 'reported',
      checkId: 'c',
      occurredAt: moscow('2026-03-01'),
      money: units(1000),
      spend: 0n,
    });
    const closed = story.carryOut({ kind: 'close' });
    expect(closed).toMatchObject({ kind: 'close', lapsed: units(550) });
    expect(story.balance()).toMatchObject({ available: 0n, pending: 0n, held: 0n, debt: 0n });
    expect(story.attempt({ kind: 'refill', amount: 1n })).toMatchObject({ refusal: { code: 'account_blocked' } });
    expect(story.attempt({ kind: 'unblock' })).toMatchObject({ refusal: { code: 'account_closed' } });
    const again = story.attempt({ kind: 'close' });
    expect(again).toMatchObject({ ok: true, entries: [], outcome: { lapsed: 0n } });
  });

  test('is not closed while a deposit holds money: that is paid out first', () => {
    const story = startStory(DEPOSIT);
    story.carryOut({ kind: 'refill', wallet: 'money', amount: units(300) });
    expect(story.attempt({ kind: 'close' })).toMatchObject({
      refusal: { code: 'deposit_not_empty', params: { wallet: 'money', available: units(300) } },
    });
    story.carryOut({ kind: 'deduct', wallet: 'money', amount: units(300) });
    expect(story.attempt({ kind: 'close' })).toMatchObject({ ok: true });
  });

  test('has a debt forgiven', () => {
    const story = startStory();
    story.carryOut({ kind: 'deduct', amount: units(40), allowDebt: true });
    story.carryOut({ kind: 'close' });
    expect(story.balance().debt).toBe(0n);
  });

  test('stays balanced and empty whatever it lived through and whatever returns reach it later', () => {
    fc.assert(
      fc.property(settings, returnPolicy, history, history, (chosen, policy, before, after) => {
        const rules = testRules({ ...chosen, returnPolicy: policy });
        const world = newWorld();
        for (const one of before) live(world, one, rules);
        const decision = decide(world.state, { kind: 'close' }, rules, world.now);
        if (!decision.ok) {
          expect(decision.refusal.code).toBe('deposit_not_empty');
          return;
        }
        world.state = decision.state;
        world.entries.push(...decision.entries);
        const expectEmpty = () => {
          expectSound(world.state, rules);
          const { money: _money, ...stamps } = world.state.wallets;
          for (const ledger of [world.state, ...Object.values(stamps)]) {
            const { available, pending, held, debt, lots } = ledger;
            expect({ available, pending, held, debt, lots }).toEqual({
              available: 0n,
              pending: 0n,
              held: 0n,
              debt: 0n,
              lots: [],
            });
          }
        };
        expectEmpty();
        for (const one of after) {
          live(world, one, rules);
          expectEmpty();
        }
        expect(replay(world.entries)).toEqual(world.state);
        expect(stateFromJson(JSON.parse(JSON.stringify(stateToJson(world.state))))).toEqual(world.state);
        const entries = world.entries.map((entry) => entryFromJson(JSON.parse(JSON.stringify(entryToJson(entry)))));
        expect(entries).toEqual(world.entries);
      }),
      RUNS,
    );
  });
});
