import { type FakeGoogleWallet, startFakeGoogleWallet } from '@tessera/testkit/google-wallet';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { OWNER, startTestServer, type TestServer } from '../server.ts';
import { type Answer, call, registerCheck, registerGuest, signIn } from './calls.ts';

// The story of Google Wallet in a company, with Google's double behind real sockets: it fetches our pictures, follows our
// links, and calls us back.

const ISSUER = '3388000000022812345';

let server: TestServer;
let google: FakeGoogleWallet;
let account: { email: string; file: string };
let cookie: string;

beforeAll(async () => {
  google = await startFakeGoogleWallet({
    clock: () => server.running.app.platform.clock.now(),
    plainHosts: ['127.0.0.1', 'localhost'],
  });
  server = await startTestServer({ GOOGLE_URL: google.url });
  account = google.newServiceAccount({ project: 'chaika' });
  ({ cookie } = await signIn(server, OWNER));
});
afterAll(async () => {
  await server?.stop();
  await google?.stop();
});

const settings = (method = 'GET', path = '', body?: unknown): Promise<Answer> =>
  call(server, { method, path: `/api/v1/google-wallet${path}`, body, headers: { cookie } });
const page = async (guid: string): Promise<string> => (await call(server, { path: `/c/${guid}` })).text;
const quiet = async () => {
  await server.quiet();
  await google.settled();
  await server.quiet();
};
const balanceAt = (objectId: string): number => {
  const points = google.resource('loyaltyObject', objectId)?.loyaltyPoints as { balance: { string: string } };
  return Number(points.balance.string.replace(/\s/g, ''));
};
const objectRow = async (guid: string) => {
  const rows = await server.query<{
    object_id: string;
    saves: number;
    removals: number;
    installed: boolean;
    settled: boolean;
  }>(
    `select o.object_id, o.saves, o.removals, o.installed, o.settled = o.wanted as settled
     from google_objects o join passes p on p.company_id = o.company_id and p.pass_id = o.pass_id where p.guid = $1`,
    [guid],
  );
  return rows[0]!;
};

async function setUp(): Promise<void> {
  expect((await settings()).body).toMatchObject({ credential: null, offered: false });
  const wrong = await settings('PUT', '', { issuerId: ISSUER, serviceAccount: '{"web":{}}' });
  expect(wrong.status).toBe(400);
  expect(wrong.body).toMatchObject({ error: { code: 'google_account_invalid' } });
  const saved = await settings('PUT', '', { issuerId: ISSUER, serviceAccount: account.file });
  // A Russian company: Google Wallet is not offered to its guests, so the button waits for the owner's word.
  expect(saved.body).toMatchObject({ credential: { accountEmail: account.email, enabled: false } });
  expect(saved.text).not.toContain('PRIVATE');
  expect((await settings('POST', '/check', {})).body).toMatchObject({ outcome: 'not_invited' });
  google.control.invite(account.email, ISSUER);
  expect((await settings('POST', '/check', {})).body).toMatchObject({ outcome: 'works' });
  const reviews = async () => {
    const classes = (await settings()).body.classes as Record<'classId' | 'reviewStatus' | 'problem', string | null>[];
    // Google does not review generic cards.
    const reviewed = classes.filter(({ classId }) => !classId?.endsWith('_generic'));
    return new Set(reviewed.map(({ reviewStatus, problem }) => problem ?? reviewStatus));
  };
  await expect.poll(reviews, { timeout: 30_000, interval: 250 }).toEqual(new Set(['APPROVED']));
}

test('a card is saved, keeps up with sales through outages and limits, and is removed', async () => {
  await setUp();
  const guest = await registerGuest(server);
  expect(await page(guest.guid)).not.toContain('/google');
  expect((await call(server, { path: `/c/${guest.guid}/google` })).status).toBe(404);
  await settings('PATCH', '', { enabled: true });
  expect(await page(guest.guid)).toContain(`/c/${guest.guid}/google`);

  // The guest presses the button on his phone.
  const opened = await google.openOnPhone(`${server.url}/c/${guest.guid}/google`, 'anna');
  expect(opened).toMatchObject({ ok: true });
  await quiet();
  const { object_id: objectId } = await objectRow(guest.guid);
  expect(google.holders(objectId)).toEqual(['anna']);
  expect(google.callbackAnswers()).toEqual([{ objectId, event: 'save', status: 200 }]);
  expect(await objectRow(guest.guid)).toMatchObject({ saves: 1, installed: true });
  const [design] = google.resources('loyaltyClass');
  expect(design).toMatchObject({ issuerName: 'Чайка', heroImage: {}, programLogo: {} });

  // A sale reaches the phone.
  const before = balanceAt(objectId);
  await registerCheck(server, guest.accountId, 100_000);
  await quiet();
  const after = balanceAt(objectId);
  expect(after).toBeGreaterThan(before);

  // Google is away; sales go on, and only the newest balance matters when it is back.
  google.control.setOutage('unavailable');
  for (let sale = 0; sale < 3; sale++) await registerCheck(server, guest.accountId, 100_000);
  await server.quiet();
  expect(balanceAt(objectId)).toBe(after);
  expect((await settings()).body).toMatchObject({ credential: { status: 'away' }, cards: { waiting: 1 } });
  google.control.setOutage('none');
  google.control.failNext({ status: 429, headers: { 'retry-after': '1' } });
  google.control.forgetCalls();
  await expect.poll(() => balanceAt(objectId), { timeout: 30_000, interval: 250 }).toBeGreaterThan(after);
  await quiet();
  const shown = await server.query<{ value: string }>(
    `select snapshot->'variables'->>'LoyaltyValue' as value from passes where guid = $1`,
    [guest.guid],
  );
  expect(balanceAt(objectId)).toBe(Number(shown[0]!.value.replace(/\s/g, '')));
  expect(google.calls().filter(({ method, status }) => method === 'PATCH' && status === 200)).toHaveLength(1);
  expect((await settings()).body).toMatchObject({
    credential: { status: 'active' },
    cards: { waiting: 0, installed: 1 },
  });

  // The guest takes it off, and Google says so three times.
  google.removeFromPhone(objectId, 'anna');
  google.control.repeatCallback(objectId, 'save', 2);
  await quiet();
  expect(await objectRow(guest.guid)).toMatchObject({ saves: 2, removals: 1, installed: false });
}, 120_000);

test('many cards of one design keep within fifteen requests a second, and none is refused', async () => {
  const passes = await server.query<{ guid: string }>('select guid from passes order by pass_id limit 25');
  const [first, ...others] = passes.map(({ guid }) => guid);
  for (let at = 0; at < others.length; at += 9) {
    const more = others.slice(at, at + 9).join(',');
    expect(await google.openOnPhone(`${server.url}/c/${first}/google?with=${more}`, 'boris')).toMatchObject({
      ok: true,
    });
  }
  await quiet();
  google.control.forgetCalls();
  await server.query(
    `update designs set body = jsonb_set(body, '{fields,back,0,label}', '"Всего покупок"'), revision = revision + 1`,
  );
  await server.query(
    `insert into outbox (company_id, kind, payload, created_at)
     select company_id, 'design_changed', json_build_object('designId', design_id, 'after', 0), now() from designs`,
  );
  await quiet();
  const calls = google.calls();
  const fastest = Math.max(...calls.map(({ at }) => calls.filter((one) => one.at >= at && one.at < at + 1_000).length));
  expect(calls.length).toBeGreaterThan(8);
  expect(calls.filter(({ status }) => status === 429)).toEqual([]);
  expect(fastest).toBeLessThanOrEqual(19);
  const waiting = await server.query('select 1 from google_objects where settled < wanted');
  expect(waiting).toEqual([]);
}, 120_000);

test('neither key, token, object nor link reaches a log, whatever happens', async () => {
  const guest = await registerGuest(server);
  const link = await call(server, { path: `/c/${guest.guid}/google` });
  const jwt = link.headers.get('location')!.split('/').at(-1)!;
  expect(link.status).toBe(302);
  const { object_id: objectId } = await objectRow(guest.guid);
  google.control.failNext({ status: 400 }, 1);
  await registerCheck(server, guest.accountId, 100_000);
  await call(server, { path: '/google/callback', body: { signedMessage: objectId, protocolVersion: jwt } });
  await quiet();
  const key = (JSON.parse(account.file) as { private_key: string }).private_key.split('\n')[1]!;
  const logged = server.logged.join('\n');
  expect(logged).toContain('Google refuses a card');
  const canaries = { key, objectId, jwt, guid: guest.guid, serial: guest.serial, token: 'ya29.', email: account.email };
  for (const [what, canary] of Object.entries(canaries))
    expect(logged.includes(canary), `${what} stands in a log`).toBe(false);
}, 60_000);
