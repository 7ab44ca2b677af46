import { afterAll, beforeAll, expect, test } from 'vitest';
import { type eventKinds, listEvents } from '../../src/features/journal/index.ts';
import { newPhoneNumber, startTestServer, type TestServer } from '../server.ts';
import { call, codeFor, signIn } from './calls.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const AGENT = 'Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36';
const visit = (path: string, init: RequestInit = {}) =>
  fetch(`${server.url}${path}`, { redirect: 'manual', ...init, headers: { 'user-agent': AGENT } });

async function events(kind: (typeof eventKinds)[number]) {
  const { app, tenant } = server.running;
  await app.platform.journal.settle();
  return listEvents(tenant, { kinds: [kind] }, { before: null, limit: 100 });
}

test('each visit of a form is noted with its tag, the family of the browser and the network; robots are no visitors', async () => {
  const [form] = await server.query<{ form_id: string }>('select form_id from tessera.forms order by form_id limit 1');
  const path = `/n/${form!.form_id}`;
  await visit(`${path}?from=Instagram`);
  await visit(`${path}?from=Instagram`);
  await visit(`${path}?from=%3Cscript%3E`);
  await visit(path, { method: 'HEAD' });
  await fetch(`${server.url}${path}?from=telegram`, {
    headers: { 'user-agent': 'TelegramBot (like TwitterBot)' },
  });
  const found = await events('link_opened');
  expect(
    found
      .map(({ source, count, formId }) => [formId, source, count])
      .toSorted(([, , one], [, , other]) => Number(one) - Number(other)),
  ).toEqual([
    [form!.form_id, null, 1],
    [form!.form_id, 'instagram', 2],
  ]);
  expect(found[0]!.detail).toEqual({ browser: 'chrome', system: 'android', network: '127.0.0.0/24' });
});

test('a guest who came by a tagged link has a card that remembers it, also through a corrected number', async () => {
  const [form] = await server.query<{ form_id: string }>('select form_id from tessera.forms order by form_id limit 1');
  const page = await (await visit(`/n/${form!.form_id}?from=table-7`)).text();
  const attempt = /name="attempt" value="([^"]+)"/.exec(page)![1]!;
  const action = /action="([^"]+)"/.exec(page)![1]!.replaceAll('&amp;', '&');
  expect(action).toContain('s=table-7');
  const phone = newPhoneNumber();
  const send = (path: string, typed: string) => {
    const body = { attempt, name: 'Анна Светлова', phone: typed, birthday: '1990-05-05', consent: 'on' };
    return visit(path, { method: 'POST', body: new URLSearchParams(body) });
  };
  expect((await send(action, newPhoneNumber())).status).toBe(303);
  // The page to correct the number has lost the link.
  expect((await send(`/n/${form!.form_id}`, phone)).status).toBe(303);
  await server.quiet();
  const confirm = new URLSearchParams({ code: codeFor(server, phone) });
  const done = await visit(`/n/${form!.form_id}/${attempt}`, { method: 'POST', body: confirm });
  expect(done.status).toBe(303);
  const [pass] = await server.query<{ source: string; guid: string }>(
    'select source, guid from tessera.passes order by pass_id desc limit 1',
  );
  expect(pass!.source).toBe(`form:${form!.form_id}:table-7`);
  await visit(`/c/${pass!.guid}`);
  await visit(`/c/${pass!.guid}.json`);
  expect(await events('instruction_opened')).toMatchObject([{ count: 1, platform: 'web' }]);
});

test('a card that a till finds by its code is noted; a phone number is no card', async () => {
  const before = (await events('card_scanned')).length;
  const session = await signIn(server, server.cashier);
  const [pass] = await server.query<{ serial: string; pass_id: string }>(
    'select serial, pass_id from tessera.passes limit 1',
  );
  const find = (query: string) => call(server, { path: '/api/v1/till/find', body: { query }, headers: session });
  expect((await find(pass!.serial.toLowerCase())).status).toBe(200);
  expect((await find('+7 999 000-00-00')).status).not.toBe(200);
  const found = await events('card_scanned');
  expect(found.length).toBe(before + 1);
  expect(found[0]!.passId).toBe(Number(pass!.pass_id));
});
