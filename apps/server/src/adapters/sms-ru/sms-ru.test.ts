import { createServer } from 'node:http';
import { type FakeSmsRuOptions, startFakeSmsRu } from '@tessera/testkit/sms-ru';
import { afterEach, describe, expect, test } from 'vitest';
import { createSmsRuClient, parseSmsRuCallback, type SmsRuEvent, type SmsRuOptions } from './index.ts';

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function start(fakeOptions: Partial<FakeSmsRuOptions> = {}, clientOptions: Partial<SmsRuOptions> = {}) {
  let now = Temporal.Instant.from('2026-11-22T10:00:00Z');
  const fake = await startFakeSmsRu({ clock: () => now, deliverAfterMilliseconds: 1, ...fakeOptions });
  cleanups.push(() => fake.stop());
  const client = createSmsRuClient({ baseUrl: fake.url, apiId: fake.apiId, ...clientOptions });
  const pass = (seconds: number) => {
    now = now.add({ seconds });
  };
  return { fake, client, pass };
}

describe('a message', () => {
  test('is accepted with an id and a cost in kopecks, and arrives with sender and address', async () => {
    const { fake, client } = await start({}, { from: 'Tessera' });
    const result = await client.send({ phone: '79990000010', text: 'Код 4821 & ещё', ip: '203.0.113.7' });
    expect(result).toEqual({ status: 'accepted', messageId: fake.sent()[0]?.id, costKopecks: 350n });
    expect(fake.sent()[0]).toMatchObject({ phone: '79990000010', text: 'Код 4821 & ещё', from: 'Tessera' });
    expect(fake.sent()[0]?.ip).toBe('203.0.113.7');
  });

  test.each([
    ['79990000003', { status: 'refused', reason: 'bad_recipient', code: 202 }],
    ['79990000004', { status: 'refused', reason: 'stop_list', code: 209 }],
    ['79990000005', { status: 'stop_and_alert', reason: 'no_money', code: 201 }],
  ])('to %s fails inside a good envelope and is told apart', async (phone, expected) => {
    const { fake, client } = await start();
    expect(await client.send({ phone, text: 'x' })).toEqual(expected);
    expect(fake.sent()).toHaveLength(0);
  });

  test('that meets HTTP 500 may be sent again, and then works', async () => {
    const { client } = await start();
    const message = { phone: '79990000006', text: 'x' };
    expect(await client.send(message)).toEqual({ status: 'retry_later', reason: 'Http500' });
    expect((await client.send(message)).status).toBe('accepted');
  });

  test('that timed out after it was taken is unknown, and sent again within a minute it turns out a duplicate', async () => {
    const { fake, client, pass } = await start({}, { timeoutMilliseconds: 1000 });
    const message = { phone: '79990000007', text: 'x' };
    expect(await client.send(message)).toEqual({ status: 'unknown', reason: 'Timeout' });
    expect(fake.sent()).toHaveLength(1);
    expect(await client.send(message)).toEqual({ status: 'duplicate', code: 231 });
    expect(await client.send({ ...message, phone: '79990000010' })).toMatchObject({ status: 'accepted' });
    pass(61);
    expect(await client.send({ ...message, phone: '79990000010' })).toMatchObject({ status: 'accepted' });
  });

  test('in test mode is validated and neither stored nor charged', async () => {
    const { fake, client } = await start({ balanceKopecks: 1000n });
    expect((await client.send({ phone: '79990000010', text: 'x', test: true })).status).toBe('accepted');
    expect(fake.sent()).toHaveLength(0);
    expect(await client.balance()).toEqual({ status: 'ok', kopecks: 1000n });
  });

  test('is not sent when nobody listens, and that is certain', async () => {
    const { fake, client } = await start();
    await fake.stop();
    const result = await client.send({ phone: '79990000010', text: 'x' });
    expect(result).toEqual({ status: 'retry_later', reason: 'ECONNREFUSED' });
  });

  test('whose answer is rubbish, empty or endless is unknown', async () => {
    const bodies = ['<html>', '', '[]', '{"status":"OK","status_code":100}', `"${'x'.repeat(400_000)}"`];
    const server = createServer((_, response) => void response.end(bodies.shift()));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    cleanups.push(() => new Promise((resolve) => server.close(resolve)));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const client = createSmsRuClient({ baseUrl: `http://127.0.0.1:${port}`, apiId: 'x' });
    while (bodies.length > 0) {
      expect(await client.send({ phone: '79990000010', text: 'x' })).toMatchObject({ status: 'unknown' });
    }
  });

  test('never puts phone, text or key into a result or an address', async () => {
    const seen: string[] = [];
    const watching: typeof fetch = (url, init) => {
      seen.push(String(url));
      return fetch(url, init);
    };
    const { client } = await start({}, { apiId: 'SECRET-KEY', fetch: watching });
    const results = [await client.send({ phone: '79990000010', text: 'TEXT' }), await client.checkAuth()];
    expect(results.map(({ status }) => status)).toEqual(['stop_and_alert', 'stop_and_alert']);
    expect(JSON.stringify([results, seen])).not.toMatch(/79990000010|TEXT|SECRET-KEY/);
  });
});

describe('a failure of the whole call', () => {
  test.each([
    [220, { status: 'retry_later', reason: 'Code220' }],
    [301, { status: 'stop_and_alert', reason: 'bad_credentials', code: 301 }],
    [206, { status: 'stop_and_alert', reason: 'daily_limit', code: 206 }],
    [204, { status: 'stop_and_alert', reason: 'bad_sender', code: 204 }],
    [230, { status: 'refused', reason: 'number_limit', code: 230 }],
    [777, { status: 'refused', reason: 'bad_request', code: 777 }],
  ])('with code %i is told apart', async (code, expected) => {
    const { fake, client } = await start();
    fake.control.failNext({ code });
    expect(await client.send({ phone: '79990000010', text: 'x' })).toEqual(expected);
  });
});

describe('a call', () => {
  test('tells the code that sms.ru has chosen, keeps its leading zeros, and costs', async () => {
    const { fake, client } = await start({ balanceKopecks: 100n });
    const result = await client.call('79990000010', '203.0.113.7');
    const [call] = fake.calls();
    expect(result).toEqual({ status: 'accepted', callId: call?.id, code: call?.code, costKopecks: 40n });
    expect(call).toMatchObject({ phone: '79990000010', code: expect.stringMatching(/^\d{4}$/), ip: '203.0.113.7' });
    const answers = async () => new Response('{"status":"OK","code":42,"call_id":"1-2","cost":0.4}');
    const { client: numeric } = await start({}, { fetch: answers });
    expect(await numeric.call('79990000010')).toMatchObject({ status: 'accepted', code: '0042' });
  });

  test('that is not made is told apart from one of which nobody knows', async () => {
    const { fake, client } = await start({}, { timeoutMilliseconds: 300 });
    expect(await client.call('79990000004')).toEqual({ status: 'refused', reason: 'stop_list', code: 209 });
    expect(await client.call('12')).toEqual({ status: 'refused', reason: 'bad_recipient', code: 202 });
    fake.control.refuseCalls(201);
    expect(await client.call('79990000010')).toMatchObject({ status: 'stop_and_alert', reason: 'no_money' });
    fake.control.failNext({ httpStatus: 500 });
    expect(await client.call('79990000010')).toEqual({ status: 'retry_later', reason: 'Http500' });
    fake.control.refuseCalls(undefined);
    expect(await client.call('79990000007')).toEqual({ status: 'unknown', reason: 'Timeout' });
    const { client: odd } = await start({}, { fetch: async () => new Response('{"status":"ERROR"}') });
    expect(await odd.call('79990000010')).toEqual({ status: 'refused', reason: 'bad_request', code: 0 });
  });
});

describe('what became of a message', () => {
  test('is told by status: delivered, expired, or never heard of', async () => {
    const tasks: (() => void)[] = [];
    const { client } = await start({ schedule: (_, task) => void tasks.push(task) });
    const ids: string[] = [];
    for (const phone of ['79990000001', '79990000002']) {
      const result = await client.send({ phone, text: 'x' });
      if (result.status === 'accepted') ids.push(result.messageId);
    }
    const states = async () => {
      const answer = await client.status([...ids, '000000-1']);
      return answer.status === 'ok' ? answer.deliveries.map(({ state }) => state) : answer;
    };
    expect(await states()).toEqual(['pending', 'pending', 'unknown']);
    for (const task of tasks.splice(0)) task();
    expect(await states()).toEqual(['delivered', 'failed', 'unknown']);
  });

  test('comes as a signed report, also in the wrong order, and is repeated until it is answered with 100', async () => {
    const bodies: string[] = [];
    const server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      bodies.push(body);
      response.end(bodies.length === 1 ? 'ok' : '100');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    cleanups.push(() => new Promise((resolve) => server.close(resolve)));
    const address = server.address();
    const { fake, client } = await start();
    fake.control.addCallback(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/reports`);
    await client.send({ phone: '79990000008', text: 'x' });
    await expect.poll(() => fake.callbackAnswers()).toEqual(['ok', '100']);
    const parsed = parseSmsRuCallback(bodies[1] ?? '', fake.apiId);
    const events: readonly SmsRuEvent[] = parsed.status === 'ok' ? parsed.events : [];
    const states = events.map((event) => event.type === 'message' && event.state);
    expect(states).toEqual(['delivered', 'delivered', 'pending']);
  });
});
