import { validatePass } from '@tessera/pkpass';
import { describe, expect, test } from 'vitest';
import { testDesign } from '../../../test/wallet-design.ts';
import { renderApplePass } from './render-apple-pass.ts';
import { renderPicture } from './render-picture.ts';
import { resolveCard } from './resolve-fields.ts';

const frame = {
  passTypeIdentifier: 'pass.example.card',
  teamIdentifier: 'ABCDE12345',
  serial: 'S1',
  authenticationToken: 'a-token-of-sixteen-or-more',
  webServiceUrl: 'https://cards.example/wallet/apple',
};
const contentOf = (change: Parameters<typeof testDesign>[0] = {}) =>
  resolveCard({
    design: testDesign(change),
    ownValues: {},
    variables: { LoyaltyValue: '1 250', FirstName: 'Мария' },
    identity: { serial: 'S1', guid: 'g', token: '' },
    voided: false,
  });

describe('pass.json', () => {
  test('carries identity, colours as rgb(), texts and the change message of the points', () => {
    expect(renderApplePass(contentOf(), frame)).toEqual({
      formatVersion: 1,
      passTypeIdentifier: 'pass.example.card',
      teamIdentifier: 'ABCDE12345',
      serialNumber: 'S1',
      organizationName: 'Траттория',
      description: 'Карта гостя',
      logoText: 'Траттория',
      backgroundColor: 'rgb(60, 20, 20)',
      foregroundColor: 'rgb(255, 255, 255)',
      labelColor: 'rgb(230, 200, 160)',
      webServiceURL: 'https://cards.example/wallet/apple',
      authenticationToken: 'a-token-of-sixteen-or-more',
      barcodes: [{ format: 'PKBarcodeFormatQR', message: 'S1', messageEncoding: 'iso-8859-1' }],
      storeCard: {
        headerFields: [{ key: 'points', label: 'Баллы', value: '1 250', changeMessage: 'Баллов на карте: %@' }],
        primaryFields: [],
        secondaryFields: [{ key: 'name', label: 'Гость', value: 'Мария' }],
        auxiliaryFields: [],
        backFields: [],
      },
    });
  });

  test('adds a QR code after a Code 128, which a watch cannot draw', () => {
    const pass = renderApplePass(contentOf({ barcode: { format: 'code128', message: 'Serial#', altText: '' } }), frame);
    expect(pass.barcodes?.map(({ format }) => format)).toEqual(['PKBarcodeFormatCode128', 'PKBarcodeFormatQR']);
  });

  test('says UTF-8 only for a code that Latin-1 cannot hold', () => {
    const encodingOf = (message: string) =>
      renderApplePass(contentOf({ barcode: { format: 'qr', message, altText: '' } }), frame).barcodes?.[0]
        ?.messageEncoding;
    expect(encodingOf('café')).toBe('iso-8859-1');
    expect(encodingOf('карта')).toBe('utf-8');
  });
});

describe('the poster of iOS 27', () => {
  const fields = {
    back: [
      { key: 'hours', label: 'Часы', value: '10–22' },
      { key: 'rules', label: 'Правила', value: 'Баллами — до половины счёта' },
    ],
  };

  test('takes fields for the section below the card, each once: what stands there is not on the back, too', () => {
    const poster = { header: ['points'], primary: ['name'], footer: [], additional: ['hours', 'name', 'nobody'] };
    const pass = renderApplePass(contentOf({ fields, poster }), frame);
    expect(pass.posterGeneric).toEqual({
      headerFields: [{ key: 'points', label: 'Баллы', value: '1 250', changeMessage: 'Баллов на карте: %@' }],
      primaryFields: [{ key: 'name', label: 'Гость', value: 'Мария' }],
      footerFields: [],
      additionalInfoFields: [{ key: 'hours', label: 'Часы', value: '10–22' }],
      backFields: [{ key: 'rules', label: 'Правила', value: 'Баллами — до половины счёта' }],
    });
    // Older phones keep it on the back.
    expect(pass.storeCard?.backFields?.map(({ key }) => key)).toEqual(['hours', 'rules']);
    expect(pass.storeCard).not.toHaveProperty('additionalInfoFields');
    expect(validatePass(pass).filter(({ path }) => path.includes('posterGeneric'))).toEqual([]);
  });

  test('without such fields is what it was, to the letter', () => {
    const poster = { header: ['points'], primary: ['name'], footer: [] };
    const content = contentOf({ fields, poster });
    expect(contentOf({ fields, poster: { ...poster, additional: [] } })).toEqual(content);
    expect(content.poster).not.toHaveProperty('additional');
    expect(renderApplePass(content, frame).posterGeneric).not.toHaveProperty('additionalInfoFields');
  });
});

test('the picture holds the same texts, the code as SVG and addresses of the sharpest images', () => {
  const content = { ...contentOf(), images: { 'logo.png': 'a'.repeat(64), 'logo@2x.png': 'b'.repeat(64) } };
  const picture = renderPicture(content, 7);
  expect(picture.headerFields).toEqual([{ key: 'points', label: 'Баллы', value: '1 250' }]);
  expect(picture.images).toEqual({ logo: `/assets/7/${'b'.repeat(64)}` });
  expect(picture.barcode?.svg).toMatch(/^<svg /);
});

test.each(['qr', 'pdf417', 'aztec', 'code128'] as const)('a %s code can be drawn', (format) => {
  const picture = renderPicture(contentOf({ barcode: { format, message: 'Serial#', altText: 'S1' } }), 1);
  expect(picture.barcode).toMatchObject({ format, altText: 'S1', svg: expect.stringMatching(/^<svg /) });
});
