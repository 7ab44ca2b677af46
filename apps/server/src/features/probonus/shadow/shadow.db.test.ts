import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ShadowDifferences, ShadowReport } from '@tessera/contract';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { createProbonusHouse, type ProbonusHouse } from '../../../../test/probonus-house.ts';
import { METHODS } from '../methods/index.ts';

// The old server is another house with this API: it can be told to speak otherwise by a mapping of its own.

const TOKEN = 'permanent-token-of-the-till';
const rules = (rate: number) => ({
  timeZone: 'Europe/Moscow',
  levels: [{ id: 'base', name: 'Базовый', fromTurnover: 0, rateBasisPoints: rate }],
});
let ours: ProbonusHouse;
let old: ProbonusHouse;
let url: string;
let phones = 79_180_000_000;

beforeAll(async () => {
  [ours, old] = await Promise.all([createProbonusHouse(rules(500)), createProbonusHouse(rules(500))]);
  url = await old.http.listen({ port: 0, host: '127.0.0.1' });
  // Numbers of the old server are its own.
  for (let count = 0; count < 3; count++) await old.newAccount();
});
afterAll(() => Promise.all([ours.close(), old.close()]));

const mirror = (more: object = {}) =>
  ours.own('PUT', '', {
    mapping: {},
    shadow: { on: true, url, timeoutMilliseconds: 5_000 },
    credentials: { token: TOKEN },
    ...more,
  });
afterEach(async () => {
  await ours.settled();
  await ours.own('PUT', '', { mapping: {}, shadow: { on: false, url, timeoutMilliseconds: 5_000 } });
  await old.own('PUT', '', { mapping: {} });
});

const newPhone = () => {
  phones += 1;
  return String(phones);
};
async function report(method: string): Promise<Partial<ShadowReport['methods'][number]>> {
  await ours.settled();
  const { body } = await ours.own('GET', '/shadow');
  return (body as never as ShadowReport).methods.find((one) => one.method === method) ?? {};
}
async function differences(query = ''): Promise<ShadowDifferences['items']> {
  await ours.settled();
  return ((await ours.own('GET', `/shadow/differences${query}`)).body as never as ShadowDifferences).items;
}
/** A guest that both servers know, through the mirror. */
async function newGuest(more: object = {}) {
  const phone = newPhone();
  const opened = await ours.post('accounts/insert_by_template', { accountGroupId: 3, phone, ...more });
  await ours.settled();
  return { phone, accountId: opened.body.accountId as number, opened };
}

describe('shadow mode', () => {
  test('answers with the old server’s bytes and carries the same out here, on our own numbers', async () => {
    await mirror();
    const { phone, accountId, opened } = await newGuest({ firstName: 'Мария' });
    expect(opened.text).toBe((await old.post('accounts/find_by_phone', { phone })).text);
    const checkGuid = randomUUID();
    const sold = await ours.post('external/register_check', { checkGuid, accountId, moneySpentSum: 100_000 });
    expect(sold).toMatchObject({ status: 200, body: { accrued: 5_000 } });
    await ours.post('external/return_check', { checkGuid });
    await ours.post('checks/get_by_id', { checkId: sold.body.checkId });
    await ours.get('accounts/get_balance_extended', { accountId: String(accountId) });
    await ours.post('accounts/refill', { accountId, sum: 700, externalId: randomUUID() });
    await ours.settled();
    await ours.own('PUT', '', { shadow: { on: false, url, timeoutMilliseconds: 5_000 } });
    const [here, there] = [
      await ours.post('accounts/find_by_phone', { phone }),
      await old.post('accounts/find_by_phone', { phone }),
    ];
    expect(here.body).toMatchObject({ balance: 700, turnover: 0, firstName: 'Мария' });
    expect(here.body.accountId).not.toBe(there.body.accountId);
    for (const name of [
      'accounts/insert_by_template',
      'external/register_check',
      'external/return_check',
      'checks/get_by_id',
      'accounts/get_balance_extended',
      'accounts/refill',
    ]) {
      expect({ name, ...(await report(name)) }).toMatchObject({ name, calls: 1, equal: 1, different: 0 });
    }
  });

  test('names the fields that differ, by sums and not by what is told of a person', async () => {
    await mirror();
    const { phone, accountId } = await newGuest({ firstName: 'Тайное' });
    await old.post('accounts/update', { accountId, firstName: 'Скрытое', bonusRate: 900 });
    await old.post('accounts/refill', { accountId, sum: 12_345 });
    await ours.post('accounts/find_by_phone', { phone });
    const found = await differences('?method=accounts/find_by_phone');
    expect(found.map(({ path, ours: own, theirs }) => ({ path, own, theirs }))).toEqual([
      { path: 'bonusRate', own: '500', theirs: '900' },
      { path: 'balance', own: '0', theirs: '12345' },
      { path: 'firstName', own: null, theirs: null },
    ]);
    expect(await report('accounts/find_by_phone')).toMatchObject({ different: 1 });
    const stored = JSON.stringify([found, ours.logged]);
    for (const secret of ['Тайное', 'Скрытое', phone, TOKEN]) expect(stored).not.toContain(secret);
    const [first, second] = await differences('?limit=1').then(async ([one]) => [
      one!,
      (await differences(`?limit=1&after=${one!.differenceId}`))[0]!,
    ]);
    expect(first!.differenceId).toBeGreaterThan(second!.differenceId);
  });

  test('a call that the old server refuses is refused to the till, and a writing one is not carried out here', async () => {
    await mirror();
    const { accountId, phone } = await newGuest();
    await old.post('accounts/update', { accountId, blocked: true });
    const refused = await ours.post('external/register_check', {
      checkGuid: randomUUID(),
      accountId,
      moneySpentSum: 100_000,
    });
    expect(refused).toMatchObject({ status: 409, body: { code: 'account_blocked' } });
    expect(await report('external/register_check')).toMatchObject({ theirsRefused: 1 });
    await ours.own('PUT', '', { shadow: null });
    expect((await ours.post('accounts/find_by_phone', { phone })).body).toMatchObject({ turnover: 0 });
  });

  test('what is unknown on either side, or names numbers we never saw, is told apart', async () => {
    await mirror();
    const before = await report('accounts/find_by_phone');
    const phone = newPhone();
    expect(await ours.post('accounts/find_by_phone', { phone })).toMatchObject({ status: 404 });
    await old.post('accounts/insert_by_template', { accountGroupId: 3, phone });
    expect(await ours.post('accounts/find_by_phone', { phone })).toMatchObject({ status: 200 });
    const after = await report('accounts/find_by_phone');
    expect(after.equal).toBe((before.equal ?? 0) + 1);
    expect(after.oursRefused).toBe((before.oursRefused ?? 0) + 1);
    await ours.post('accounts/refill', { accountId: 3, sum: 100 });
    expect(await report('accounts/refill')).toMatchObject({ notCompared: 1 });
  });

  test('compares by the mapping when the old server speaks otherwise, and hands its words on as they are', async () => {
    const mapping = {
      amounts: 'roubles',
      phones: 'plus',
      methods: {
        'accounts/find_by_phone': { request: { phone: 'msisdn' }, answer: { balance: 'bonus', accountId: 'client' } },
        'accounts/refill': { request: { sum: 'amount', accountId: 'client' } },
      },
    };
    await mirror();
    const { phone, accountId } = await newGuest();
    await ours.post('accounts/refill', { accountId, sum: 12_345 });
    await ours.settled();
    await old.own('PUT', '', { mapping });
    await mirror({ mapping });
    const before = await report('accounts/find_by_phone');
    const found = await ours.post('accounts/find_by_phone', { msisdn: phone });
    expect(found.body).toMatchObject({ bonus: 123.45, client: accountId, phones: [{ phone: `+${phone}` }] });
    expect((await report('accounts/find_by_phone')).equal).toBe((before.equal ?? 0) + 1);
    await ours.post('accounts/refill', { client: accountId, amount: 1.5 });
    await ours.settled();
    await ours.own('PUT', '', { mapping: {}, shadow: null });
    expect((await ours.post('accounts/find_by_phone', { phone })).body).toMatchObject({ balance: 12_495 });
  });

  test('asks for a token by login, and anew once when it has died', async () => {
    const seen: string[] = [];
    let valid = 'first';
    const server = await listen((request, respond) => {
      seen.push(`${request.url} ${request.headers.authorization ?? ''}`.trim());
      if (request.url?.endsWith('auth/login')) return respond(200, { accessToken: valid });
      const known = request.headers.authorization === `Bearer ${valid}`;
      respond(known ? 200 : 401, known ? [] : { error: 'who are you' });
    });
    await mirror({
      shadow: { on: true, url: server.url, timeoutMilliseconds: 2_000 },
      credentials: { login: 'till', password: 'secret' },
    });
    expect(await ours.post('account_groups/list')).toMatchObject({ status: 200, text: '[]' });
    valid = 'second';
    expect(await ours.post('account_groups/list')).toMatchObject({ status: 200 });
    expect(seen).toEqual([
      '/api/v0/auth/login',
      '/api/v0/account_groups/list Bearer first',
      '/api/v0/account_groups/list Bearer first',
      '/api/v0/auth/login',
      '/api/v0/account_groups/list Bearer second',
    ]);
    await server.close();
  });

  test('hands on what is no JSON byte for byte, waits no longer than told, and follows nowhere', async () => {
    const bytes = Buffer.from([0x7b, 0x22, 0xd0, 0x22, 0x20, 0x0a, 0xff]);
    const strange = await listen((request, _respond, response) => {
      if (request.url?.includes('list')) response.writeHead(418, { 'content-type': 'text/x-odd' }).end(bytes);
      else if (request.url?.includes('find_by_phone')) response.writeHead(302, { location: url }).end();
    });
    const shadow = { on: true, url: strange.url, timeoutMilliseconds: 500 };
    await mirror({ shadow });
    const headers = { 'x-api-token': TOKEN };
    const odd = await ours.http.inject({ method: 'POST', url: '/api/v0/account_groups/list', headers });
    expect([odd.statusCode, odd.headers['content-type'], odd.rawPayload]).toEqual([418, 'text/x-odd', bytes]);
    const phone = newPhone();
    const moved = await ours.http.inject({ url: '/api/v0/accounts/find_by_phone', query: { phone }, headers });
    expect(moved.statusCode).toBe(302);
    const late = await ours.http.inject({ url: '/api/v0/checks/get_by_id?checkId=1', headers });
    expect(late.json()).toMatchObject({ code: 'unavailable', retryable: true });
    expect(await report('checks/get_by_id')).toMatchObject({ theirsFailed: 1 });
    await strange.close();
  });

  test('never keeps the till waiting for ours', async () => {
    await mirror();
    const { accountId } = await newGuest();
    const method = METHODS.find(({ name }) => name === 'accounts/refill')!;
    const real = method.act;
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    const slow = vi.spyOn(method, 'act').mockImplementation(async (call, body) => {
      if (call.platform.database === ours.platform.database) await gate;
      return real(call, body);
    });
    expect(await ours.post('accounts/refill', { accountId, sum: 300 })).toMatchObject({ status: 200 });
    const before = (await ours.own('GET', '/shadow')).text;
    open();
    await ours.settled();
    expect((await ours.own('GET', '/shadow')).text).not.toBe(before);
    slow.mockRestore();
  });

  test('never breaks an answer when ours fails', async () => {
    await mirror();
    const { accountId } = await newGuest();
    const method = METHODS.find(({ name }) => name === 'external/register_check')!;
    const real = method.act;
    const before = (await report('external/register_check')).oursFailed ?? 0;
    const checkGuid = randomUUID();
    // Both houses live in this process: the defect is that of ours alone.
    const broken = vi.spyOn(method, 'act').mockImplementation((call, body) => {
      if (call.platform.database === ours.platform.database) throw new Error('a defect');
      return real(call, body);
    });
    expect(await ours.post('external/register_check', { checkGuid, accountId, moneySpentSum: 100 })).toMatchObject({
      status: 200,
    });
    expect((await report('external/register_check')).oursFailed).toBe(before + 1);
    broken.mockRestore();
  });
});

describe('its settings', () => {
  test('name everything that is wrong with a mapping, refuse addresses and never tell credentials', async () => {
    const wrong = await ours.own('PUT', '', { mapping: { amounts: 'x', methods: { nonsense: {} } } });
    expect(wrong).toMatchObject({
      status: 400,
      body: {
        error: {
          code: 'settings_invalid',
          fields: [{ path: 'body/mapping/amounts' }, { path: 'body/mapping/methods.nonsense' }],
        },
      },
    });
    for (const address of [
      'ftp://old.example',
      'http://user:secret@old.example',
      'http://169.254.169.254',
      'http://[fe80::1]/',
      'http://0.0.0.0:11030',
      'nonsense',
      ours.platform.publicUrl,
      'http://[::ffff:169.254.169.254]',
    ]) {
      const refused = await ours.own('PUT', '', { shadow: { on: true, url: address, timeoutMilliseconds: 1_000 } });
      expect({ address, code: (refused.body.error as { code?: string })?.code }).toMatchObject({
        address,
        code: expect.stringMatching(/address_invalid|invalid_request/),
      });
    }
    const saved = await ours.own('PUT', '', { credentials: { login: 'till', password: 'very secret' } });
    expect(saved).toMatchObject({ status: 200, body: { hasCredentials: true } });
    expect((await ours.own('GET', '')).text).not.toContain('very secret');
    const [row] = await ours.tenant.query<{ credentials_sealed: Buffer }>(
      'select credentials_sealed from probonus_settings where company_id = $1',
      [ours.tenant.companyId],
    );
    expect(row!.credentials_sealed.toString('latin1')).not.toContain('very secret');
  });

  test('a mapping alone changes how calls are read and answered', async () => {
    await ours.own('PUT', '', {
      shadow: null,
      mapping: {
        amounts: 'roubles',
        methods: { 'accounts/find_by_phone': { refusals: { account_not_found: { status: 200, body: 'null' } } } },
      },
    });
    const phone = newPhone();
    expect(await ours.post('accounts/find_by_phone', { phone })).toMatchObject({ status: 200, text: 'null' });
    const { body } = await ours.post('accounts/insert_by_template', { accountGroupId: 3, phone });
    const sold = await ours.post('external/register_check', {
      checkGuid: randomUUID(),
      accountId: body.accountId,
      moneySpentSum: 1_000.5,
    });
    expect(sold.body).toMatchObject({ accrued: 50.02, balance: 50.02 });
    const half = { checkGuid: randomUUID(), accountId: body.accountId, moneySpentSum: 0.005 };
    expect(await ours.post('external/register_check', half)).toMatchObject({ status: 400 });
  });
});

type Respond = (status: number, body: unknown) => void;
type Handler = (
  request: { url?: string; headers: Record<string, string | string[] | undefined> },
  respond: Respond,
  response: import('node:http').ServerResponse,
) => void;

/** A server of any kind, for what no Tessera would do. */
async function listen(handler: Handler): Promise<{ url: string; close(): Promise<void> }> {
  const server: Server = createServer((request, response) => {
    const respond: Respond = (status, body) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    handler(request as never, respond, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
