import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWalletHouse, TEST_PASS_TYPE, tokenOf, type WalletHouse } from '../../../../test/wallet-house.ts';
import type { PassRecord } from '../model.ts';
import { clearTombstones } from './tombstones.ts';

let house: WalletHouse;
beforeAll(async () => {
  house = await createWalletHouse();
});
afterAll(() => house.close());

const base = '/wallet/apple/v1';
const ask = (pass: PassRecord, token = tokenOf(house, pass)) =>
  house.http.inject({
    url: `${base}/passes/${TEST_PASS_TYPE}/${pass.serial}`,
    headers: { authorization: `ApplePass ${token}` },
  });
const register = (pass: PassRecord, device: string) =>
  house.http.inject({
    method: 'POST',
    url: `${base}/devices/${device}/registrations/${TEST_PASS_TYPE}/${pass.serial}`,
    headers: { authorization: `ApplePass ${tokenOf(house, pass)}` },
    payload: { pushToken: 'ab'.repeat(32) },
  });
const counts = async () => {
  const [row] = await house.tenant.query<{ devices: number; registrations: number }>(
    `select (select count(*)::integer from apple_devices where company_id = $1) as devices,
       (select count(*)::integer from apple_registrations where company_id = $1) as registrations`,
    [house.tenant.companyId],
  );
  return row;
};

test('a deleted card answers phones for half a year, then it is as unknown as any other and its phones are forgotten', async () => {
  const [deleted, kept] = [await house.newPass(), await house.newPass()];
  await register(deleted, 'only-this-one');
  await register(deleted, 'both');
  await register(kept, 'both');
  await house.tenant.query('update passes set voided = true, deleted_at = $3 where company_id = $1 and pass_id = $2', [
    house.tenant.companyId,
    deleted.passId,
    house.clock.now().toString(),
  ]);
  house.clock.advance({ hours: 24 * 179 });
  await clearTombstones(house.wallet, house.tenant);
  expect((await ask(deleted)).statusCode).toBe(200);
  expect((await ask(deleted, 'wrong-token')).statusCode).toBe(401);
  expect(await counts()).toEqual({ devices: 2, registrations: 3 });
  house.clock.advance({ hours: 24 });
  await clearTombstones(house.wallet, house.tenant);
  expect(await counts()).toEqual({ devices: 1, registrations: 1 });
  for (const response of [await ask(deleted), await register(deleted, 'late')]) {
    expect([response.statusCode, response.body]).toEqual([401, '']);
  }
  expect((await ask(kept)).statusCode).toBe(200);
});
