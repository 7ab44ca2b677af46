import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestHouse, type TestHouse } from '../../../test/platform.ts';
import { createHttp, type Http, sendRefusal } from '../../platform/http/index.ts';
import { createCompanies, createCompany } from '../tenancy/index.ts';
import { addPermanentToken, addUser, createApiClients, createDoor, issueTokenPair, staffRoutes } from './index.ts';

let house: TestHouse;
let http: Http;
let permanentToken: string;
let pairOf: () => Promise<string>;
const PASSWORD = 'correct horse';
const HOST = 'cards.example';

beforeAll(async () => {
  house = await createTestHouse();
  const { platform } = house;
  const { log, metrics, texts } = platform;
  const company = {
    name: 'Траттория',
    language: 'ru',
    currency: 'RUB',
    timeZone: 'Europe/Moscow',
    country: 'RU',
  } as const;
  const tenant = await createCompany(platform, { ...company, demo: false });
  await addUser(platform, tenant, { email: 'owner@example.com', name: 'Анна', role: 'owner', password: PASSWORD });
  await addUser(platform, tenant, { email: 'till@example.com', name: 'Пётр', role: 'cashier', password: PASSWORD });
  http = await createHttp({ log, metrics, texts, trustProxy: true, secure: true });
  staffRoutes(http, { platform, companies: createCompanies(), secure: true });
  const { authorize } = createDoor({ platform, apiClients: createApiClients(platform), secure: true });
  permanentToken = 'permanent-token-of-a-program';
  await addPermanentToken(platform, tenant, 'program', permanentToken);
  pairOf = async () => (await issueTokenPair(platform, tenant, 1)).accessToken;
  http.post('/programmes', async (request, reply) => {
    const actor = await authorize(request, 'programmes.write');
    return actor.ok ? { role: actor.value.role } : sendRefusal(request, reply, actor.refusal);
  });
  for (const method of ['GET', 'POST'] as const) {
    http.route({
      method,
      url: '/accounts',
      handler: async (request, reply) => {
        const actor = await authorize(request, 'accounts.read');
        return actor.ok ? { role: actor.value.role } : sendRefusal(request, reply, actor.refusal);
      },
    });
  }
  await http.ready();
});
afterAll(async () => {
  await http.close();
  await house.close();
});

type Headers = Record<string, string>;
let asked = 0;
/** As the proxy before us tells it: each call from another address, since one address may not try often. */
const fromSomewhere = (): Headers => {
  asked += 1;
  return { 'x-forwarded-for': `198.51.100.${asked}` };
};
const signIn = (headers: Headers = {}, payload: object = { email: 'owner@example.com', password: PASSWORD }) =>
  http.inject({
    method: 'POST',
    url: '/api/v1/session',
    headers: { host: HOST, ...fromSomewhere(), ...headers },
    payload,
  });

async function cookieOf(email: string): Promise<string> {
  const response = await signIn({}, { email, password: PASSWORD });
  const cookie = response.cookies[0];
  return `${cookie?.name}=${cookie?.value}`;
}

describe('signing in', () => {
  test('gives a cookie that no script, no other host and no open connection gets', async () => {
    const response = await signIn();
    expect(response.statusCode).toBe(200);
    expect(response.cookies).toEqual([
      expect.objectContaining({
        name: '__Host-tessera',
        path: '/',
        httpOnly: true,
        secure: true,
        sameSite: 'Lax',
        maxAge: 30 * 86_400,
      }),
    ]);
    expect(response.cookies[0]).not.toHaveProperty('domain');
    expect(response.body).not.toContain(response.cookies[0]?.value);
  });

  test('that fails sets no cookie and does not say what was wrong', async () => {
    const wrong = await signIn({}, { email: 'owner@example.com', password: 'x' });
    const unknown = await signIn({}, { email: 'nobody@example.com', password: PASSWORD });
    expect([wrong.statusCode, wrong.cookies]).toEqual([401, []]);
    expect(wrong.body).toBe(unknown.body);
  });

  test.each([
    [{}],
    [{ email: 'owner@example.com' }],
    [{ email: 'owner@example.com', password: 1 }],
    [{ email: 'owner@example.com', password: PASSWORD, role: 'owner' }],
    [{ email: ['owner@example.com'], password: PASSWORD }],
  ])('with rubbish is a wrong request: %j', async (payload) => {
    const response = await signIn({}, payload);
    expect(response.statusCode).toBe(400);
    expect(response.json().error.code).toBe('invalid_request');
  });

  test('a NUL in an address is the asker’s fault, not a defect', async () => {
    const response = await signIn({}, { email: 'a\0b@example.com', password: PASSWORD });
    expect([400, 401]).toContain(response.statusCode);
  });
});

describe('guessing passwords', () => {
  const guess = (forwarded: string) =>
    signIn({ 'x-forwarded-for': forwarded }, { email: 'owner@example.com', password: 'x' });

  test('ends after twenty tries a minute, whatever addresses the guesser claims to have', async () => {
    const statuses: number[] = [];
    // What the proxy saw stands last; everything before it is the caller's own word.
    for (let at = 0; at < 21; at += 1) statuses.push((await guess(`203.0.113.${at}, 192.0.2.1`)).statusCode);
    expect(statuses.slice(0, 20)).toEqual(Array(20).fill(401));
    expect(statuses[20]).toBe(429);
    expect((await guess('203.0.113.1, 192.0.2.2')).statusCode).toBe(401);
  });
});

describe('a changing request', () => {
  test.each([
    ['of a foreign page', { origin: 'https://evil.example' }],
    ['of a page of a neighbouring host', { origin: 'https://evil.cards.example' }],
    ['of a page on another port', { origin: `https://${HOST}:8443` }],
    ['of a page without an origin', { origin: 'null' }],
    ['of a foreign page that hides its origin', { 'sec-fetch-site': 'cross-site' }],
  ])('%s is declined, with and without a session', async (_, headers) => {
    const cookie = await cookieOf('owner@example.com');
    const changing = await http.inject({
      method: 'POST',
      url: '/accounts',
      headers: { host: HOST, cookie, ...headers },
    });
    expect([changing.statusCode, changing.json().error.code]).toEqual([403, 'forbidden_origin']);
    expect((await signIn(headers)).statusCode).toBe(403);
    const end = await http.inject({
      method: 'DELETE',
      url: '/api/v1/session',
      headers: { host: HOST, cookie, ...headers },
    });
    expect(end.statusCode).toBe(403);
    expect((await http.inject({ url: '/accounts', headers: { host: HOST, cookie } })).statusCode).toBe(200);
  });

  test('of our own page goes through', async () => {
    const cookie = await cookieOf('owner@example.com');
    const headers = { host: HOST, cookie, origin: `https://${HOST}` };
    expect((await http.inject({ method: 'POST', url: '/accounts', headers })).statusCode).toBe(200);
  });

  test('of our own page goes through a proxy that asks us under another name', async () => {
    const cookie = await cookieOf('owner@example.com');
    const headers = { host: '127.0.0.1:3000', cookie, origin: house.platform.publicUrl };
    expect((await http.inject({ method: 'POST', url: '/accounts', headers })).statusCode).toBe(200);
  });
});

describe('what a role may not do', () => {
  test('is forbidden to a cashier and unknown to nobody', async () => {
    const cookie = await cookieOf('till@example.com');
    const cashier = await http.inject({ url: '/accounts', headers: { cookie } });
    expect([cashier.statusCode, cashier.json().error.code]).toEqual([403, 'forbidden']);
    const nobody = await http.inject({ url: '/accounts', headers: { cookie: '__Host-tessera=x' } });
    expect([nobody.statusCode, nobody.json().error.code]).toEqual([401, 'unauthorized']);
  });
});

describe('signing out', () => {
  test('ends the session on the server too', async () => {
    const cookie = await cookieOf('owner@example.com');
    const ended = await http.inject({ method: 'DELETE', url: '/api/v1/session', headers: { host: HOST, cookie } });
    expect(ended.statusCode).toBe(204);
    expect((await http.inject({ url: '/api/v1/session', headers: { cookie } })).statusCode).toBe(401);
  });
});

describe('a program with a token', () => {
  const ask = (headers: Headers, url = '/accounts', method: 'GET' | 'POST' = 'POST') =>
    http.inject({ method, url, headers: { host: HOST, ...headers } });

  test('gets in by either header, without a session', async () => {
    for (const headers of [{ authorization: `Bearer ${permanentToken}` }, { 'x-api-token': permanentToken }]) {
      const answer = await ask(headers);
      expect([answer.statusCode, answer.json()]).toEqual([200, { role: 'program' }]);
    }
    const answer = await ask({ authorization: `bearer ${await pairOf()}` });
    expect([answer.statusCode, answer.json()]).toEqual([200, { role: 'owner' }]);
  });

  test('may do what a till does and set up nothing, also with the token of the owner', async () => {
    for (const token of [permanentToken, await pairOf()]) {
      expect((await ask({ authorization: `Bearer ${token}` }, '/programmes')).statusCode).toBe(403);
    }
  });

  test('is turned away with a wrong token, from wherever it comes', async () => {
    for (const headers of [{ authorization: 'Bearer nobody' }, { 'x-api-token': 'x'.repeat(43) }]) {
      expect((await ask(headers)).statusCode).toBe(401);
    }
  });

  test('lends a page elsewhere no session: a cookie still has to come from our own pages', async () => {
    const cookie = await cookieOf('owner@example.com');
    const answer = await ask({ cookie, authorization: `Bearer ${permanentToken}`, origin: 'https://evil.example' });
    expect(answer.statusCode).toBe(403);
  });
});
