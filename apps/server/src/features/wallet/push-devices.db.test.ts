import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createWalletHouse, TEST_PASS_TYPE, tokenOf, type WalletHouse } from '../../../test/wallet-house.ts';
import type { PassRecord } from './model.ts';
import { PushLaterError, pushDevices } from './push-devices.ts';
import { selectPushing } from './store/push-states.ts';
import { selectDevice } from './store/registrations.ts';

let house: WalletHouse;
let pass: PassRecord;
beforeAll(async () => {
  house = await createWalletHouse();
  pass = await house.newPass();
});
afterAll(() => house.close());
beforeEach(async () => {
  house.answerPushes({ status: 'accepted', apnsId: 'a' });
  await register('phone');
  await house.settle();
  house.pushes.length = 0;
});

const pushToken = 'ab'.repeat(32);
const register = (device: string, token = pushToken) =>
  house.http.inject({
    method: 'POST',
    url: `/wallet/apple/v1/devices/${device}/registrations/${TEST_PASS_TYPE}/${pass.serial}`,
    headers: { authorization: `ApplePass ${tokenOf(house, pass)}` },
    payload: { pushToken: token },
  });
const push = (...deviceIds: string[]) =>
  pushDevices(house.wallet, house.tenant, {
    passTypeIdentifier: TEST_PASS_TYPE,
    deviceIds: deviceIds.length > 0 ? deviceIds : ['phone'],
    mode: 'immediate',
  });
const isKnown = async (deviceId = 'phone') =>
  (await selectDevice(house.tenant, house.tenant.companyId, { passTypeIdentifier: TEST_PASS_TYPE, deviceId })) !== null;
const pushed = async (result: string) =>
  (await house.platform.metrics.pushes.get()).values.find(({ labels }) => labels.result === result)?.value ?? 0;

describe('a push', () => {
  test('goes to the device with the certificate of its cards', async () => {
    await push();
    expect(house.pushes).toMatchObject([{ pushToken, mode: 'immediate', credential: { topic: TEST_PASS_TYPE } }]);
    expect(house.pushes[0]?.credential.certificatePem).toContain('BEGIN CERTIFICATE');
  });

  test('that is told of a dead token forgets the device only if it did not register since', async () => {
    const before = house.clock.now().subtract({ hours: 1 });
    house.answerPushes({ status: 'unregistered', at: before });
    await push();
    expect(await isKnown()).toBe(true);
    house.answerPushes({ status: 'unregistered', at: house.clock.now().add({ seconds: 1 }) });
    await push();
    expect(await isKnown()).toBe(false);
  });

  test('that is told of a wrong token forgets the device, beside others that get through', async () => {
    house.wallet.pushTallies.clear();
    house.answerPushes({ status: 'bad_token', reason: 'BadDeviceToken' });
    await push();
    expect(await isKnown()).toBe(true);
    house.answerPushes({ status: 'accepted', apnsId: 'a' });
    await push();
    house.answerPushes({ status: 'bad_token', reason: 'BadDeviceToken' });
    await push();
    expect(await isKnown()).toBe(false);
  });

  test.each(['misconfigured', 'rejected_credential'] as const)(
    'that is %s keeps the device and raises an alarm',
    async (status) => {
      house.answerPushes({ status, reason: 'TopicDisallowed' });
      const lines = house.logged.length;
      const before = await pushed(status);
      await push();
      expect(await isKnown()).toBe(true);
      expect(await pushed(status)).toBe(before + 1);
      expect(house.logged.slice(lines).some((line) => line.includes('"level":"error"'))).toBe(true);
    },
  );

  test('that has to wait is tried again', async () => {
    house.answerPushes({ status: 'retry_later', reason: 'ServiceUnavailable' });
    await expect(push()).rejects.toThrow(PushLaterError);
    expect(await isKnown()).toBe(true);
  });

  test('that has to wait for a named time goes again at that time, not before', async () => {
    await register('asked-too-often', 'ef'.repeat(32));
    await house.settle();
    house.pushes.length = 0;
    house.answerPushes({ status: 'retry_later', reason: 'TooManyRequests', afterSeconds: 600 });
    await push('asked-too-often');
    await house.settle();
    expect(house.pushes).toHaveLength(1);
    const waiting = await waitingPushes();
    expect(waiting).toHaveLength(1);
    expect(waiting[0]).toBeGreaterThan(595);
    expect(waiting[0]).toBeLessThan(680);
    // A sale meanwhile joins it: this device is left alone until then.
    house.answerPushes({ status: 'accepted', apnsId: 'a' });
    await house.change(pass.accountId, { available: 4_100n });
    expect(house.pushes.filter(({ pushToken: token }) => token === 'ef'.repeat(32))).toHaveLength(1);
    expect(await waitingPushes()).toHaveLength(1);
  });

  test('that Apple refuses stands in the state of the certificate until one gets through', async () => {
    house.answerPushes({ status: 'rejected_credential', reason: 'BadCertificate' });
    await push();
    const { companyId } = house.tenant;
    expect(await selectPushing(house.tenant, companyId, TEST_PASS_TYPE)).toMatchObject({ refused: 'BadCertificate' });
    house.answerPushes({ status: 'accepted', apnsId: 'a' });
    await push();
    expect(await selectPushing(house.tenant, companyId, TEST_PASS_TYPE)).toMatchObject({ refused: null });
  });

  test('goes once to one token, however many names a phone has had', async () => {
    await register('the-same-phone-renamed');
    await house.settle();
    house.pushes.length = 0;
    await house.change(pass.accountId, { available: 4_200n });
    expect(house.pushes).toHaveLength(1);
  });

  test('to a device that is gone is no error', async () => {
    await push('nobody');
    expect(house.pushes).toEqual([]);
  });

  test('of many that Apple takes in part is tried again for the rest only', async () => {
    await register('other', 'cd'.repeat(32));
    await house.settle();
    house.pushes.length = 0;
    house.answerPushesBy(({ pushToken: token }) =>
      token === pushToken
        ? { status: 'accepted', apnsId: 'a' }
        : { status: 'retry_later', reason: 'ServiceUnavailable' },
    );
    await push('phone', 'other');
    expect(house.pushes).toHaveLength(2);
    house.answerPushes({ status: 'accepted', apnsId: 'a' });
    await house.settle();
    expect(house.pushes.map(({ pushToken: token }) => token).sort()).toEqual(
      [pushToken, 'cd'.repeat(32), 'cd'.repeat(32)].sort(),
    );
  });
});

/** The seconds until their time of pushes that wait. */
async function waitingPushes(): Promise<number[]> {
  // The jobs belong to the database's owner, not to the application.
  const client = new pg.Client({ connectionString: house.connectionString });
  await client.connect();
  const { rows } = await client.query<{ seconds: number }>(
    `select extract(epoch from run_at - now())::float8 as seconds from graphile_worker.jobs
     where task_identifier = 'push_devices' and run_at > now()`,
  );
  await client.end();
  return rows.map(({ seconds }) => seconds);
}

describe('many dead tokens at once', () => {
  const crowd = (count: number) => Array.from({ length: count }, (_, at) => `crowd-${at}`);
  beforeEach(async () => {
    for (const [at, device] of crowd(60).entries()) await register(device, at.toString(16).padStart(64, 'c'));
    await house.settle();
    house.wallet.pushTallies.clear();
    house.pushes.length = 0;
  });
  const known = async () => {
    const found = await Promise.all(crowd(60).map((device) => isKnown(device)));
    return found.filter(Boolean).length;
  };
  const stateOf = () => selectPushing(house.tenant, house.tenant.companyId, TEST_PASS_TYPE);
  const resume = (deadTokensAreRight: boolean) =>
    house.http.inject({
      method: 'POST',
      url: `/api/v1/credentials/${pass.credentialId}/resume-pushes`,
      payload: { deadTokensAreRight },
    });

  test('stop all pushes with an alarm and forget nobody; a person lets them go on', async () => {
    await push('crowd-0');
    house.answerPushes({ status: 'bad_token', reason: 'BadDeviceToken' });
    const lines = house.logged.length;
    await push(...crowd(60));
    expect(await stateOf()).toMatchObject({ halted: 'bad_tokens' });
    expect(await known()).toBe(60);
    expect(house.logged.slice(lines).filter((line) => line.includes('stand still'))).toHaveLength(1);
    house.answerPushes({ status: 'accepted', apnsId: 'a' });
    house.pushes.length = 0;
    await push('crowd-13');
    expect(house.pushes).toEqual([]);
    const listed = (await house.http.inject({ url: '/api/v1/credentials' })).json().items[0];
    expect(listed).toMatchObject({ pushes: { halted: 'bad_tokens' } });
    expect(listed.problems).toMatchObject([{ code: 'pushes_halted_bad_tokens', severity: 'error' }]);
    expect((await resume(false)).json()).toMatchObject({ pushes: { halted: null }, problems: [] });
    await push('crowd-13');
    expect(house.pushes).toHaveLength(1);
    expect((await resume(false)).statusCode).toBe(404);
  });

  test('that are really dead are forgotten when a person says so, and only those that Apple’s time covers', async () => {
    const now = house.clock.now();
    house.answerPushes({ status: 'unregistered', at: now.add({ seconds: 1 }) });
    await push(...crowd(60));
    expect(await stateOf()).toMatchObject({ halted: 'dead_tokens' });
    expect(await known()).toBe(60);
    expect((await resume(true)).statusCode).toBe(200);
    house.answerPushesBy(({ pushToken: token }) => ({
      status: 'unregistered',
      at: token.endsWith('1') ? now.subtract({ hours: 1 }) : now.add({ seconds: 1 }),
    }));
    await push(...crowd(60));
    expect(await stateOf()).toMatchObject({ halted: null });
    expect(await known()).toBe(4);
  });
});
