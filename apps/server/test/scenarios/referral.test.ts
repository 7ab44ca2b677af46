import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newPhoneNumber, OWNER, startTestServer, type TestServer } from '../server.ts';
import { call, callTill, codeFor, registerCheck, registerGuest, signIn, submit } from './calls.ts';

// A guest sends his link, a friend comes by it and pays: both have something of it, and the owner sees the way.

const BROWSER = { 'user-agent': 'Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) Safari' };
let server: TestServer;
let referrer: Awaited<ReturnType<typeof registerGuest>>;
let link = '';
beforeAll(async () => {
  server = await startTestServer();
  referrer = await registerGuest(server, { name: 'Анна Ветрова' });
});
afterAll(() => server?.stop());

const balanceOf = async (accountId: number) => {
  const { body } = await callTill(server, 'accounts/get_balance_extended', { accountId });
  return body;
};

/** Follows a link and fills the form as a browser does, with the hidden fields that the form carries. */
async function comeBy(path: string, { phone = newPhoneNumber(), device = '' } = {}) {
  const followed = await call(server, { path, headers: BROWSER });
  expect(followed.status).toBe(303);
  const form = await call(server, { path: followed.headers.get('location')! });
  const hidden = Object.fromEntries(
    [...form.text.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)].map(([, name, value]) => [
      name,
      value,
    ]),
  );
  const attempt = randomUUID();
  const fields = { ...hidden, ...(device ? { device } : {}), attempt, name: 'Пётр', phone, consent: 'on' };
  await submit(server, '/n/chaika', fields);
  await server.quiet();
  const confirmed = await submit(server, `/n/chaika/${attempt}`, { code: codeFor(server, phone) });
  const guid = confirmed.headers.get('location')!.slice(3);
  const [row] = await server.query<{ account_id: string }>('select account_id from passes where guid = $1', [guid]);
  return { accountId: Number(row!.account_id), form: form.text };
}

describe('the story of a link', () => {
  test('the card page shows who gets what, the link and the code', async () => {
    const page = await call(server, { path: `/c/${referrer.guid}?lang=ru` });
    expect(page.text.replace(/[\u00a0\u202f]/g, ' ')).toContain(
      'Другу 250 баллов с первым чеком от 1 000 ₽, вам 500 баллов. Ваши баллы придут через 14 дней после чека.',
    );
    link = /data-share="[^"]*(\/r\/[2-9A-Z]{7})"/.exec(page.text)![1]!;
    const english = await call(server, { path: `/c/${referrer.guid}?lang=en` });
    expect(english.text).toContain('Invite a friend');
    expect(english.text).toContain(link);
  });

  test('a friend who comes by it is greeted, pays 1,200.00 and has 250.00 more; the referrer 500.00 after 14 days', async () => {
    const friend = await comeBy(link);
    expect(friend.form.replace(/[\u00a0\u202f]/g, ' ')).toContain('Вас пригласил друг: 250 баллов с первым чеком');
    await registerCheck(server, friend.accountId, 120_000, { bonusAccruedSum: 0 });
    await server.quiet();
    // 100 points of welcome for each.
    expect(await balanceOf(friend.accountId)).toMatchObject({ balance: 35_000 });
    expect(await balanceOf(referrer.accountId)).toMatchObject({ balance: 10_000 });
    server.clock.advance({ days: 14 });
    expect(await balanceOf(referrer.accountId)).toMatchObject({ balance: 60_000 });
  });

  test('the owner sees the way of each friend and the numbers, and why somebody was rejected', async () => {
    const known = await comeBy(link, { phone: referrer.phone });
    expect(known.accountId).toBe(referrer.accountId);
    const headers = await signIn(server, OWNER);
    const list = await call(server, { path: '/api/v1/referrals', headers });
    expect(list.status).toBe(200);
    expect(list.body.items).toMatchObject([
      { state: 'rejected', reason: 'same_phone', referrer: { accountId: referrer.accountId } },
      {
        state: 'rewarded',
        referrer: { name: 'Анна Ветрова' },
        rewards: [
          { level: 0, points: 25_000, revoked: false },
          { level: 1, points: 50_000, revoked: false },
        ],
      },
    ]);
    const rejected = await call(server, { path: '/api/v1/referrals?state=rejected&limit=1', headers });
    expect(rejected.body.items).toHaveLength(1);
    const numbers = await call(server, { path: '/api/v1/referrals/numbers?days=30', headers });
    expect(numbers.body).toMatchObject({ clicks: 2, registered: 1, qualified: 1, rejected: 1, points: 75_000 });
  });

  test('a link preview is no guest, and a link of nobody leads to a page that says so', async () => {
    const before = await server.query('select touch_id from referral_touches');
    const preview = await call(server, { path: link, headers: { 'user-agent': 'TelegramBot (like TwitterBot)' } });
    expect(preview.status).toBe(303);
    expect(await server.query('select touch_id from referral_touches')).toHaveLength(before.length);
    for (const path of ['/r/2222222', '/r/..%2f', '/r/%00', `/r/${'B'.repeat(250)}`]) {
      expect((await call(server, { path, headers: BROWSER })).status).toBe(404);
    }
  });
});

describe('the settings', () => {
  const path = '/api/v1/programmes/1/referral';

  test('are read and changed as one; a contradiction is named and changes nothing', async () => {
    const headers = await signIn(server, OWNER);
    const read = await call(server, { path, headers });
    expect(read.body).toMatchObject({ enabled: true, minimumCheck: 100_000, pendingDays: 180 });
    const changed = { ...read.body, monthlyCap: 3 };
    const put = await call(server, { method: 'PUT', path, body: changed, headers });
    expect(put).toMatchObject({ status: 200, body: { monthlyCap: 3 } });
    const nobody = { ...changed, referrer: null, referee: null };
    const refused = await call(server, { method: 'PUT', path, body: nobody, headers });
    expect(refused).toMatchObject({ status: 400, body: { error: { code: 'settings_invalid' } } });
    for (const wrong of [{ ...changed, pendingDays: 181 }, { ...changed, magic: 1 }, { enabled: true }]) {
      const answer = await call(server, { method: 'PUT', path, body: wrong, headers });
      expect(answer).toMatchObject({ status: 400, body: { error: { code: 'invalid_request' } } });
    }
    expect((await call(server, { path, headers })).body).toMatchObject({ monthlyCap: 3 });
  });

  test('of a programme that is not there are told as such; a cashier sees none', async () => {
    const headers = await signIn(server, OWNER);
    const missing = await call(server, { path: '/api/v1/programmes/999/referral', headers });
    expect(missing).toMatchObject({ status: 404, body: { error: { code: 'programme_not_found' } } });
    const cashier = await signIn(server, server.cashier);
    for (const one of [path, '/api/v1/referrals', '/api/v1/referrals/numbers']) {
      expect((await call(server, { path: one, headers: cashier })).status).toBe(403);
    }
  });
});
