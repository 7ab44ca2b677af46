import type { FarCards } from '@tessera/contract';
import { describe, expect, test } from 'vitest';
import { draftOf, settingsOf } from './draft.ts';

const settings: FarCards = {
  addresses: ['10.1.0.0/16', 'fe80::1'],
  levels: { gold: { discount: 13, bonus: 3 }, silver: { discount: 12 } },
  restaurants: { '7001': 2 },
  language: 'ru',
};

describe('the settings of r_keeper', () => {
  test('come back from the form as they were, whatever they are', () => {
    expect(settingsOf(draftOf(settings))).toEqual({ settings, wrong: [] });
  });

  test.each(['10.1.0.0/33', '300.1.1.1', 'till.example', '10.1.0.0/16 10.2.0.0/16'])(
    'are not sent with the address %s',
    (addresses) => expect(settingsOf({ ...draftOf(settings), addresses }).wrong).toEqual(['addresses']),
  );

  test.each([
    [
      { code: '7001', venue: '' },
      { code: '7002', venue: '3' },
    ],
    [
      { code: '7001', venue: '2' },
      { code: '7001', venue: '3' },
    ],
    [
      { code: '70 01', venue: '2' },
      { code: '', venue: '' },
    ],
  ])('are not sent with restaurants that lead nowhere or to two venues (%#)', (...restaurants) =>
    expect(settingsOf({ ...draftOf(settings), restaurants }).wrong).toEqual(['restaurants']),
  );

  test('leave out what is empty, and refuse a code that r_keeper could not have', () => {
    const draft = { ...draftOf(settings), restaurants: [{ code: '', venue: '' }] };
    expect(settingsOf({ ...draft, levels: { gold: { discount: '', bonus: '' } } })).toMatchObject({
      wrong: [],
      settings: { levels: {}, restaurants: {} },
    });
    expect(settingsOf({ ...draft, levels: { gold: { discount: '70000', bonus: '' } } }).wrong).toEqual(['levels']);
  });
});
