import { Type } from 'typebox';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PoolExhaustedError } from '../database/index.ts';
import { createLog } from '../log.ts';
import { createMetrics } from '../metrics.ts';
import { createTexts } from '../texts.ts';
import { createHttp, type Http, type RefusalPresenter, withForms } from './index.ts';

let http: Http;
const logged: string[] = [];
const Strict = Type.Object({ sum: Type.Integer({ minimum: 0 }) }, { additionalProperties: false });

const presentToPeople: RefusalPresenter = (_request, reply) =>
  reply.code(404).type('text/html').send('<h1>a page</h1>');

const Grown = Type.Object({ last: Type.Union([Type.Null(), Type.Object({ sum: Type.Integer({ maximum: 4 }) })]) });

beforeAll(async () => {
  const log = createLog('debug', (line) => logged.push(line));
  http = await createHttp({
    log,
    metrics: createMetrics(),
    texts: createTexts(),
    trustProxy: true,
    secure: true,
    presentToPeople,
  });
  http.post('/strict', { schema: { body: Strict } }, async (request) => request.body);
  withForms(http, (scope) => scope.post('/form', async (request) => request.body));
  http.post('/echo', async (request) => request.body);
  http.get('/defect', async () => {
    throw new Error('select from guests where phone = 79123456789');
  });
  http.get('/busy', async () => {
    throw new PoolExhaustedError('no connection');
  });
  http.post('/nothing-to-say', async (request) => ({ body: request.body ?? null }));
  http.get('/grown', { schema: { response: { 200: Grown } } }, async () => ({ last: { sum: 5 }, other: 1 }));
  http.get('/who', async (request) => ({ ip: request.ip, language: request.language }));
  await http.ready();
});
afterAll(() => http.close());

const post = (payload: string, type = 'application/json') =>
  http.inject({ method: 'POST', url: '/strict', payload, headers: { 'content-type': type, 'accept-language': 'en' } });

test('half of a character in a body comes in as U+FFFD, a NUL is refused: the database could not keep them', async () => {
  const send = (payload: string) =>
    http.inject({ method: 'POST', url: '/echo', headers: { 'content-type': 'application/json' }, payload });
  expect((await send('{"a":"b\\ud83e","c":"\\ud83e\\uddfe"}')).json()).toEqual({ a: 'b\ufffd', c: '🧾' });
  const refused = await send('{"a":"b\\u0000"}');
  expect([refused.statusCode, refused.json().error.code]).toEqual([400, 'invalid_request']);
});

test('a call of JSON without a body is a call, where nothing has to be said', async () => {
  const headers = { 'content-type': 'application/json' };
  const response = await http.inject({ method: 'POST', url: '/nothing-to-say', headers });
  expect([response.statusCode, response.json()]).toEqual([200, { body: null }]);
});

test('an answer that has grown past the limits of requests is told, without what its schema does not know', async () => {
  const response = await http.inject('/grown');
  expect([response.statusCode, response.json()]).toEqual([200, { last: { sum: 5 } }]);
});

test.each([
  ['/nowhere', 'text/html,application/xhtml+xml', 'text/html'],
  ['/nowhere', 'application/json', 'application/json'],
  ['/api/v1/nowhere', 'text/html', 'application/json'],
  ['/wallet/apple/v1/nowhere', 'text/html', 'application/json'],
])('an unknown address %s, asked for as %s, is told as %s', async (url, accept, type) => {
  const response = await http.inject({ url, headers: { accept } });
  expect(response.statusCode).toBe(404);
  expect(response.headers['content-type']).toContain(type);
});

describe('a request', () => {
  test.each([
    ['a text for a number', '{"sum":"1"}'],
    ['a fraction', '{"sum":1.5}'],
    ['a negative sum', '{"sum":-1}'],
    ['an unknown field', '{"sum":1,"extra":1}'],
    ['a missing field', '{}'],
    ['no object', '[]'],
    ['null', 'null'],
    ['broken JSON', '{"sum":'],
    ['a prototype in disguise', '{"sum":1,"__proto__":{"admin":true}}'],
    ['nothing', ''],
  ])('with %s is refused in words', async (_, payload) => {
    const response = await post(payload);
    expect(response.statusCode).toBe(400);
    expect(response.json().error).toMatchObject({ code: 'invalid_request', retryable: false });
    expect(response.json().error.message).toContain('not well formed');
  });

  test.each([
    ['{"sum":1,"extra":1}', 'body/extra', 'There is no such field here'],
    ['{}', 'body/sum', 'This field is missing'],
    ['{"sum":"1"}', 'body/sum', 'Expected here: a whole number'],
    ['{"sum":-1}', 'body/sum', 'At least 0'],
  ])('says which field was wrong and why: %s', async (payload, path, message) => {
    expect((await post(payload)).json().error.fields).toEqual([{ path, message }]);
  });

  test('says it in the language of the reader', async () => {
    const headers = { 'content-type': 'application/json', 'accept-language': 'ru' };
    const response = await http.inject({ method: 'POST', url: '/strict', payload: '{}', headers });
    expect(response.json().error.fields).toEqual([{ path: 'body/sum', message: 'Этого поля не хватает' }]);
  });

  test.each([
    ['application/xml', '<sum>1</sum>', 415, 'unsupported_media_type'],
    ['text/plain', '{"sum":1}', 415, 'unsupported_media_type'],
    ['application/x-www-form-urlencoded', 'sum=1', 415, 'unsupported_media_type'],
    ['application/json', `{"sum":${'1'.repeat(300_000)}}`, 413, 'body_too_large'],
  ])('of type %s that will not do', async (type, payload, status, code) => {
    const response = await post(payload, type);
    expect([response.statusCode, response.json().error.code]).toEqual([status, code]);
  });

  test('that is a form is read where a page posts it', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const response = await http.inject({ method: 'POST', url: '/form', payload: 'name=Anna', headers });
    expect(response.json()).toEqual({ name: 'Anna' });
  });

  test('with an address that cannot be decoded is refused in words like any other', async () => {
    const response = await http.inject({ url: '/%zz', headers: { 'accept-language': 'en' } });
    expect(response.statusCode).toBe(400);
    expect(response.json().error).toMatchObject({ code: 'invalid_request', retryable: false });
    expect(response.json().error.message).toContain('not well formed');
    expect(response.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
  });

  test('for an address that is not there gets a sentence in the reader’s language', async () => {
    const [ru, en] = [await http.inject('/nowhere?lang=ru'), await http.inject('/nowhere?lang=en')];
    expect([ru.statusCode, en.statusCode]).toEqual([404, 404]);
    expect(ru.json().error.message).toMatch(/[а-я]/);
    expect(en.json().error.message).toBe('There is nothing here. Check the address.');
  });

  test.each([
    ['/who?lang=en', 'ru', 'en'],
    ['/who?lang=de', 'en-GB,ru;q=0.5', 'en'],
    ['/who', 'de-DE, ru;q=0.8, en;q=0.5', 'ru'],
    ['/who', 'de', 'ru'],
    ['/who?lang=en&lang=ru', undefined, 'ru'],
  ])('%s with Accept-Language %s is read in %s', async (url, accept, language) => {
    const response = await http.inject({ url, headers: accept ? { 'accept-language': accept } : {} });
    expect(response.json().language).toBe(language);
  });

  test('comes from where the proxy before us saw it, not from where it claims', async () => {
    const from = async (header?: string) =>
      (
        await http.inject({
          url: '/who',
          remoteAddress: '10.0.0.1',
          headers: header ? { 'x-forwarded-for': header } : {},
        })
      ).json().ip;
    expect(await from()).toBe('10.0.0.1');
    expect(await from('203.0.113.7')).toBe('203.0.113.7');
    expect(await from('1.1.1.1, 203.0.113.7')).toBe('203.0.113.7');
  });
});

describe('a defect', () => {
  test('is answered without its insides and logged without its message', async () => {
    logged.length = 0;
    const response = await http.inject('/defect');
    expect(response.statusCode).toBe(500);
    expect(Object.keys(response.json())).toEqual(['error']);
    expect(response.json().error).toMatchObject({ code: 'internal', retryable: true });
    expect(`${response.body}${logged.join('')}`).not.toMatch(/79123456789|select from/);
    expect(logged.join('')).toContain('a request failed');
  });

  test('no free connection means: unavailable, and the same call may come again', async () => {
    const response = await http.inject('/busy');
    expect(response.statusCode).toBe(503);
    expect(response.json().error).toMatchObject({ code: 'unavailable', retryable: true });
  });
});

describe('every answer', () => {
  test.each(['/who', '/nowhere', '/defect'])('carries the headers that keep it safe: %s', async (url) => {
    const { headers } = await http.inject(url);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'strict-origin-when-cross-origin',
      'cache-control': 'no-store',
      'strict-transport-security': 'max-age=31536000',
    });
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['content-security-policy']).not.toMatch(/script-src|unsafe-eval/);
  });
});

describe('the description of the API', () => {
  test('is served', async () => {
    const response = await http.inject('/api/openapi.json');
    expect(response.statusCode).toBe(200);
    expect(response.json().openapi).toBe('3.1.0');
  });
});
