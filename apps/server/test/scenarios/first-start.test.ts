import { afterAll, beforeAll, expect, test } from 'vitest';
import { OWNER, startTestServer, type TestServer } from '../server.ts';
import { call, registerGuest, signIn } from './calls.ts';

// The first start sets up a company. It may be killed half-way, and several processes may begin at once.

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server?.stop());

test('a first start that was killed before its end is made up for by the next one', async () => {
  // The company stands, but nobody has written down that it is ready.
  await server.restart(async () => {
    await server.query(`delete from settings where name = 'installation'`);
  });
  const { cookie } = await signIn(server, OWNER);
  const accounts = await call(server, { path: '/api/v1/accounts', headers: { cookie } });
  expect(accounts.body.items).not.toHaveLength(0);
  const { guid } = await registerGuest(server);
  expect((await call(server, { path: `/c/${guid}` })).status).toBe(200);
});
