import { type FakeBrowser, type FakeWebPush, startFakeWebPush } from '@tessera/testkit/web-push';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { sendWebPush } from '../../src/features/wallet/index.ts';
import { startTestServer, type TestServer } from '../server.ts';
import { type Answer, call, downloadBundle, registerCheck, registerGuest } from './calls.ts';

// A browser asks to hear of a card, and hears the same as a lock screen.

let server: TestServer;
let service: FakeWebPush;
let guest: Awaited<ReturnType<typeof registerGuest>>;
let key: string;

beforeAll(async () => {
  service = await startFakeWebPush();
  server = await startTestServer({ WEB_PUSH_URL: service.url });
});
afterAll(async () => {
  await server?.stop();
  await service?.stop();
});
beforeEach(async () => {
  service.control.answerWith(null);
  server.clock.advance({ minutes: 2 });
  guest = await registerGuest(server);
  await server.quiet();
  const page = await call(server, { path: `/c/${guest.guid}?lang=ru` });
  key = /data-key="([\w-]+)"/.exec(page.text)![1]!;
});

const push = (method: string, body: unknown, guid = guest.guid): Promise<Answer> =>
  call(server, { method, path: `/c/${guid}/push?lang=ru`, body });
const listening = async (): Promise<FakeBrowser> => {
  const browser = service.newBrowser(key);
  expect((await push('POST', browser.subscription)).status).toBe(204);
  return browser;
};
const subscriptions = () => server.query('select * from web_subscriptions');
const texts = (browser: FakeBrowser) => browser.messages().map(({ text }) => JSON.parse(text) as { body: string });

test('a sale is told in the words of the lock screen, and the message holds no address', async () => {
  const phone = server.newPhone('phone-of-the-listener');
  await phone.install(await downloadBundle(server, guest.guid));
  const browser = await listening();
  await server.quiet(phone);
  expect(browser.messages()).toEqual([]);
  await registerCheck(server, guest.accountId, 100_000);
  await server.quiet(phone);
  const [message, ...none] = browser.messages();
  expect(none).toEqual([]);
  expect(message).toMatchObject({ urgency: 'normal', ttlSeconds: 12 * 3_600 });
  const { title, body, tag } = JSON.parse(message!.text) as Record<string, string>;
  expect(title).toBe('Чайка');
  expect(body).toBe(phone.snapshot().messages.at(-1)?.text);
  expect(tag).toMatch(/^[\w-]+$/);
  expect(message!.text).not.toContain(guest.guid);
  expect(message!.text).not.toContain(guest.serial);
  expect(service.problems()).toEqual([]);
});

test('who has left is forgotten, by his own word and by that of the service', async () => {
  const [stays, leaves, closes] = [await listening(), await listening(), await listening()];
  const before = (await subscriptions()).length;
  expect((await push('DELETE', { endpoint: closes.subscription.endpoint })).status).toBe(204);
  leaves.leave();
  await registerCheck(server, guest.accountId, 100_000);
  await server.quiet();
  expect([stays, leaves, closes].map((one) => one.messages().length)).toEqual([1, 0, 0]);
  expect(await subscriptions()).toHaveLength(before - 2);
});

test('a service in trouble hears the newest when it is back, once', async () => {
  const browser = await listening();
  service.control.answerWith({ status: 503 });
  await registerCheck(server, guest.accountId, 100_000);
  await expect.poll(() => service.requests()).toBeGreaterThan(0);
  await registerCheck(server, guest.accountId, 100_000);
  service.control.answerWith(null);
  await expect.poll(() => browser.messages().length, { timeout: 30_000 }).toBe(1);
  await server.quiet();
  expect(browser.messages()).toHaveLength(1);
  const shown = await server.query<{ value: string }>(
    `select snapshot->'variables'->>'LoyaltyValue' as value from passes where guid = $1`,
    [guest.guid],
  );
  expect(texts(browser)[0]!.body).toContain(shown[0]!.value);
}, 60_000);

test('an address that is no push service is refused, whoever asks, and nothing is called', async () => {
  const { subscription } = service.newBrowser(key);
  const before = (await subscriptions()).length;
  for (const endpoint of [
    `${server.url}/api/v1/session`,
    'http://169.254.169.254/latest/meta-data',
    'https://fcm.googleapis.com.evil.example/x',
    'not an address',
  ]) {
    const answer = await push('POST', { ...subscription, endpoint });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ error: { code: 'push_service_unknown' } });
  }
  const broken = await push('POST', { ...subscription, keys: { p256dh: 'AAAA', auth: 'AAAA' } });
  expect(broken.status).toBe(400);
  expect((await push('POST', subscription, '00000000-0000-4000-8000-000000000000')).status).toBe(404);
  expect(await subscriptions()).toHaveLength(before);
});

test('ten browsers of a card are enough, and the same one twice is one', async () => {
  const rows = async () =>
    (
      await server.query(
        'select 1 from web_subscriptions s join passes p using (company_id, pass_id) where guid = $1',
        [guest.guid],
      )
    ).length;
  const browser = service.newBrowser(key);
  await push('POST', browser.subscription);
  await push('POST', browser.subscription);
  expect(await rows()).toBe(1);
  const next = service.newBrowser(key).subscription;
  await push('POST', { ...next, replaces: browser.subscription.endpoint });
  expect(await rows()).toBe(1);
  for (let at = 0; at < 11; at++) await push('POST', service.newBrowser(key).subscription);
  expect(await rows()).toBe(10);
});

test('a campaign’s word arrives once under its name', async () => {
  const browser = await listening();
  const { wallet, platform } = server.running.app;
  const [pass] = await server.query<{ company_id: number; pass_id: string }>(
    'select company_id, pass_id from passes where guid = $1',
    [guest.guid],
  );
  const tenant = platform.database.tenant(pass!.company_id);
  const message = {
    passId: Number(pass!.pass_id),
    key: 'spring',
    title: 'Чайка',
    body: 'Весеннее меню',
    ttlSeconds: 3_600,
  };
  expect(await sendWebPush(wallet, tenant, message)).toEqual({ ok: true, value: { wanted: 1, sent: 0 } });
  expect(await sendWebPush(wallet, tenant, message)).toMatchObject({ ok: true, value: { wanted: 1 } });
  await server.quiet();
  expect(texts(browser)).toEqual([{ title: 'Чайка', body: 'Весеннее меню', tag: 'spring' }]);
  expect(await sendWebPush(wallet, tenant, message)).toEqual({ ok: true, value: { wanted: 1, sent: 1 } });
  expect(await sendWebPush(wallet, tenant, { ...message, body: 'Другое' })).toMatchObject({
    ok: false,
    refusal: { code: 'idempotency_mismatch' },
  });
});

test('keys stay over a restart; endpoints and keys lie sealed and are in no log', async () => {
  const browser = await listening();
  await registerCheck(server, guest.accountId, 100_000);
  await server.quiet();
  const { endpoint, keys } = browser.subscription;
  const stored = JSON.stringify(await subscriptions(), (_, value: unknown) =>
    Buffer.isBuffer(value) ? value.toString('latin1') : value,
  );
  const settings = JSON.stringify(await server.query('select * from settings'));
  for (const secret of [endpoint, keys.auth, keys.p256dh]) {
    expect(stored).not.toContain(secret);
    expect(server.logged.join('\n')).not.toContain(secret);
  }
  expect(settings).toContain(key);
  expect(settings).not.toContain('"privateKey"');
  await server.restart();
  const page = await call(server, { path: `/c/${guest.guid}` });
  expect(page.text).toContain(`data-key="${key}"`);
  await registerCheck(server, guest.accountId, 100_000);
  await server.quiet();
  expect(browser.messages()).toHaveLength(2);
}, 60_000);
