import { type FakeGoogleWallet, startFakeGoogleWallet } from '@tessera/testkit/google-wallet';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDesign } from '../../../../test/wallet-design.ts';
import {
  createGoogleWallet,
  type GoogleWallet,
  googleAt,
  readServiceAccount,
  type ServiceAccount,
} from '../../../adapters/google-wallet/index.ts';
import type { DesignBody, GoogleVertical } from '../model.ts';
import type { LocalContents } from '../resolve-fields.ts';
import { resolveCard } from '../resolve-fields.ts';
import { classIdOf, verticalOf } from './model.ts';
import { renderClass } from './render-class.ts';
import { renderObject } from './render-object.ts';

const ISSUER = '3388000000022812345';
const SERIAL = '7K2M9QX4B8VN3T6Z';
const SHA = 'ab'.repeat(32);
const NOW = Temporal.Instant.from('2026-03-01T09:00:00Z');

let google: FakeGoogleWallet;
let client: GoogleWallet;
let account: ServiceAccount;
beforeAll(async () => {
  google = await startFakeGoogleWallet({ clock: () => NOW, fetchPictures: false, requestsPerSecond: 1_000 });
  const read = readServiceAccount(google.newServiceAccount({ invitedTo: [ISSUER] }).file);
  if (!read.ok) throw new Error(read.problem);
  account = read.account;
  client = createGoogleWallet({ addresses: googleAt(google.url), clock: () => NOW, pace: async () => true });
});
afterAll(async () => {
  client?.close();
  await google?.stop();
});

const design = (change: Parameters<typeof testDesign>[0] = {}): DesignBody => ({
  ...testDesign(change),
  images: { 'icon@2x.png': SHA, 'strip@3x.png': SHA },
});

function contentsOf(body: DesignBody, { points = '1 250', voided = false } = {}): LocalContents {
  const variables = { LoyaltyValue: points, FirstName: 'Мария' };
  const identity = { serial: SERIAL, guid: 'g', token: '' };
  const content = resolveCard({ design: body, ownValues: {}, variables, identity, voided });
  return [{ language: body.language, content }];
}

const frameOf = (vertical: GoogleVertical) => ({
  vertical,
  classId: classIdOf({ issuerId: ISSUER, prefix: '0a1b2c3d' }, 7, vertical),
  companyId: 1,
  publicUrl: 'https://cards.example',
});
const objectOf = (body: DesignBody, contents: LocalContents = contentsOf(body), rotationKey: string | null = null) => {
  const frame = { ...frameOf(verticalOf(body)), objectId: `${ISSUER}.card_1`, serial: SERIAL, rotationKey };
  return renderObject(body, contents, frame) as Record<string, unknown> & ReturnType<typeof renderObject>;
};

describe('a design as a class, and its card as an object', () => {
  test.each(['loyalty', 'generic', 'offer', 'eventTicket', 'giftCard'] as const)(
    'are taken by Google as %s',
    async (vertical) => {
      const body = design({ google: { vertical, rotatingSeconds: 60 } });
      const frame = frameOf(vertical);
      const own = renderClass({ body, name: 'Карта' }, frame);
      expect(await client.upsert(account, `${vertical}Class`, own)).toMatchObject({ status: 'done' });
      const card = { ...objectOf(body, contentsOf(body), 'ab'.repeat(20)), id: `${ISSUER}.card_${vertical}` };
      expect(await client.upsert(account, `${vertical}Object`, card)).toMatchObject({ status: 'done' });
      const away = { ...objectOf(body, contentsOf(body, { voided: true })), id: card.id };
      expect(await client.upsert(account, `${vertical}Object`, away)).toMatchObject({
        status: 'done',
        resource: { state: 'EXPIRED' },
      });
    },
  );

  test('show the points first, and every other field once', () => {
    const body = design();
    expect(objectOf(body)).toMatchObject({
      accountId: SERIAL,
      loyaltyPoints: { label: 'Баллы', balance: { string: '1 250' } },
      textModulesData: [{ id: 'name', header: 'Гость', body: 'Мария' }],
      barcode: { type: 'QR_CODE', value: SERIAL },
    });
    const { cardTemplateOverride } = renderClass({ body, name: 'Карта' }, frameOf('loyalty')).classTemplateInfo;
    expect(JSON.stringify(cardTemplateOverride)).toContain('object.loyaltyPoints.balance');
    expect(JSON.stringify(cardTemplateOverride)).toContain("object.textModulesData['name']");
  });

  test('name pictures by their content, over https', () => {
    const own = renderClass({ body: design(), name: 'Карта' }, frameOf('loyalty')) as Record<string, unknown>;
    expect(own.programLogo).toMatchObject({
      sourceUri: { uri: `https://cards.example/google/pictures/1/logo-${SHA}-3c1414` },
    });
    expect(own.heroImage).toMatchObject({
      sourceUri: { uri: `https://cards.example/google/pictures/1/hero-${SHA}-3c1414` },
    });
    expect(own.callbackOptions).toEqual({ url: 'https://cards.example/google/callback' });
  });

  test('more than ten texts share the last place', () => {
    const back = Array.from({ length: 14 }, (_, at) => ({
      key: `b${at}`,
      label: `Заголовок ${at}`,
      value: `Текст ${at}`,
    }));
    const modules = objectOf(design({ fields: { back } })).textModulesData as { id: string; body?: string }[];
    expect(modules).toHaveLength(10);
    expect(modules.at(-1)).toMatchObject({ id: 'more' });
    expect(modules.at(-1)!.body).toContain('Заголовок 13\nТекст 13');
  });

  test('a card in two languages lets the phone choose, and says what is the same once', () => {
    const body = design();
    const [russian] = contentsOf(body);
    const english = {
      ...russian.content,
      fields: {
        ...russian.content.fields,
        header: [{ key: 'points', label: 'Points', value: '1 250' }],
        secondary: [{ key: 'name', label: 'Guest', value: 'Мария' }],
      },
    };
    const card = objectOf(body, [russian, { language: 'en', content: english }]);
    expect(card.loyaltyPoints).toMatchObject({
      label: 'Баллы',
      localizedLabel: {
        defaultValue: { language: 'ru', value: 'Баллы' },
        translatedValues: [{ language: 'en', value: 'Points' }],
      },
    });
    expect(card.textModulesData[0]).toMatchObject({ header: 'Гость', body: 'Мария' });
    expect(card.textModulesData[0]).not.toHaveProperty('localizedBody');
  });

  test('hold nothing of time or chance: equal cards are equal to the letter', () => {
    const body = design();
    expect(JSON.stringify(objectOf(body))).toBe(JSON.stringify(objectOf(body)));
    expect(JSON.stringify(objectOf(body))).not.toBe(
      JSON.stringify(objectOf(body, contentsOf(body, { points: '1 251' }))),
    );
  });

  test('a code that changes is only of a kind that can, and the one that stays remains beside it', () => {
    const barcode = { format: 'aztec', message: 'Serial#', altText: '' } as const;
    const card = objectOf(design({ barcode, google: { rotatingSeconds: 30 } }), undefined, 'cd'.repeat(20));
    expect(card).toMatchObject({
      barcode: { type: 'AZTEC', value: SERIAL },
      rotatingBarcode: {
        type: 'QR_CODE',
        valuePattern: `L1:${SERIAL}:{totp_timestamp_seconds}:{totp_value_0}`,
        totpDetails: {
          algorithm: 'TOTP_SHA1',
          periodMillis: '30000',
          parameters: [{ key: 'cd'.repeat(20), valueLength: 8 }],
        },
      },
    });
  });

  test.each([
    ['storeCard', 'loyalty'],
    ['coupon', 'offer'],
    ['eventTicket', 'eventTicket'],
    ['generic', 'generic'],
    ['boardingPass', 'generic'],
  ])('of the style %s is %s', (style, vertical) => {
    expect(verticalOf({ style } as unknown as DesignBody)).toBe(vertical);
  });
});
