import { expect, test } from 'vitest';
import { readAdjustment, readPoints } from './read-adjustment.ts';

const draft = { kind: 'refill', amount: '500', days: '', allowDebt: false, reason: 'Долго ждали' } as const;

test('points are read with a comma, a point and spaces between thousands', () => {
  const read = ['500', '500,5', '0.01', '1 250', '1\u00a0250,50'].map(readPoints);
  expect(read).toEqual([50_000, 50_050, 1, 125_000, 125_050]);
  for (const text of ['', '0', '-5', '1.234', '1,2,3', 'сто', '1e3', '12345678901'])
    expect(readPoints(text)).toBeNull();
});

test('a body says what is asked for and nothing else', () => {
  expect(readAdjustment(draft)).toMatchObject({
    ok: true,
    body: { kind: 'refill', amount: 50_000, comment: 'Долго ждали' },
  });
  expect(readAdjustment({ ...draft, days: '30' })).toMatchObject({ body: { lifetimeDays: 30 } });
  const deducted = readAdjustment({ ...draft, kind: 'deduct', days: '30', allowDebt: true });
  expect(deducted.ok && deducted.body).toEqual({
    kind: 'deduct',
    amount: 50_000,
    allowDebt: true,
    comment: 'Долго ждали',
  });
  const blocked = readAdjustment({ ...draft, kind: 'block', amount: '' });
  expect(blocked.ok && blocked.body).toEqual({ kind: 'block', comment: 'Долго ждали' });
});

test('what will not do is named by its field', () => {
  const wrong = readAdjustment({ ...draft, amount: 'x', days: '1.5', reason: ' ' });
  expect(!wrong.ok && [...wrong.wrong].sort()).toEqual(['amount', 'days', 'reason']);
});
