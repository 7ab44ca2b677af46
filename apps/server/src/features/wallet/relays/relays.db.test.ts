import { type FakeWalletRelays, startFakeWalletRelays } from '@tessera/testkit/wallet-relays';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createWalletHouse, TEST_PASS_TYPE, tokenOf, type WalletHouse } from '../../../../test/wallet-house.ts';
import type { PassRecord } from '../model.ts';
import { sweepRelays } from './push-relay.ts';

let house: WalletHouse;
let relays: FakeWalletRelays;
let devices = 0;
beforeAll(async () => {
  relays = await startFakeWalletRelays({ keys: { walletpasses: 'W', pass2u: 'P' } });
  house = await createWalletHouse(undefined, undefined, relays.url);
});
afterAll(async () => {
  await house.close();
  await relays.stop();
});
let before = 0;
beforeEach(async () => {
  await house.settle();
  before = relays.pushes().length;
  house.pushes.length = 0;
});
const told = () => relays.pushes().slice(before);

const base = '/wallet/apple/v1';
type Reader = { scheme?: string; headers?: Record<string, string>; dialect?: string; body?: object };
const walletPasses: Reader = { scheme: 'AndroidPass', headers: { 'user-agent': 'WalletPasses/3.1' } };
const pass2u: Reader = { headers: { 'x-pass-client': 'Passes' } };
const passWallet: Reader = {
  scheme: 'AttidoPass',
  dialect: 'registrations_attido',
  body: { pushServiceUrl: 'http://push.passwallet.net' },
};

async function register(pass: PassRecord, reader: Reader, pushToken: string) {
  const device = `reader-${++devices}`;
  const response = await house.http.inject({
    method: 'POST',
    url: `${base}/devices/${device}/${reader.dialect ?? 'registrations'}/${TEST_PASS_TYPE}/${pass.serial}`,
    headers: { authorization: `${reader.scheme ?? 'ApplePass'} ${tokenOf(house, pass)}`, ...reader.headers },
    payload: { pushToken, ...reader.body },
  });
  expect(response.statusCode).toBe(201);
  return device;
}
const save = (kind: string, payload: object) =>
  house.http.inject({ method: 'PUT', url: `/api/v1/wallet-relays/${kind}`, payload });
const stateOf = async (kind: string) =>
  (await house.http.inject({ url: '/api/v1/wallet-relays' }))
    .json()
    .items.find((item: { kind: string }) => item.kind === kind);
let points = 1n;
const earn = (pass: PassRecord) => house.change(pass.accountId, { available: ++points * 100n });

describe('a change of a card', () => {
  test('reaches no relay that nobody has switched on, and no phone of theirs is ever pushed through Apple', async () => {
    const pass = await house.newPass();
    for (const reader of [walletPasses, pass2u, passWallet]) await register(pass, reader, 'ab'.repeat(32));
    await earn(pass);
    expect(told()).toEqual([]);
    expect(house.pushes).toEqual([]);
  });

  test.each([
    ['walletpasses', walletPasses, { enabled: true }],
    ['pass2u', pass2u, { enabled: true, key: 'P' }],
    ['passwallet', passWallet, { enabled: true }],
  ] as const)('reaches a phone with %s through its relay', async (kind, reader, settings) => {
    expect((await save(kind, settings)).statusCode).toBe(200);
    const pass = await house.newPass();
    const token = `token-${kind}`;
    await register(pass, reader, token);
    await house.settle();
    before = relays.pushes().length;
    await earn(pass);
    expect(told()).toEqual([{ relay: kind, passTypeIdentifier: TEST_PASS_TYPE, token }]);
    expect(house.pushes).toEqual([]);
    expect(await stateOf(kind)).toMatchObject({ enabled: true, trouble: null, waiting: 0 });
  });

  test('of many cards at once is few requests', async () => {
    await save('pass2u', { enabled: true, key: 'P' });
    const passes = [await house.newPass(), await house.newPass(), await house.newPass()];
    for (const [at, pass] of passes.entries()) await register(pass, pass2u, `many-${at}`);
    await house.settle();
    before = relays.pushes().length;
    relays.control.answerNext(503, { retryAfterSeconds: 60 });
    for (const pass of passes) await earn(pass);
    expect(told()).toEqual([]);
    const requests = relays.requestCount();
    await resume();
    expect(new Set(told().map(({ token }) => token))).toEqual(new Set(['many-0', 'many-1', 'many-2']));
    expect(relays.requestCount()).toBe(requests + 1);
  });

  test('that finds the relay away waits and is told of when it is back; the console shows it', async () => {
    await save('walletpasses', { enabled: true, key: 'W' });
    const pass = await house.newPass();
    await register(pass, walletPasses, 'away');
    await house.settle();
    before = relays.pushes().length;
    relays.control.answerNext(503);
    await earn(pass);
    expect(await stateOf('walletpasses')).toMatchObject({ trouble: 'away', waiting: 1 });
    await resume();
    expect(told()).toMatchObject([{ token: 'away' }]);
    expect(await stateOf('walletpasses')).toMatchObject({ trouble: null, waiting: 0 });
  });

  test('with a wrong key is not tried again and again; the right one mends it', async () => {
    await save('pass2u', { enabled: true, key: 'wrong' });
    const pass = await house.newPass();
    await register(pass, pass2u, 'keyed');
    await house.settle();
    before = relays.pushes().length;
    await earn(pass);
    const requests = relays.requestCount();
    await house.settle();
    expect(relays.requestCount()).toBe(requests);
    expect(await stateOf('pass2u')).toMatchObject({ trouble: 'key_refused', waiting: 0, hasKey: true });
    await save('pass2u', { enabled: true, key: 'P' });
    await earn(pass);
    expect(told()).toMatchObject([{ token: 'keyed' }]);
  });
});

/** The end of the pause: the clock goes on and the line is found again. */
async function resume(): Promise<void> {
  house.clock.advance({ hours: 2 });
  await sweepRelays(house.wallet);
  await house.settle();
}

describe('a push service that PassWallet names', () => {
  test('elsewhere is not called: the phone is registered, without push', async () => {
    await save('passwallet', { enabled: true });
    const pass = await house.newPass();
    await register(pass, { ...passWallet, body: { pushServiceUrl: relays.url } }, 'smuggled');
    await house.settle();
    before = relays.pushes().length;
    await earn(pass);
    expect(told()).toEqual([]);
    expect(await stateOf('passwallet')).toMatchObject({ trouble: 'rejected' });
  });
});

describe('the settings', () => {
  test('keep the key sealed, show it to nobody, and keep it when it is not named', async () => {
    const saved = await save('pass2u', { enabled: true, key: 'TOP-SECRET' });
    expect(saved.body).not.toContain('TOP-SECRET');
    const rows = await house.tenant.query('select key_sealed from wallet_relays where company_id = $1', [
      house.tenant.companyId,
    ]);
    expect(rows.some((row) => (row.key_sealed as Buffer | null)?.includes('TOP-SECRET'))).toBe(false);
    expect((await save('pass2u', { enabled: false })).json()).toBeTruthy();
    expect(await stateOf('pass2u')).toMatchObject({ enabled: false, hasKey: true });
    expect((await save('pass2u', { enabled: true })).statusCode).toBe(200);
    await save('pass2u', { enabled: false, key: null });
    expect(await stateOf('pass2u')).toMatchObject({ hasKey: false });
    const refused = await save('pass2u', { enabled: true });
    expect([refused.statusCode, refused.json().error.code]).toEqual([400, 'wallet_relay_key_missing']);
  });

  test('of a relay that there is not are not found', async () => {
    expect((await save('passworks', { enabled: true })).statusCode).toBe(404);
  });
});

test('a reader that only asks, without condition, gets the kept bundle: nothing is built or signed again', async () => {
  const pass = await house.newPass();
  const built = async () => (await house.platform.metrics.passesBuilt.get()).values[0]?.value ?? 0;
  const ask = (headers: Record<string, string> = {}) =>
    house.http.inject({
      url: `${base}/passes/${TEST_PASS_TYPE}/${pass.serial}`,
      headers: { authorization: `ApplePass ${tokenOf(house, pass)}`, 'user-agent': 'okhttp/4.12.0', ...headers },
    });
  const first = await ask();
  const before = await built();
  for (let i = 0; i < 5; i++) expect((await ask()).rawPayload.equals(first.rawPayload)).toBe(true);
  expect(await built()).toBe(before);
  const since = String(first.headers['last-modified']);
  expect((await ask({ 'if-modified-since': since })).statusCode).toBe(304);
});
