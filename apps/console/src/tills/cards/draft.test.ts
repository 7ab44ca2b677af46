import { describe, expect, test } from 'vitest';
import { cardsBetween, draftOf, newDraft, readChange, readNewRange } from './draft.ts';

const draft = { ...newDraft('6f2c1c1e-0000-4000-8000-000000000000'), name: 'Пластик', groupId: '3' };

describe('a range of cards', () => {
  test.each([
    ['40001000', '40001999', 1000],
    ['999999999999999998', '999999999999999999', 2],
    ['40001000', '40001000', 1],
    ['40001001', '40001000', null],
    ['1000', '101000', null],
    ['0400', '0500', null],
  ])('from %s to %s has %s cards', (from, to, cards) => expect(cardsBetween(from, to)).toBe(cards));

  test('takes its numbers one after the other, drawn by lot, or from a file later', () => {
    expect(readNewRange({ ...draft, from: '1000', to: '1999' })).toMatchObject({
      wrong: [],
      settings: { groupId: 3, numbers: { kind: 'sequence', from: '1000', to: '1999' } },
    });
    expect(readNewRange({ ...draft, kind: 'random', prefix: '77' }).settings.numbers).toEqual({
      kind: 'random',
      count: 1000,
      digits: 12,
      prefix: '77',
    });
    expect(readNewRange({ ...draft, kind: 'list' })).toMatchObject({
      wrong: [],
      settings: { numbers: { kind: 'list' } },
    });
  });

  test('is not sent without a name, a group or readable numbers; what another kind asks does not matter', () => {
    expect(readNewRange({ ...draft, name: ' ', groupId: '' }).wrong).toEqual(['name', 'groupId', 'from', 'to']);
    expect(readNewRange({ ...draft, kind: 'random', count: '0', digits: '7', prefix: '0' }).wrong).toEqual([
      'count',
      'digits',
      'prefix',
    ]);
  });

  test('comes back from the form as it was', () => {
    const settings = {
      handOutUntil: '2027-03-01',
      atTill: false,
      onePerGuest: true,
      toKnownGuests: false,
      nameNeeded: true,
      birthdayNeeded: false,
    };
    const range = { name: 'Пластик', settings, closed: true } as Parameters<typeof draftOf>[0];
    expect(readChange(draftOf(range))).toEqual({ wrong: [], settings: { name: 'Пластик', settings, closed: true } });
  });
});
