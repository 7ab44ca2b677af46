import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Phone } from '@tessera/testkit';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { API_TOKEN, newPhoneNumber, OWNER, startTestServer, type TestServer } from '../server.ts';
import { call, callTill, codeFor, downloadBundle, pointsOn, registerCheck, registerGuest, submit } from './calls.ts';

// A guest gets a card, pays, and the card on the phone changes: the story of the house, told over HTTP.

const run = promisify(execFile);
let server: TestServer;
let phone: Phone;
const guest = { phone: newPhoneNumber(), attempt: randomUUID(), guid: '', accountId: 0 };
const sale = { checkGuid: randomUUID(), answer: '' };

beforeAll(async () => {
  server = await startTestServer();
  phone = server.newPhone('maria');
});
afterAll(async () => {
  await phone?.stop();
  await server?.stop();
});

const cardOnPhone = () => phone.snapshot().cards[0]!;
const lastMessage = () =>
  phone
    .snapshot()
    .messages.at(-1)
    ?.text.replace(/[\u00a0\u202f]/g, ' ');
const till = (name: string, body: unknown) => callTill(server, name, body);

describe('a guest registers', () => {
  test('the form asks for name, phone, birthday and an unticked consent, in both languages', async () => {
    const russian = await call(server, { path: '/n/chaika?lang=ru' });
    const english = await call(server, { path: '/n/chaika?lang=en' });
    for (const name of ['name', 'phone', 'birthday', 'consent', 'marketing', 'attempt']) {
      expect(russian.text).toMatch(new RegExp(`<input [^>]*name="${name}"`));
    }
    expect(russian.text).not.toMatch(/<input [^>]* checked/);
    expect(russian.text).toContain('<html lang="ru"');
    expect(english.text).toContain('<html lang="en"');
    expect(english.text).not.toMatch(/Телефон|Согласие/);
  });

  test('without the consent nothing is sent and the form says why', async () => {
    const fields = { attempt: guest.attempt, name: 'Мария Иванова', phone: guest.phone };
    const answer = await submit(server, '/n/chaika?lang=ru', fields);
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('aria-invalid="true"');
    expect(server.world.smsRu.sent()).toEqual([]);
  });

  test('the form sends a code to the phone through sms.ru', async () => {
    const { attempt, phone: number } = guest;
    const fields = { attempt, name: 'Мария Иванова', phone: `+${number}`, birthday: '1990-05-17', consent: 'on' };
    const answer = await submit(server, '/n/chaika?lang=ru', fields);
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe(`/n/chaika/${attempt}?lang=ru`);
    await server.quiet();
    expect(server.world.smsRu.sent().map((message) => message.phone)).toEqual([number]);
  });

  test('a wrong code is refused with a sentence, the right one opens the card', async () => {
    const code = codeFor(server, guest.phone);
    const wrong = await submit(server, `/n/chaika/${guest.attempt}`, { code: code === '0000' ? '0001' : '0000' });
    expect(wrong.status).toBe(400);
    expect(wrong.text).toContain('role="alert"');
    const right = await submit(server, `/n/chaika/${guest.attempt}`, { code });
    expect(right.status).toBe(303);
    guest.guid = /^\/c\/([0-9a-f-]{36})$/.exec(right.headers.get('location')!)![1]!;
    const again = await submit(server, `/n/chaika/${guest.attempt}`, { code });
    expect(again.headers.get('location')).toBe(`/c/${guest.guid}`);
  });

  test('the card page shows the welcome points and leads to the bundle', async () => {
    const page = await call(server, { path: `/c/${guest.guid}` });
    expect(page.status).toBe(200);
    expect(page.text).toContain('Мария');
    expect(page.text).toContain(`/c/${guest.guid}.pkpass`);
  });

  test('his card page weighs 40 kB at most over the wire, pictures and script included', async () => {
    const page = await call(server, { path: `/c/${guest.guid}` });
    const parts = [...new Set(page.text.match(/\/assets\/[\w./-]+/g))];
    expect(parts.length).toBeGreaterThan(1);
    const sizes = [`/c/${guest.guid}`, ...parts].map((path) => wireBytes(`${server.url}${path}`));
    const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    expect(total).toBeLessThanOrEqual(40_000);
  });
});

describe('the card', () => {
  test('openssl accepts its signature', async () => {
    const files = unzipSync(await downloadBundle(server, guest.guid));
    const folder = await mkdtemp(join(tmpdir(), 'tessera-openssl-'));
    try {
      const path = (name: string) => join(folder, name);
      await writeFile(path('manifest.json'), files['manifest.json']!);
      await writeFile(path('signature'), files.signature!);
      await writeFile(path('root.pem'), server.world.chain.root.certificatePem);
      for (const command of ['cms', 'smime']) {
        const source = ['-in', path('signature'), '-content', path('manifest.json')];
        const options = ['-verify', '-binary', '-inform', 'DER', '-purpose', 'any', '-CAfile', path('root.pem')];
        await run('openssl', [command, ...options, ...source, '-out', path('out')]);
      }
      await writeFile(path('manifest.json'), `${Buffer.from(files['manifest.json']!)} `);
      const spoiled = ['cms', '-verify', '-binary', '-inform', 'DER', '-purpose', 'any', '-CAfile', path('root.pem')];
      await expect(
        run('openssl', [...spoiled, '-in', path('signature'), '-content', path('manifest.json')]),
      ).rejects.toThrow();
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  test('a phone adds it and registers for news', async () => {
    const installed = await phone.installFrom(`${server.url}/c/${guest.guid}.pkpass`);
    expect(installed).toMatchObject({ status: 'added', card: { registered: true, version: 1 } });
    await server.quiet(phone);
    expect(pointsOn(cardOnPhone().pass)).toBe(100);
  });
});

describe('the till rings up a sale', () => {
  test('finds the guest by phone', async () => {
    const found = await till('accounts/find_by_phone', { phone: guest.phone });
    expect(found.status).toBe(200);
    expect(found.body).toMatchObject({ firstName: 'Мария', lastName: 'Иванова', balance: 10_000, turnover: 0 });
    expect(found.body).toMatchObject({ birthday: '1990-05-17', phones: [{ phone: guest.phone, main: true }] });
    guest.accountId = Number(found.body.accountId);
  });

  test('a check spends, earns, and the phone shows it with a message on the lock screen', async () => {
    const body = {
      checkGuid: sale.checkGuid,
      accountId: guest.accountId,
      moneySpentSum: 200_000,
      bonusSpentSum: 5_000,
    };
    const sold = await till('external/register_check', body);
    expect(sold.status).toBe(200);
    // 3 % of 2 000.00 in money.
    expect(sold.body).toMatchObject({ spent: 5_000, accrued: 6_000, balance: 11_000 });
    sale.answer = sold.text;
    await server.quiet(phone);
    expect(pointsOn(cardOnPhone().pass)).toBe(110);
    expect(lastMessage()).toBe('Баллов на карте: 110');
  });

  test('the same check again gives the first answer byte for byte and changes nothing', async () => {
    const body = {
      checkGuid: sale.checkGuid,
      accountId: guest.accountId,
      moneySpentSum: 200_000,
      bonusSpentSum: 5_000,
    };
    const before = await server.countRows();
    const again = await till('external/register_check', body);
    expect(again.text).toBe(sale.answer);
    const upper = await till('external/register_check', { ...body, checkGuid: sale.checkGuid.toUpperCase() });
    expect(upper.text).toBe(sale.answer);
    expect(await server.countRows()).toEqual(before);
  });

  test('turnover lifts the guest to the next level', async () => {
    const sold = await registerCheck(server, guest.accountId, 900_000);
    expect(sold.body).toMatchObject({ level: 'Серебро' });
    await server.quiet(phone);
    expect(JSON.stringify(cardOnPhone().pass)).toContain('Серебро');
  });

  test('a return takes the whole sale back, and the phone follows', async () => {
    const before = await till('accounts/get_balance_extended', { accountId: guest.accountId });
    const taken = await till('external/return_check', { checkGuid: sale.checkGuid });
    expect(taken.status).toBe(200);
    expect(taken.body).toMatchObject({ accruedBack: 6_000, spentBack: 5_000 });
    expect(taken.body.balance).toBe(Number(before.body.balance) - 1_000);
    const again = await till('external/return_check', { checkGuid: sale.checkGuid });
    expect(again.text).toBe(taken.text);
    await server.quiet(phone);
    expect(pointsOn(cardOnPhone().pass)).toBe(Number(taken.body.balance) / 100);
  });

  test('the history and the extended balance add up to the balance', async () => {
    const balance = await till('accounts/get_balance_extended', { accountId: guest.accountId });
    const items = balance.body.items as { sum: number }[];
    expect(items.reduce((sum, item) => sum + item.sum, 0)).toBe(balance.body.balance);
    const history = await till('accounts/transactions', { accountId: guest.accountId });
    const rows = JSON.parse(history.text) as { sum: number; balance: number; text: string }[];
    expect(rows.reduce((sum, row) => sum + row.sum, 0)).toBe(balance.body.balance);
    expect(rows[0]!.balance).toBe(balance.body.balance);
    expect(rows.every((row) => row.text.length > 3)).toBe(true);
  });

  test('the phone never had a reason to complain, and its card equals the newest bundle', async () => {
    await server.quiet(phone);
    expect(phone.snapshot().logs).toEqual([]);
    const newest = JSON.parse(
      Buffer.from(unzipSync(await downloadBundle(server, guest.guid))['pass.json']!).toString(),
    );
    const { authenticationToken: _, ...shown } = newest;
    expect(cardOnPhone().pass).toEqual(shown);
  });
});

describe('another way to authorise', () => {
  test('login gives a pair, the pair sells, refresh replaces it, the old refresh token is worthless', async () => {
    const login = await call(server, {
      path: '/api/v0/auth/login',
      body: { login: OWNER.email, password: OWNER.password },
    });
    expect(login.status).toBe(200);
    const { accessToken, refreshToken } = login.body as { accessToken: string; refreshToken: string };
    const { accountId } = await registerGuest(server);
    const body = { checkGuid: randomUUID(), accountId, moneySpentSum: 100_000 };
    const sold = await callTill(server, 'external/register_check', body, accessToken);
    expect(sold.body).toMatchObject({ accrued: 3_000 });
    const refresh = () => call(server, { path: '/api/v0/auth/refresh_token', body: { refreshToken } });
    const renewed = await refresh();
    expect(renewed.status).toBe(200);
    const groups = await callTill(server, 'account_groups/list', {}, String(renewed.body.accessToken));
    expect(groups.status).toBe(200);
    expect((await refresh()).status).toBe(401);
    const unfit = await callTill(server, 'account_groups/list', {}, refreshToken);
    expect(unfit.status).toBe(401);
  });

  test('X-Api-Token works as well, and an access token ends with its hour', async () => {
    const header = { 'x-api-token': API_TOKEN };
    const groups = await call(server, { method: 'POST', path: '/api/v0/account_groups/list', headers: header });
    expect(groups.status).toBe(200);
    const login = await call(server, {
      path: '/api/v0/auth/login',
      body: { login: OWNER.email, password: OWNER.password },
    });
    server.clock.advance({ hours: 2 });
    const late = await callTill(server, 'account_groups/list', {}, String(login.body.accessToken));
    expect(late.status).toBe(401);
  });
});

describe('the till opens accounts itself', () => {
  test('groups with a template are named, insert_by_template opens an account, a known phone is refused', async () => {
    const groups = JSON.parse((await till('account_groups/list', {})).text) as { id: number; haveTemplate: boolean }[];
    const open = groups.find(({ haveTemplate }) => haveTemplate)!;
    const phoneNumber = newPhoneNumber();
    const body = { accountGroupId: open.id, phone: `+${phoneNumber}`, firstName: 'Пётр', sex: 'male', unknown: [1] };
    const inserted = await till('accounts/insert_by_template', body);
    expect(inserted.status).toBe(200);
    expect(inserted.body).toMatchObject({ firstName: 'Пётр', balance: 10_000, phones: [{ phone: phoneNumber }] });
    const again = await till('accounts/insert_by_template', body);
    expect(again.status).toBe(400);
    expect(again.body).toMatchObject({ code: 'account_exists', accountId: inserted.body.accountId });
    // Later he registers by himself: the same account, his phone proved and his consents kept.
    const attempt = randomUUID();
    const fields = { attempt, name: 'Пётр', phone: phoneNumber, consent: 'on', marketing: 'on' };
    await submit(server, '/n/chaika', fields);
    await server.quiet();
    await submit(server, `/n/chaika/${attempt}`, { code: codeFor(server, phoneNumber) });
    const consents = await server.query(
      `select c.purpose, c.source, i.verified_at is not null as verified
       from consents c join guest_identifiers i using (company_id, guest_id) where i.value = $1 order by c.purpose`,
      [phoneNumber],
    );
    expect(consents).toEqual([
      { purpose: 'marketing', source: 'form:chaika', verified: true },
      { purpose: 'personal_data', source: 'form:chaika', verified: true },
    ]);
    const closed = groups.find(({ haveTemplate }) => !haveTemplate)!;
    const refused = await till('accounts/insert_by_template', { accountGroupId: closed.id, phone: newPhoneNumber() });
    expect(refused.body).toMatchObject({ code: 'group_without_template' });
  });
});

/** Bytes of an answer's body as they travel, before a browser unpacks them. */
function wireBytes(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { accept: 'image/webp,*/*', 'accept-encoding': 'gzip, deflate, br' };
    get(url, { headers }, (response) => {
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
      response.on('end', () => (response.statusCode === 200 ? resolve(bytes) : reject(new Error(`${url} failed`))));
    }).on('error', reject);
  });
}
