import { expect, test } from 'vitest';
import { moscow, startStory, units } from '../test-story.ts';

const LEVELS = [
  { id: 'base', name: 'Base', fromTurnover: 0, rateBasisPoints: 300 },
  { id: 'silver', name: 'Silver', fromTurnover: 1_000_000, rateBasisPoints: 500 },
  { id: 'gold', name: 'Gold', fromTurnover: 3_000_000, rateBasisPoints: 700 },
];

test('lots come over with terms of their own: usable, waiting, never burning, or as the programme says', () => {
  const story = startStory({ levels: LEVELS });
  const { points, lotIds } = story.carryOut({
    kind: 'open_balance',
    lots: [
      { amount: units(10), expiresAt: moscow('2026-04-01T00:00') },
      { amount: units(20), activatesAt: moscow('2026-03-10T00:00'), expiresAt: moscow('2026-05-01T00:00') },
      { amount: units(30), expiresAt: null, partner: 'A' },
      { amount: units(40) },
    ],
  });
  expect([points, lotIds]).toEqual([units(100), [1, 2, 3, 4]]);
  expect(story.state()).toMatchObject({ available: units(80), pending: units(20), totals: { issued: units(100) } });
  expect(story.entries.map(({ kind, explain }) => [kind, explain.texts.reason])).toEqual(
    Array.from({ length: 4 }, () => ['refill', 'import']),
  );
  expect(story.state().lots.find(({ id }) => id === 3)).toMatchObject({ partner: 'A', expiresAtMs: null });
  story.on('2026-04-02');
  expect(story.state()).toMatchObject({ available: units(90), pending: 0n });
  expect(story.left(4)).toBe(units(40));
  story.on('2027-03-03');
  expect(story.left(4)).toBe(0n);
});

test('the turnover is taken once, and the level follows from it', () => {
  const story = startStory({ levels: LEVELS });
  const open = () => story.carryOut({ kind: 'open_balance', lots: [], turnover: units(12_000) });
  expect(open()).toMatchObject({ turnover: units(12_000), levelAfter: 'silver' });
  expect(open()).toMatchObject({ turnover: 0n, levelAfter: 'silver' });
  expect(story.state().turnover).toBe(units(12_000));
});

test('a level above what the turnover gives is pinned, one below it changes nothing', () => {
  const story = startStory({ levels: LEVELS });
  expect(story.carryOut({ kind: 'open_balance', lots: [], level: 'gold' }).levelAfter).toBe('gold');
  expect(story.state().pin).toMatchObject({ level: 'gold' });
  const other = startStory({ levels: LEVELS });
  other.carryOut({ kind: 'open_balance', lots: [], turnover: units(40_000), level: 'silver' });
  expect(other.state()).toMatchObject({ level: 'gold', pin: null });
});

test('points that come over settle a debt first', () => {
  const story = startStory({ levels: LEVELS });
  story.carryOut({ kind: 'deduct', amount: units(15), allowDebt: true });
  story.carryOut({ kind: 'open_balance', lots: [{ amount: units(40) }] });
  expect(story.state()).toMatchObject({ debt: 0n, available: units(25) });
});

test('what cannot be is refused and writes nothing', () => {
  const story = startStory({ levels: LEVELS });
  const refused = (lots: object[], more: object = {}) =>
    story.refused({ kind: 'open_balance', lots, ...more } as never)?.code;
  expect(refused([{ amount: 0n }])).toBe('amount_invalid');
  expect(refused([{ amount: 1n, expiresAt: moscow('2026-02-01') }])).toBe('value_invalid');
  const backwards = { activatesAt: moscow('2026-05-02'), expiresAt: moscow('2026-05-01') };
  expect(refused([{ amount: 1n }, { amount: 1n, ...backwards }])).toBe('value_invalid');
  expect(refused([], { level: 'platinum' })).toBe('unknown_level');
  expect(refused([], { turnover: -1n })).toBe('amount_invalid');
  expect(story.entries).toEqual([]);
  story.carryOut({ kind: 'block' });
  expect(refused([{ amount: 1n }])).toBe('account_blocked');
});
