import { type FakeGoogleWallet, startFakeGoogleWallet } from '@tessera/testkit/google-wallet';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { joined } from './callbacks.ts';
import { createGoogleWallet, type GoogleWallet, googleAt } from './index.ts';

const ISSUER = '3388000000022812345';
let now = Temporal.Instant.from('2026-03-01T09:00:00Z');
let google: FakeGoogleWallet;
let client: GoogleWallet;

beforeEach(async () => {
  google = await startFakeGoogleWallet({ clock: () => now });
  client = createGoogleWallet({ addresses: googleAt(google.url), clock: () => now, pace: async () => true });
});
afterEach(async () => {
  client.close();
  await google.stop();
});

const message = (change: Record<string, unknown> = {}) => ({
  classId: `${ISSUER}.class_1`,
  objectId: `${ISSUER}.card_1`,
  eventType: 'save',
  expTimeMillis: now.epochMilliseconds + 60_000,
  nonce: 'nonce-1',
  ...change,
});
const signed = (change: Record<string, unknown> = {}, keyExpiration?: number) =>
  google.signCallback(message(change), keyExpiration) as Record<string, unknown> & { intermediateSigningKey: object };
const verify = (body: unknown) => client.callbacks.verify(body);

describe('a callback', () => {
  test.each(['save', 'del'])('of Google’s is what it says (%s)', async (eventType) => {
    expect(await verify(signed({ eventType }))).toEqual({
      ok: true,
      event: {
        event: eventType,
        classId: `${ISSUER}.class_1`,
        objectId: `${ISSUER}.card_1`,
        nonce: 'nonce-1',
        expiresAt: now.add({ seconds: 60 }),
      },
    });
  });

  test('of another sender is none, whichever part he has changed', async () => {
    const body = signed();
    const other = signed({ objectId: `${ISSUER}.card_2` });
    const forged = [
      { ...body, signedMessage: other.signedMessage },
      { ...body, signature: other.signature },
      { ...body, intermediateSigningKey: { ...body.intermediateSigningKey, signatures: ['AAAA'] } },
      { ...body, intermediateSigningKey: { ...body.intermediateSigningKey, signatures: [] } },
      // Written anew it means the same and is not what was signed.
      { ...body, signedMessage: String(body.signedMessage).replace('{', '{ ') },
    ];
    for (const one of forged) expect(await verify(one)).toEqual({ ok: false, reason: 'not_signed' });
  });

  test('signed for one issuer does not count for another', async () => {
    const body = signed({ objectId: '3388000000000000000.card_1' });
    const moved = String(body.signedMessage).replace('3388000000000000000', ISSUER);
    expect(await verify({ ...body, signedMessage: moved })).toEqual({ ok: false, reason: 'not_signed' });
  });

  test('that is over, or whose key is over, is refused', async () => {
    expect(await verify(signed({ expTimeMillis: now.epochMilliseconds }))).toEqual({ ok: false, reason: 'expired' });
    expect(await verify(signed({}, now.epochMilliseconds - 1))).toEqual({ ok: false, reason: 'expired' });
  });

  test.each([
    ['nothing', undefined],
    ['a list', []],
    ['another protocol', { protocolVersion: 'ECv2' }],
    ['no key', { protocolVersion: 'ECv2SigningOnly', signature: '', signedMessage: '{}' }],
  ])('of %s is malformed', async (_what, body) => {
    expect(await verify(body)).toEqual({ ok: false, reason: 'malformed' });
  });

  test('that is malformed asks Google for nothing', async () => {
    google.control.setOutage('unavailable');
    expect(await verify({ protocolVersion: 'ECv2' })).toEqual({ ok: false, reason: 'malformed' });
  });

  test('of an unknown event or without a nonce is malformed', async () => {
    expect(await verify(signed({ eventType: 'open' }))).toEqual({ ok: false, reason: 'malformed' });
    expect(await verify(signed({ nonce: '' }))).toEqual({ ok: false, reason: 'malformed' });
  });

  test('counts bytes, not characters, in front of each part', () => {
    expect(joined('ё').toString('hex')).toBe('02000000d191');
    expect(joined('a', 'bc').toString('hex')).toBe('0100000061020000006263');
  });
});

describe('the root keys', () => {
  test('are kept: a second callback asks for none, also while Google is away', async () => {
    await verify(signed());
    google.control.setOutage('unavailable');
    expect(await verify(signed())).toMatchObject({ ok: true });
    now = now.add({ hours: 30 });
    expect(await verify(signed())).toMatchObject({ ok: true });
  });

  test('are fetched again when Google has new ones, at most once a minute', async () => {
    await verify(signed());
    google.control.rotateKeys();
    expect(await verify(signed())).toEqual({ ok: false, reason: 'not_signed' });
    now = now.add({ seconds: 61 });
    expect(await verify(signed())).toMatchObject({ ok: true });
  });

  test('that were never fetched leave a callback to be sent again', async () => {
    google.control.setOutage('unavailable');
    expect(await verify(signed())).toEqual({ ok: false, reason: 'keys_unavailable' });
  });
});
