import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { testDesign } from '../../../../test/wallet-design.ts';
import { fitBarcode } from './barcode.ts';
import { endOfDay, lastDayOf } from './expiry.ts';
import { languagesOf, localizeDesign } from './localize.ts';
import { nearestPlaces } from './nearest-places.ts';
import { readTyped, tellTyped, toDecimal } from './typed-value.ts';

describe('the languages of a design', () => {
  const body = testDesign({
    logoText: 'Чайка',
    texts: { en: { logoText: 'The Gull', fields: { points: { label: 'Points' }, name: { value: '' } } } },
    places: [
      { latitude: 1, longitude: 2, text: 'Мы рядом', texts: { en: 'We are near' } },
      { latitude: 3, longitude: 4, text: 'Заходите' },
    ],
  });

  test('its own comes first, the others are those that it has texts of', () => {
    expect(languagesOf(body)).toEqual(['ru', 'en']);
    expect(languagesOf(testDesign())).toEqual(['ru']);
  });

  test('what is not translated, or translated by nothing, stays in the first language', () => {
    const english = localizeDesign(body, 'en');
    expect(english).toMatchObject({ language: 'en', logoText: 'The Gull', organizationName: 'Траттория' });
    expect(english.fields.header[0]).toMatchObject({ key: 'points', label: 'Points', value: 'LoyaltyValue#' });
    expect(english.fields.secondary[0]).toEqual(body.fields.secondary[0]);
    expect(english.places?.map(({ text }) => text)).toEqual(['We are near', 'Заходите']);
  });

  test('a field may be called like something that every object has', () => {
    const named = testDesign({
      fields: { header: [{ key: 'constructor', label: 'a', value: 'b' }] },
      texts: { en: { fields: {} } },
    });
    expect(localizeDesign(named, 'en').fields.header[0]).toEqual({ key: 'constructor', label: 'a', value: 'b' });
  });
});

describe('the places that a card carries', () => {
  const chain = Array.from({ length: 30 }, (_, index) => ({
    latitude: 50 + index / 10,
    longitude: 30,
    text: `${index}`,
  }));

  test('are the ten nearest to its guest, the nearest first', () => {
    const near = nearestPlaces(chain, { latitude: 51.52, longitude: 30 });
    expect(near.slice(0, 3).map(({ text }) => text)).toEqual(['15', '16', '14']);
    expect(near).toHaveLength(10);
  });

  test('the other side of the 180th meridian is near', () => {
    const islands = [...chain, { latitude: 0, longitude: -179.9, text: 'Taveuni' }];
    expect(nearestPlaces(islands, { latitude: 0, longitude: 179.9 })[0]?.text).toBe('Taveuni');
  });

  test('without knowing where the guest is the first ten', () => {
    expect(nearestPlaces(chain, null)).toEqual(chain.slice(0, 10));
  });
});

describe('values that phones write in their owner’s way', () => {
  test.each([
    ['1250.5', { kind: 'number', style: 'decimal' }, '1\u202f250,5'],
    ['1 250,50', { kind: 'number', style: 'decimal' }, '1\u202f250,5'],
    ['7', { kind: 'number', style: 'percent' }, '7\u00a0%'],
    ['2500', { kind: 'currency', code: 'RUB' }, '2\u202f500\u202f₽'],
    ['99.5', { kind: 'currency', code: 'EUR' }, '99,50\u202f€'],
    ['2026-12-31', { kind: 'date', dateStyle: 'long', timeStyle: 'none' }, '31 декабря 2026'],
    ['2026-12-31T18:00:00+03:00', { kind: 'date', dateStyle: 'short', timeStyle: 'short' }, '31.12.2026, 18:00'],
  ] as const)('%s as %o is «%s»', (text, format, told) => {
    const typed = readTyped(text, format);
    expect(typed && tellTyped(typed, 'ru')).toBe(told);
  });

  test.each(['скоро', '2026-02-30', '2026-12-31T18:00', '', '31.12.2026'])(
    '«%s» is no date and stays a text',
    (text) => {
      expect(readTyped(text, { kind: 'date', dateStyle: 'long', timeStyle: 'none' })).toBeNull();
    },
  );

  test('a day without a time is the same day in every time zone', () => {
    const typed = readTyped('2026-12-31', { kind: 'date', dateStyle: 'none', timeStyle: 'short' });
    expect(typed).toMatchObject({
      value: '2026-12-31T00:00:00Z',
      wholeDay: true,
      dateStyle: 'long',
      timeStyle: 'none',
    });
  });

  test('a decimal reads back as the whole number that it came from', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }),
        fc.integer({ min: 0, max: 3 }),
        (minor, scale) => {
          expect(BigInt(Math.round(Number(toDecimal(minor, scale)) * 10 ** scale))).toBe(minor);
        },
      ),
    );
  });
});

describe('the last day of a card', () => {
  const issuedAt = Temporal.Instant.from('2026-11-22T22:30:00Z');
  const timeZone = 'Europe/Moscow';

  test('its own wins over the design’s', () => {
    expect(
      lastDayOf({ expiry: { kind: 'date', on: '2027-01-31' } }, { expiresOn: '2026-12-01' }, { issuedAt, timeZone }),
    ).toBe('2026-12-01');
    expect(lastDayOf({ expiry: { kind: 'date', on: '2027-01-31' } }, {}, { issuedAt, timeZone })).toBe('2027-01-31');
    expect(lastDayOf({}, {}, { issuedAt, timeZone })).toBeUndefined();
  });

  test('days are counted from the day of issue where the company is, to the last second', () => {
    expect(lastDayOf({ expiry: { kind: 'days', days: 1 } }, {}, { issuedAt, timeZone })).toBe('2026-11-24');
    expect(endOfDay('2026-11-24', timeZone)).toBe('2026-11-24T20:59:59Z');
  });
});

describe('a code', () => {
  test.each([
    ['ean13', '4006381333931', 'ean13'],
    ['ean13', '4006381333932', 'qr'],
    ['ean13', '7K2M', 'qr'],
    ['code39', 'ABC-12', 'code39'],
    ['code39', 'abc', 'qr'],
    ['itf', '123', 'qr'],
    ['code128', 'Карта', 'qr'],
    ['pdf417', 'Карта', 'pdf417'],
    ['qr', '', null],
    ['qr', 'x'.repeat(1_001), null],
  ] as const)('%s of «%s» is drawn as %s', (format, message, drawn) => {
    expect(fitBarcode(format, message)).toBe(drawn);
  });
});
