import { describe, expect, test } from 'vitest';
import { isNotModified, type PhoneRequest, platformOf, readPushToken, readRelayUrl, readToken } from './request.ts';

const phone = (change: Partial<PhoneRequest> = {}): PhoneRequest => ({
  authorization: 'ApplePass token',
  passClient: undefined,
  userAgent: 'passd/1.0 CFNetwork',
  ...change,
});

describe('the token', () => {
  test.each(['ApplePass abc', 'applepass abc', 'AndroidPass abc', 'ATTIDOPASS abc', 'ApplePass   abc '])(
    'is read from %s',
    (authorization) => expect(readToken(authorization)).toBe('abc'),
  );
  test.each([undefined, '', 'abc', 'Bearer abc', 'ApplePass', 'ApplePass ', 'ApplePass a b'])(
    'is not found in %s',
    (authorization) => expect(readToken(authorization)).toBeNull(),
  );
});

describe('the push token', () => {
  const hex = 'ab'.repeat(32);
  test('of an iPhone is hexadecimal, whatever its length', () => {
    expect(readPushToken({ pushToken: hex }, 'apple')).toBe(hex);
    expect(readPushToken({ pushToken: hex.repeat(2) }, 'apple')).toBe(hex.repeat(2));
  });
  test.each([
    undefined,
    null,
    'x',
    [],
    {},
    { pushToken: 5 },
    { pushToken: '' },
    { pushToken: 'zz'.repeat(32) },
    { pushToken: 'ab' },
  ])('is missing in %j', (body) => expect(readPushToken(body, 'apple')).toBeNull());
  test('of a reader on Android may look otherwise', () => {
    expect(readPushToken({ pushToken: 'APA91b:xyz_-' }, 'pass2u')).toBe('APA91b:xyz_-');
  });
  test.each([
    [{}, 'apple'],
    [{ authorization: 'AndroidPass t' }, 'walletpasses'],
    [{ userAgent: 'WalletPasses/3' }, 'walletpasses'],
    [{ authorization: 'AttidoPass t', userAgent: 'WalletPasses/3' }, 'walletpasses'],
    [{ authorization: 'attidopass t' }, 'passwallet'],
    [{ passClient: 'Passes' }, 'pass2u'],
    [{ passClient: 'Passworks' }, 'passworks'],
    [{ passClient: 'Somebody' }, 'other'],
    [{ userAgent: 'okhttp/4.12.0' }, 'other'],
    [{ userAgent: 'Dalvik/2.1.0 (Linux; U; Android 15)' }, 'other'],
  ] as const)('of %j is one of %s, so that only Apple’s reach Apple', (change, platform) =>
    expect(platformOf(phone(change))).toBe(platform),
  );
});

describe('the push service that PassWallet names', () => {
  test('is called when it is the one we know', () => {
    const read = (pushServiceUrl: unknown) => readRelayUrl({ pushServiceUrl }, 'passwallet');
    expect(read('http://push.passwallet.net')).toBe('http://push.passwallet.net');
    expect(read('https://push.passwallet.net/')).toBe('https://push.passwallet.net');
    expect(readRelayUrl({ pushServiceUrl: 'https://push.passwallet.net' }, 'apple')).toBeNull();
  });

  test.each([
    'http://127.0.0.1',
    'http://169.254.169.254/latest/meta-data',
    'http://localhost:5432',
    'http://push.passwallet.net:22',
    'http://push.passwallet.net/admin',
    'http://push.passwallet.net?x=1',
    'http://user@push.passwallet.net',
    'http://push.passwallet.net@evil.example',
    'http://push.passwallet.net.evil.example',
    'http://evil.example/push.passwallet.net',
    'file:///etc/passwd',
    'gopher://push.passwallet.net',
    '//push.passwallet.net',
    '',
    5,
    null,
    undefined,
  ])('is never %j', (pushServiceUrl) => expect(readRelayUrl({ pushServiceUrl }, 'passwallet')).toBeNull());
});

describe('If-Modified-Since', () => {
  const modified = Temporal.Instant.from('2026-11-22T10:00:00Z');
  test('is compared in whole seconds', () => {
    expect(isNotModified('Sun, 22 Nov 2026 10:00:00 GMT', modified)).toBe(true);
    expect(isNotModified('Sun, 22 Nov 2026 10:00:01 GMT', modified)).toBe(true);
    expect(isNotModified('Sun, 22 Nov 2026 09:59:59 GMT', modified)).toBe(false);
  });
  test.each([undefined, '', 'yesterday', 'x'.repeat(100)])('that is no date (%s) is ignored', (since) =>
    expect(isNotModified(since, modified)).toBe(false),
  );
});
