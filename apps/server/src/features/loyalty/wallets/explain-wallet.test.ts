import { type AccountState, type Command, decide, type Entry, newAccountState, rulesFromJson } from '@tessera/loyalty';
import { expect, test } from 'vitest';
import { createTexts } from '../../../platform/texts.ts';
import { explainEntry } from '../explain.ts';

const rules = rulesFromJson({
  id: '1',
  timeZone: 'Europe/Moscow',
  levels: [{ id: 'base', name: 'Base', rateBasisPoints: 0 }],
  wallets: [
    {
      id: 'coffee',
      kind: 'stamps',
      name: 'Coffee card',
      slots: 3,
      expiry: { kind: 'period', unit: 'days', length: 30 },
      milestones: [
        { at: 2, name: '50 points', reward: { kind: 'points', points: 5000 } },
        { at: 3, name: 'A coffee', reward: { couponKindId: '1' } },
      ],
    },
    { id: 'deposit', kind: 'deposit', name: 'Deposit' },
  ],
});

/** What a history of commands, one a day, is told as. */
function told(language: 'ru' | 'en', commands: readonly Command[]): string[] {
  const t = createTexts()(language);
  const entries: Entry[] = [];
  let state: AccountState = newAccountState();
  let now = Temporal.Instant.from('2026-03-01T09:00Z');
  for (const command of commands) {
    const decision = decide<Command>(state, command, rules, now);
    if (!decision.ok) throw new Error(decision.refusal.code);
    state = decision.state;
    entries.push(...decision.entries);
    now = now.add({ hours: 24 });
  }
  const telling = { t, language, currency: 'RUB', levelNames: new Map(), rules };
  return entries.map((entry) => explainEntry(entry, telling).replaceAll(/\s/g, ' '));
}

const history: Command[] = [
  { kind: 'refill', wallet: 'coffee', amount: 2n },
  { kind: 'deduct', wallet: 'coffee', amount: 1n },
  { kind: 'refill', wallet: 'coffee', amount: 2n },
  { kind: 'refill', wallet: 'deposit', amount: 50_000n },
];

test('every entry of a side wallet is one sentence with its numbers, in both languages', () => {
  expect(told('en', history)).toEqual([
    'Coffee card: 2 stamps added by hand',
    '50 points added for stamps',
    'Coffee card: 2 stamps, a reward: 50 points',
    'Coffee card: 1 stamp taken off by hand',
    'Coffee card: 2 stamps added by hand',
    'Coffee card: 3 stamps, a reward: A coffee',
    'Deposit: ₽500 paid in',
  ]);
  expect(told('ru', history)).toEqual([
    'Coffee card: вручную добавлены 2 штампа',
    'Начислено 50 баллов за штампы',
    'Coffee card: 2 штампа, награда «50 points»',
    'Coffee card: вручную снят 1 штамп',
    'Coffee card: вручную добавлены 2 штампа',
    'Coffee card: 3 штампа, награда «A coffee»',
    'Deposit: внесено 500 ₽',
  ]);
});

test('an entry of a wallet that the programme no longer has is told by its id', () => {
  const [line] = told('en', [history[0]!]);
  expect(line).toContain('Coffee card');
  const t = createTexts()('en');
  const decision = decide(newAccountState(), history[0] as Command, rules, Temporal.Instant.from('2026-03-01T09:00Z'));
  if (!decision.ok) throw new Error(decision.refusal.code);
  const telling = { t, language: 'en', currency: 'RUB', levelNames: new Map() } as const;
  expect(explainEntry(decision.entries[0]!, telling)).toBe('coffee: an entry');
});
