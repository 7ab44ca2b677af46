import type { DevicePage, PassDetail } from '@tessera/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPassHouse, type PassHouse } from '../../../test/pass-house.ts';
import { tokenOf } from '../../../test/wallet-house.ts';
import { createCompany } from '../tenancy/index.ts';
import { listDevices } from './list-devices.ts';
import type { PassRecord } from './model.ts';

let house: PassHouse;
beforeAll(async () => {
  house = await createPassHouse();
});
afterAll(() => house.close());

const T = '2026-03-01T10:00:00Z';
type Change = { settled?: number; installed?: boolean; at?: string };

/** Google says that somebody saved the card. */
const saveAtGoogle = (pass: PassRecord, { settled = 1, installed = true, at = T }: Change = {}) =>
  house.tenant.query(
    `insert into google_objects (company_id, pass_id, object_id, vertical, wanted, settled, wanted_since, installed,
       saved_at, created_at) values ($1, $2::bigint, 'issuer.secret-object-' || $2::bigint, 'loyalty', 1, $3, $4, $5, $4, $4)
     on conflict (company_id, pass_id) do update set settled = $3, installed = $5, saved_at = $4`,
    [house.tenant.companyId, pass.passId, settled, at, installed],
  );
const subscribe = (pass: PassRecord, browser: string, at = T) =>
  house.tenant.query(
    `insert into web_subscriptions (company_id, pass_id, subscription_id, service, sealed, language, told, created_at)
     values ($1, $2, sha256(convert_to($3, 'UTF8')), 'mozilla', 'secret', 'ru', '{}', $4)`,
    [house.tenant.companyId, pass.passId, browser, at],
  );
const register = (pass: PassRecord, device: string, headers: Record<string, string> = {}) =>
  house.http.inject({
    method: 'POST',
    url: `/wallet/apple/v1/devices/${device}/registrations/${pass.passTypeIdentifier}/${pass.serial}`,
    headers: { authorization: `ApplePass ${tokenOf(house, pass)}`, 'user-agent': 'passd/1.0', ...headers },
    payload: { pushToken: 'cd'.repeat(32) },
  });
/** A phone asks for its list, under its own name. */
const ask = (pass: PassRecord, device: string) =>
  house.http.inject({ url: `/wallet/apple/v1/devices/${device}/registrations/${pass.passTypeIdentifier}` });
const fetchCard = (pass: PassRecord) =>
  house.http.inject({
    url: `/wallet/apple/v1/passes/${pass.passTypeIdentifier}/${pass.serial}`,
    headers: { authorization: `ApplePass ${tokenOf(house, pass)}` },
  });
const list = async (query = ''): Promise<DevicePage> => {
  const { status, body } = await house.call<DevicePage>('GET', `/api/v1/devices?${query}`);
  expect(status).toBe(200);
  return body;
};
const said = ({ items }: DevicePage) =>
  items.map(({ platform, upToDate, cards }) => [platform, upToDate, cards[0]?.passId]);

test('iPhones, other wallets, Google’s saved cards and browsers are listed by kind, state and design, without secrets', async () => {
  const design = await house.secondDesign('Вторая');
  const [phone, android, google, behind, web, gone] = [
    await house.newPass(),
    await house.newPass(),
    await house.newPass(),
    await house.newPass(house.tenant, design),
    await house.newPass(house.tenant, design),
    await house.newPass(),
  ];
  await register(phone!, 'secret-phone');
  await ask(phone!, 'secret-phone');
  await fetchCard(phone!);
  await register(android!, 'secret-android');
  await house.tenant.query(
    `update apple_devices set platform = 'walletpasses' where company_id = $1 and device_id = 'secret-android'`,
    [house.tenant.companyId],
  );
  await saveAtGoogle(google!);
  await saveAtGoogle(behind!, { settled: 0 });
  await saveAtGoogle(gone!, { installed: false });
  await subscribe(web!, 'secret-browser');

  const all = await list();
  expect(said(all).sort()).toEqual(
    [
      ['apple', true, phone!.passId],
      ['walletpasses', false, android!.passId],
      ['google', true, google!.passId],
      ['google', false, behind!.passId],
      ['web', null, web!.passId],
    ].sort(),
  );
  expect(JSON.stringify(all)).not.toMatch(/secret|cdcdcd/);
  expect(all.items.find(({ platform }) => platform === 'web')).toMatchObject({
    lastSeenAt: null,
    registeredAt: T,
    cards: [{ guestName: `Гость ${web!.accountId}`, accountId: web!.accountId, designName: 'Вторая' }],
  });
  const ids = async (query: string) => (await list(query)).items.map(({ cards }) => cards[0]!.passId).sort();
  expect(await ids('type=apple')).toEqual([phone!.passId]);
  expect(await ids('type=walletpasses')).toEqual([android!.passId]);
  expect(await ids('type=google')).toEqual([google!.passId, behind!.passId]);
  expect(await ids('type=web')).toEqual([web!.passId]);
  expect(await ids('type=pass2u')).toEqual([]);
  expect(await ids('state=behind')).toEqual([android!.passId, behind!.passId]);
  expect(await ids('state=current')).toEqual([phone!.passId, google!.passId]);
  expect(await ids('type=web&state=behind')).toEqual([]);
  expect(await ids(`designId=${design}`)).toEqual([behind!.passId, web!.passId]);
  expect(await ids(`designId=${house.designId}&type=apple&state=current`)).toEqual([phone!.passId]);
  for (const wrong of ['type=nokia', 'state=late', 'designId=99999999999', 'limit=201'])
    expect((await house.call('GET', `/api/v1/devices?${wrong}`)).status).toBe(400);
});

test('pages over all kinds leave nothing out and say nothing twice, though many came in one moment', async () => {
  const moments = [T, '2026-03-01T10:00:00.000001Z', '2026-03-01T10:00:00.000002Z'];
  for (const [index, at] of [...moments, ...moments].entries()) {
    const pass = await house.newPass();
    await saveAtGoogle(pass, { at });
    await subscribe(pass, `one-browser`, at);
    await register(pass, `phone-${index}`);
    await house.tenant.query('update apple_devices set created_at = $2 where company_id = $1 and device_id = $3', [
      house.tenant.companyId,
      at,
      `phone-${index}`,
    ]);
  }
  const whole = await list('limit=200');
  expect(whole.next).toBeNull();
  expect(whole.items.length).toBeGreaterThanOrEqual(18);
  for (const limit of [1, 4, 7]) {
    const rows: DevicePage['items'] = [];
    let after: string | null = '';
    while (after !== null) {
      const page: DevicePage = await list(`limit=${limit}&after=${after}`);
      rows.push(...page.items);
      after = page.next;
    }
    expect(rows).toEqual(whole.items);
  }
});

test('one device with several cards is one line, behind as long as one of them is', async () => {
  const [one, other] = [await house.newPass(), await house.newPass()];
  await register(one, 'two-cards');
  await register(other, 'two-cards');
  await ask(one, 'two-cards');
  await fetchCard(one);
  const row = async () =>
    (await list('limit=200')).items.filter(({ cards }) => cards.some(({ passId }) => passId === one.passId));
  expect(await row()).toMatchObject([{ upToDate: false, cards: [{ passId: one.passId }, { passId: other.passId }] }]);
  await fetchCard(other);
  expect(await row()).toMatchObject([{ upToDate: true }]);
});

describe('of several phones with one card it is told what each of them has heard', () => {
  const holdsOf = async ({ passId }: PassRecord) => {
    const { body } = await house.call<PassDetail>('GET', `/api/v1/passes/${passId}`);
    return body.devices.map(({ holds }) => holds).sort();
  };
  const install = (pass: PassRecord, device: string) =>
    house.http.inject({ url: `/c/${pass.guid}.pkpass` }).then(() => register(pass, device));
  const change = (pass: PassRecord, available: bigint) => house.change(pass.accountId, { available });

  test('the first one has what it was installed with; after a change it is behind until it has asked and fetched', async () => {
    const pass = await house.newPass();
    await install(pass, 'alone');
    expect(await holdsOf(pass)).toEqual(['current']);
    await change(pass, 100n);
    expect(await holdsOf(pass)).toEqual(['not_asked']);
    await ask(pass, 'alone');
    expect(await holdsOf(pass)).toEqual(['not_fetched']);
    await fetchCard(pass);
    expect(await holdsOf(pass)).toEqual(['current']);
    // Pulled down on the back of the card: fetched without asking.
    await change(pass, 200n);
    await fetchCard(pass);
    expect(await holdsOf(pass)).toEqual(['current']);
  });

  test('the one that has fetched does not speak for the other one', async () => {
    const pass = await house.newPass();
    await install(pass, 'left');
    await install(pass, 'right');
    expect(await holdsOf(pass)).toEqual(['told', 'told']);
    await change(pass, 300n);
    await ask(pass, 'left');
    expect(await holdsOf(pass)).toEqual(['not_asked', 'not_fetched']);
    await fetchCard(pass);
    expect(await holdsOf(pass)).toEqual(['not_asked', 'told']);
    const rows = (await list('limit=200&state=behind')).items.filter(({ cards }) => cards[0]!.passId === pass.passId);
    expect(rows).toHaveLength(1);
    await ask(pass, 'right');
    expect(await holdsOf(pass)).toEqual(['told', 'told']);
  });

  test('a phone that takes the place of another has not what that one fetched', async () => {
    const pass = await house.newPass();
    await install(pass, 'old-phone');
    await house.http.inject({
      method: 'DELETE',
      url: `/wallet/apple/v1/devices/old-phone/registrations/${pass.passTypeIdentifier}/${pass.serial}`,
      headers: { authorization: `ApplePass ${tokenOf(house, pass)}` },
    });
    await register(pass, 'new-phone');
    expect(await holdsOf(pass)).toEqual(['not_asked']);
    await ask(pass, 'new-phone');
    expect(await holdsOf(pass)).toEqual(['told']);
    await change(pass, 400n);
    await ask(pass, 'new-phone');
    await fetchCard(pass);
    expect(await holdsOf(pass)).toEqual(['current']);
  });
});

test('another company sees none of it', async () => {
  const company = { name: 'Чужая', language: 'ru', currency: 'RUB', timeZone: 'Europe/Moscow', country: 'RU' } as const;
  const tenant = await createCompany(house.wallet, { ...company, demo: true });
  expect(await listDevices(tenant, {}, async () => new Map())).toEqual({ items: [], next: null });
});
