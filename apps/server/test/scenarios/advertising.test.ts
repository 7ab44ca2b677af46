import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { OWNER, startTestServer, type TestServer } from '../server.ts';
import { call, registerGuest, signIn, submit } from './calls.ts';

// A guest's agreement to advertising is taken back, by himself or by staff, and campaigns heed it at once.

let server: TestServer;
let headers: Record<string, string>;

beforeAll(async () => {
  server = await startTestServer();
  headers = await signIn(server, OWNER);
});
afterAll(() => server?.stop());

const ask = (path: string, body?: unknown, method?: string) =>
  call(server, { path: `/api/v1/${path}`, headers, ...(body ? { body } : {}), ...(method ? { method } : {}) });
type Detail = { guest: { guestId: number; consents: { purpose: string }[] } };
const accountOf = async (accountId: number) => (await ask(`accounts/${accountId}`)).body as Detail;
const purposesOf = async (accountId: number) =>
  (await accountOf(accountId)).guest.consents.map(({ purpose }) => purpose);

async function cardOf(guid: string): Promise<number> {
  const [row] = await server.query<{ pass_id: string }>('select pass_id from passes where guid = $1', [guid]);
  return Number(row!.pass_id);
}
const advertisingTo = (passIds: number[], text: string) => ({
  purpose: 'advertising',
  scope: { kind: 'passes', passIds },
  filter: {},
  message: { field: 'Back1', text },
  quietHours: 0,
});

test('a guest stops advertising on the page of his card: asked once, and a look alone changes nothing', async () => {
  const guest = await registerGuest(server, { agrees: true });
  const card = await call(server, { path: `/c/${guest.guid}?lang=en` });
  const address = /href="(\/c\/[^"]+\/advertising[^"]*)"/.exec(card.text)![1]!;
  const question = await call(server, { path: address });
  expect([question.status, /<form method="post"/.test(question.text)]).toEqual([200, true]);
  expect(await purposesOf(guest.accountId)).toEqual(['personal_data', 'marketing']);

  const sent = await submit(server, address, {});
  expect(sent.status).toBe(303);
  const told = await call(server, { path: sent.headers.get('location')! });
  expect([told.status, /<form/.test(told.text)]).toEqual([200, false]);
  expect(told.text).toContain('No advertising');
  expect(await purposesOf(guest.accountId)).toEqual(['personal_data']);
  expect((await call(server, { path: `/c/${guest.guid}` })).text).not.toContain('/advertising');
  // The form again, from a page that stayed open.
  expect((await submit(server, address, {})).status).toBe(303);
});

test('a card whose guest never agreed offers nothing to take back; one that is none answers with a page', async () => {
  const guest = await registerGuest(server);
  expect((await call(server, { path: `/c/${guest.guid}` })).text).not.toContain('/advertising');
  const page = await call(server, { path: `/c/${guest.guid}/advertising?lang=en` });
  expect(page.text).toContain('No advertising');
  const nobody = `/c/${randomUUID()}/advertising`;
  expect([(await call(server, { path: nobody })).status, (await submit(server, nobody, {})).status]).toEqual([
    404, 404,
  ]);
});

test('staff who may change accounts take it back, twice is once, and cashiers may not', async () => {
  const guest = await registerGuest(server, { agrees: true });
  const { guestId } = (await accountOf(guest.accountId)).guest;
  const path = `guests/${guestId}/advertising`;
  const cashier = await signIn(server, server.cashier);
  const refused = await call(server, { path: `/api/v1/${path}`, headers: cashier, method: 'DELETE' });
  expect(refused.status).toBe(403);
  expect((await ask(path, undefined, 'DELETE')).body).toEqual({ withdrawn: true });
  expect((await ask(path, undefined, 'DELETE')).body).toEqual({ withdrawn: false });
  expect(await purposesOf(guest.accountId)).toEqual(['personal_data']);
  expect((await ask('guests/999999/advertising', undefined, 'DELETE')).status).toBe(404);
});

test('a campaign that was planned while the guest agreed passes him by once he does not', async () => {
  const [stays, leaves] = [
    await registerGuest(server, { agrees: true }),
    await registerGuest(server, { agrees: true }),
  ];
  const passIds = [await cardOf(stays.guid), await cardOf(leaves.guid)];
  const plan = advertisingTo(passIds, 'A second cup on us');
  const before = (await ask('campaigns/preview', plan)).body;
  expect(before).toMatchObject({ cards: 2, notAgreed: 0 });
  const at = server.clock.now().add({ hours: 48 }).toString().slice(0, 16);
  const { campaignId } = (await ask('campaigns', { campaignKey: randomUUID(), ...plan, at })).body as {
    campaignId: number;
  };
  await submit(server, `/c/${leaves.guid}/advertising`, {});
  expect((await ask('campaigns/preview', plan)).body).toMatchObject({ cards: 1, notAgreed: 1 });
  await ask(`campaigns/${campaignId}/send`, {});
  await server.quiet();
  const sent = (await ask(`campaigns/${campaignId}`)).body;
  expect(sent).toMatchObject({ state: 'finished', counts: { done: 1, failed: 0 } });
});
