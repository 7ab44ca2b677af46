import { describe, expect, test } from 'vitest';
import { decide, newAccountState, nextCelebration } from '../index.ts';
import { moscow, startStory, testRules, units } from '../test-story.ts';

const gift = { birthday: { amount: 50_000, daysBefore: 3, daysAfter: 3, filledDaysAhead: 7 } };
const long = moscow('2020-01-01');

/** A guest of whom it is asked day by day whether the present comes. */
function guest(settings: Record<string, unknown> = gift) {
  const story = startStory(settings);
  return {
    ...story,
    celebrate: (at: string, monthDay: string, filledAt = long): string => {
      story.on(at);
      const [month = 0, day = 0] = monthDay.split('-').map(Number);
      const refused = story.refused({ kind: 'birthday', month, day, filledAt });
      return refused?.code ?? 'given';
    },
  };
}

describe('EX-E7: the birthday present', () => {
  test('500.00 can be spent from 3 days before to 3 days after, first and last day inclusive', () => {
    const anna = guest();
    expect(anna.celebrate('2026-05-08T23:59', '05-12')).toBe('birthday_not_due');
    expect(anna.celebrate('2026-05-09T00:00', '05-12')).toBe('given');
    expect(anna.available()).toBe(units(500));
    expect(anna.state().lots[0]).toMatchObject({
      reason: 'birthday',
      activatesAtMs: moscow('2026-05-09T00:00').epochMilliseconds,
      expiresAtMs: moscow('2026-05-16T00:00').epochMilliseconds,
    });
    anna.on('2026-05-15T23:59');
    expect(anna.available()).toBe(units(500));
    anna.on('2026-05-16T00:00');
    expect(anna.available()).toBe(0n);
  });

  test('given late within the window it still ends with the window; after it, it waits for next year', () => {
    const anna = guest();
    expect(anna.celebrate('2026-05-15T22:00', '05-12')).toBe('given');
    expect(guest().celebrate('2026-05-16T00:00', '05-12')).toBe('birthday_not_due');
  });

  test('the birthday has to be filled at least 7 days ahead', () => {
    expect(guest().celebrate('2026-05-12', '05-12', moscow('2026-05-05T23:59'))).toBe('given');
    expect(guest().celebrate('2026-05-12', '05-12', moscow('2026-05-06T00:00'))).toBe('birthday_not_due');
    const facts = { month: 5, day: 12, filledAt: moscow('2026-05-06').epochMilliseconds };
    expect(nextCelebration(facts, null, testRules(gift), moscow('2026-05-12').epochMilliseconds)?.year).toBe(2027);
  });

  test('29 February is celebrated on 28 February in common years', () => {
    const [common, leap] = ['2026-02-25T00:00', '2028-02-26T00:00'];
    expect(guest().celebrate('2026-02-24T23:59', '02-29')).toBe('birthday_not_due');
    expect(guest().celebrate(common, '02-29')).toBe('given');
    expect(guest().celebrate('2028-02-25T23:59', '02-29')).toBe('birthday_not_due');
    expect(guest().celebrate(leap, '02-29')).toBe('given');
  });

  test('one a calendar year, even if the birthday is edited', () => {
    const anna = guest();
    expect(anna.celebrate('2026-03-10', '03-10')).toBe('given');
    expect(anna.celebrate('2026-03-11', '03-10')).toBe('birthday_not_due');
    expect(anna.celebrate('2026-11-20', '11-20', moscow('2026-06-01'))).toBe('birthday_not_due');
    expect(anna.celebrate('2027-11-20', '11-20', moscow('2026-06-01'))).toBe('given');
  });

  test('a window over the turn of the year belongs to the year of the birthday', () => {
    const anna = guest();
    expect(anna.celebrate('2026-12-30', '01-02')).toBe('given');
    expect(anna.celebrate('2027-01-02', '01-02')).toBe('birthday_not_due');
    expect(anna.celebrate('2027-12-30', '01-02')).toBe('given');
  });

  test('no present where the programme gives none, and none for a blocked account', () => {
    expect(guest({}).celebrate('2026-05-12', '05-12')).toBe('birthday_not_set');
    const anna = guest();
    anna.carryOut({ kind: 'block' });
    expect(anna.celebrate('2026-05-12', '05-12')).toBe('account_blocked');
  });

  test('it settles a debt first, as all points do', () => {
    const anna = guest();
    anna.carryOut({ kind: 'deduct', amount: units(120), allowDebt: true });
    anna.celebrate('2026-05-12', '05-12');
    expect([anna.available(), anna.state().debt]).toEqual([units(380), 0n]);
  });

  test('a year after year of celebrations never gives two within one year and never misses one', () => {
    const rules = testRules(gift);
    const facts = { month: 1, day: 1, filledAt: long.epochMilliseconds };
    let state = newAccountState();
    const given: number[] = [];
    for (let now = moscow('2026-02-01'); given.length < 5; now = now.add({ hours: 24 })) {
      const next = nextCelebration(facts, state.tally?.birthdayYear ?? null, rules, now.epochMilliseconds)!;
      const decision = decide(state, { kind: 'birthday', month: 1, day: 1, filledAt: long }, rules, now);
      expect(decision.ok).toBe(next.opensAt <= now.epochMilliseconds);
      if (!decision.ok) continue;
      state = decision.state;
      given.push(next.year);
    }
    expect(given).toEqual([2027, 2028, 2029, 2030, 2031]);
  });
});
