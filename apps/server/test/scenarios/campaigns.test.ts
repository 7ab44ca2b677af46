import { randomUUID } from 'node:crypto';
import type { Campaign, CampaignPlan, CampaignPreview, CampaignResults } from '@tessera/contract';
import { type FakeGoogleWallet, startFakeGoogleWallet } from '@tessera/testkit/google-wallet';
import { type FakeWebPush, startFakeWebPush } from '@tessera/testkit/web-push';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { OWNER, startTestServer, type TestServer } from '../server.ts';
import { call, downloadBundle, registerGuest, signIn } from './calls.ts';

// Mailings over cards (W24, J68–J89, J146): on an iPhone, in Google Wallet and in a browser, to those who agreed.

const ISSUER = '3388000000022812345';

let server: TestServer;
let google: FakeGoogleWallet;
let browsers: FakeWebPush;
let cookie: string;
let designId: number;

beforeAll(async () => {
  browsers = await startFakeWebPush();
  google = await startFakeGoogleWallet({
    clock: () => server.running.app.platform.clock.now(),
    plainHosts: ['127.0.0.1', 'localhost'],
  });
  server = await startTestServer({ GOOGLE_URL: google.url, WEB_PUSH_URL: browsers.url });
  ({ cookie } = await signIn(server, OWNER));
  const account = google.newServiceAccount({ project: 'chaika' });
  google.control.invite(account.email, ISSUER);
  await ok('PUT', '/google-wallet', { issuerId: ISSUER, serviceAccount: account.file });
  await ok('POST', '/google-wallet/check', {});
  await ok('PATCH', '/google-wallet', { enabled: true });
  await quiet();
});
afterAll(async () => {
  await server?.stop();
  await google?.stop();
  await browsers?.stop();
});

const api = (method: string, path: string, body?: unknown) =>
  call(server, { method, path: `/api/v1${path}`, headers: { cookie }, ...(body === undefined ? {} : { body }) });
async function ok<T>(method: string, path: string, body?: unknown): Promise<T> {
  const answer = await api(method, path, body);
  expect(answer.status, `${path}: ${answer.text}`).toBeLessThan(300);
  return answer.body as T;
}
const codeOf = async (answer: ReturnType<typeof api>) =>
  ((await answer).body as { error?: { code: string } }).error?.code;
const quiet = async (...phones: Parameters<TestServer['quiet']>) => {
  await server.quiet(...phones);
  await google.settled();
  await server.quiet(...phones);
};
const passOf = async (guid: string) => {
  const rows = await server.query<{ pass_id: string; design_id: number; own_values: object; own: object }>(
    'select pass_id, design_id, own_values, own from passes where guid = $1',
    [guid],
  );
  return { ...rows[0]!, passId: Number(rows[0]!.pass_id) };
};
const guestWithCard = async (guest: Parameters<typeof registerGuest>[1] = { agrees: true }) => {
  const { guid, accountId, serial } = await registerGuest(server, guest);
  const { passId, design_id } = await passOf(guid);
  designId = design_id;
  return { guid, accountId, serial, passId };
};
const planFor = (passIds: number[], text: string, further: Partial<CampaignPlan> = {}): CampaignPlan => ({
  purpose: 'advertising',
  scope: { kind: 'passes', passIds },
  filter: {},
  message: { field: 'Back1', text },
  quietHours: 0,
  ...further,
});
const send = (plan: CampaignPlan, at: string | null = null, campaignKey = randomUUID()) =>
  ok<Campaign>('POST', '/campaigns', { campaignKey, at, ...plan });
const bannerOf = (sha256: string) => ({ 'strip.png': sha256, 'strip@2x.png': sha256, 'strip@3x.png': sha256 });
const campaignOf = (id: number) => ok<Campaign>('GET', `/campaigns/${id}`);
const resultsOf = (id: number) => ok<CampaignResults>('GET', `/campaigns/${id}/results`);
const preview = (plan: CampaignPlan) => ok<CampaignPreview>('POST', '/campaigns/preview', plan);

test('one text is heard on an iPhone, in Google Wallet and in a browser, with the name of each guest', async () => {
  const onIphone = await guestWithCard({ name: 'Анна Смирнова', agrees: true });
  const atGoogle = await guestWithCard({ name: 'Борис Орлов', agrees: true });
  const inBrowser = await guestWithCard({ name: 'Вера Лебедева', agrees: true });
  const nowhere = await guestWithCard({ name: 'Глеб Соколов', agrees: true });
  const phone = server.newPhone('phone-of-anna');
  await phone.install(await downloadBundle(server, onIphone.guid));
  expect(await google.openOnPhone(`${server.url}/c/${atGoogle.guid}/google`, 'boris')).toMatchObject({ ok: true });
  const page = await call(server, { path: `/c/${inBrowser.guid}?lang=ru` });
  const browser = browsers.newBrowser(/data-key="([\w-]+)"/.exec(page.text)![1]!);
  await call(server, { path: `/c/${inBrowser.guid}/push`, body: browser.subscription });
  await quiet(phone);

  const all = [onIphone, atGoogle, inBrowser, nowhere];
  const url = 'https://chaika.example/spring';
  const message = { field: 'Back1', text: 'FirstName#, весеннее меню уже здесь', url };
  const plan = planFor(
    all.map(({ passId }) => passId),
    '',
    { message },
  );
  const seen = await preview(plan);
  expect(seen).toMatchObject({
    cards: 4,
    notAgreed: 0,
    toldLately: 0,
    reach: { apple: 1, android: 0, google: 1, browsers: 1, nowhere: 1 },
    sample: { serial: onIphone.serial, notice: 'Анна, весеннее меню уже здесь' },
    unknownVariables: [],
  });
  const campaign = await send(plan);
  expect(campaign).toMatchObject({ scheduled: false, counts: { total: 4 } });
  await quiet(phone);

  expect(phone.snapshot().messages.at(-1)?.text).toBe('Анна, весеннее меню уже здесь');
  expect(JSON.parse(browser.messages().at(-1)!.text)).toMatchObject({ body: 'Вера, весеннее меню уже здесь' });
  const [object] = google.resources('loyaltyObject').filter(({ messages }) => Array.isArray(messages));
  expect(object!.messages).toMatchObject([
    { header: 'Чайка', body: 'Борис, весеннее меню уже здесь', messageType: 'TEXT_AND_NOTIFY' },
  ]);
  expect(object!.linksModuleData).toMatchObject({ uris: [{ uri: url }] });
  expect(await campaignOf(campaign.campaignId)).toMatchObject({
    state: 'finished',
    counts: { total: 4, done: 4, same: 0, failed: 0 },
    undoable: true,
  });
  expect(await resultsOf(campaign.campaignId)).toEqual({
    cards: 4,
    phones: { cards: 1, fetched: 1 },
    google: { cards: 1, notified: 1, silent: 0, waiting: 0, refused: 0 },
    browsers: 1,
    nowhere: 1,
  });

  // Taken back: the cards say again what their design says, and nobody is disturbed by it.
  const heard = [phone.snapshot().messages.length, browser.messages().length];
  await ok('POST', `/pass-operations/${campaign.operationId}/undo`);
  await quiet(phone);
  expect(await campaignOf(campaign.campaignId)).toMatchObject({ state: 'undone', undoable: false });
  expect([phone.snapshot().messages.length, browser.messages().length]).toEqual(heard);
  expect(await passOf(onIphone.guid)).toMatchObject({ own_values: {}, own: {} });
  // They have heard it all the same.
  expect(await preview({ ...plan, quietHours: 24 })).toMatchObject({ cards: 0, toldLately: 4 });
}, 120_000);

test('advertising reaches nobody who has not agreed, and nobody who takes it back before his turn', async () => {
  const agrees = await guestWithCard();
  const refuses = await guestWithCard({ agrees: false });
  const takesBack = await guestWithCard();
  const plan = planFor([agrees.passId, refuses.passId, takesBack.passId], 'Скидка в среду');
  expect(await preview(plan)).toMatchObject({ cards: 2, notAgreed: 1 });
  expect(await preview({ ...plan, purpose: 'service' })).toMatchObject({ cards: 3, notAgreed: 0 });
  const soon = Temporal.Now.zonedDateTimeISO('Europe/Moscow').add({ hours: 2 });
  const planned = await send(plan, soon.toPlainDateTime().toString({ smallestUnit: 'minute' }));
  expect(planned).toMatchObject({ state: 'scheduled', scheduled: true, operationId: null });
  await server.query(
    `update consents set withdrawn_at = now() where purpose = 'marketing' and guest_id =
       (select guest_id from accounts where account_id = $1)`,
    [takesBack.accountId],
  );
  await server.still();
  expect(await campaignOf(planned.campaignId)).toMatchObject({ state: 'scheduled' });
  server.clock.advance({ hours: 2 });
  await server.still();
  expect(await campaignOf(planned.campaignId)).toMatchObject({ state: 'finished', counts: { done: 1 } });
  const texts = await Promise.all(
    [agrees, refuses, takesBack].map(async ({ guid }) => (await passOf(guid)).own_values),
  );
  expect(texts).toEqual([expect.objectContaining({ [Object.keys(texts[0]!)[0]!]: 'Скидка в среду' }), {}, {}]);
}, 60_000);

test('who was told something lately is left in peace, and the same text again is no news', async () => {
  const guest = await guestWithCard();
  const phone = server.newPhone('phone-in-peace');
  await phone.install(await downloadBundle(server, guest.guid));
  await quiet(phone);
  await send(planFor([guest.passId], 'Первое'));
  await quiet(phone);
  const heard = phone.snapshot().messages.length;
  const quietDay = planFor([guest.passId], 'Второе', { quietHours: 24 });
  expect(await preview(quietDay)).toMatchObject({ cards: 0, toldLately: 1, sample: null });
  const second = await send(quietDay);
  const again = await send(planFor([guest.passId], 'Первое'));
  await quiet(phone);
  expect(await campaignOf(second.campaignId)).toMatchObject({ counts: { total: 0, done: 0 } });
  expect(await campaignOf(again.campaignId)).toMatchObject({ counts: { done: 0, same: 1 } });
  expect(phone.snapshot().messages).toHaveLength(heard);
  server.clock.advance({ hours: 25 });
  expect(await preview(quietDay)).toMatchObject({ cards: 1, toldLately: 0 });
}, 60_000);

test('the same key is one campaign; a wrong hour, field or picture is refused before anything is planned', async () => {
  const { passId } = await guestWithCard();
  const plan = planFor([passId], 'Однажды');
  const key = randomUUID();
  const campaign = await send(plan, null, key);
  expect((await send(plan, null, key)).campaignId).toBe(campaign.campaignId);
  const other = { campaignKey: key, at: null, ...planFor([passId], 'Другое') };
  expect(await codeOf(api('POST', '/campaigns', other))).toBe('idempotency_mismatch');
  const before = await server.query('select 1 from campaigns');
  const attempt = (further: object) =>
    codeOf(api('POST', '/campaigns', { campaignKey: randomUUID(), at: null, ...plan, ...further }));
  for (const at of ['2020-01-01T10:00', '2026-02-30T10:00', '2199-01-01T10:00', '2026-13-01T10:00'])
    expect(await attempt({ at }), at).toBe('campaign_hour');
  expect(await attempt({ message: { field: 'Auxiliary9', text: 'Некуда' } })).toBe('pass_field_unknown');
  const banner = bannerOf('a'.repeat(64));
  expect(await attempt({ message: { ...plan.message, banner } })).toBe('picture_not_found');
  expect(await attempt({ message: { ...plan.message, url: 'javascript:alert(1)' } })).toBe('invalid_request');
  expect(await server.query('select 1 from campaigns')).toEqual(before);
}, 60_000);

test('a banner stands on the cards it was sent to, in the bundle and on the page, and goes with the text', async () => {
  const guest = await guestWithCard();
  const phone = server.newPhone('phone-with-banner');
  await phone.install(await downloadBundle(server, guest.guid));
  const [asset] = await server.query<{ sha256: string }>(
    `select encode(sha256, 'hex') as sha256 from assets, designs
     where designs.design_id = $1 and encode(sha256, 'hex') = designs.body -> 'images' ->> 'logo@2x.png'`,
    [designId],
  );
  const banner = bannerOf(asset!.sha256);
  const plan = planFor([guest.passId], 'С картинкой', {});
  const campaign = await send({ ...plan, message: { ...plan.message, banner } });
  expect(campaign.bannerUrl).toContain(asset!.sha256);
  await quiet(phone);
  expect(await passOf(guest.guid)).toMatchObject({ own: { news: { images: banner } } });
  const page = async () => (await call(server, { path: `/c/${guest.guid}` })).text;
  expect(await page()).toContain(asset!.sha256);
  const { revision, own } = await ok<{ revision: number; own: { values: Record<string, string> } }>(
    'GET',
    `/passes/${guest.passId}`,
  );
  const [field] = Object.keys(own.values);
  await ok('PATCH', `/passes/${guest.passId}`, { revision, push: true, values: { [field!]: null } });
  await quiet(phone);
  expect(await passOf(guest.guid)).toMatchObject({ own_values: {}, own: {} });
}, 60_000);

test('what is hours late waits for its owner, what is cancelled is not sent, and a restart loses nothing', async () => {
  const [late, cancelled, kept] = [await guestWithCard(), await guestWithCard(), await guestWithCard()];
  const at = (hours: number) =>
    server.running.app.platform.clock
      .now()
      .toZonedDateTimeISO('Europe/Moscow')
      .add({ hours })
      .toPlainDateTime()
      .toString({ smallestUnit: 'minute' });
  const one = await send(planFor([late.passId], 'Сегодня до шести'), at(1));
  const two = await send(planFor([cancelled.passId], 'Не нужно'), at(1));
  const three = await send(planFor([kept.passId], 'После перерыва'), at(7));
  expect((await ok<Campaign>('POST', `/campaigns/${two.campaignId}/cancel`)).state).toBe('cancelled');
  expect(await codeOf(api('POST', `/campaigns/${two.campaignId}/send`))).toBe('campaign_state');
  await server.restart(async () => server.clock.advance({ hours: 6 }));
  await server.still();
  expect(await campaignOf(one.campaignId)).toMatchObject({ state: 'failed', problem: { code: 'campaign_late' } });
  expect(await campaignOf(two.campaignId)).toMatchObject({ state: 'cancelled', counts: { done: 0 } });
  expect(await campaignOf(three.campaignId)).toMatchObject({ state: 'scheduled' });
  await ok('POST', `/campaigns/${one.campaignId}/send`);
  server.clock.advance({ hours: 1 });
  await server.still();
  expect(await campaignOf(one.campaignId)).toMatchObject({ state: 'finished', problem: null, counts: { done: 1 } });
  expect(await campaignOf(three.campaignId)).toMatchObject({ state: 'finished', counts: { done: 1 } });
  expect(await codeOf(api('POST', `/campaigns/${three.campaignId}/cancel`))).toBe('campaign_state');
}, 60_000);
