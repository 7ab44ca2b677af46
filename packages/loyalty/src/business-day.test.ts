import { describe, expect, test } from 'vitest';
import type { Term } from './business-day.ts';
import { businessDayOf, endOfTerm, lastValidDay, startOfDay, toInstant } from './business-day.ts';

function midnightIn(timeZone: string) {
  return { timeZone, dayStartsAt: '00:00' };
}

const ms = (text: string): number => Temporal.Instant.from(text).epochMilliseconds;
const months = (length: number, roundUpTo: Term['roundUpTo'] = 'day'): Term => ({ unit: 'months', length, roundUpTo });
const days = (length: number): Term => ({ unit: 'days', length, roundUpTo: 'day' });

describe('terms end at the start of the day after their last valid day', () => {
  test.each([
    ['EX-T1', '2026-01-25', 'Europe/Moscow', months(1), '2026-02-25', '2026-02-25T21:00:00Z'],
    ['EX-T2', '2026-01-31', 'Europe/Moscow', months(1), '2026-02-28', '2026-02-28T21:00:00Z'],
    ['EX-T3', '2028-01-31', 'Europe/Moscow', months(1), '2028-02-29', '2028-02-29T21:00:00Z'],
    ['EX-T4', '2026-08-31', 'Europe/Moscow', months(6), '2027-02-28', '2027-02-28T21:00:00Z'],
    ['EX-T5', '2026-02-28', 'Asia/Almaty', months(12), '2027-02-28', '2027-02-28T19:00:00Z'],
    ['EX-T6', '2026-07-06', 'Europe/Moscow', months(12, 'month'), '2027-07-31', '2027-07-31T21:00:00Z'],
    ['EX-T7', '2026-03-28', 'Europe/Berlin', days(1), '2026-03-29', '2026-03-29T22:00:00Z'],
    ['EX-T8', '2026-10-24', 'Europe/Berlin', days(1), '2026-10-25', '2026-10-25T23:00:00Z'],
  ])('%s: earned on %s in %s', (_name, day, zone, term, lastDay, expiresAt) => {
    const earned = Temporal.PlainDateTime.from(`${day}T18:30`).toZonedDateTime(zone).epochMilliseconds;
    const calendar = midnightIn(zone);
    expect(lastValidDay(businessDayOf(earned, calendar), term).toString()).toBe(lastDay);
    expect(toInstant(endOfTerm(earned, term, calendar)).toString()).toBe(expiresAt);
  });
});

describe('the business day', () => {
  test('EX-T9: late evening in UTC is the next day in Moscow', () => {
    expect(businessDayOf(ms('2026-01-25T22:30Z'), midnightIn('Europe/Moscow')).toString()).toBe('2026-01-26');
  });

  test('a bar that starts its day at five counts the night to the day before', () => {
    const bar = { timeZone: 'Europe/Moscow', dayStartsAt: '05:00' };
    expect(businessDayOf(ms('2026-03-10T01:59:59Z'), bar).toString()).toBe('2026-03-09');
    expect(businessDayOf(ms('2026-03-10T02:00:00Z'), bar).toString()).toBe('2026-03-10');
    expect(toInstant(endOfTerm(ms('2026-03-10T01:00Z'), days(1), bar)).toString()).toBe('2026-03-11T02:00:00Z');
  });

  test('a start that the clock change skips is the first instant after the gap', () => {
    const berlin = { timeZone: 'Europe/Berlin', dayStartsAt: '02:30' };
    const start = startOfDay(Temporal.PlainDate.from('2026-03-29'), berlin);
    expect(toInstant(start).toString()).toBe('2026-03-29T01:00:00Z');
    expect(businessDayOf(start, berlin).toString()).toBe('2026-03-29');
    expect(businessDayOf(start - 1, berlin).toString()).toBe('2026-03-28');
  });

  test('a midnight that the clock change skips is the first instant of the day', () => {
    // Beirut put its clocks forward at midnight of 2022-03-27: the day began at 01:00 local time.
    const start = startOfDay(Temporal.PlainDate.from('2022-03-27'), midnightIn('Asia/Beirut'));
    expect(toInstant(start).toString()).toBe('2022-03-26T22:00:00Z');
  });

  test('a start that happens twice is its first occurrence', () => {
    const berlin = { timeZone: 'Europe/Berlin', dayStartsAt: '02:30' };
    const start = startOfDay(Temporal.PlainDate.from('2026-10-25'), berlin);
    expect(toInstant(start).toString()).toBe('2026-10-25T00:30:00Z');
    expect(businessDayOf(start + 45 * 60_000, berlin).toString()).toBe('2026-10-25');
  });
});
