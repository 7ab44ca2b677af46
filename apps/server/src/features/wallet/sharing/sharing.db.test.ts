import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWalletHouse, TEST_PASS_TYPE, tokenOf, type WalletHouse } from '../../../../test/wallet-house.ts';
import { findByCode } from '../changing-codes/index.ts';
import { issuePass, maySharePass } from '../index.ts';
import type { PassRecord } from '../model.ts';
import { voidPass } from '../passes/change-pass.ts';
import { selectPass } from '../store/passes.ts';
import { sharingOfPass } from './index.ts';
import { replaceCard } from './replace-card.ts';

let house: WalletHouse;
beforeAll(async () => {
  house = await createWalletHouse();
});
afterAll(() => house.close());

let devices = 0;
async function register(pass: PassRecord): Promise<void> {
  const answer = await house.http.inject({
    method: 'POST',
    url: `/wallet/apple/v1/devices/device-${++devices}/registrations/${TEST_PASS_TYPE}/${pass.serial}`,
    headers: { authorization: `ApplePass ${tokenOf(house, pass)}` },
    payload: { pushToken: 'ab'.repeat(32) },
  });
  expect(answer.statusCode).toBe(201);
}
const sharing = async () => (await house.http.inject({ url: '/api/v1/card-sharing' })).json();
const now = ({ passId }: PassRecord) => selectPass(house.tenant, house.tenant.companyId, passId) as Promise<PassRecord>;

test('a card on more than three devices is told of, or on more than the company says', async () => {
  const pass = await house.newPass();
  for (let device = 0; device < 3; device++) await register(pass);
  expect(await sharing()).toEqual({ devicesMax: 3, items: [] });
  expect(await sharingOfPass(house.tenant, pass)).toEqual({ devices: 3, devicesMax: 3 });
  await register(pass);
  expect(await sharing()).toMatchObject({ items: [{ serial: pass.serial, devices: 4, sharingProhibited: false }] });
  expect(await sharingOfPass(house.tenant, pass)).toEqual({ devices: 4, devicesMax: 3 });
  const put = { method: 'PUT', url: '/api/v1/card-sharing', payload: { devicesMax: 4 } } as const;
  expect((await house.http.inject(put)).json()).toEqual({ devicesMax: 4, items: [] });
  expect((await house.http.inject({ ...put, payload: { devicesMax: 0 } })).statusCode).toBe(400);
  await house.http.inject({ ...put, payload: { devicesMax: 3 } });
  expect(await maySharePass(house.tenant, pass)).toBe(true);
});

test('a card gets a new number: the old one ends on all devices, and the account’s card is the new one from then on', async () => {
  const old = await house.newPass();
  await register(old);
  await house.tenant.query(
    `update passes set own_values = '{"name": "Своё имя"}' where company_id = $1 and pass_id = $2`,
    [house.tenant.companyId, old.passId],
  );
  const pushed = house.pushes.length;
  const made = await Promise.all(Array.from({ length: 4 }, () => replaceCard(house.wallet, house.tenant, old.guid)));
  await house.settle();
  const [fresh] = made.map((one) => (one.ok ? one.value : null));
  expect(new Set(made.map((one) => one.ok && one.value.guid)).size).toBe(1);
  expect(fresh).toMatchObject({ accountId: old.accountId, designId: old.designId, ownValues: { name: 'Своё имя' } });
  expect(fresh!.serial).not.toBe(old.serial);
  // Whoever holds the old one hears of it, and sees a card that ended, without a code.
  expect(house.pushes.length).toBeGreaterThan(pushed);
  expect(await now(old)).toMatchObject({ voided: true });
  expect(await findByCode(house.wallet, house.tenant, old.serial)).toBeNull();
  expect(await findByCode(house.wallet, house.tenant, fresh!.serial)).toMatchObject({ accountId: old.accountId });
  const issued = await issuePass(house.wallet, house.tenant, { accountId: old.accountId, designId: old.designId });
  expect(issued.ok && issued.value.guid).toBe(fresh!.guid);
  expect(await maySharePass(house.tenant, await now(old))).toBe(false);
  // The guest would have two cards.
  const restored = await voidPass(house.wallet, house.tenant, old.passId, false);
  expect(restored).toMatchObject({ refusal: { code: 'pass_replaced' } });
  expect(await now(old)).toMatchObject({ voided: true });
});

test('a card that ended otherwise, or is none, is not replaced', async () => {
  const pass = await house.newPass();
  await house.tenant.query('update passes set voided = true where company_id = $1 and pass_id = $2', [
    house.tenant.companyId,
    pass.passId,
  ]);
  for (const guid of [pass.guid, '00000000-0000-4000-8000-000000000000']) {
    expect(await replaceCard(house.wallet, house.tenant, guid)).toMatchObject({ refusal: { code: 'card_not_found' } });
  }
});
