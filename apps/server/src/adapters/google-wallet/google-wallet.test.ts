import { generateKeyPairSync } from 'node:crypto';
import { type FakeGoogleWallet, startFakeGoogleWallet } from '@tessera/testkit/google-wallet';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  createGoogleWallet,
  type GoogleWallet,
  googleAt,
  makeSaveJwt,
  readServiceAccount,
  type ServiceAccount,
} from './index.ts';

const ISSUER = '3388000000022812345';
const START = Temporal.Instant.from('2026-03-01T09:00:00Z');

let now = START;
let google: FakeGoogleWallet;
let client: GoogleWallet;
let account: ServiceAccount;
let email: string;
let paced: string[];
let mayGo = true;

const accountOf = (file: string): ServiceAccount => {
  const read = readServiceAccount(file);
  if (!read.ok) throw new Error(read.problem);
  return read.account;
};

beforeEach(async () => {
  now = START;
  paced = [];
  mayGo = true;
  google = await startFakeGoogleWallet({ clock: () => now, fetchPictures: false, requestsPerSecond: 1_000 });
  const made = google.newServiceAccount({ invitedTo: [ISSUER], project: 'chaika' });
  email = made.email;
  account = accountOf(made.file);
  client = createGoogleWallet({
    addresses: googleAt(google.url),
    clock: () => now,
    timeoutMilliseconds: 500,
    async pace(project) {
      paced.push(project);
      return mayGo;
    },
  });
});
afterEach(async () => {
  client.close();
  await google.stop();
});

const programme = (change: Record<string, unknown> = {}) => ({
  id: `${ISSUER}.class_1`,
  issuerName: 'Чайка',
  programName: 'Бонусы',
  programLogo: { sourceUri: { uri: 'https://cards.example/logo.png' } },
  reviewStatus: 'UNDER_REVIEW',
  ...change,
});
const card = (change: Record<string, unknown> = {}) => ({
  id: `${ISSUER}.card_1`,
  classId: `${ISSUER}.class_1`,
  state: 'ACTIVE',
  loyaltyPoints: { label: 'Баллы', balance: { string: '100' } },
  ...change,
});

describe('a token', () => {
  test('is fetched once for many calls at once, and kept until five minutes before its end', async () => {
    await Promise.all(Array.from({ length: 10 }, () => client.check(account, ISSUER)));
    expect(google.tokensGiven()).toBe(1);
    now = now.add({ seconds: 3_200 });
    await client.check(account, ISSUER);
    expect(google.tokensGiven()).toBe(1);
  });

  test('is renewed early, without holding up whoever comes first', async () => {
    await client.check(account, ISSUER);
    now = now.add({ seconds: 3_400 });
    expect(await client.check(account, ISSUER)).toEqual({ status: 'done' });
    await expect.poll(() => google.tokensGiven()).toBe(2);
    now = now.add({ seconds: 3_000 });
    expect(await client.check(account, ISSUER)).toEqual({ status: 'done' });
    expect(google.tokensGiven()).toBe(2);
  });

  test('that Google has taken back is replaced within the same call', async () => {
    await client.check(account, ISSUER);
    google.control.revokeTokens();
    expect(await client.check(account, ISSUER)).toEqual({ status: 'done' });
    expect(google.tokensGiven()).toBe(2);
  });

  test('of a deleted key halts everything, and so does a clock that is wrong by an hour', async () => {
    now = now.add({ hours: 2 });
    const late = createGoogleWallet({ addresses: googleAt(google.url), clock: () => START, pace: async () => true });
    expect(await late.check(account, ISSUER)).toEqual({ status: 'halted', reason: 'key_refused' });
    late.close();
    google.control.deleteKey(email);
    expect(await client.check(account, ISSUER)).toEqual({ status: 'halted', reason: 'key_refused' });
  });

  test('of one account is never used for another', async () => {
    const other = accountOf(google.newServiceAccount().file);
    expect(await client.check(account, ISSUER)).toEqual({ status: 'done' });
    expect(await client.check(other, ISSUER)).toEqual({ status: 'halted', reason: 'not_invited' });
    expect(google.tokensGiven()).toBe(2);
  });
});

describe('classes and objects', () => {
  test('are inserted where they are not, and patched where they are', async () => {
    expect(await client.upsert(account, 'loyaltyClass', programme())).toMatchObject({ status: 'done' });
    expect(await client.upsert(account, 'loyaltyObject', card())).toMatchObject({ status: 'done' });
    const changed = card({ loyaltyPoints: { label: 'Баллы', balance: { string: '250' } } });
    expect(await client.upsert(account, 'loyaltyObject', changed)).toMatchObject({
      status: 'done',
      resource: { loyaltyPoints: { balance: { string: '250' } }, version: '2' },
    });
    const written = google.calls().map(({ method, status }) => `${method} ${status}`);
    expect(written).toEqual(['PATCH 404', 'POST 200', 'PATCH 404', 'POST 200', 'PATCH 200']);
  });

  test('that two insert at once are patched by the slower one', async () => {
    await client.insert(account, 'loyaltyClass', programme());
    await client.insert(account, 'loyaltyObject', card());
    expect(await client.insert(account, 'loyaltyObject', card())).toEqual({ status: 'exists' });
    const both = await Promise.all([1, 2].map(() => client.upsert(account, 'loyaltyClass', programme())));
    expect(both.map(({ status }) => status)).toEqual(['done', 'done']);
  });

  test('of all five kinds are taken, and read back', async () => {
    const base = { issuerName: 'Чайка', reviewStatus: 'UNDER_REVIEW' };
    const text = { defaultValue: { language: 'ru', value: 'Чайка' } };
    const classes = {
      loyalty: programme({ id: `${ISSUER}.loyalty` }),
      generic: { id: `${ISSUER}.generic` },
      offer: { id: `${ISSUER}.offer`, ...base, title: 'Кофе', provider: 'Чайка', redemptionChannel: 'INSTORE' },
      eventTicket: { id: `${ISSUER}.eventTicket`, ...base, eventName: text },
      giftCard: { id: `${ISSUER}.giftCard`, ...base },
    };
    const extra = { generic: { cardTitle: text, header: text }, giftCard: { cardNumber: '77' } } as Record<
      string,
      object
    >;
    for (const [vertical, body] of Object.entries(classes) as [keyof typeof classes, { id: string }][]) {
      expect(await client.upsert(account, `${vertical}Class`, body)).toMatchObject({ status: 'done' });
      const object = { id: `${body.id}.card`, classId: body.id, state: 'ACTIVE', ...extra[vertical] };
      expect(await client.upsert(account, `${vertical}Object`, object)).toMatchObject({ status: 'done' });
      expect(await client.get(account, `${vertical}Object`, object.id)).toMatchObject({
        status: 'done',
        resource: { id: object.id, hasUsers: false, classReference: { id: body.id } },
      });
    }
  });

  test('an approved class asks for review again with every change, or is refused', async () => {
    await client.insert(account, 'loyaltyClass', programme());
    const { reviewStatus: _, ...silent } = programme();
    expect(await client.patch(account, 'loyaltyClass', silent)).toMatchObject({
      status: 'refused',
      reason: 'invalidReviewStatus',
    });
    expect(await client.patch(account, 'loyaltyClass', programme())).toMatchObject({ status: 'done' });
  });

  test('an object without its class says so', async () => {
    expect(await client.upsert(account, 'loyaltyObject', card())).toEqual({
      status: 'absent',
      reason: 'classNotFound',
    });
  });

  test.each([
    ['an id without an issuer', 'loyaltyClass', programme({ id: 'class_1' })],
    [
      'a picture over http',
      'loyaltyClass',
      programme({ programLogo: { sourceUri: { uri: 'http://cards.example/a.png' } } }),
    ],
    ['a class without its logo', 'loyaltyClass', programme({ programLogo: undefined })],
    ['a field that Google does not know', 'loyaltyClass', programme({ programTitle: 'x' })],
    ['a balance of two kinds', 'loyaltyObject', card({ loyaltyPoints: { balance: { string: '1', int: 1 } } })],
    ['eleven places', 'loyaltyObject', card({ merchantLocations: Array(11).fill({ latitude: 1, longitude: 1 }) })],
  ] as const)('%s is refused for good', async (_what, kind, resource) => {
    if (kind === 'loyaltyObject') await client.insert(account, 'loyaltyClass', programme());
    expect(await client.insert(account, kind, resource)).toMatchObject({ status: 'refused', reason: 'invalid' });
  });

  test('of an issuer that has not invited us halt everything', async () => {
    expect(await client.upsert(account, 'genericClass', { id: '3388000000000000000.a' })).toEqual({
      status: 'halted',
      reason: 'not_invited',
    });
  });
});

describe('troubles', () => {
  test.each([
    [{ status: 500 }, 'Http500', null],
    [{ status: 503 }, 'Http503', null],
    [{ status: 429, headers: { 'retry-after': '7' } }, 'RateLimited', 7_000],
    [{ status: 302, headers: { location: 'https://elsewhere.example/' } }, 'Http302', null],
  ])('%o is tried again later', async (failure, reason, afterMilliseconds) => {
    google.control.failNext(failure);
    expect(await client.check(account, ISSUER)).toEqual({ status: 'retry', reason, afterMilliseconds });
    expect(await client.check(account, ISSUER)).toEqual({ status: 'done' });
  });

  test('silence and a closed door are tried again later', async () => {
    await client.check(account, ISSUER);
    google.control.setOutage('silent');
    expect(await client.check(account, ISSUER)).toMatchObject({ status: 'retry', reason: 'Timeout' });
    await google.stop();
    expect(await client.check(account, ISSUER)).toMatchObject({ status: 'retry' });
    google = await startFakeGoogleWallet({ clock: () => now });
  });

  test('a call that would come too early is not sent', async () => {
    mayGo = false;
    expect(await client.check(account, ISSUER)).toMatchObject({ status: 'retry', reason: 'OwnRate' });
    expect(google.calls()).toEqual([]);
    expect(paced).toEqual(['chaika']);
  });

  test('requests over the limit of the project get 429', async () => {
    const slow = await startFakeGoogleWallet({ clock: () => now, requestsPerSecond: 3 });
    const own = accountOf(slow.newServiceAccount({ invitedTo: [ISSUER] }).file);
    const hasty = createGoogleWallet({ addresses: googleAt(slow.url), clock: () => now, pace: async () => true });
    const answers = await Promise.all(Array.from({ length: 5 }, () => hasty.check(own, ISSUER)));
    expect(answers.filter(({ status }) => status === 'retry')).toHaveLength(2);
    hasty.close();
    await slow.stop();
  });
});

describe('messages', () => {
  test('notify three times in 24 hours, the fourth is refused as spent', async () => {
    await client.insert(account, 'loyaltyClass', programme());
    await client.insert(account, 'loyaltyObject', card());
    const send = (id: string, messageType: 'TEXT' | 'TEXT_AND_NOTIFY') =>
      client.addMessage(account, 'loyaltyObject', card().id, { id, header: 'Чайка', body: 'Ждём', messageType });
    for (const id of ['1', '2', '3']) expect(await send(id, 'TEXT_AND_NOTIFY')).toMatchObject({ status: 'done' });
    expect(await send('4', 'TEXT_AND_NOTIFY')).toEqual({ status: 'spent' });
    expect(await send('4', 'TEXT')).toMatchObject({ status: 'done' });
    now = now.add({ hours: 25 });
    expect(await send('5', 'TEXT_AND_NOTIFY')).toMatchObject({ status: 'done' });
    expect(google.resource('loyaltyObject', card().id)?.messages).toHaveLength(5);
  });
});

describe('a save link', () => {
  const link = async (payload: object, of = account) =>
    `${google.url}/gp/v/save/${await makeSaveJwt(of, { payload, origins: ['https://cards.example'], now })}`;

  test('with only the id gives the card that is there, several at once if need be', async () => {
    await client.insert(account, 'loyaltyClass', programme());
    await client.insert(account, 'loyaltyObject', card());
    await client.insert(account, 'genericClass', { id: `${ISSUER}.generic` });
    const text = { defaultValue: { language: 'ru', value: 'Купон' } };
    const coupon = {
      id: `${ISSUER}.coupon_1`,
      classId: `${ISSUER}.generic`,
      state: 'ACTIVE',
      cardTitle: text,
      header: text,
    };
    await client.insert(account, 'genericObject', coupon);
    const both = await link({ loyaltyObjects: [{ id: card().id }], genericObjects: [{ id: coupon.id }] });
    expect(await google.openOnPhone(both, 'anna')).toEqual({ ok: true, objectIds: [card().id, coupon.id] });
    expect(google.holders(coupon.id)).toEqual(['anna']);
  });

  test('with the whole card makes it, and changes none that is there', async () => {
    await client.insert(account, 'loyaltyClass', programme());
    expect(await google.openOnPhone(await link({ loyaltyObjects: [card()] }), 'anna')).toMatchObject({ ok: true });
    const later = await link({ loyaltyObjects: [card({ loyaltyPoints: { balance: { string: '7' } } })] });
    expect(await google.openOnPhone(later, 'boris')).toMatchObject({ ok: true });
    expect(google.resource('loyaltyObject', card().id)).toMatchObject({
      loyaltyPoints: { balance: { string: '100' } },
    });
  });

  test.each([
    ['a card that is not there', async () => link({ loyaltyObjects: [{ id: card().id }] })],
    ['a stranger’s signature', async () => link({ loyaltyObjects: [card()] }, { ...account, key: strangersKey() })],
    [
      'more than an address can carry',
      async () => link({ loyaltyObjects: [card({ accountName: 'x'.repeat(1_500) })] }),
    ],
  ])('with %s is refused', async (_what, make) => {
    await client.insert(account, 'loyaltyClass', programme());
    expect(await google.openOnPhone(await make(), 'anna')).toMatchObject({ ok: false });
  });
});

const strangersKey = () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

describe('a file of a service account', () => {
  const { privateKey: short } = generateKeyPairSync('rsa', { modulusLength: 1024 });
  const { privateKey: curve } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const pem = (key: typeof short) => key.export({ type: 'pkcs8', format: 'pem' });
  const file = (change: object) =>
    JSON.stringify({
      type: 'service_account',
      client_email: 'a@b.iam.gserviceaccount.com',
      private_key: 'x',
      ...change,
    });

  test.each([
    ['not JSON', '{', 'not_json'],
    ['a list', '[]', 'not_json'],
    ['an OAuth client', JSON.stringify({ web: {} }), 'not_service_account'],
    ['an address of somebody else', file({ client_email: 'a@example.com' }), 'not_service_account'],
    ['a broken key', file({ private_key: '-----BEGIN PRIVATE KEY-----\nAAAA' }), 'key_unreadable'],
    ['a key of another kind', file({ private_key: pem(curve) }), 'key_unreadable'],
    ['a key that is too short', file({ private_key: pem(short) }), 'key_too_short'],
  ])('that is %s is told from a good one', (_what, text, problem) => {
    expect(readServiceAccount(text)).toEqual({ ok: false, problem });
  });

  test('names the project by which Google counts, and its own address for tokens is not followed', () => {
    expect(account).toMatchObject({ email, project: 'chaika' });
    expect(JSON.stringify(account)).not.toContain('token_uri');
  });
});
