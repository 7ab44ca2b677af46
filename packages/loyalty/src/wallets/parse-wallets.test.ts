import { expect, test } from 'vitest';
import { parseRules } from '../index.ts';

const GIFT = { at: 6, name: 'Coffee', reward: { couponKindId: 'coffee' } };
const CARD = { id: 'coffee', kind: 'stamps', name: 'Coffee card', slots: 6, milestones: [GIFT] };

const read = (wallets: unknown) =>
  parseRules({
    id: 'r',
    timeZone: 'Europe/Moscow',
    levels: [{ id: 'base', name: 'Base', rateBasisPoints: 0 }],
    wallets,
  });
const problemsOf = (wallets: unknown) => {
  const parsed = read(wallets);
  return parsed.ok ? [] : parsed.problems.map(({ path, code }) => `${path} ${code}`);
};

test('the least card of stamps: one for every visit, no limit of the day, stamps that never burn', () => {
  const parsed = read([CARD, { id: 'deposit', kind: 'deposit', name: 'Deposit' }]);
  expect(parsed.ok && parsed.rules.wallets).toEqual([
    {
      id: 'coffee',
      kind: 'stamps',
      name: 'Coffee card',
      slots: 6,
      earn: { per: 'visit', minCheck: 0n },
      perCheck: 100,
      perDay: null,
      milestones: [{ at: 6, name: 'Coffee', reward: { kind: 'coupon', couponKindId: 'coffee' } }],
      expiry: { kind: 'never' },
    },
    { id: 'deposit', kind: 'deposit', name: 'Deposit', expiry: { kind: 'never' } },
  ]);
});

test.each([
  ['an id that cannot stand in a URL', [{ ...CARD, id: '__proto__' }], 'wallets[0].id unknown_value'],
  ['an id twice', [CARD, CARD], 'wallets[1].id repeated'],
  ['a card without a reward', [{ ...CARD, milestones: [] }], 'wallets[0].milestones out_of_range'],
  ['a full card without a reward', [{ ...CARD, slots: 8 }], 'wallets[0].milestones[0].at out_of_range'],
  ['milestones out of order', [{ ...CARD, milestones: [GIFT, GIFT] }], 'wallets[0].milestones[1].at not_ascending'],
  ['a milestone beyond the card', [{ ...CARD, slots: 5 }], 'wallets[0].milestones[0].at out_of_range'],
  ['stamps for no amount', [{ ...CARD, earn: { per: 'amount' } }], 'wallets[0].earn.amount missing'],
  ['a wallet of another kind', [{ ...CARD, kind: 'miles' }], 'wallets[0].kind unknown_value'],
  ['settings of a card on a deposit', [{ ...CARD, kind: 'deposit' }], 'wallets[0].slots unknown_field'],
])('%s is named as wrong', (_what, wallets, problem) => {
  expect(problemsOf(wallets)).toContain(problem);
});
