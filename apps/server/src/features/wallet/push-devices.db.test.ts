import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createWalletHouse, TEST_PASS_TYPE, tokenOf, type WalletHouse } from '../../../test/wallet-house.ts';
import type { PassRecord } from './model.ts';
import { PushLaterError, pushDevices } from './push-devices.ts';
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

  test('that is told of a wrong token forgets the device', async () => {
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
