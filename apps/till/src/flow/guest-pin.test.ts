import { expect, test } from 'vitest';
import type { Problem } from '../api/problem.ts';
import { start } from './flow.ts';
import { pinWanted } from './guest-pin.ts';

const needed: Problem = { kind: 'refused', code: 'pin_needed', message: '', status: 409 };

test.each(['+7 912 345-67-89', '89123456789'])('a phone that finds nobody without a PIN asks for one: %s', (query) => {
  expect(pinWanted({ ...start, query, problem: needed })?.whom).toEqual({ phone: query });
});

test('a name, and any other refusal, asks for none', () => {
  expect(pinWanted({ ...start, query: 'Анна', problem: needed })).toBeNull();
  const other: Problem = { ...needed, code: 'account_not_found' };
  expect(pinWanted({ ...start, query: '+79123456789', problem: other })).toBeNull();
});
