import { type FakeGoogleWallet, startFakeGoogleWallet } from '@tessera/testkit/google-wallet';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDesign } from '../../src/features/wallet/index.ts';
import { OWNER, startTestServer, type TestServer } from '../server.ts';
import { testDraft, testFiles } from '../wallet-design.ts';
import { type Answer, call, registerGuest, signIn } from './calls.ts';

// The story of a set: an owner puts a card and a coupon together, a guest gets one link for both, on whatever phone.

const ISSUER = '3388000000022812345';
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 27_0 like Mac OS X) AppleWebKit/605.1.15 Version/27.0 Mobile/15E148 Safari/604.1';
const ANDROID = 'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36';
const DESK = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36';

let server: TestServer;
let google: FakeGoogleWallet;
let cookie: string;

beforeAll(async () => {
  google = await startFakeGoogleWallet({
    clock: () => server.running.app.platform.clock.now(),
    plainHosts: ['127.0.0.1', 'localhost'],
  });
  server = await startTestServer({ GOOGLE_URL: google.url });
  ({ cookie } = await signIn(server, OWNER));
});
afterAll(async () => {
  await server?.stop();
  await google?.stop();
});

const ask = (path: string, body?: unknown, method = body ? 'POST' : 'GET'): Promise<Answer> =>
  call(server, { method, path: `/api/v1/${path}`, body, headers: { cookie } });
const visit = (path: string, agent: string): Promise<Response> =>
  fetch(`${server.url}${path}`, { redirect: 'manual', headers: { 'user-agent': agent } });

test('one link gives an iPhone a file of all cards, an Android phone Google’s page, and everybody else the cards', async () => {
  const { tenant, app } = server.running;
  const [card] = await server.query<{ design_id: number; programme_id: number; credential_id: number }>(
    'select d.design_id, d.programme_id, d.credential_id from designs d join passes p using (company_id, design_id) limit 1',
  );
  const coupon = await createDesign(app.wallet, tenant, {
    name: 'Кофе в подарок',
    programmeId: card!.programme_id,
    credentialId: card!.credential_id,
    draft: testDraft({ logoText: 'Кофе', google: { vertical: 'offer' } }),
    files: testFiles,
  });
  if (!coupon.ok) throw new Error(coupon.refusal.code);
  const designIds = [card!.design_id, coupon.value.designId];
  const made = await ask('pass-bundles', { name: 'Для новых гостей', designIds });
  expect(made.body).toMatchObject({ name: 'Для новых гостей', designs: [{}, { name: 'Кофе в подарок' }], links: 0 });
  expect((await ask('pass-bundles', { name: 'Для новых гостей', designIds: [designIds[1]] })).status).toBe(409);

  const guest = await registerGuest(server);
  const { bundleId } = made.body;
  const given = await ask(`pass-bundles/${bundleId}/links`, { accountId: guest.accountId });
  expect(given.body).toMatchObject({ accountId: guest.accountId, opens: 0, qr: expect.stringContaining('<svg') });
  expect((await ask(`pass-bundles/${bundleId}/links`, { accountId: guest.accountId })).body.url).toBe(given.body.url);
  const path = new URL(String(given.body.url)).pathname;

  // On a desk: the page with both cards.
  const page = await (await visit(path, DESK)).text();
  expect(page).toContain(`/c/${guest.guid}`);
  expect(page.match(/href="\/c\//g)).toHaveLength(2);

  // On an iPhone: the file.
  const sent = await visit(path, IPHONE);
  expect([sent.status, sent.headers.get('location')]).toEqual([302, `${path}.pkpasses`]);
  const file = await visit(`${path}.pkpasses`, IPHONE);
  expect(file.headers.get('content-type')).toBe('application/vnd.apple.pkpasses');
  expect(
    Buffer.from(await file.arrayBuffer())
      .subarray(0, 2)
      .toString(),
  ).toBe('PK');

  // A Russian company: no Google for Android, the web cards lead; once the owner offers it, both cards go at once.
  expect((await visit(path, ANDROID)).status).toBe(200);
  const account = google.newServiceAccount({ project: 'chaika', invitedTo: [ISSUER] });
  await ask('google-wallet', { issuerId: ISSUER, serviceAccount: account.file }, 'PUT');
  expect((await visit(path, ANDROID)).status).toBe(200);
  await ask('google-wallet', { enabled: true }, 'PATCH');
  const toGoogle = await visit(path, ANDROID);
  expect(toGoogle.headers.get('location')).toBe(`${path}/google`);
  const saved = await google.openOnPhone(`${server.url}${path}/google`, 'anna');
  expect(saved.ok && saved.objectIds.length).toBe(2);

  // While Google is away the page leads.
  await ask('google-wallet', { enabled: false }, 'PATCH');
  expect((await visit(`${path}/google`, ANDROID)).headers.get('location')).toBe(`${path}?page`);

  // A messenger that looks at the link for a preview makes nobody count as having opened it.
  const before = (await ask(`pass-bundles/${bundleId}`)).body;
  expect(before).toMatchObject({ links: 1, opened: 1, appleFiles: 1, googleLinks: 1 });
  await visit(path, 'TelegramBot (like TwitterBot)');
  expect((await ask(`pass-bundles/${bundleId}`)).body.opens).toBe(before.opens);

  await ask(`pass-bundles/${bundleId}`, { archived: true }, 'PATCH');
  expect((await ask('pass-bundles')).body.items).toEqual([]);
  expect((await ask('pass-bundles?archived=true')).body.items).toMatchObject([{ bundleId }]);
  expect((await visit(path, DESK)).status).toBe(200);
  expect((await visit(`/set/${guest.guid}`, DESK)).status).toBe(404);
}, 120_000);
