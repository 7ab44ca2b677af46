import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { API_TOKEN, newPhoneNumber, OWNER, startTestServer, type TestServer } from '../server.ts';
import { type Answer, call, callTill, codeFor, registerCheck, registerGuest, signIn, submit } from './calls.ts';
import { allRoutes, fill, type Route } from './routes.ts';
import { accepts, brokenBodies, nastyBodies, sampleOf, sampleQuery, wrongBodies, wrongSegments } from './rubbish.ts';

// Every route answers rubbish with a clear 4xx and writes nothing.

let server: TestServer;
let routes: Route[];
let keys: Record<string, string>;
let accountId: number;

beforeAll(async () => {
  server = await startTestServer();
  routes = allRoutes(server);
  const { cookie } = await signIn(server, OWNER);
  keys = { cookie, authorization: `Bearer ${API_TOKEN}` };
  ({ accountId } = await registerGuest(server));
  await server.quiet();
});
afterAll(() => server?.stop());

const isApi = ({ path }: Route) => path.startsWith('/api/v');
/** The demo's phone does what its buttons say, also when they send nonsense beside it. */
const isDemo = ({ path }: Route) => path.startsWith('/demo/');
const isStream = ({ path }: Route) => path.endsWith('/events');
/** What any page reads of its query; nothing stops at the first of them, so they come together. */
const PAGE_NAMES = ['after', 'limit', 'search', 'lang', 'attempt', 'passesUpdatedSince'];

/**
 * Queries that hold a value, or two of a name (null): of an API by the name, as its document knows them. A stream never
 * ends once it is well asked.
 */
function queriesWith(route: Route, value: string | null): string[] {
  const pair = (name: string) => (value === null ? `${name}=1&${name}=2` : `${name}=${value}`);
  if (!isApi(route)) return [PAGE_NAMES.map(pair).join('&')];
  const names = isStream(route) ? [] : route.query.map(({ name }) => name);
  return ['unknown', ...names].map((name) => pair(name) + sampleQuery(route, name).replace('?', '&'));
}

const LANES = 6;
/** Works on all of them, a few side by side. */
async function inLanes<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const waiting = all.values();
  const lane = async () => {
    for (const one of waiting) await work(one);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

/** Which fields a body's sample gets so that nothing but the fault is wrong with it. */
const real = (): Record<string, unknown> => ({ accountId, email: OWNER.email, phone: `+${newPhoneNumber()}` });

function goodBody({ body }: Route): Record<string, unknown> {
  const sample = sampleOf(body!) as Record<string, unknown>;
  const known = Object.entries(real()).filter(([name]) => name in sample);
  return { ...sample, ...Object.fromEntries(known) };
}

/** A refusal of either API: a stable code and a sentence that a person can read. */
function expectClear(answer: Answer, what: string): void {
  const { status, body, text } = answer;
  expect(status, `${what}: ${text.slice(0, 200)}`).toBeGreaterThanOrEqual(400);
  expect(status, `${what}: ${text.slice(0, 200)}`).toBeLessThan(500);
  const error = (body.error ?? body) as { code?: unknown; message?: unknown };
  expect(error.code, what).toMatch(/^[a-z_]+$/);
  expect(error.message, what).toMatch(/^[А-ЯЁA-Z].*[.!?»]$/su);
}

const describeCall = ({ method, path }: Route, with_: unknown) =>
  `${method} ${path} ${JSON.stringify(with_)?.slice(0, 120)}`;

describe('a page sent twice', () => {
  test('sends one SMS for one attempt and opens one account', async () => {
    server.clock.advance({ hours: 2 });
    const attempt = randomUUID();
    const phone = newPhoneNumber();
    const fields = { attempt, name: 'Дважды Дважды', phone, consent: 'on' };
    await Promise.all(Array.from({ length: 4 }, () => submit(server, '/n/chaika', fields)));
    await submit(server, '/n/chaika', fields);
    await server.quiet();
    expect(server.world.smsRu.sent().filter((one) => one.phone === phone)).toHaveLength(1);
    const code = codeFor(server, phone);
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => submit(server, `/n/chaika/${attempt}`, { code })),
    );
    const again = await submit(server, `/n/chaika/${attempt}`, { code });
    const card = again.headers.get('location');
    expect(card).toMatch(/^\/c\//);
    for (const answer of answers) expect([303, 400]).toContain(answer.status);
    const accounts = await server.query(
      `select a.account_id from accounts a join guest_identifiers i using (company_id, guest_id) where i.value = $1`,
      [phone],
    );
    expect(accounts).toHaveLength(1);
    const passes = await server.query(`select guid from passes where account_id = $1`, [accounts[0]!.account_id]);
    expect(passes).toHaveLength(1);
  });
});

describe('what is well formed and still wrong', () => {
  test('unknown accounts, spending too much and unknown checks are refused, and nothing is written', async () => {
    await server.still();
    const before = await server.countRows();
    const unknown = 8_999_999;
    const calls: [string, Record<string, unknown>, number, string][] = [
      [
        'external/register_check',
        { checkGuid: randomUUID(), accountId: unknown, moneySpentSum: 1_000 },
        404,
        'account_not_found',
      ],
      [
        'external/register_check',
        { checkGuid: randomUUID(), accountId, moneySpentSum: 1_000, bonusSpentSum: 99_999_900 },
        409,
        'insufficient_points',
      ],
      ['external/return_check', { checkGuid: randomUUID() }, 404, 'check_not_found'],
      ['accounts/get_balance_extended', { accountId: unknown }, 404, 'account_not_found'],
      ['accounts/transactions', { accountId: unknown }, 404, 'account_not_found'],
      ['accounts/refill', { accountId: unknown, sum: 100 }, 404, 'account_not_found'],
      ['accounts/find_by_phone', { phone: `+${newPhoneNumber()}` }, 404, 'account_not_found'],
      ['accounts/find_by_phone', { phone: 'call me' }, 400, 'invalid_phone'],
      ['accounts/transactions', { accountId, dateFrom: '0000-01-01' }, 400, 'invalid_request'],
      ['accounts/transactions', { accountId, dateFrom: '-200000-01-01T00:00:00Z' }, 400, 'invalid_request'],
      ['accounts/transactions', { accountId, dateTo: '+200000-01-01' }, 400, 'invalid_request'],
      [
        'accounts/insert_by_template',
        { accountGroupId: 3, phone: `+${newPhoneNumber()}`, birthday: '0000-01-01' },
        400,
        'invalid_request',
      ],
      ['accounts/insert_by_template', { accountGroupId: 4_711, phone: `+${newPhoneNumber()}` }, 404, 'group_not_found'],
    ];
    for (const [name, body, status, code] of calls) {
      const answer = await callTill(server, name, body);
      expect(answer.body, name).toMatchObject({ code });
      expect(answer.status, name).toBe(status);
      expectClear(answer, name);
    }
    expect(await server.countRows()).toEqual(before);
  });

  test('one check key for two accounts gives the first answer or a refusal, never a second sale', async () => {
    const other = await callTill(server, 'accounts/find_by_phone', { phone: '79001234567' });
    const checkGuid = randomUUID();
    const first = await registerCheck(server, accountId, 10_000, { checkGuid });
    expect(first.status).toBe(200);
    await server.still();
    const before = await server.countRows();
    await registerCheck(server, Number(other.body.accountId), 10_000, { checkGuid });
    await registerCheck(server, accountId, 99_000, { checkGuid });
    await server.quiet();
    expect(await server.countRows()).toEqual(before);
  });

  test('a code tried too often is dead, even the right one, and a new one waits its turn', async () => {
    const attempt = randomUUID();
    const phone = newPhoneNumber();
    await submit(server, '/n/chaika', { attempt, name: 'Олег', phone, consent: 'on' });
    await server.quiet();
    const code = codeFor(server, phone);
    const before = await server.query('select count(*) from accounts');
    for (let tries = 0; tries < 6; tries++) {
      const answer = await submit(server, `/n/chaika/${attempt}`, { code: code === '111111' ? '222222' : '111111' });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
    }
    const right = await submit(server, `/n/chaika/${attempt}`, { code });
    expect(right.status).toBe(400);
    const resent = await submit(server, `/n/chaika/${attempt}/resend`, {});
    expect(resent.status).toBe(429);
    expect(await server.query('select count(*) from accounts')).toEqual(before);
  });

  test('a code is worthless after its minutes', async () => {
    const attempt = randomUUID();
    const phone = newPhoneNumber();
    await submit(server, '/n/chaika', { attempt, name: 'Нина', phone, consent: 'on' });
    await server.quiet();
    server.clock.advance({ minutes: 6 });
    const answer = await submit(server, `/n/chaika/${attempt}`, { code: codeFor(server, phone) });
    expect(answer.status).toBe(400);
  });
});

describe('rubbish in a body', () => {
  test('the router and the document know all the routes of the house', () => {
    expect(routes.filter(isApi).length).toBeGreaterThan(20);
    expect(routes.filter(({ body }) => body).length).toBeGreaterThan(12);
    expect(routes.map(({ path }) => path)).toContain('/wallet/apple/v1/passes/:type/:serial');
  });

  test('the sample of every body is one that its schema accepts, so that the routes behind are reached', () => {
    const refused = routes.filter(({ body }) => body && !accepts(body, sampleOf(body)));
    expect(refused.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
  });

  test('a body that the schema refuses is a 4xx with a sentence, and nothing is written', async () => {
    await server.still();
    const before = await server.countRows();
    for (const route of routes.filter(({ body }) => body)) {
      await inLanes(wrongBodies(route.body!, goodBody(route)), async (body) => {
        const answer = await call(server, { ...route, path: fill(route.path, '1'), body, headers: keys });
        expectClear(answer, describeCall(route, body));
      });
    }
    await server.quiet();
    expect(await server.countRows()).toEqual(before);
  }, 120_000);

  test('fields that nobody knows: v0 ignores them, our own API refuses them', async () => {
    const v0 = await callTill(server, 'accounts/get_balance_extended', { accountId, futureField: { deep: [1] } });
    expect(v0.status).toBe(200);
    const ours = { query: '79001234567', futureField: 1 };
    const refused = await call(server, { path: '/api/v1/till/find', body: ours, headers: keys });
    expectClear(refused, 'till/find');
    expect(JSON.stringify(refused.body)).toContain('futureField');
  });

  test('without a token is 401 in the ProBonus-compatible API, whatever is wrong with the body', async () => {
    const open = ['/api/v0/auth/login', '/api/v0/auth/refresh_token'];
    const closed = routes.filter(({ body, path }) => body && path.startsWith('/api/v0/') && !open.includes(path));
    expect(closed.length).toBeGreaterThan(6);
    for (const { path } of closed) {
      for (const body of [{}, [], '{"a":', { accountId: 'x' }]) {
        for (const token of ['', 'x'.repeat(43)]) {
          const headers = { 'x-api-token': token, 'content-type': 'application/json' };
          const answer = await call(server, { method: 'POST', path, body, headers });
          expect([answer.status, answer.body.code], path).toEqual([401, 'unauthorized']);
        }
      }
    }
  });

  test('what is no JSON, too big or of another type is refused by every route that takes a body', async () => {
    await server.still();
    const before = await server.countRows();
    for (const route of routes.filter((one) => one.method === 'POST' && !isDemo(one))) {
      for (const { body, type } of brokenBodies) {
        const headers = { ...keys, 'content-type': type };
        const answer = await call(server, { ...route, path: fill(route.path, 'abc'), body, headers });
        const what = describeCall(route, [type, body.slice(0, 30)]);
        expect(answer.status, what).toBeLessThan(500);
        if (isApi(route) && route.body) expectClear(answer, what);
      }
    }
    await server.quiet();
    expect(await server.countRows()).toEqual(before);
  });

  test('texts and numbers that a schema lets through never break the server', async () => {
    for (const route of routes.filter(({ body }) => body)) {
      await inLanes(nastyBodies(route.body!, goodBody(route)), async (body) => {
        const answer = await call(server, { ...route, path: fill(route.path, '1'), body, headers: keys });
        expect(answer.status, describeCall(route, body)).toBeLessThan(500);
      });
    }
    const wrong = server.logged.filter((line) => line.includes('"level":"error"'));
    expect(wrong).toEqual([]);
  }, 120_000);
});

describe('rubbish in an address or a header', () => {
  test('in the path', async () => {
    for (const route of routes.filter((one) => /[:*]/.test(one.path) && !isStream(one))) {
      await inLanes(wrongSegments, async (segment) => {
        const body = route.body ? goodBody(route) : route.method === 'POST' ? {} : undefined;
        const path = fill(route.path, segment);
        const answer = await call(server, { method: route.method, path, body, headers: keys });
        expect(answer.status, describeCall(route, segment)).toBeLessThan(500);
      });
    }
  });

  test('in the query', async () => {
    const texts = ['\u0000', "' or 1=1 --", '_%\\', '-271821-04-20'].map(encodeURIComponent);
    const cursors = ['999999999999999', '999999999999999.aaaaaaaaaaaa', '3000000000'];
    const values = ['', '0', '-1', '1.5', '%E0%A4%A', '99999999999999999999', ...cursors, 'x'.repeat(299), ...texts];
    for (const route of routes.filter((one) => one.method === 'GET' && !isDemo(one))) {
      const asked = [...values, null].flatMap((value) => queriesWith(route, value));
      await inLanes(asked, async (query) => {
        const path = `${fill(route.path, String(accountId))}?${query}`;
        const answer = await call(server, { path, headers: keys });
        expect(answer.status, path).toBeLessThan(500);
      });
    }
  }, 120_000);

  test('in the headers', async () => {
    const values = [
      '',
      'x',
      '"',
      'Bearer',
      'ApplePass ',
      `ApplePass ${'x'.repeat(2_000)}`,
      'a=b; c',
      '%00',
      '\u00ff',
      '*',
      '0',
    ];
    const names = [
      'authorization',
      'cookie',
      'accept-language',
      'if-none-match',
      'if-modified-since',
      'x-api-token',
      'range',
    ];
    const chosen = [
      '/c/:guid',
      '/c/:guid.pkpass',
      '/c/:guid.json',
      '/api/v1/accounts',
      '/wallet/apple/v1/passes/:type/:serial',
    ];
    for (const route of routes.filter((one) => chosen.includes(one.path) || one.path.startsWith('/n/'))) {
      for (const name of names) {
        for (const value of [...values, 'tessera=%00', 'tessera=%E0%A4%A']) {
          const answer = await call(server, { method: 'GET', path: fill(route.path, '1'), headers: { [name]: value } });
          expect(answer.status, describeCall(route, [name, value])).toBeLessThan(500);
        }
      }
    }
  });

  test('a token that is missing, foreign, stale or spoiled opens nothing', async () => {
    await server.still();
    const before = await server.countRows();
    const closed = routes.filter(
      (one) => isApi(one) && !/session$|auth|v1\/station$|station\/pair$|v0\/(openapi.json|docs)/.test(one.path),
    );
    for (const route of closed) {
      const spoiled = [{}, { authorization: 'Bearer x' }, { cookie: 'tessera=x' }, { 'x-api-token': `${API_TOKEN}x` }];
      for (const headers of spoiled) {
        const body = route.body ? goodBody(route) : route.method === 'POST' ? {} : undefined;
        const path = fill(route.path, '1') + sampleQuery(route);
        const answer = await call(server, { method: route.method, path, body, headers });
        expect([401, 429], describeCall(route, headers)).toContain(answer.status);
        expectClear(answer, describeCall(route, headers));
      }
    }
    expect(await server.countRows()).toEqual(before);
  });
});
