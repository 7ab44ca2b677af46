import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callService, type PhoneHttpOptions } from './phone-service.ts';

const seen: string[] = [];
let serviceUrl = '';
const server = createServer((request, response) => {
  const { authorization, 'user-agent': agent } = request.headers;
  seen.push(`${request.method} ${request.url} ${authorization} ${agent?.includes('passd/')}`);
  response.writeHead(204).end();
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  serviceUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/a%20b/`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

function ask(http: PhoneHttpOptions) {
  const settings = {
    http,
    clock: () => Temporal.Instant.from('2026-11-22T10:00:00Z'),
    random: () => 0,
    sleep: async () => {},
    pausesMilliseconds: [],
    isStopped: () => false,
    onRequest: () => {},
  };
  const segments = ['devices', 'd/1', 'registrations', 'pass.ü'];
  return callService(settings, { kind: 'list', method: 'GET', serviceUrl, segments });
}

test('a list is asked for without authorization, with an encoded path, by passd', async () => {
  await ask({ allowPlainHttp: true });
  expect(seen.pop()).toBe('GET /a%20b/v1/devices/d%2F1/registrations/pass.%C3%BC undefined true');
});

test('a blind reader keeps the slash at the end of the address and so asks with two', async () => {
  await ask({ allowPlainHttp: true, joinsBlindly: true });
  expect(seen.pop()).toBe('GET /a%20b//v1/devices/d%2F1/registrations/pass.%C3%BC undefined true');
});

test('plain http is not spoken without the developer switch', async () => {
  expect(await ask({})).toBeUndefined();
  expect(seen).toEqual([]);
});
