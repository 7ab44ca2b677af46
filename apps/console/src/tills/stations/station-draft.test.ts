import { expect, test } from 'vitest';
import { EMPTY, NEW_VENUE, readStation } from './station-draft.ts';

test('a station stands in a venue of the list, in a new one, or in none', () => {
  const draft = { ...EMPTY, name: ' Бар ' };
  expect(readStation(draft)).toMatchObject({ body: { name: 'Бар', venueCode: null }, venue: null });
  expect(readStation({ ...draft, venue: '0' })).toMatchObject({ body: { venueCode: 0 }, venue: null });
  const fresh = { ...draft, venue: NEW_VENUE, venueCode: '12', venueName: 'На Тверской' };
  expect(readStation(fresh)).toMatchObject({
    body: { venueCode: 12 },
    venue: { code: 12, name: 'На Тверской' },
  });
  expect([...readStation({ ...fresh, venueName: ' ' }).wrong]).toEqual(['venueName']);
});

test.each([
  ['name', ' '],
  ['lockMinutes', '241'],
  ['shiftHours', '0'],
  ['shiftHours', 'day'],
])('a station is not sent with the %s «%s»', (field, value) => {
  expect([...readStation({ ...EMPTY, name: 'Бар', [field]: value }).wrong]).toEqual([field]);
});
