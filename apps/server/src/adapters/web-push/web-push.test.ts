import { randomBytes } from 'node:crypto';
import { type FakeWebPush, startFakeWebPush } from '@tessera/testkit/web-push';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { encrypt, PAYLOAD_BYTES_MAX, readBrowserKeys } from './encrypt.ts';
import { createWebPush, makeVapidKeys, type WebPush } from './index.ts';
import { serviceOf } from './services.ts';

const bytes = (text: string) => Buffer.from(text, 'base64url');

test('a message is locked as RFC 8291 shows it (appendix A)', () => {
  const keys = readBrowserKeys({
    p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
    auth: 'BTBZMqHH6r4Tts7J_aSIgg',
  });
  const locked = encrypt(Buffer.from('When I grow up, I want to be a watermelon'), keys!, {
    privateKey: bytes('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw'),
    salt: bytes('DGv6ra1nlYgDCS1FRnbzlw'),
  });
  expect(locked.toString('base64url')).toBe(
    'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
  );
});

test('keys that no browser has are refused', () => {
  const auth = 'BTBZMqHH6r4Tts7J_aSIgg';
  const point = 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4';
  expect(readBrowserKeys({ p256dh: point.slice(0, 40), auth })).toBeNull();
  expect(readBrowserKeys({ p256dh: point, auth: 'AAAA' })).toBeNull();
  const beside = Buffer.from(bytes(point));
  beside[40]! ^= 1;
  expect(readBrowserKeys({ p256dh: beside.toString('base64url'), auth })).toBeNull();
});

describe('an endpoint is a push service of a browser,', () => {
  test.each([
    ['https://fcm.googleapis.com/fcm/send/dQw4', 'fcm'],
    ['https://updates.push.services.mozilla.com/wpush/v2/gAAA', 'mozilla'],
    ['https://web.push.apple.com/QGuQyavXutnMH', 'apple'],
    ['https://wns2-par02p.notify.windows.com/w/?token=abc', 'windows'],
  ])('such as %s', (endpoint, service) => {
    expect(serviceOf(endpoint)).toBe(service);
  });

  test.each([
    'http://fcm.googleapis.com/fcm/send/x',
    'https://fcm.googleapis.com:8443/x',
    'https://fcm.googleapis.com.evil.example/x',
    'https://evil.example/fcm.googleapis.com',
    'https://fcm.googleapis.com@evil.example/x',
    'https://user:password@fcm.googleapis.com/x',
    'https://notify.windows.com.evil.example/',
    'https://evilpush.apple.com/x',
    'https://127.0.0.1/x',
    'https://[::1]/x',
    'https://169.254.169.254/latest/meta-data',
    'http://localhost:3000/api/v1/session',
    'file:///etc/passwd',
    'javascript:alert(1)',
    `https://fcm.googleapis.com/${'x'.repeat(1_000)}`,
    '',
  ])('never %s', (endpoint) => {
    expect(serviceOf(endpoint)).toBeNull();
    expect(serviceOf(endpoint, 'http://127.0.0.1:9')).toBeNull();
  });
});

describe('a push', () => {
  let fake: FakeWebPush;
  let push: WebPush;
  const keys = makeVapidKeys();
  beforeAll(async () => {
    fake = await startFakeWebPush();
    push = createWebPush({
      keys,
      subject: 'https://cards.example.com',
      clock: () => Temporal.Now.instant(),
      random: (count) => randomBytes(count),
      pace: async () => true,
      also: fake.url,
      timeoutMilliseconds: 500,
    });
  });
  afterAll(() => fake?.stop());
  beforeEach(() => fake.control.answerWith(null));

  const send = (browser: ReturnType<FakeWebPush['newBrowser']>, text = '{"title":"Чайка"}') => {
    const { endpoint, keys: given } = browser.subscription;
    const message = { endpoint, keys: readBrowserKeys(given)!, payload: Buffer.from(text) };
    return push.send({ ...message, ttlSeconds: 3_600, urgency: 'normal', topic: 'card' });
  };

  test('is read by the browser it was meant for, and signed for its service', async () => {
    const browser = fake.newBrowser(push.publicKey);
    expect(await send(browser)).toEqual({ status: 'sent' });
    expect(browser.messages()).toEqual([
      {
        text: '{"title":"Чайка"}',
        ttlSeconds: 3_600,
        urgency: 'normal',
        topic: 'card',
        subject: 'https://cards.example.com',
      },
    ]);
    expect(fake.problems()).toEqual([]);
  });

  test('may be as long as services take', async () => {
    const browser = fake.newBrowser(push.publicKey);
    expect(await send(browser, 'x'.repeat(PAYLOAD_BYTES_MAX))).toEqual({ status: 'sent' });
    await expect(send(browser, 'x'.repeat(PAYLOAD_BYTES_MAX + 1))).rejects.toThrow('too long');
  });

  test.each([
    [{ status: 410 }, { status: 'gone' }],
    [{ status: 404 }, { status: 'gone' }],
    [{ status: 403 }, { status: 'refused', reason: 'Http403' }],
    [{ status: 413 }, { status: 'refused', reason: 'Http413' }],
    [
      { status: 429, headers: { 'retry-after': '7' } },
      { status: 'later', reason: 'Http429', seconds: 7 },
    ],
    [{ status: 503 }, { status: 'later', reason: 'Http503', seconds: null }],
    [
      { status: 302, headers: { location: 'http://127.0.0.1:9/' } },
      { status: 'refused', reason: 'Http302' },
    ],
    ['silence', { status: 'later', reason: 'Timeout', seconds: null }],
  ] as const)('that is answered with %o is %o', async (answer, outcome) => {
    fake.control.answerWith(answer);
    expect(await send(fake.newBrowser(push.publicKey))).toEqual(outcome);
  });

  test('with other keys than those of the subscription is refused by the service', async () => {
    expect(await send(fake.newBrowser(makeVapidKeys().publicKey))).toEqual({ status: 'refused', reason: 'Http403' });
  });

  test('never leaves for an unknown address', async () => {
    const { subscription } = fake.newBrowser(push.publicKey);
    const message = { keys: readBrowserKeys(subscription.keys)!, payload: Buffer.from('x') };
    const endpoint = 'http://127.0.0.1:9/push';
    expect(await push.send({ ...message, endpoint, ttlSeconds: 1, urgency: 'low' })).toEqual({
      status: 'refused',
      reason: 'UnknownService',
    });
  });
});
