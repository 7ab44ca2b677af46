import type { Lot } from '@tessera/contract';
import { describe, expect, test } from 'vitest';
import { byDay } from './by-day.ts';
import { guestName, mainPhone } from './guest.ts';
import { inOrder } from './lots-order.ts';

const lot = (lotId: number, change: Partial<Lot>): Lot => ({
  lotId,
  amount: 100,
  remaining: 100,
  reason: '',
  activatesAt: '2026-01-01T00:00:00Z',
  expiresAt: null,
  awaits: null,
  status: 'usable',
  ...change,
});

describe('lots on the overview', () => {
  test('what expires first stands first, then what stays, then what is still to come', () => {
    const lots = [
      lot(1, { status: 'pending', activatesAt: '2026-02-02T00:00:00Z' }),
      lot(2, {}),
      lot(3, { expiresAt: '2026-09-01T00:00:00Z' }),
      lot(4, { status: 'pending', activatesAt: '2026-02-01T00:00:00Z', expiresAt: '2026-03-01T00:00:00Z' }),
      lot(5, { expiresAt: '2026-03-12T00:00:00Z' }),
      lot(6, { status: 'pending', awaits: { cancelsAt: '2026-01-05T00:00:00Z' } }),
    ];
    expect(inOrder(lots).map(({ lotId }) => lotId)).toEqual([5, 3, 2, 4, 1, 6]);
  });

  test('a lot that is used up takes no room', () => {
    expect(inOrder([lot(1, { remaining: 0 })])).toEqual([]);
  });
});

test('entries are gathered by day and none is lost or moved', () => {
  const days = byDay(['a1', 'a2', 'b3', 'a4'], (row) => row.charAt(0));
  expect(days).toEqual([
    { name: 'a', rows: ['a1', 'a2'] },
    { name: 'b', rows: ['b3'] },
    { name: 'a', rows: ['a4'] },
  ]);
});

describe('a guest', () => {
  const guest = {
    guestId: 1,
    firstName: 'Anna',
    lastName: 'Roe',
    middleName: '',
    birthday: null,
    sex: null,
    email: null,
    language: 'en',
    note: '',
    identifiers: [
      { kind: 'card', value: '400010000001', main: false, verifiedAt: null },
      { kind: 'phone', value: '+79990001001', main: false, verifiedAt: null },
      { kind: 'phone', value: '79990001002', main: true, verifiedAt: null },
    ],
    consents: [],
  };

  test('is called without gaps for missing names', () => {
    expect(guestName(guest)).toBe('Anna Roe');
    expect(guestName({ ...guest, firstName: '', lastName: '' })).toBe('');
  });

  test('has the main phone first, any phone second, and never a card number for a phone', () => {
    expect(mainPhone(guest)).toBe('79990001002');
    expect(mainPhone({ ...guest, identifiers: guest.identifiers.slice(0, 2) })).toBe('79990001001');
    expect(mainPhone({ ...guest, identifiers: guest.identifiers.slice(0, 1) })).toBeUndefined();
  });
});
