import { afterAll, beforeAll, expect, test } from 'vitest';
import { newPhoneNumber, OWNER, startTestServer, type TestServer } from '../server.ts';
import { call, codeFor, registerGuest, signIn } from './calls.ts';

// The owner connects the company's account at sms.ru, and the codes of guests go through it.

let server: TestServer;
let owner: Record<string, string>;
const path = '/api/v1/sms-account';

beforeAll(async () => {
  server = await startTestServer();
  owner = { cookie: (await signIn(server, OWNER)).cookie, origin: server.url };
});
afterAll(() => server?.stop());

const save = (body: object) => call(server, { method: 'PUT', path, body, headers: owner });
const check = () =>
  call(server, { method: 'POST', path: `${path}/check`, headers: { ...owner, 'accept-language': 'ru' } });

test('the key goes in and never comes out, and only an owner sees the account', async () => {
  const before = await call(server, { path, headers: owner });
  const key = String(server.world.smsRu.apiId);
  expect(before.body).toMatchObject({ keyHint: key.slice(-4), sender: 'Chaika', failing: [] });
  expect(before.text).not.toContain(key);
  const { cookie } = await signIn(server, server.cashier);
  expect((await call(server, { path, headers: { cookie } })).status).toBe(403);
});

test('what sms.ru says of the account is told in words, and money in the account’s own', async () => {
  const good = await check();
  expect(good.body).toMatchObject({ ready: true, balance: expect.any(Number) });
  expect(good.body.message).toMatch(/^Счёт работает, на нём .*₽$/);
  server.world.smsRu.control.failNext({ code: 201 }, 1);
  expect((await check()).body).toEqual({
    ready: false,
    balance: null,
    message: 'На счёте sms.ru нет денег: сообщения не уходят',
  });
  server.world.smsRu.control.failNext({ httpStatus: 500 }, 1);
  expect((await check()).body.message).toMatch(/не отвечает/);
});

test('a wrong key is told at once, the right one sends the codes, and a sender is changed without typing the key', async () => {
  const right = String(server.world.smsRu.apiId);
  expect((await save({ apiId: 'AAAAAAAA-0000-0000-0000-000000000000', sender: null })).status).toBe(200);
  expect((await check()).body.message).toMatch(/не узнаёт ключ/);
  expect((await save({ apiId: right, sender: null })).body).toMatchObject({ sender: null });
  expect((await save({ sender: 'Chaika' })).body).toMatchObject({ keyHint: right.slice(-4), sender: 'Chaika' });
  const phone = newPhoneNumber();
  await registerGuest(server, { phone });
  expect(codeFor(server, phone)).toMatch(/^\d{6}$/);
});
