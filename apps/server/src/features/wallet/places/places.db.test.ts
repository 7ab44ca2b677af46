import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDraft } from '../../../../test/wallet-design.ts';
import { createWalletHouse, type WalletHouse } from '../../../../test/wallet-house.ts';
import { bundleOf } from '../build-bundle.ts';
import type { PassRecord } from '../model.ts';
import { updateDesign } from '../save-design.ts';
import { selectPass } from '../store/passes.ts';
import { followGroupNames } from './follow-neighbours.ts';

let house: WalletHouse;
beforeAll(async () => {
  house = await createWalletHouse();
  const draft = testDraft({ venuePlaces: true, maxDistanceMetres: 150 });
  const saved = await updateDesign(house.wallet, house.tenant, { designId: house.designId, draft });
  if (!saved.ok) throw new Error(JSON.stringify(saved.refusal));
  await house.settle();
});
afterAll(() => house.close());

/** A chain along a street, a kilometre apart. */
const venues = Array.from({ length: 30 }, (_, at) => ({ latitude: 55, longitude: 37 + at / 60, text: `Кафе ${at}` }));
const now = ({ passId }: PassRecord) => selectPass(house.tenant, house.tenant.companyId, passId) as Promise<PassRecord>;
async function placesOf(pass: PassRecord): Promise<string[]> {
  const { shared, own } = await bundleOf(house.wallet, house.tenant, await now(pass));
  const { readZip } = await import('@tessera/pkpass');
  const json = JSON.parse(
    readZip(Buffer.concat([shared, own]))
      .files.get('pass.json')!
      .toString(),
  );
  expect(json.maxDistance).toBe(150);
  return json.locations.map(({ relevantText }: { relevantText: string }) => relevantText);
}

test('a card carries the ten venues nearest to where its guest comes to', async () => {
  const pass = await house.newPass();
  await house.change(pass.accountId, { venues, anchor: venues[20]! });
  const near = Array.from({ length: 30 }, (_, at) => at)
    .sort((a, b) => Math.abs(a - 20) - Math.abs(b - 20))
    .slice(0, 9);
  expect(await placesOf(pass)).toEqual(expect.arrayContaining(near.map((at) => `Кафе ${at}`)));
  expect(await placesOf(pass)).toHaveLength(10);
}, 60_000);

test('a guest who comes to another of the same venues gets no new version, one who moves away does', async () => {
  const pass = await house.newPass();
  await house.change(pass.accountId, { venues, anchor: venues[2]! });
  const before = await now(pass);
  await house.change(pass.accountId, { venues, anchor: venues[0]! });
  expect((await now(pass)).contentVersion).toBe(before.contentVersion);
  await house.change(pass.accountId, { venues, anchor: venues[29]! });
  expect((await now(pass)).contentVersion).toBe(before.contentVersion + 1);
  expect(await placesOf(pass)).toContain('Кафе 29');
});

test('a venue is put on the map, which wakes the designs that carry venues; one that is unknown is refused', async () => {
  const { tenant, http } = house;
  await tenant.query(`insert into venues (company_id, code, name) values ($1, 7, 'На набережной')`, [tenant.companyId]);
  const put = (code: number, place: unknown) =>
    http.inject({ method: 'PUT', url: `/api/v1/venue-places/${code}`, payload: { place } });
  const place = { latitude: 59.93, longitude: 30.31, text: 'Кофе рядом' };
  expect((await put(7, place)).json()).toEqual({ items: [{ code: 7, name: 'На набережной', place }] });
  expect((await put(8, place)).statusCode).toBe(404);
  expect((await put(7, { ...place, latitude: 91 })).statusCode).toBe(400);
  expect((await put(7, null)).json()).toMatchObject({ items: [{ place: null }] });
});

test('cards that say the name of their account group follow a new one', async () => {
  const draft = testDraft({ fields: { back: [{ key: 'group', label: 'Группа', value: 'CustomField4#' }] } });
  await updateDesign(house.wallet, house.tenant, { designId: house.designId, draft });
  const pass = await house.newPass();
  await house.change(pass.accountId, { groupName: 'Друзья' });
  expect((await now(pass)).snapshot.variables).toMatchObject({ CustomField4: 'Друзья' });
  house.subjects.set(pass.accountId, { ...house.subjects.get(pass.accountId)!, groupName: 'Старые друзья' });
  await followGroupNames(house.wallet, house.tenant);
  await house.settle();
  expect((await now(pass)).snapshot.variables).toMatchObject({ CustomField4: 'Старые друзья' });
});
