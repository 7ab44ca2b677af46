import { describe, expect, test } from 'vitest';
import { isNotModified, type PhoneRequest, platformOf, readPushToken, readToken } from './request.ts';

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
    expect(readPushToken({ pushToken: 'APA91b:xyz_-' }, 'android')).toBe('APA91b:xyz_-');
  });
  test('belongs to Android by scheme, header or agent, so that it never reaches Apple', () => {
    expect(platformOf(phone())).toBe('apple');
    expect(platformOf(phone({ authorization: 'AndroidPass t' }))).toBe('android');
    expect(platformOf(phone({ passClient: 'Passes' }))).toBe('android');
    expect(platformOf(phone({ userAgent: 'WalletPasses/3' }))).toBe('android');
  });
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
