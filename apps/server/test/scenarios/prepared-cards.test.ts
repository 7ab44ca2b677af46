import { randomUUID } from 'node:crypto';
import type { TillSettings } from '@tessera/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newPhoneNumber, OWNER, startTestServer, type TestServer } from '../server.ts';
import { type Answer, call, codeFor, registerGuest, signIn } from './calls.ts';

// Numbers of cards are prepared in the console and handed out at tills, by the till page and by scripts.

let server: TestServer;
let owner: { cookie: string };
let token: string;
let settings: TillSettings;
let guest: { phone: string; accountId: number };

beforeAll(async () => {
  server = await startTestServer();
  owner = await signIn(server, OWNER);
  const made = await call(server, { path: '/api/v1/stations', body: { name: 'Касса 1' }, headers: owner });
  const path = `/api/v1/stations/${made.body.stationId}/token`;
  token = (await call(server, { method: 'POST', path, headers: owner })).body.token as string;
  settings = (await call(server, { path: '/api/v1/till-settings', headers: owner })).body as unknown as TillSettings;
  guest = await registerGuest(server, { name: 'Мария Петрова' });
  server.clock.advance({ hours: 1 });
});
afterAll(() => server?.stop());

async function demand(mode: TillSettings['pin']['mode']): Promise<void> {
  const body = { ...settings, pin: { ...settings.pin, mode, channels: ['sms'] } };
  const saved = await call(server, { method: 'PUT', path: '/api/v1/till-settings', body, headers: owner });
  expect(saved.status).toBe(200);
}

const step = (name: string, body: Record<string, unknown>): Promise<Answer> =>
  call(server, { path: `/api/v1/stations/self/${name}`, body, headers: { 'x-station-token': token } });
const codeOf = ({ body }: Answer) => (body.error as { code: string } | undefined)?.code;

/** A range of so many cards; its first number. */
async function prepare(count: number, settings: object = {}): Promise<string> {
  prepared += 1_000;
  const body = {
    operationKey: randomUUID(),
    name: 'Пластик',
    groupId: 3,
    settings: {
      handOutUntil: null,
      atTill: true,
      onePerGuest: false,
      toKnownGuests: true,
      nameNeeded: true,
      birthdayNeeded: false,
      ...settings,
    },
    numbers: { kind: 'sequence', from: String(prepared), to: String(prepared + count - 1) },
  };
  const made = await call(server, { path: '/api/v1/card-ranges', body, headers: owner });
  expect([made.status, made.body.free]).toEqual([200, count]);
  return String(prepared);
}
let prepared = 5_000_000;

describe('prepared cards', () => {
  test('are handed out at the till page: once, to a new guest, by the group of the range', async () => {
    const number = await prepare(3);
    const cashier = await signIn(server, server.cashier);
    const body = { number, phone: newPhoneNumber(), name: 'Иванова Анна', birthday: '1990-03-01' };
    const hand = () => call(server, { path: '/api/v1/till/cards', body, headers: cashier });
    const first = await hand();
    expect(first.body).toMatchObject({ number, opened: true, already: false, level: 'Бронза', balance: 10_000 });
    expect((await hand()).body).toEqual({ ...first.body, opened: false, already: true });
    const taken = { ...body, phone: newPhoneNumber() };
    expect(codeOf(await call(server, { path: '/api/v1/till/cards', body: taken, headers: cashier }))).toBe(
      'card_taken',
    );
    const found = await step('find', { text: number });
    expect(found.body).toMatchObject({ card: number, account: first.body.accountId });
  });

  test('go to a guest who has an account only after his PIN, where one is demanded', async () => {
    const number = await prepare(1);
    await demand('to_spend');
    expect(codeOf(await step('activate', { number, phone: guest.phone }))).toBe('pin_needed');
    await step('authorize', { phone: guest.phone, spend: 'yes' });
    await server.quiet();
    await step('confirm', { pin: codeFor(server, guest.phone) });
    expect((await step('activate', { number, phone: guest.phone })).body).toMatchObject({
      card: number,
      account: guest.accountId,
      opened: false,
    });
    await demand('never');
  });

  test('are issued without plastic, the next free one each time, until none is left', async () => {
    const first = Number(await prepare(2));
    const [range] = await server.query<{ range_id: number }>('select max(range_id) as range_id from card_ranges');
    const issue = () => step('issue', { phone: newPhoneNumber(), name: 'Гость', range: range!.range_id });
    const both = await Promise.all([issue(), issue()]);
    expect(both.map(({ body }) => body.card).sort()).toEqual([String(first), String(first + 1)]);
    expect(codeOf(await issue())).toBe('card_none_free');
  });

  test('are listed, taken from a file, blocked, and drawn on sheets', async () => {
    const number = await prepare(2);
    const list = await call(server, { path: '/api/v1/card-ranges?limit=1', headers: owner });
    const [range] = list.body.items as { rangeId: number }[];
    const path = `/api/v1/card-ranges/${range!.rangeId}`;
    const page = await call(server, { path: `${path}/cards?limit=1`, headers: owner });
    expect(page.body).toMatchObject({ items: [{ number, state: 'free', accountId: null }], next: number });
    const upload = await fetch(`${server.url}${path}/numbers`, {
      method: 'PUT',
      headers: { ...owner, 'content-type': 'application/octet-stream' },
      body: `number\n${Number(number) + 500}\n0001\n`,
    });
    expect(await upload.json()).toMatchObject({
      added: 1,
      known: 0,
      wrong: 1,
      problems: [{ line: 3, number: '0001' }],
    });
    const blocked = await call(server, { method: 'POST', path: `/api/v1/cards/${number}/block`, headers: owner });
    expect(blocked.body).toMatchObject({ number, state: 'blocked' });
    const sheet = await fetch(`${server.url}${path}/sheet.pdf?layout=cards`, { headers: owner });
    const pdf = Buffer.from(await sheet.arrayBuffer()).toString('latin1');
    expect([sheet.headers.get('content-type'), pdf.slice(0, 5)]).toEqual(['application/pdf', '%PDF-']);
    const cashier = await signIn(server, server.cashier);
    expect((await call(server, { path: '/api/v1/card-ranges', headers: cashier })).status).toBe(403);
    expect((await call(server, { path: '/api/v1/till-settings', headers: cashier })).status).toBe(403);
  });

  test('are handed out by a script that speaks windows-1251', async () => {
    const phone = newPhoneNumber();
    const number = await prepare(1);
    // «Иванова Мария Петровна» in windows-1251.
    const name = '%C8%E2%E0%ED%EE%E2%E0+%CC%E0%F0%E8%FF+%CF%E5%F2%F0%EE%E2%ED%E0';
    const handed = await fetch(`${server.url}/api/v1/stations/self/activate?format=text&charset=windows-1251`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/x-www-form-urlencoded; charset=windows-1251',
      },
      body: `CardNumber=${number}&FIO=${name}&BirthDate=01.03.1990&Tel=%2B${phone}`,
    });
    expect(handed.headers.get('content-type')).toBe('text/plain; charset=windows-1251');
    const text = new TextDecoder('windows-1251').decode(await handed.arrayBuffer());
    expect(text).toContain('name=Мария И.');
    expect(text).toMatch(/message=Карта выдана: Мария И\./);
  });
});
