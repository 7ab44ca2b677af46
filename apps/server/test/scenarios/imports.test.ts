import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addUser } from '../../src/features/staff/index.ts';
import { newPhoneNumber, OWNER, startTestServer, type TestServer } from '../server.ts';
import { call, signIn } from './calls.ts';

// An owner moves in: a file from another system, over the real API, and out again.

let server: TestServer;
let owner: Record<string, string>;
beforeAll(async () => {
  server = await startTestServer();
  owner = await signIn(server, OWNER);
});
afterAll(() => server?.stop());

const send = (importId: number, part: number, bytes: string, type = 'application/octet-stream') =>
  fetch(`${server.url}/api/v1/imports/${importId}/parts/${part}`, {
    method: 'PUT',
    headers: { ...owner, 'content-type': type },
    body: bytes,
  });

test('a file is sent, looked at, tried, run; bad lines come back in a file; everything goes out again', async () => {
  const [one, two] = [newPhoneNumber(), newPhoneNumber()];
  const file = `Телефон;Имя;Баллы;Сгорают\n${one};Мария;150,50;31.12.2099\n${two};Анна;40;\nнет;Лев;5;\n`;
  const made = { key: randomUUID(), name: 'гости.csv', groupId: 3 };
  const begun = await call(server, { path: '/api/v1/imports', body: made, headers: owner });
  const { importId } = begun.body as { importId: number };
  const again = await call(server, { path: '/api/v1/imports', body: made, headers: owner });
  expect(again.body).toEqual(begun.body);
  expect((await send(importId, 0, file)).status).toBe(200);
  expect((await send(importId, 0, file, 'text/csv')).status).toBe(415);
  const at = (step: string, body: object = {}) =>
    call(server, { path: `/api/v1/imports/${importId}/${step}`, body, headers: owner });
  const columns = await at('columns');
  expect(columns.body).toMatchObject({
    encoding: 'utf-8',
    delimiter: ';',
    import: { status: 'ready', fields: ['phone', 'firstName', 'points', 'expires'] },
  });
  const { fields } = (columns.body as { import: { fields: string[] } }).import;
  expect((await at('check', { fields: ['phone', 'nonsense'] })).status).toBe(400);
  await at('check', { fields });
  await server.quiet();
  const read = () => call(server, { method: 'GET', path: `/api/v1/imports/${importId}`, headers: owner });
  expect((await read()).body).toMatchObject({
    status: 'checked',
    lines: 3,
    report: { good: 2, bad: 1, guestsNew: 2, points: 19_050, problems: [{ code: 'phone_invalid', lines: 1 }] },
  });
  await at('run');
  await server.quiet();
  expect((await read()).body).toMatchObject({ status: 'done', result: { opened: 2, rejected: 1, points: 19_050 } });
  const rejects = await fetch(`${server.url}/api/v1/imports/${importId}/rejects.csv`, { headers: owner });
  expect(rejects.headers.get('content-type')).toContain('text/csv');
  expect(await rejects.text()).toContain('нет;Лев;5;;');
  const out = await fetch(`${server.url}/api/v1/exports/accounts.csv`, {
    headers: { ...owner, 'accept-language': 'ru' },
  });
  const text = await out.text();
  expect(text.split('\r\n')[0]).toContain('Телефон;Карта;');
  expect(text).toMatch(new RegExp(`${one};.*;150,50;;2099-12-31;`));
  expect(server.logged.join('\n')).not.toContain(one);
});

test('only who may bring and take accounts does', async () => {
  const manager = { email: 'm@chaika.example', password: 'manager-of-chaika' };
  await addUser(server.running.app.platform, server.running.tenant, { ...manager, name: 'У', role: 'manager' });
  const headers = await signIn(server, manager);
  for (const path of ['/api/v1/imports', '/api/v1/exports/accounts.csv', '/api/v1/exports/entries.csv']) {
    expect((await call(server, { method: 'GET', path, headers })).status).toBe(403);
  }
});
