import { expect, test } from 'vitest';
import { chosenDays, isMonth, monthBeside } from './period.ts';

test('without days it is the month that is now where the company is', () => {
  const lastEvening = Date.parse('2026-02-28T22:00:00Z');
  expect(chosenDays(undefined, undefined, lastEvening, 'Europe/Moscow')).toEqual({
    from: '2026-03-01',
    to: '2026-03-31',
  });
  expect(chosenDays('2026-03-05', '2026-03-01', lastEvening, 'UTC')).toEqual({ from: '2026-02-01', to: '2026-02-28' });
});

test('the month beside one goes over the ends of a year', () => {
  expect(monthBeside({ from: '2026-01-01', to: '2026-01-31' }, -1)).toEqual({ from: '2025-12-01', to: '2025-12-31' });
  expect(monthBeside({ from: '2027-12-10', to: '2027-12-11' }, 1)).toEqual({ from: '2028-01-01', to: '2028-01-31' });
  expect(monthBeside({ from: '2028-01-01', to: '2028-01-31' }, 1)).toEqual({ from: '2028-02-01', to: '2028-02-29' });
});

test('whole months are known as such', () => {
  expect(isMonth({ from: '2026-02-01', to: '2026-02-28' })).toBe(true);
  expect(isMonth({ from: '2026-02-01', to: '2026-02-27' })).toBe(false);
});
