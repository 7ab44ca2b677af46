import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type FakeWalletRelays, startFakeWalletRelays } from '@tessera/testkit/wallet-relays';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createWalletRelays, type RelayKind, type RelayPush, relayKinds, relaysAt } from './index.ts';

const type = 'pass.example.card';
let fake: FakeWalletRelays;
beforeAll(async () => {
  fake = await startFakeWalletRelays({ keys: { walletpasses: 'W', pass2u: 'P' } });
});
afterAll(() => fake.stop());
let before = 0;
beforeEach(() => {
  before = fake.pushes().length;
});

const push = (kind: RelayKind, change: Partial<RelayPush> = {}) =>
  createWalletRelays({ addresses: relaysAt(fake.url), timeoutMilliseconds: 500 }).push(kind, {
    passTypeIdentifier: type,
    pushTokens: ['one', 'two'],
    key: kind === 'pass2u' ? 'P' : null,
    serviceUrl: 'http://push.passwallet.net',
    ...change,
  });
const arrived = () => fake.pushes().slice(before);

describe.each(relayKinds)('the relay of %s', (kind) => {
  test('is told of all tokens in one request', async () => {
    expect(await push(kind)).toEqual({ status: 'accepted' });
    expect(arrived()).toEqual(['one', 'two'].map((token) => ({ relay: kind, passTypeIdentifier: type, token })));
  });

  test('is never told of more than a thousand at once', async () => {
    const pushTokens = Array.from({ length: 1_001 }, (_, at) => `token-${at}`);
    expect((await push(kind, { pushTokens })).status).toBe('rejected');
    expect((await push(kind, { pushTokens: pushTokens.slice(1) })).status).toBe('accepted');
  });

  test('that asks for a pause, fails or is silent is asked later', async () => {
    fake.control.answerNext(429, { retryAfterSeconds: 90 });
    expect(await push(kind)).toEqual({ status: 'retry_later', reason: 'Http429', afterSeconds: 90 });
    fake.control.answerNext(503);
    expect(await push(kind)).toEqual({ status: 'retry_later', reason: 'Http503' });
    const silent = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const late = await createWalletRelays({ addresses: relaysAt(url), timeoutMilliseconds: 100 }).push(kind, {
      passTypeIdentifier: type,
      pushTokens: ['one'],
      key: 'P',
      serviceUrl: 'http://push.passwallet.net',
    });
    expect(late).toEqual({ status: 'retry_later', reason: 'Timeout' });
    silent.closeAllConnections();
    await new Promise((resolve) => silent.close(resolve));
  });

  test('that sends us elsewhere is not followed', async () => {
    const requests = fake.requestCount();
    fake.control.redirectNext(`${fake.url}/api/v1/push`);
    expect(await push(kind)).toEqual({ status: 'rejected', reason: 'Http302' });
    expect(fake.requestCount()).toBe(requests + 1);
    expect(arrived()).toEqual([]);
  });
});

test('a wrong key is told apart; WalletPasses takes none, Pass2U does not', async () => {
  expect(await push('walletpasses', { key: 'W' })).toEqual({ status: 'accepted' });
  expect(await push('walletpasses', { key: 'X' })).toEqual({ status: 'key_refused' });
  expect(await push('pass2u', { key: 'X' })).toEqual({ status: 'key_refused' });
  const requests = fake.requestCount();
  expect(await push('pass2u', { key: null })).toEqual({ status: 'key_refused' });
  expect(fake.requestCount()).toBe(requests);
});

test('a push service of PassWallet that we do not know is never called', async () => {
  const requests = fake.requestCount();
  for (const serviceUrl of ['http://127.0.0.1:9', 'http://push.passwallet.net.evil.example', null]) {
    expect(await push('passwallet', { serviceUrl })).toEqual({ status: 'rejected', reason: 'UnknownService' });
  }
  expect(fake.requestCount()).toBe(requests);
});
