import { expect, test } from 'vitest';
import { createServerClock } from './server-clock.ts';

const NOON = Date.parse('2026-11-22T12:00:00Z');

test('a server whose clock is months ahead is followed, and then runs on with the browser', () => {
  let browser = NOON;
  const clock = createServerClock(() => browser);
  clock.follow('2027-02-22T12:00:00Z');
  browser += 60_000;
  expect(new Date(clock.now()).toISOString()).toBe('2027-02-22T12:01:00.000Z');
});

test('a difference that a slow answer makes is none', () => {
  const clock = createServerClock(() => NOON);
  clock.follow('2026-11-22T11:58:30Z');
  expect(clock.now()).toBe(NOON);
});
