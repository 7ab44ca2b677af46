import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../../src/platform/config.ts';
import { createLog } from '../../src/platform/log.ts';
import { start } from '../../src/start.ts';
import { createTestDatabase } from '../database.ts';
import { createRunningClock, freePort, OWNER, startTestServer, type TestServer } from '../server.ts';
import { type Answer, call, callTill, pointsOn, registerGuest, signIn, submit } from './calls.ts';

// The demo's clock: what takes months in a restaurant is seen without waiting, and outside the demo there is no such thing.

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server?.stop());

const time = async (): Promise<number> => Date.parse((await call(server, { path: '/demo/clock' })).body.now as string);
const advance = (body: unknown): Promise<Answer> => call(server, { path: '/demo/clock', body });

test('points burn, the card follows and nobody is signed out when the clock is put 91 days ahead', async () => {
  const { cookie } = await signIn(server, OWNER);
  const { guid, accountId } = await registerGuest(server);
  const phone = server.newPhone('olga');
  await phone.installFrom(`${server.url}/c/${guid}.pkpass`);
  await server.quiet(phone);
  expect(pointsOn(phone.snapshot().cards[0]!.pass)).toBe(100);
  const before = await time();

  const moved = await advance({ advance: 'P91D' });

  expect(moved.status).toBe(200);
  expect(Math.round((Date.parse(moved.body.now as string) - before) / 86_400_000)).toBe(91);
  const balance = await callTill(server, 'accounts/get_balance_extended', { accountId });
  expect(balance.text).not.toContain('10000');
  const entries = await call(server, { path: `/api/v1/accounts/${accountId}/entries`, headers: { cookie } });
  expect((entries.body.items as { kind: string }[]).map(({ kind }) => kind)).toEqual(['expire', 'welcome']);
  await server.quiet(phone);
  expect(pointsOn(phone.snapshot().cards[0]!.pass)).toBe(0);
  await phone.stop();
});

test('the time goes on after a restart from where it was', async () => {
  await advance({ advance: 'P2M' });
  const before = await time();
  await server.restart();
  const after = await time();
  expect(after).toBeGreaterThanOrEqual(before);
  expect(after - before).toBeLessThan(60_000);
});

test.each([
  [{}],
  [{ advance: 30 }],
  [{ advance: 'soon' }],
  [{ advance: 'P0D' }],
  [{ advance: '-P1D' }],
  [{ advance: 'P6Y' }],
  [{ advance: 'PT999999999999999H' }],
  ['{"advance":'],
])('%j moves nothing and is refused with a sentence', async (body) => {
  const before = await time();
  const answer = await advance(body);
  expect(answer.status).toBe(400);
  expect((answer.body.error as { message: string }).message).not.toBe('');
  expect((await time()) - before).toBeLessThan(60_000);
});

test('the buttons of the demo page move it and lead back to their page', async () => {
  const before = await time();
  const answer = await submit(server, '/demo/clock?lang=en', { advance: 'P1D', back: '/' });
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/?lang=en']);
  expect(Math.round(((await time()) - before) / 3_600_000)).toBe(24);
  const elsewhere = await submit(server, '/demo/clock', { advance: 'P1D', back: 'https://example.com/' });
  expect(elsewhere.headers.get('location')).toMatch(/^\/demo\/phone\?/);
  const page = await call(server, { path: '/?lang=ru' });
  expect(page.text).toContain('value="P30D"');
});

test('an installation that is no demo has no such route', async () => {
  const database = await createTestDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'tessera-real-'));
  const read = readConfig({
    PORT: String(await freePort()),
    HOST: '127.0.0.1',
    TESSERA_DEMO: '0',
    TESSERA_DATA_DIR: folder,
    DATABASE_URL: database.connectionString,
    TESSERA_OWNER_EMAIL: OWNER.email,
    TESSERA_OWNER_PASSWORD: OWNER.password,
  });
  if (!read.ok) throw new Error('The configuration of this test is wrong.');
  const log = createLog('silent', () => {});
  const real = await start(read.config, () => {}, { clock: createRunningClock(), log });
  try {
    const url = read.config.publicUrl;
    expect((await call({ url }, { path: '/demo/clock' })).status).toBe(404);
    expect((await call({ url }, { path: '/demo/clock', body: { advance: 'P1D' } })).status).toBe(404);
  } finally {
    await real.stop();
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  }
});
