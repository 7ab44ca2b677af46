import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { API_TOKEN, OWNER, startTestServer, type TestServer } from '../server.ts';
import { call, registerGuest, signIn, submit } from './calls.ts';

// A guest sends a receipt from his card's page, the staff looks at it, and the points are on the card.

let server: TestServer;
let guest: Awaited<ReturnType<typeof registerGuest>>;
let headers: { cookie: string };
beforeAll(async () => {
  server = await startTestServer();
  guest = await registerGuest(server);
  headers = await signIn(server, OWNER);
});
afterAll(() => server?.stop());

/** Typed numbers of a purchase an hour ago, as a browser sends them. */
function typed(more: Record<string, string> = {}): Record<string, string> {
  const at = server.clock.now().subtract({ hours: 1 }).toZonedDateTimeISO('Europe/Moscow');
  const date = at.toPlainDate().toString();
  const time = at.toPlainTime().toString({ smallestUnit: 'minute' });
  return { qr: '', date, time, sum: '1 000,00', fn: '9999078900000001', i: '501', fp: '77', ...more };
}
const page = async (path = `/c/${guest.guid}/receipt?lang=ru`) =>
  (await call(server, { path })).text.replace(/[\u00a0\u202f]/g, ' ');
const waiting = async () => {
  const list = await call(server, { path: '/api/v1/receipts?state=waiting', headers });
  return list.body as { items: { receiptId: number; accountId: number; hasPhoto: boolean }[]; waiting: number };
};
const mine = async () => (await waiting()).items.filter((one) => one.accountId === guest.accountId);

describe('from the card page', () => {
  test('the card leads to the form; typed numbers are read, and wait for the staff', async () => {
    expect(await page(`/c/${guest.guid}?lang=ru`)).toContain(`/c/${guest.guid}/receipt`);
    const wrong = await submit(server, `/c/${guest.guid}/receipt?lang=ru`, typed({ fn: '123' }));
    expect(wrong.status).toBe(400);
    expect(wrong.text).toContain('Код не читается');
    expect(wrong.text).toContain('value="1 000,00"');
    const sent = await submit(server, `/c/${guest.guid}/receipt?lang=ru`, typed());
    expect(sent.status).toBe(303);
    expect(await page()).toContain('Чек на 1 000 ₽');
    expect(await page()).toContain('Проверяем');
  });

  test('the staff approves it: the points are on the card, its check is in the books, the guest reads it', async () => {
    const [receipt] = await mine();
    const path = `/api/v1/receipts/${receipt!.receiptId}/approve`;
    const approved = await call(server, { path, body: {}, headers });
    expect(approved).toMatchObject({ status: 200, body: { state: 'active', points: 3_000 } });
    expect((await call(server, { path, body: {}, headers })).body).toMatchObject({ checkId: approved.body.checkId });
    const checks = await call(server, { path: `/api/v1/accounts/${guest.accountId}/checks`, headers });
    expect(checks.body.items).toMatchObject([{ source: 'receipt', money: 100_000, accrued: 3_000 }]);
    expect(await page()).toContain('Принят: 30 баллов');
  });

  test('a photo is kept sealed, seen by the staff alone, rejected with a word that the guest reads', async () => {
    const bytes = await sharp({ create: { width: 80, height: 60, channels: 3, background: '#ddd' } })
      .jpeg()
      .toBuffer();
    const post = (body: Buffer, type = 'image/jpeg') =>
      fetch(`${server.url}/c/${guest.guid}/receipt/photo`, {
        method: 'POST',
        headers: { 'content-type': type },
        body: new Uint8Array(body),
      });
    expect((await post(bytes)).status).toBe(200);
    expect((await post(Buffer.from('no picture'))).status).toBe(400);
    expect((await post(bytes, 'text/html')).status).toBe(415);
    expect((await post(Buffer.alloc(9 * 1024 * 1024))).status).toBe(413);
    const [receipt] = await mine();
    expect(receipt).toMatchObject({ hasPhoto: true });
    const path = `/api/v1/receipts/${receipt!.receiptId}`;
    const photo = await fetch(`${server.url}${path}/photo`, { headers });
    expect(photo.headers.get('content-type')).toBe('image/jpeg');
    expect(photo.headers.get('cache-control')).toBe('no-store');
    expect((await fetch(`${server.url}${path}/photo`)).status).toBe(401);
    const rejection = { reason: 'unreadable', note: 'Не видно кода' };
    const rejected = await call(server, { path: `${path}/reject`, body: rejection, headers });
    expect(rejected).toMatchObject({ status: 200, body: { state: 'rejected', note: 'Не видно кода' } });
    const late = await call(server, { path: `${path}/approve`, body: {}, headers });
    expect(late).toMatchObject({ status: 409, body: { error: { code: 'receipt_decided' } } });
    expect(await page()).toContain('Не видно кода');
  });

  test('a card that is not there takes nothing', async () => {
    const nobody = '/c/00000000-0000-4000-8000-000000000000/receipt';
    expect((await call(server, { path: nobody })).status).toBe(404);
    expect((await submit(server, nobody, typed())).status).toBe(404);
  });
});

describe('by the API', () => {
  const bearer = { authorization: `Bearer ${API_TOKEN}` };
  const qr = () => {
    const { date, time } = typed();
    return `t=${date!.replaceAll('-', '')}T${time!.replace(':', '')}&s=200.00&fn=9999078900000001&i=900&fp=1&n=1`;
  };

  test('a program hands a receipt in; repeated it is the same one, of another guest a duplicate', async () => {
    const body = { accountId: guest.accountId, qr: qr() };
    const first = await call(server, { path: '/api/v1/receipts', body, headers: bearer });
    expect(first).toMatchObject({ status: 200, body: { state: 'checking', fiscal: { sum: 20_000 } } });
    const again = await call(server, { path: '/api/v1/receipts', body, headers: bearer });
    expect(again.body).toEqual(first.body);
    const other = await registerGuest(server);
    const stolen = { accountId: other.accountId, qr: qr() };
    const refused = await call(server, { path: '/api/v1/receipts', body: stolen, headers: bearer });
    expect(refused).toMatchObject({ status: 200, body: { state: 'rejected', reason: 'duplicate' } });
  });

  test('a check that tells its fiscal code keeps the same receipt from being paid for twice', async () => {
    const told = qr().replace('&i=900', '&i=901');
    const check = { externalId: 'fiscal-1', accountId: guest.accountId, money: 20_000, fiscalQr: told };
    const sold = await call(server, { path: '/api/v1/checks', body: check, headers: bearer });
    expect(sold).toMatchObject({ status: 200, body: { money: 20_000 } });
    const body = { accountId: guest.accountId, qr: told };
    const receipt = await call(server, { path: '/api/v1/receipts', body, headers: bearer });
    expect(receipt).toMatchObject({ status: 200, body: { state: 'rejected', reason: 'pos_check' } });
  });

  test('what does not read is refused; a program does not decide; the list of the demo waits, oldest first', async () => {
    const body = { accountId: guest.accountId, qr: 'hello' };
    const refused = await call(server, { path: '/api/v1/receipts', body, headers: bearer });
    expect(refused).toMatchObject({ status: 400, body: { error: { code: 'receipt_unreadable' } } });
    const [receipt] = await mine();
    const path = `/api/v1/receipts/${receipt!.receiptId}/approve`;
    expect((await call(server, { path, body: {}, headers: bearer })).status).toBe(403);
    const cashier = await signIn(server, server.cashier);
    expect((await call(server, { path: '/api/v1/receipts', headers: cashier })).status).toBe(403);
    const list = await waiting();
    expect(list.waiting).toBe(3);
    expect(list.items[0]!.receiptId).toBeLessThan(list.items[1]!.receiptId);
  });

  test('the settings are read and changed as one; a contradiction is named and changes nothing', async () => {
    const path = '/api/v1/programmes/1/receipts';
    const read = await call(server, { path, headers });
    expect(read.body).toMatchObject({ enabled: true, maxAgeDays: 14, automatic: null });
    const put = (body: unknown) => call(server, { method: 'PUT', path, body, headers });
    expect(await put({ ...read.body, otherStorages: 'reject' })).toMatchObject({
      status: 400,
      body: { error: { code: 'settings_invalid' } },
    });
    expect(await put({ ...read.body, enabled: false })).toMatchObject({ status: 200, body: { enabled: false } });
    const closed = await submit(server, `/c/${guest.guid}/receipt?lang=ru`, typed({ i: '777' }));
    expect(closed.text).toContain('Сейчас чеки не принимаем');
    expect(await page(`/c/${guest.guid}?lang=ru`)).not.toContain('/receipt?');
  });
});
