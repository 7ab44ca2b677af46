import { randomUUID } from 'node:crypto';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { API_TOKEN, newPhoneNumber, OWNER, startTestServer, type TestServer } from '../server.ts';
import { call, callTill, codeFor, downloadBundle, registerCheck, registerGuest, signIn, submit } from './calls.ts';
import { allRoutes, fill } from './routes.ts';

// Canaries through every route, then the logs at their most talkative are searched.

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server?.stop());

/** A till script finds a guest by PIN and by a code of minutes; everything stands in addresses, as careless scripts write it. */
async function askForCodes(cookie: string, { phone, accountId }: { phone: string; accountId: number }) {
  const headers = { cookie };
  const made = await call(server, { path: '/api/v1/stations', body: { name: 'Канарейка' }, headers });
  const stationId = made.body.stationId as number;
  const key = await call(server, { method: 'POST', path: `/api/v1/stations/${stationId}/token`, headers });
  const token = String(key.body.token);
  const { body: settings } = await call(server, { path: '/api/v1/till-settings', headers });
  const pin = { ...(settings.pin as object), mode: 'always', channels: ['sms'] };
  await call(server, { method: 'PUT', path: '/api/v1/till-settings', body: { ...settings, pin }, headers });
  // The code of the registration has its pause.
  server.clock.advance({ minutes: 2 });
  const script = { authorization: `Bearer ${token}` };
  const step = (path: string) => call(server, { path: `/api/v1/stations/self/${path}`, headers: script });
  await step(`authorize?phone=${phone}`);
  await server.quiet();
  const sent = codeFor(server, phone);
  const confirmed = await step(`confirm?pin=${sent}`);
  const card = String(confirmed.body.card);
  const path = `/api/v1/accounts/${accountId}/codes`;
  const issued = await call(server, { path, body: {}, headers: { authorization: `Bearer ${API_TOKEN}` } });
  const code = String(issued.body.code);
  expect((await step(`find?text=${code}`)).body).toMatchObject({ card });
  for (const wrong of ['find?text=31415926', 'confirm?pin=0', `authorize?phone=${phone}`]) await step(wrong);
  // What comes next finds guests by their phones.
  await call(server, { method: 'PUT', path: '/api/v1/till-settings', body: settings, headers });
  return { token, pin: sent, code, card };
}

test('no name, phone, code, password, token, serial, card address or device reaches a log, whatever happens', async () => {
  const phone = newPhoneNumber();
  const name = 'Канарейкина';
  const device = 'canarydevice0123456789abcdef0123';
  const pushToken = 'ca11ab1e'.repeat(8);
  const password = 'canary-password-of-nobody';
  const guest = await registerGuest(server, { name: `Зинаида ${name}`, phone });
  const code = codeFor(server, phone);
  const { cookie } = await signIn(server, OWNER);
  const login = await call(server, {
    path: '/api/v0/auth/login',
    body: { login: OWNER.email, password: OWNER.password },
  });
  const pass = JSON.parse(Buffer.from(unzipSync(await downloadBundle(server, guest.guid))['pass.json']!).toString());
  const token = String(pass.authenticationToken);
  const wallet = { authorization: `ApplePass ${token}` };
  const device_ = `/wallet/apple/v1/devices/${device}/registrations/${pass.passTypeIdentifier}`;
  const till = await askForCodes(cookie, guest);
  const canaries = [
    ['key of a station', till.token],
    ['PIN', till.pin],
    ['code of a virtual card', till.code],
    ['card number', till.card],
    ['name', name],
    ['phone', phone],
    ['phone without its country', phone.slice(1)],
    ['code', code],
    ['password', OWNER.password],
    ['wrong password', password],
    ['permanent token', API_TOKEN],
    ['access token', String(login.body.accessToken)],
    ['refresh token', String(login.body.refreshToken)],
    ['session', cookie.split('=')[1]!],
    ['card address', guest.guid],
    ['serial', guest.serial],
    ['authentication token', token],
    ['device', device],
    ['push token', pushToken],
    ['e-mail', OWNER.email],
  ] as const;

  // The story, with the answers that go well.
  await call(server, { path: `${device_}/${guest.serial}`, body: { pushToken }, headers: wallet });
  await registerCheck(server, guest.accountId, 100_000, { checkData: `${name} ${phone}` });
  await server.quiet();
  await call(server, { path: `${device_}?passesUpdatedSince=0` });
  await call(server, { path: `/wallet/apple/v1/passes/${pass.passTypeIdentifier}/${guest.serial}`, headers: wallet });
  const complaint = `Get task (pass type x, serial number ${guest.serial}) for ${device} with ${token} failed`;
  await call(server, { path: '/wallet/apple/v1/log', body: { logs: [complaint] } });
  await call(server, { path: '/api/v1/session', body: { email: OWNER.email, password } });
  await call(server, { path: '/api/v1/till/find', body: { query: phone }, headers: { cookie } });
  await callTill(server, 'accounts/find_by_phone', { phone });
  await callTill(server, 'accounts/insert_by_template', { accountGroupId: 3, phone, lastName: name });

  // Every route with every canary: in the address, in the query, in headers, in bodies well formed and broken.
  for (const route of allRoutes(server).filter(({ path }) => !path.endsWith('/events') && !path.startsWith('/demo'))) {
    const sent = canaries.map(async ([, canary]) => {
      const value = encodeURIComponent(canary);
      const path = `${fill(route.path, value)}?search=${value}&lang=${value}`;
      const keys = {
        authorization: `Bearer ${/^[!-~]+$/.test(canary) ? canary : value}`,
        cookie: `tessera=${value}`,
        'user-agent': value,
      };
      const bodies =
        route.method === 'GET' ? [undefined] : [{ [canary]: canary, phone: canary, query: canary }, `{"a":${canary}`];
      for (const body of bodies) await call(server, { method: route.method, path, body, headers: keys });
    });
    await Promise.all(sent);
  }
  await submit(server, '/n/chaika', { attempt: randomUUID(), name, phone, consent: 'on' });

  // Defects and outages, too: a database that breaks off, a push service and an sms.ru that refuse.
  server.world.apns.control.answerNext({ status: 400, reason: 'BadDeviceToken' }, 3);
  server.world.smsRu.control.failNext({ httpStatus: 500 }, 1);
  await registerCheck(server, guest.accountId, 50_000);
  await server.query(`alter table guest_identifiers rename to hidden`);
  const broken = await callTill(server, 'accounts/find_by_phone', { phone });
  await server.query(`alter table hidden rename to guest_identifiers`);
  expect(broken.status).toBe(500);
  expect(broken.text).not.toContain('guest_identifiers');
  await server.quiet();

  const logged = server.logged.join('\n');
  expect(server.logged.length).toBeGreaterThan(100);
  expect(logged).toContain('a request failed');
  for (const [what, canary] of canaries) {
    expect(logged.includes(canary) || logged.includes(encodeURIComponent(canary)), `${what} stands in a log`).toBe(
      false,
    );
  }
  const kept = await server.query<{ wording: string }>('select wording from apple_reports');
  for (const { wording } of kept) {
    for (const secret of [guest.serial, device, token]) expect(wording).not.toContain(secret);
  }
  const { text: metrics } = await call(server, { path: '/metrics' });
  for (const [what, canary] of canaries) expect(metrics.includes(canary), `${what} stands in a figure`).toBe(false);
}, 120_000);
