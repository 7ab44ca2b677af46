import type { DevicePage } from '@tessera/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPassHouse, type PassHouse } from '../../../test/pass-house.ts';
import { tokenOf } from '../../../test/wallet-house.ts';
import type { PassRecord } from '../wallet/index.ts';
import { selectStanding } from './statistics.store.ts';

let house: PassHouse;
beforeAll(async () => {
  house = await createPassHouse();
});
afterAll(() => house.close());

const standing = () => selectStanding(house.tenant, house.tenant.companyId);
const phone = (pass: PassRecord, device: string) => {
  const url = `/wallet/apple/v1/devices/${device}/registrations/${pass.passTypeIdentifier}`;
  return {
    install: async () => {
      await house.http.inject({ url: `/c/${pass.guid}.pkpass` });
      await house.http.inject({
        method: 'POST',
        url: `${url}/${pass.serial}`,
        headers: { authorization: `ApplePass ${tokenOf(house, pass)}`, 'user-agent': 'passd/1.0' },
        payload: { pushToken: 'ef'.repeat(32) },
      });
    },
    ask: () => house.http.inject({ url }),
    fetch: () =>
      house.http.inject({
        url: `/wallet/apple/v1/passes/${pass.passTypeIdentifier}/${pass.serial}`,
        headers: { authorization: `ApplePass ${tokenOf(house, pass)}` },
      }),
  };
};
const saveAtGoogle = (pass: PassRecord, { settled = 1, installed = true } = {}) =>
  house.tenant.query(
    `insert into google_objects (company_id, pass_id, object_id, vertical, wanted, settled, wanted_since, installed,
       saved_at, created_at) values ($1, $2::bigint, 'issuer.object-' || $2::bigint, 'loyalty', 1, $3, now(), $4, now(), now())
     on conflict (company_id, pass_id) do update set settled = $3, installed = $4`,
    [house.tenant.companyId, pass.passId, settled, installed],
  );
const subscribe = (pass: PassRecord, browser: string) =>
  house.tenant.query(
    `insert into web_subscriptions (company_id, pass_id, subscription_id, service, sealed, language, told, created_at)
     values ($1, $2, sha256(convert_to($3, 'UTF8')), 'mozilla', 'secret', 'ru', '{}', now())`,
    [house.tenant.companyId, pass.passId, browser],
  );
/** The cards to which the figure leads. */
async function waiting(): Promise<number[]> {
  const { body } = await house.call<DevicePage>('GET', '/api/v1/devices?state=behind&limit=200');
  return [...new Set(body.items.flatMap(({ cards }) => cards.map(({ passId }) => passId)))].sort((a, b) => a - b);
}

test('a card is counted as waiting by what Google was told, while somebody has it there', async () => {
  const pass = await house.newPass();
  await saveAtGoogle(pass, { settled: 1 });
  expect(await standing()).toMatchObject({ inPhones: 1, behind: 0, devices: { google: 1 } });
  await saveAtGoogle(pass, { settled: 0 });
  expect(await standing()).toMatchObject({ inPhones: 1, behind: 1, devices: { google: 1 } });
  expect(await waiting()).toEqual([pass.passId]);
  await saveAtGoogle(pass, { settled: 0, installed: false });
  expect(await standing()).toMatchObject({ inPhones: 0, behind: 0, devices: { google: 0 } });
  expect(await waiting()).toEqual([]);
});

test('browsers with notifications are devices, each by itself, and no card in a phone; they never wait', async () => {
  const [pass, other] = [await house.newPass(), await house.newPass()];
  const before = await standing();
  await subscribe(pass, 'laptop');
  await subscribe(pass, 'tablet');
  await subscribe(other, 'laptop');
  const { devices, inPhones, behind } = await standing();
  expect([devices.web, inPhones, behind]).toEqual([before.devices.web + 3, before.inPhones, before.behind]);
});

test('a card in two phones waits until both have heard of its version, and is one card', async () => {
  const pass = await house.newPass();
  const [left, right] = [phone(pass, 'left'), phone(pass, 'right')];
  await left.install();
  await right.install();
  expect(await standing()).toMatchObject({ behind: 0, devices: { apple: 2 } });
  await house.change(pass.accountId, { available: 700n });
  for (const heard of [left, right]) {
    expect([(await standing()).behind, await waiting()]).toEqual([1, [pass.passId]]);
    await heard.ask();
    await heard.fetch();
  }
  expect([(await standing()).behind, await waiting()]).toEqual([0, []]);
  // A voided card waits for nobody, but phones have to hear of it.
  expect((await standing()).cards).toBe(4);
});
