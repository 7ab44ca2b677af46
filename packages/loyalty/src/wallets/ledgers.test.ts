import { expect, test } from 'vitest';
import { entryFromJson, entryToJson, replay, stateFromJson, stateToJson, walletIn } from '../index.ts';
import { startStory, units } from '../test-story.ts';

const DEPOSIT = { id: 'deposit', kind: 'deposit', name: 'Deposit', expiry: { unit: 'days', length: 10 } };

test('a side wallet is a ledger of its own: its units never mix with the points', () => {
  const story = startStory({ wallets: [DEPOSIT] });
  story.refill(100);
  story.carryOut({ kind: 'refill', wallet: 'deposit', amount: units(500) });
  story.carryOut({ kind: 'deduct', wallet: 'deposit', amount: units(120) });
  expect([story.available(), walletIn(story.state(), 'deposit').available]).toEqual([units(100), units(380)]);
  expect(story.entries.map((entry) => entry.wallet)).toEqual([null, 'deposit', 'deposit']);
  expect(story.entries.map((entry) => entry.id)).toEqual([1, 2, 3]);
});

test('the terms of a side wallet are its own, and what is due in it is applied with everything else', () => {
  const story = startStory({ wallets: [DEPOSIT] });
  story.refill(100);
  story.carryOut({ kind: 'refill', wallet: 'deposit', amount: units(500) });
  story.on('2026-03-12');
  expect(walletIn(story.state(), 'deposit').totals.expired).toBe(units(500));
  expect(story.available()).toBe(units(100));
});

test('a debt of a side wallet is settled by what comes into that wallet alone', () => {
  const story = startStory({ wallets: [DEPOSIT] });
  story.carryOut({ kind: 'deduct', wallet: 'deposit', amount: units(40), allowDebt: true });
  story.refill(100);
  expect(walletIn(story.state(), 'deposit').debt).toBe(units(40));
  story.carryOut({ kind: 'refill', wallet: 'deposit', amount: units(50) });
  const deposit = walletIn(story.state(), 'deposit');
  expect([deposit.debt, deposit.available]).toEqual([0n, units(10)]);
});

test('side wallets come back from JSON and from a replay, and say nothing where there are none', () => {
  const story = startStory({ wallets: [DEPOSIT] });
  story.refill(100);
  expect('wallets' in stateToJson(story.stored())).toBe(false);
  story.carryOut({ kind: 'refill', wallet: 'deposit', amount: units(500) });
  expect(stateFromJson(stateToJson(story.stored()))).toEqual(story.stored());
  expect(replay(story.entries.map((entry) => entryFromJson(entryToJson(entry))))).toEqual(story.stored());
});

test('a wallet that the rules do not have is refused', () => {
  const story = startStory({ wallets: [DEPOSIT] });
  expect(story.refused({ kind: 'refill', wallet: 'savings', amount: 100n })?.code).toBe('unknown_wallet');
  expect(story.refused({ kind: 'deduct', wallet: 'constructor', amount: 100n })?.code).toBe('unknown_wallet');
});
