import type { DesignBody } from '@tessera/contract';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bodyOf, readNumber } from './body-of.ts';
import { cropOf, moved, shapesOf, withoutPicture } from './crop.ts';
import { draftOf, newKey } from './draft.ts';
import { readPlaces } from './places.ts';
import { sectionOf } from './problem-place.ts';
import { TEMPLATES, templateBody } from './templates.ts';

const ZONE = 'Europe/Moscow';
const field = (key: string) => ({ key, label: `label ${key}`, value: `${key}#` });

const full: DesignBody = {
  style: 'eventTicket',
  poster: {
    title: 'FirstName#',
    header: ['points'],
    primary: ['name', 'level'],
    footer: ['number'],
    additional: ['seat'],
  },
  language: 'ru',
  texts: {
    en: {
      organizationName: 'Seagull',
      altText: 'Number Serial#',
      fields: { points: { label: 'points' }, level: { label: 'level', value: 'Level#', changeMessage: 'Now %@' } },
    },
  },
  organizationName: 'Чайка',
  description: 'Карта гостя',
  logoText: 'Чайка',
  colours: { background: '#1f3a44', foreground: '#fdf6ea', label: '#e8b98c' },
  images: { 'icon.png': 'a'.repeat(64), 'icon@2x.png': 'b'.repeat(64) },
  fields: {
    header: [{ ...field('points'), changeMessage: 'Теперь %@', format: { kind: 'number', style: 'decimal' } }],
    primary: [field('name')],
    secondary: [{ ...field('level'), alignment: 'right' }],
    auxiliary: [
      { ...field('seat'), row: 1, format: { kind: 'date', dateStyle: 'long', timeStyle: 'none', relative: true } },
    ],
    back: [field('number')],
  },
  barcode: { format: 'ean13', message: 'Serial#', altText: 'Serial#', encoding: 'utf-8' },
  sharingProhibited: true,
  venuePlaces: true,
  places: [
    { latitude: 55.751244, longitude: 37.618423, altitude: -3.5, text: 'Рядом', texts: { en: 'Near' } },
    { latitude: -0.5, longitude: 0, text: '' },
  ],
  maxDistanceMetres: 150,
  beacons: [{ uuid: '0B2F3C7E-1A2B-4C3D-8E4F-5A6B7C8D9E0F', major: 0, minor: 65_535, text: 'У входа' }],
  relevantDates: [
    { at: '2026-12-31T18:00:00.000Z' },
    { from: '2026-12-31T18:00:00.000Z', until: '2027-01-01T03:00:00.000Z' },
  ],
  links: [{ label: 'Меню', url: 'https://example.com/menu', texts: { en: 'Menu' } }],
  apps: { appleStoreIds: [123_456_789, 5], appLaunchUrl: 'seagull://card', androidPackage: 'com.example.seagull' },
  featuredActions: [{ type: 'order', url: 'https://example.com/order' }],
  expiry: { kind: 'days', days: 365 },
  nfc: { message: 'Serial#', encryptionPublicKey: 'MDkwEw', requiresAuthentication: true },
  changingCode: { afterUse: true, minutes: null, graceMinutes: 10 },
  groupingIdentifier: 'concert',
  google: { vertical: 'generic', rotatingSeconds: 60 },
};

const draft = draftOf({ name: 'Карта', credentialId: 3, body: full }, ZONE);
const read = (change: Partial<typeof draft>) => bodyOf({ ...draft, ...change }, ZONE);

describe('a design in the fields of the designer', () => {
  test('comes back as it was, with everything that a design can have', () => {
    expect(bodyOf(draft, ZONE)).toEqual({ body: full, unread: [] });
  });

  test('comes back as it was with nothing but what it must have', () => {
    const bare: DesignBody = {
      style: 'storeCard',
      language: 'en',
      organizationName: 'Seagull',
      description: 'Card',
      logoText: '',
      colours: full.colours,
      images: {},
      fields: { header: [], primary: [], secondary: [], auxiliary: [], back: [] },
      barcode: null,
      sharingProhibited: false,
    };
    expect(bodyOf(draftOf({ name: 'Bare', credentialId: null, body: bare }, ZONE), ZONE)).toEqual({
      body: bare,
      unread: [],
    });
  });

  test('moments are the clock of the company', () => {
    expect(draft.dates[0]).toEqual({ from: '2026-12-31T21:00', until: '' });
  });

  test('the expiry is one day for all, or counted, or nothing', () => {
    const on = { kind: 'date', on: '2027-05-31', days: '' } as const;
    expect(read({ expiry: on }).body.expiry).toEqual({ kind: 'date', on: '2027-05-31' });
    expect(read({ expiry: { ...on, kind: '' } }).body.expiry).toBeUndefined();
  });

  test('a language stays chosen while it says nothing yet, and its first texts are not its own', () => {
    const empty = draftOf({ name: '', credentialId: null, body: { ...full, texts: { en: {} } } }, ZONE);
    expect(bodyOf(empty, ZONE).body.texts).toEqual({ en: {} });
    expect(bodyOf({ ...empty, language: 'en' }, ZONE).body.texts).toEqual({});
  });

  test('a field that was taken away leaves neither texts nor a place on the poster behind', () => {
    const { body } = read({ fields: { ...draft.fields, secondary: [], header: [] } });
    expect(body.texts?.en?.fields).toBeUndefined();
    expect(body.poster).toMatchObject({ header: [], primary: ['name'] });
  });

  test('lines that are still empty are no places, beacons or links', () => {
    const text = { text: '', texts: {} };
    const { body, unread } = read({
      places: [{ latitude: '', longitude: ' ', altitude: '', ...text }],
      beacons: [{ uuid: '', major: '', minor: '', ...text }],
      links: [{ label: '', url: '', texts: {} }],
      dates: [{ from: '', until: '' }],
    });
    expect([body.places, body.beacons, body.links, body.relevantDates, unread]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      [],
    ]);
  });

  test('what cannot be read is named by its place, and the rest is read all the same', () => {
    const text = { text: 'x', texts: {} };
    const { body, unread } = read({
      places: [
        { latitude: '91', longitude: '3', altitude: '', ...text },
        { latitude: '55,5', longitude: '37.5', altitude: '', ...text },
      ],
      maxDistance: 'far',
      beacons: [{ uuid: '123', major: '', minor: '', ...text }],
      apps: { storeIds: 'id123, abc', launchUrl: '', androidPackage: 'no package' },
      expiry: { kind: 'days', on: '', days: '' },
      google: { vertical: '', rotating: '29' },
      nfc: { message: '', key: '', authentication: false },
    });
    expect(unread.map(({ path }) => path).sort()).toEqual([
      'apps/androidPackage',
      'apps/appleStoreIds',
      'beacons/0/uuid',
      'expiry',
      'google/rotatingSeconds',
      'maxDistanceMetres',
      'nfc/message',
      'places/0/latitude',
    ]);
    expect(body.places).toEqual([{ latitude: 55.5, longitude: 37.5, text: 'x' }]);
    expect(body.apps).toEqual({ appleStoreIds: [123] });
  });

  test('a new field gets a key that no other field of the card has', () => {
    const fields = { ...draft.fields, back: [{ ...draft.fields.back[0]!, key: 'header1' }] };
    expect(newKey(fields, 'header')).toBe('header2');
  });
});

describe('templates', () => {
  test.each(TEMPLATES)('%s is a design that can be read back', (template) => {
    const body = templateBody(template, {
      company: 'Seagull',
      language: 'en',
      words: (key, what) => `${key} ${what} %@`,
    });
    expect(bodyOf(draftOf({ name: '', credentialId: null, body }, ZONE), ZONE)).toEqual({ body, unread: [] });
  });
});

describe('places out of a text', () => {
  test.each([
    ['55.751244, 37.618423', '55.751244', '37.618423', ''],
    ['55.751244,37.618423', '55.751244', '37.618423', ''],
    ['55,751244; 37,618423', '55.751244', '37.618423', ''],
    ['55,75\t37,61\tКафе на углу', '55.75', '37.61', 'Кафе на углу'],
    ['Кафе на углу, 55.75, 37.61', '55.75', '37.61', 'Кафе на углу'],
    ['55.75 37.61', '55.75', '37.61', ''],
    ['-33.8688, 151.2093; Harbour', '-33.8688', '151.2093', 'Harbour'],
  ])('%s', (line, latitude, longitude, text) => {
    expect(readPlaces(line)).toEqual([{ latitude, longitude, altitude: '', text, texts: {} }]);
  });

  test('lines that are no places are left out', () => {
    expect(readPlaces('hello\n\n155.1, 20\nул. Мира, 12')).toEqual([]);
  });

  test('a number is read with a comma or a point', () => {
    expect([readNumber('1 250,5'), readNumber('−3'), readNumber('1e3'), readNumber('')]).toEqual([
      1250.5,
      -3,
      null,
      null,
    ]);
  });
});

describe('a part of a picture', () => {
  const size = fc.record({ width: fc.integer({ min: 1, max: 5_000 }), height: fc.integer({ min: 1, max: 5_000 }) });
  const view = fc.record({
    zoom: fc.double({ min: 0.1, max: 20, noNaN: true }),
    x: fc.double({ min: -2, max: 3, noNaN: true }),
    y: fc.double({ min: -2, max: 3, noNaN: true }),
  });
  const ratio = fc.double({ min: 0.3, max: 5, noNaN: true });

  test('never reaches over the edge and has the shape of its frame, however it is pulled', () => {
    fc.assert(
      fc.property(view, size, ratio, view, (start, of, shape, pull) => {
        const crop = cropOf(moved(start, pull, of, shape), of, shape);
        expect(crop.left).toBeGreaterThanOrEqual(0);
        expect(crop.top).toBeGreaterThanOrEqual(0);
        expect(crop.left + crop.width).toBeLessThanOrEqual(1 + 1e-9);
        expect(crop.top + crop.height).toBeLessThanOrEqual(1 + 1e-9);
        expect((crop.width * of.width) / (crop.height * of.height)).toBeCloseTo(shape, 5);
      }),
    );
  });

  test('a strip of a ticket is lower than that of a store card', () => {
    expect(shapesOf('strip', 'eventTicket')[0]).toBeGreaterThan(shapesOf('strip', 'storeCard')[0]);
  });

  test('is taken away in all its sizes, and no other picture with it', () => {
    const images = { 'logo.png': '1', 'logo@3x.png': '2', 'primaryLogo.png': '3' };
    const poster = { 'artwork.png': '1', 'background.png': '2' };
    expect(withoutPicture(poster, 'artwork', 'generic')).toEqual({});
    expect(withoutPicture(poster, 'artwork', 'eventTicket')).toEqual({ 'background.png': '2' });
    expect(withoutPicture(images, 'logo', 'storeCard')).toEqual({ 'primaryLogo.png': '3' });
  });
});

test.each([
  ['fields/header/points/changeMessage', 'fields'],
  ['/body/places/3/latitude', 'when'],
  ['texts/en/fields/points/label', 'languages'],
  ['images/icon.png', 'pictures'],
  ['colours/label', 'look'],
])('a problem at %s is mended in the section %s', (path, section) => {
  expect(sectionOf(path)).toBe(section);
});
