import { describe, expect, test } from 'vitest';
import {
  afterWrong,
  CHANCE_AN_HOUR,
  DEFAULT_TILL_SETTINGS,
  digitsFor,
  inGroups,
  LIKE_NO_PHONE,
  livingMost,
  readCardCode,
  secondsToWait,
  spaceOf,
  type Tries,
  waitAfter,
} from './model.ts';

const { wrong: limits } = DEFAULT_TILL_SETTINGS;
const at = (seconds: number) => Temporal.Instant.from('2026-03-01T09:00Z').add({ seconds });
const station = { subject: 'station:1', most: limits.perStationAnHour, windowHours: 1, waits: true };
const company = { subject: 'company', most: limits.perCompanyAnHour, windowHours: 1, waits: false };

describe('codes that are found by themselves', () => {
  test('grow with the number that live, so that an hour of a company’s wrong tries meets any with a chance of 0.1 %', () => {
    for (const perCompanyAnHour of [10, 100, 300]) {
      const settings = { ...DEFAULT_TILL_SETTINGS, wrong: { ...limits, perCompanyAnHour } };
      const living = new Map<number, number>();
      for (let made = 0; made < 200_000; made += 1) {
        const digits = digitsFor(living, settings);
        living.set(digits, (living.get(digits) ?? 0) + 1);
      }
      for (const [digits, count] of living) {
        // An hour may lie across two windows of counting; a guess is of one length.
        const chance = (2 * perCompanyAnHour * count) / (LIKE_NO_PHONE * spaceOf(digits));
        expect(chance).toBeLessThanOrEqual(CHANCE_AN_HOUR);
      }
      expect(Math.max(...living.keys())).toBeLessThanOrEqual(12);
    }
    expect([8, 9, 10].map((digits) => livingMost(digits, 100))).toEqual([337, 3_375, 33_750]);
  });

  test('are read with spaces and dashes, and are never what a till would cut or take for a word', () => {
    expect(readCardCode(' 4821 0937 ')).toBe('48210937');
    expect(readCardCode('4821-0937')).toBe('48210937');
    for (const text of ['04821093', '4821', '4821093a', '', '1'.repeat(16)]) expect(readCardCode(text)).toBeNull();
  });

  test.each([
    ['48210937', '4821 0937'],
    ['482109375', '4821 09375'],
    ['4821093752', '4821 0937 52'],
  ])('%s is read out as %s', (digits, groups) => expect(inGroups(digits)).toBe(groups));
});

describe('wrong tries', () => {
  test('are followed by ever longer waits', () => {
    expect([1, 2, 3, 4, 5, 6, 10, 60].map(waitAfter)).toEqual([0, 0, 0, 5, 10, 20, 300, 300]);
  });

  test('of one till in an hour are twenty at most, however it hurries', () => {
    let tries: Tries | undefined;
    let made = 0;
    for (let second = 0; second < 3_600; second += 1) {
      if (secondsToWait(tries, station, at(second)) > 0) continue;
      tries = afterWrong(tries, station, at(second));
      made += 1;
    }
    expect(made).toBeLessThanOrEqual(limits.perStationAnHour);
  });

  test('of a whole company end at its number until the window is over', () => {
    let tries: Tries | undefined;
    for (let made = 0; made < limits.perCompanyAnHour; made += 1) tries = afterWrong(tries, company, at(0));
    expect(secondsToWait(tries, company, at(600))).toBe(3_000);
    expect(secondsToWait(tries, company, at(3_600))).toBe(0);
    expect(afterWrong(tries, company, at(3_600)).wrong).toBe(1);
  });
});
