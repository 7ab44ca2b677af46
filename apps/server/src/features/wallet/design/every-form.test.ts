import { validatePass } from '@tessera/pkpass';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { testDesign } from '../../../../test/wallet-design.ts';
import { localizePasses } from '../apple/localize-pass.ts';
import { renderClass } from '../google/render-class.ts';
import { renderObject } from '../google/render-object.ts';
import { type DesignBody, fieldGroups } from '../model.ts';
import { renderApplePass } from '../render-apple-pass.ts';
import { contentsOf, takeSnapshot } from '../render-pass.ts';
import { renderPicture } from '../render-picture.ts';
import type { CardContent, LocalContent } from '../resolve-fields.ts';
import { sampleSubject } from '../sample-subject.ts';

const text = fc.oneof(
  fc.constantFrom(
    'LoyaltyValue#',
    'FirstName# LastName#',
    'Баллы',
    'Level#',
    'Header1#',
    'Notes#',
    '12.5',
    '2026-12-31',
  ),
  fc.string({ maxLength: 12, unit: 'grapheme' }),
);
const format = fc.constantFrom<NonNullable<DesignBody['fields']['header'][number]['format']>[]>(
  { kind: 'date', dateStyle: 'medium', timeStyle: 'none' },
  { kind: 'number', style: 'percent' },
  { kind: 'number', style: 'spellOut' },
  { kind: 'currency', code: 'RUB' },
);
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
/** Leaves out what is undefined: the schema knows no such members. */
const tidy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

const field = (key: string) =>
  fc.record({
    key: fc.constant(key),
    label: text,
    value: text,
    changeMessage: optional(fc.constantFrom('Стало %@', 'без места')),
    alignment: optional(fc.constantFrom('left', 'center', 'right', 'natural')),
    format: optional(format),
    row: optional(fc.constantFrom(0, 1)),
  });
const group = (name: string, maxLength: number) =>
  fc
    .integer({ min: 0, max: maxLength })
    .chain((length) => fc.tuple(...Array.from({ length }, (_, index) => field(`${name}${index}`))));
const url = fc.constantFrom(
  'https://cards.example/?c=Serial#&n=FirstName#',
  'tel:+79990000000',
  'https://a.example/"<x>',
);

const design: fc.Arbitrary<DesignBody> = fc
  .record({
    style: fc.constantFrom('storeCard', 'generic', 'coupon', 'eventTicket'),
    poster: optional(
      fc.constant({ title: 'FirstName#', header: ['header0'], primary: ['primary0', 'nothing'], footer: ['back0'] }),
    ),
    texts: optional(
      fc.record({
        en: fc.record({
          logoText: optional(text),
          fields: fc.dictionary(
            fc.constantFrom('header0', 'back0', 'primary0'),
            fc.record({ label: text, value: text }),
          ),
        }),
      }),
    ),
    logoText: text,
    fields: fc.record({
      header: group('header', 4),
      primary: group('primary', 2),
      secondary: group('secondary', 5),
      auxiliary: group('auxiliary', 5),
      back: group('back', 4),
    }),
    barcode: fc.option(
      fc.record({
        format: fc.constantFrom('qr', 'pdf417', 'aztec', 'code128', 'ean13', 'code39', 'codabar', 'itf'),
        message: fc.oneof(text, fc.constantFrom('Serial#', '4006381333931', '1234', 'A12B')),
        altText: text,
        encoding: optional(fc.constantFrom('iso-8859-1', 'utf-8')),
      }),
    ),
    places: optional(
      fc.array(
        fc.record({
          latitude: fc.double({ min: -90, max: 90, noNaN: true }),
          longitude: fc.double({ min: -180, max: 180, noNaN: true }),
          text,
        }),
        { maxLength: 14 },
      ),
    ),
    maxDistanceMetres: optional(fc.integer({ min: 1, max: 500 })),
    relevantDates: optional(
      fc.constant([
        { at: '2026-12-31T18:00:00.123Z' },
        { from: '2026-12-31T18:00:00Z', until: '2026-12-31T20:00:00Z' },
      ]),
    ),
    links: optional(fc.array(fc.record({ label: text, url }), { maxLength: 3 })),
    apps: optional(
      fc.constantFrom(
        { appleStoreIds: [1], appLaunchUrl: 'gull://card' },
        { appLaunchUrl: 'gull://card' },
        { androidPackage: 'com.example.gull' },
      ),
    ),
    featuredActions: optional(fc.constant([{ type: 'order', url: 'https://cards.example/order' }])),
    expiry: optional(fc.constantFrom({ kind: 'date', on: '2027-01-31' }, { kind: 'days', days: 30 })),
    groupingIdentifier: optional(fc.constant('evening')),
  })
  .map((change) => tidy({ ...testDesign(), ...change }) as DesignBody);

const identity = { serial: '7K2M9QX4B8VN3T6Z', guid: '0f8fad5b-d9cb-469f-a165-70867728950e', token: 't'.repeat(32) };
const frame = {
  passTypeIdentifier: 'pass.example.test',
  teamIdentifier: 'ABCDE12345',
  serial: identity.serial,
  authenticationToken: identity.token,
  webServiceUrl: 'https://cards.example/wallet/apple',
};
const createdAt = Temporal.Instant.from('2026-11-22T10:00:00Z');

function cardOf(body: DesignBody, ownValues: Record<string, string>, language: 'ru' | 'en') {
  const subject = sampleSubject(language);
  const own = { ownValues, own: {}, voided: false };
  const snapshot = takeSnapshot({ body, revision: 1 }, { ...own, createdAt }, subject);
  const contents = contentsOf({ body }, own, snapshot, identity);
  const say = ({ language: one, content }: LocalContent) => ({ language: one, pass: renderApplePass(content, frame) });
  const [first, ...others] = contents;
  return { contents, localized: localizePasses([say(first), ...others.map(say)]) };
}

/** What a phone of a language reads where `pass.json` has a text. */
function readStrings(file: Uint8Array | undefined): Map<string, string> {
  const source = file
    ? Buffer.from(file)
        .toString('utf16le')
        .replace(/^\ufeff/, '')
    : '';
  const unquote = (quoted: string) => quoted.replace(/\\n/g, '\n').replace(/\\(.)/gs, '$1');
  return new Map(
    [...source.matchAll(/"((?:[^"\\]|\\.)*)" = "((?:[^"\\]|\\.)*)";\n/gs)].map(([, key, told]) => [
      unquote(key!),
      unquote(told!),
    ]),
  );
}

const fieldsOf = (content: CardContent) => fieldGroups.flatMap((one) => content.fields[one]);

describe('whatever the design', () => {
  test('phones open the card: the strict check of passes finds no error', () => {
    fc.assert(
      fc.property(
        design,
        fc.dictionary(fc.constantFrom('header0', 'back0'), text),
        fc.constantFrom('ru', 'en'),
        (body, ownValues, language) => {
          const { localized } = cardOf(body, ownValues, language);
          const errors = validatePass(localized.pass).filter(({ severity }) => severity === 'error');
          expect(errors).toEqual([]);
        },
      ),
      { numRuns: 400 },
    );
  });

  test('a phone of each language reads the texts of that language, and the page and Google say the same', () => {
    fc.assert(
      fc.property(design, fc.constantFrom('ru', 'en'), (body, language) => {
        const { contents, localized } = cardOf(body, {}, language);
        const style = localized.pass[body.style] as Record<
          string,
          { key: string; label?: string; value: unknown; dateStyle?: string }[]
        >;
        const shown = Object.values(style).flat();
        const google = JSON.stringify(
          renderObject(body, contents, {
            objectId: '1.a',
            classId: '1.b',
            vertical: 'generic',
            companyId: 1,
            publicUrl: 'https://cards.example',
            serial: identity.serial,
            rotationKey: null,
          }),
        );
        expect(() =>
          renderClass(
            { body, name: 'Карта' },
            { classId: '1.b', vertical: 'generic', companyId: 1, publicUrl: 'https://cards.example' },
          ),
        ).not.toThrow();
        for (const { language: one, content } of contents) {
          const strings = readStrings(localized.files[`${one}.lproj/pass.strings`]);
          const picture = renderPicture({ ...content, barcode: null }, 1);
          const told = JSON.stringify(picture);
          for (const { key, label, value, typed } of fieldsOf(content)) {
            const apple = shown.find((candidate) => candidate.key === key);
            // A field may have nothing to say in the first language; phones then do not show it in any.
            if (!apple) continue;
            if (!typed) expect(strings.get(String(apple.value)) ?? apple.value).toBe(value);
            if (label !== '' && apple.label !== undefined) expect(strings.get(apple.label) ?? apple.label).toBe(label);
            expect(told).toContain(JSON.stringify(value).slice(1, -1));
          }
        }
        for (const { value } of fieldsOf(contents[0].content).slice(0, 9))
          expect(google).toContain(JSON.stringify(value).slice(1, -1));
      }),
      { numRuns: 300 },
    );
  });

  test('one text with two translations is told right in both places', () => {
    const body = testDesign({
      fields: {
        header: [{ key: 'a', label: 'Бонусы', value: '1' }],
        secondary: [{ key: 'b', label: 'Бонусы', value: '2' }],
      },
      texts: { en: { fields: { a: { label: 'Points' }, b: { label: 'Treats' } } } },
    });
    const { localized } = cardOf(body, {}, 'ru');
    const english = readStrings(localized.files['en.lproj/pass.strings']);
    const russian = readStrings(localized.files['ru.lproj/pass.strings']);
    const style = localized.pass.storeCard!;
    expect(english.get(style.headerFields![0]!.label!)).toBe('Points');
    expect(english.get(style.secondaryFields![0]!.label!)).toBe('Treats');
    expect(russian.get(style.secondaryFields![0]!.label!)).toBe('Бонусы');
  });

  test('a card in one language has no tables, and the guest’s language leads where the design speaks it', () => {
    expect(cardOf(testDesign(), {}, 'en').localized.files).toEqual({});
    const { localized, contents } = cardOf(testDesign({ texts: { en: { logoText: 'The Gull' } } }), {}, 'en');
    expect(Object.keys(localized.files)).toEqual(['en.lproj/pass.strings', 'ru.lproj/pass.strings']);
    expect(contents.map(({ language }) => language)).toEqual(['en', 'ru']);
    expect(localized.pass.logoText).toBe('The Gull');
  });

  test('NFC is written only where the certificate allows it, and never a currency with a number style', () => {
    const body = testDesign({
      nfc: { message: 'Serial#', encryptionPublicKey: 'x', requiresAuthentication: false },
      fields: {
        header: [{ key: 'sum', label: '', value: 'LoyaltyValue2#', format: { kind: 'currency', code: 'RUB' } }],
      },
    });
    const [{ content }] = cardOf(body, {}, 'ru').contents;
    expect(renderApplePass(content, frame).nfc).toBeUndefined();
    const pass = renderApplePass(content, { ...frame, nfcCapable: true });
    expect(pass.nfc?.message).toBe(identity.serial);
    expect(pass.storeCard?.headerFields?.[0]).toEqual({ key: 'sum', value: 18_400, currencyCode: 'RUB' });
  });
});
