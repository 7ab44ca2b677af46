import { createECDH } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { PassProblemCode } from './pass-problem.ts';
import { drawPng, exampleFiles, examplePass, identity } from './testing/example.ts';
import { validateAssets } from './validate-assets.ts';
import { type PassValidationOptions, validatePass } from './validate-pass.ts';

type Change = Readonly<Record<string, unknown>>;
type Expected = readonly [path: string, code: PassProblemCode, severity: 'error' | 'warning'];

function found(change: Change, options?: PassValidationOptions): Expected[] {
  const pass = { ...structuredClone(examplePass), ...change };
  return validatePass(pass, options).map(({ path, code, severity }) => [path, code, severity] as const);
}

const field = (members: Change) => ({ storeCard: { backFields: [{ key: 'k', value: 'v', ...members }] } });
const barcode = (format: string, message: string) => ({
  barcodes: [
    { format, message, messageEncoding: 'iso-8859-1' },
    { format: 'PKBarcodeFormatQR', message: 'x', messageEncoding: 'iso-8859-1' },
  ],
});
const at = 'storeCard.backFields[0]';
const elevenPlaces = Array.from({ length: 11 }, () => ({ latitude: 1, longitude: 1 }));
const fiveFields = Array.from({ length: 5 }, (_, index) => ({ key: `k${index}`, value: 1 }));

/** What the usual libraries let through, and more; one mistake each. */
const mistakes: readonly (readonly [name: string, change: Change, expected: Expected])[] = [
  ['no serial number', { serialNumber: undefined }, ['serialNumber', 'required', 'error']],
  ['an empty description', { description: '' }, ['description', 'empty', 'error']],
  ['formatVersion as text', { formatVersion: '1' }, ['formatVersion', 'wrong_type', 'error']],
  ['another format version', { formatVersion: 2 }, ['formatVersion', 'not_allowed', 'error']],
  ['a type without pass.', { passTypeIdentifier: 'com.example' }, ['passTypeIdentifier', 'pass_type_format', 'error']],
  ['a team of 9', { teamIdentifier: 'ABCDE1234' }, ['teamIdentifier', 'team_format', 'error']],
  ['a serial with a slash', { serialNumber: 'a/b' }, ['serialNumber', 'serial_format', 'warning']],
  ['a token of 8', { authenticationToken: '12345678' }, ['authenticationToken', 'token_too_short', 'error']],
  ['an address without token', { authenticationToken: undefined }, ['authenticationToken', 'token_missing', 'error']],
  ['a token without address', { webServiceURL: undefined }, ['authenticationToken', 'token_without_url', 'warning']],
  ['http', { webServiceURL: 'http://cards.example.com' }, ['webServiceURL', 'url_not_https', 'error']],
  ['http on localhost', { webServiceURL: 'http://localhost:1/pk' }, ['webServiceURL', 'url_not_https', 'error']],
  ['no address', { webServiceURL: 'cards' }, ['webServiceURL', 'url_invalid', 'error']],
  ['an address ending in /v1', { webServiceURL: 'https://x.example/v1' }, ['webServiceURL', 'url_ending', 'warning']],
  ['11 locations', { locations: elevenPlaces }, ['locations', 'too_many', 'error']],
  [
    'a latitude of 91',
    { locations: [{ latitude: 91, longitude: 0 }] },
    ['locations[0].latitude', 'out_of_range', 'error'],
  ],
  ['maxDistance as text', { maxDistance: '100' }, ['maxDistance', 'wrong_type', 'error']],
  ['a colour by name', { backgroundColor: 'red' }, ['backgroundColor', 'color_format', 'error']],
  ['a colour beyond 255', { labelColor: 'rgb(999, 0, 0)' }, ['labelColor', 'color_format', 'error']],
  ['an unknown key', { colour: 'x' }, ['colour', 'unknown_key', 'warning']],
  ['a date without zone', { expirationDate: '2027-01-01T00:00' }, ['expirationDate', 'date_format', 'error']],
  ['a day that does not exist', { expirationDate: '2027-02-30T00:00:00Z' }, ['expirationDate', 'date_format', 'error']],
  [
    'a date on a store card',
    { relevantDate: '2027-01-01T00:00:00Z' },
    ['relevantDate', 'relevance_ignored', 'warning'],
  ],
  ['no style', { storeCard: undefined }, ['', 'style_missing', 'error']],
  ['two styles', { coupon: {} }, ['', 'style_several', 'error']],
  ['an app without store id', { appLaunchURL: 'x:' }, ['appLaunchURL', 'app_without_store_identifier', 'error']],
  [
    '5 header fields',
    { storeCard: { headerFields: fiveFields } },
    ['storeCard.headerFields', 'fields_not_shown', 'warning'],
  ],
  [
    'additional information on a store card',
    { storeCard: { additionalInfoFields: [{ key: 'k', value: 1 }] } },
    ['storeCard.additionalInfoFields', 'fields_not_shown', 'warning'],
  ],
  [
    'one key in two groups',
    { storeCard: { headerFields: [{ key: 'k', value: 1 }], backFields: [{ key: 'k', value: 1 }] } },
    [`${at}.key`, 'field_key_duplicate', 'error'],
  ],
  ['a field without value', field({ value: undefined }), [`${at}.value`, 'required', 'error']],
  ['a boolean value', field({ value: true }), [`${at}.value`, 'wrong_type', 'error']],
  [
    'changeMessage without %@',
    field({ changeMessage: 'x' }),
    [`${at}.changeMessage`, 'change_message_placeholder', 'error'],
  ],
  [
    'currency with number style',
    field({ value: 1, currencyCode: 'EUR', numberStyle: 'PKNumberStyleDecimal' }),
    [at, 'currency_with_number_style', 'error'],
  ],
  ['currency of a text', field({ currencyCode: 'EUR' }), [`${at}.value`, 'value_style_mismatch', 'error']],
  [
    'currency in small letters',
    field({ value: 1, currencyCode: 'eur' }),
    [`${at}.currencyCode`, 'currency_format', 'error'],
  ],
  ['date style of a text', field({ dateStyle: 'PKDateStyleShort' }), [`${at}.value`, 'value_style_mismatch', 'error']],
  [
    'an unknown number style',
    field({ value: 1, numberStyle: 'Decimal' }),
    [`${at}.numberStyle`, 'not_allowed', 'error'],
  ],
  [
    'alignment on the back',
    field({ textAlignment: 'PKTextAlignmentLeft' }),
    [`${at}.textAlignment`, 'field_option_ignored', 'warning'],
  ],
  ['bold markup', field({ attributedValue: '<b>x</b>' }), [`${at}.attributedValue`, 'markup_ignored', 'warning']],
  [
    'a format with letters around it',
    barcode('xPKBarcodeFormatQRx', 'x'),
    ['barcodes[0].format', 'not_allowed', 'error'],
  ],
  [
    'a wrong EAN-13 digit',
    barcode('PKBarcodeFormatEAN13', '4006381333932'),
    ['barcodes[0].message', 'barcode_check_digit', 'error'],
  ],
  [
    'an EAN-13 of 12',
    barcode('PKBarcodeFormatEAN13', '400638133393'),
    ['barcodes[0].message', 'barcode_characters', 'error'],
  ],
  [
    'a message beyond Latin-1',
    barcode('PKBarcodeFormatQR', 'Привет'),
    ['barcodes[0].message', 'barcode_not_encodable', 'error'],
  ],
  ['an odd ITF', barcode('PKBarcodeFormatI2of5', '123'), ['barcodes[0].message', 'barcode_characters', 'error']],
  [
    'a linear code alone',
    { barcodes: [barcode('PKBarcodeFormatCode128', 'x').barcodes[0]] },
    ['barcodes', 'barcode_fallback_missing', 'warning'],
  ],
  [
    'a long NFC message',
    { nfc: { message: 'x'.repeat(65), encryptionPublicKey: p256Key() } },
    ['nfc.message', 'nfc_message_too_long', 'error'],
  ],
  [
    'a bad NFC key',
    { nfc: { message: 'x', encryptionPublicKey: 'AAAA' } },
    ['nfc.encryptionPublicKey', 'nfc_key_invalid', 'error'],
  ],
];

/** A compressed P-256 key as Apple asks for. */
function p256Key(): string {
  const point = createECDH('prime256v1').generateKeys(null, 'compressed');
  const prefix = Buffer.from('3039301306072a8648ce3d020106082a8648ce3d030107032200', 'hex');
  return Buffer.concat([prefix, point]).toString('base64');
}

describe('validatePass', () => {
  test('finds nothing wrong with the example', () => {
    expect(found({})).toEqual([]);
  });

  test.each(mistakes)('finds exactly: %s', (_name, change, expected) => {
    expect(found(change)).toEqual([expected]);
  });

  test('compares type, team and NFC with the certificate', () => {
    expect(found({}, { identity })).toEqual([]);
    expect(found({}, { identity: { ...identity, passTypeIdentifier: 'pass.other' } })).toEqual([
      ['passTypeIdentifier', 'pass_type_mismatch', 'error'],
    ]);
    expect(found({}, { identity: { ...identity, teamIdentifier: 'ZZZZZ99999' } })).toEqual([
      ['teamIdentifier', 'team_mismatch', 'error'],
    ]);
    const nfc = { nfc: { message: 'x', encryptionPublicKey: p256Key() } };
    expect(found(nfc, { identity: { nfcCapable: true } })).toEqual([]);
    expect(found(nfc, { identity: { nfcCapable: false } })).toEqual([['nfc', 'nfc_not_allowed', 'error']]);
  });

  test('allows http on this machine only when asked to', () => {
    const local = { webServiceURL: 'http://127.0.0.1:8080/pk' };
    expect(found(local, { allowLocalHttp: true })).toEqual([]);
    expect(found({ webServiceURL: 'http://example.com' }, { allowLocalHttp: true })).toHaveLength(1);
  });

  test('takes anything without throwing', () => {
    for (const pass of [
      null,
      undefined,
      1,
      'x',
      [],
      { storeCard: 1 },
      { barcodes: [null] },
      { storeCard: { backFields: [null, []] } },
    ]) {
      expect(validatePass(pass).some(({ severity }) => severity === 'error')).toBe(true);
    }
    const prototype = JSON.parse('{"__proto__": {"x": 1}, "constructor": 1, "barcodes": [{"format": "toString"}]}');
    expect(() => validatePass(prototype)).not.toThrow();
  });
});

describe('validateAssets', () => {
  const files = (change: Record<string, Buffer | undefined>) => {
    const all = Object.entries({ ...Object.fromEntries(exampleFiles), ...change });
    const present = all.filter((entry): entry is [string, Buffer] => entry[1] !== undefined);
    return validateAssets(new Map(present)).map(({ path, code, severity }) => [path, code, severity]);
  };

  test('accepts the example', () => {
    expect(files({})).toEqual([]);
  });

  test('misses the icon, and single resolutions', () => {
    expect(validateAssets({})).toMatchObject([{ code: 'icon_missing', severity: 'error' }]);
    expect(files({ 'icon@3x.png': undefined })).toEqual([['icon.png', 'resolution_missing', 'warning']]);
  });

  test('finds images that are too small, too large, no PNG, or unknown', () => {
    const strips = { 'strip.png': drawPng(375, 144), 'strip@2x.png': drawPng(750, 288) };
    expect(files({ ...strips, 'strip@3x.png': drawPng(29, 29) })).toEqual([
      ['strip@3x.png', 'image_too_small', 'error'],
    ]);
    expect(files({ 'icon.png': drawPng(40, 40) })).toEqual([['icon.png', 'image_too_large', 'warning']]);
    expect(files({ 'icon.png': Buffer.from('GIF89a') })).toEqual([['icon.png', 'image_not_png', 'error']]);
    expect(files({ 'Icon.png': drawPng(1, 1), '.DS_Store': Buffer.from('x') }).map(([, code]) => code)).toContain(
      'file_unknown',
    );
  });
});
