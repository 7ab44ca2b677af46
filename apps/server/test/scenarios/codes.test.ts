import { randomUUID } from 'node:crypto';
import type { TillSettings } from '@tessera/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { API_TOKEN, newPhoneNumber, OWNER, startTestServer, type TestServer } from '../server.ts';
import { type Answer, call, codeFor, registerGuest, signIn } from './calls.ts';

// A till script asks by phone, a PIN goes out, a right PIN gives the card; cards are handed out from prepared numbers.

let server: TestServer;
let owner: { cookie: string };
let token: string;
let stationId: number;
let usual: TillSettings;
let guest: { phone: string; accountId: number };

beforeAll(async () => {
  server = await startTestServer();
  owner = await signIn(server, OWNER);
  ({ token, stationId } = await newStation('Касса 1'));
  usual = (await call(server, { path: '/api/v1/till-settings', headers: owner })).body as unknown as TillSettings;
  guest = await registerGuest(server, { name: 'Мария Петрова' });
});
afterAll(() => server?.stop());
// Every test begins in another hour: no limit of the one before counts.
beforeEach(async () => {
  server.clock.advance({ hours: 25 });
  await set({ mode: 'always', channels: ['sms'] });
});

async function newStation(name: string) {
  const made = await call(server, { path: '/api/v1/stations', body: { name }, headers: owner });
  const id = made.body.stationId as number;
  const key = await call(server, { method: 'POST', path: `/api/v1/stations/${id}/token`, headers: owner });
  return { stationId: id, token: key.body.token as string };
}

async function set(pin: Partial<TillSettings['pin']>, rest: Partial<TillSettings> = {}): Promise<void> {
  const body = { ...usual, ...rest, pin: { ...usual.pin, ...pin } };
  const saved = await call(server, { method: 'PUT', path: '/api/v1/till-settings', body, headers: owner });
  expect([saved.status, saved.body]).toEqual([200, body]);
}

const step = (name: string, body: Record<string, unknown>, key = token): Promise<Answer> =>
  call(server, { path: `/api/v1/stations/self/${name}`, body, headers: { 'x-station-token': key } });
const codeOf = ({ body }: Answer) => (body.error as { code: string } | undefined)?.code;

/** Begins and waits until whatever is sent has been sent. */
async function begin(phone: string, key = token): Promise<string> {
  const begun = await step('authorize', { phone }, key);
  expect(begun.body).toMatchObject({ ok: true, needed: true });
  await server.quiet();
  return begun.body.request as string;
}
const wrongFor = (pin: string) => (pin.startsWith('9') ? `1${pin.slice(1)}` : `9${pin.slice(1)}`);

describe('a PIN by SMS', () => {
  test('goes to the guest, and in exchange gives the card: a number that r_keeper can read', async () => {
    const request = await begin(`8 (${guest.phone.slice(1, 4)}) ${guest.phone.slice(4)}`);
    const pin = codeFor(server, guest.phone);
    const sms = server.world.smsRu.sent().at(-1)!;
    expect(sms.text).toBe(`Код для кассы «Чайка»: ${pin}. Назовите его кассиру и больше никому.`);
    const confirmed = await step('confirm', { request, pin });
    expect(confirmed.body).toMatchObject({ ok: true, account: guest.accountId, name: 'Мария П.', level: 'Бронза' });
    expect(confirmed.body.card).toMatch(/^[1-9]\d{17}$/);
    const again = await step('find', { text: confirmed.body.card as string });
    expect(again.body).toMatchObject({ account: guest.accountId });
  });

  test('works once, of two at once for one, and without the number of the request for the newest one', async () => {
    await begin(guest.phone);
    const pin = codeFor(server, guest.phone);
    const both = await Promise.all([step('confirm', { PIN: pin }), step('confirm', { Code: ` ${pin} ` })]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 400]);
    expect(codeOf(await step('confirm', { pin }))).toBe('code_expired');
  });

  test('that is wrong, late, of another till or nobody’s opens nothing', async () => {
    const request = await begin(guest.phone);
    const pin = codeFor(server, guest.phone);
    const wrong = await step('confirm', { request, pin: wrongFor(pin) });
    expect([wrong.status, codeOf(wrong)]).toEqual([400, 'code_wrong']);
    const other = await newStation(`Касса ${randomUUID().slice(0, 8)}`);
    expect(codeOf(await step('confirm', { request, pin }, other.token))).toBe('code_expired');
    server.clock.advance({ minutes: 6 });
    expect(codeOf(await step('confirm', { request, pin }))).toBe('code_expired');
    expect((await step('confirm', { request, pin }, 'nobody')).status).toBe(401);
  });

  test('ends after its tries', async () => {
    await set({ mode: 'always', channels: ['sms'], tries: 2 });
    const request = await begin(guest.phone);
    const pin = codeFor(server, guest.phone);
    expect(codeOf(await step('confirm', { request, pin: wrongFor(pin) }))).toBe('code_wrong');
    expect(codeOf(await step('confirm', { request, pin: wrongFor(pin) }))).toBe('code_spent');
    expect(codeOf(await step('confirm', { request, pin }))).toBe('code_spent');
  });

  test('tells nothing of whether anybody has the phone', async () => {
    const stranger = newPhoneNumber();
    const sentBefore = server.world.smsRu.sent().length;
    const answers: Answer[][] = [];
    for (const phone of [guest.phone, stranger]) {
      const { token: key } = await newStation(`Касса ${randomUUID().slice(0, 8)}`);
      const begun = await step('authorize', { phone }, key);
      await server.quiet();
      const { request } = begun.body as { request: string };
      const said = [begun];
      for (const pin of ['000000', '1', 'x', '12']) said.push(await step('confirm', { request, pin }, key));
      said.push(await step('authorize', { phone }, key));
      answers.push(said);
    }
    const shape = ({ status, body }: Answer) => {
      const { request: _request, ...rest } = body;
      return JSON.stringify([status, rest]).replace(/"seconds":\d+/g, '"seconds":0');
    };
    expect(answers[1]!.map(shape)).toEqual(answers[0]!.map(shape));
    expect(server.world.smsRu.sent().length).toBe(sentBefore + 1);
    expect(server.world.smsRu.sent().some(({ phone }) => phone === stranger)).toBe(false);
  });

  test('has a pause, for known and unknown phones', async () => {
    await begin(guest.phone);
    const again = await step('authorize', { phone: guest.phone });
    expect([again.status, codeOf(again)]).toEqual([429, 'code_too_often']);
  });
});

describe('the ways of a PIN', () => {
  test('a call brings four digits that the provider has chosen; the bot, which nobody has, is passed over', async () => {
    await set({ mode: 'always', channels: ['bot', 'call', 'sms'] });
    const sent = server.world.smsRu.sent().length;
    const request = await begin(guest.phone);
    const made = server.world.smsRu.calls().at(-1)!;
    expect([made.phone, server.world.smsRu.sent().length]).toEqual([guest.phone, sent]);
    expect((await step('confirm', { request, pin: made.code })).body).toMatchObject({ account: guest.accountId });
  });

  test('a call that is not made is followed by an SMS', async () => {
    await set({ mode: 'always', channels: ['call', 'sms'] });
    server.world.smsRu.control.refuseCalls(209);
    const request = await begin(guest.phone);
    server.world.smsRu.control.refuseCalls(undefined);
    const pin = codeFor(server, guest.phone);
    expect((await step('confirm', { request, pin })).body).toMatchObject({ account: guest.accountId });
  });

  test('where none works, the cashier is told so in the same words for everybody', async () => {
    server.world.smsRu.control.setBalance(0n);
    await begin(guest.phone);
    const told = [];
    for (const phone of [guest.phone, newPhoneNumber()]) told.push(await step('authorize', { phone }));
    server.world.smsRu.control.setBalance(1_000_000n);
    expect(told.map(codeOf)).toEqual(['pin_not_sent', 'pin_not_sent']);
    expect(told[1]!.text).toBe(told[0]!.text);
    server.clock.advance({ minutes: 3 });
    await begin(newPhoneNumber());
  });
});

describe('a PIN is demanded', () => {
  test('of nobody where it is waived: the phone alone gives the card', async () => {
    await set({ mode: 'always', stations: [{ stationId, mode: 'never' }] });
    const found = await step('authorize', { phone: guest.phone });
    expect(found.body).toMatchObject({ ok: true, needed: false, account: guest.accountId });
    expect(codeOf(await step('authorize', { phone: newPhoneNumber() }))).toBe('account_not_found');
  });

  test('only to spend: finding and earning go by phone', async () => {
    await set({ mode: 'to_spend', channels: ['sms'] });
    expect((await step('authorize', { phone: guest.phone })).body).toMatchObject({ needed: false });
    expect((await step('authorize', { phone: guest.phone, spend: 1 })).body).toMatchObject({ needed: true });
  });

  test('of a staff member at the till page: the phone finds nobody, the PIN does, and lets him spend', async () => {
    await set({ mode: 'to_spend', channels: ['sms'] });
    const cashier = await signIn(server, server.cashier);
    const post = (path: string, body: unknown) =>
      call(server, { path: `/api/v1/till/${path}`, body, headers: cashier });
    const sale = (operationKey = randomUUID()) =>
      post('sales', { operationKey, accountId: guest.accountId, amount: 100_000, spend: 1_000 });
    expect((await post('find', { query: guest.phone })).status).toBe(200);
    expect(codeOf(await sale())).toBe('pin_needed');
    const me = await call(server, { path: '/api/v1/session', headers: cashier });
    await set({
      mode: 'never',
      channels: ['sms'],
      staff: [{ userId: (me.body.user as { id: number }).id, mode: 'always' }],
    });
    expect(codeOf(await post('find', { query: guest.phone }))).toBe('pin_needed');
    expect(codeOf(await post('find', { query: newPhoneNumber() }))).toBe('pin_needed');
    const begun = await post('authorize', { phone: guest.phone });
    await server.quiet();
    const pin = codeFor(server, guest.phone);
    const confirmed = await post('authorize/confirm', { request: begun.body.request, pin });
    expect(confirmed.body).toMatchObject({ accountId: guest.accountId, name: 'Мария П.' });
    const key = randomUUID();
    const sold = await sale(key);
    expect(sold.status).toBe(200);
    server.clock.advance({ minutes: usual.pin.proofMinutes + 1 });
    expect(codeOf(await sale())).toBe('pin_needed');
    // Whose answer was lost asks again with the same key, and must not be told to begin anew.
    expect((await sale(key)).body).toEqual(sold.body);
  });

  test('of a guest who is shown already goes to his own phone, and lets the waiting sale through', async () => {
    await set({ mode: 'to_spend', channels: ['sms'] });
    const cashier = await signIn(server, server.cashier);
    const post = (path: string, body: unknown) =>
      call(server, { path: `/api/v1/till/${path}`, body, headers: cashier });
    const wish = { operationKey: randomUUID(), accountId: guest.accountId, amount: 100_000, spend: 1_000 };
    expect(codeOf(await post('sales', wish))).toBe('pin_needed');
    const begun = await post('authorize', { accountId: guest.accountId });
    await server.quiet();
    const pin = codeFor(server, guest.phone);
    expect((await post('authorize/confirm', { request: begun.body.request, pin })).status).toBe(200);
    expect((await post('sales', wish)).status).toBe(200);
    expect(codeOf(await post('authorize', { accountId: 999_999_999 }))).toBe('account_not_found');
  });
});

describe('a code found by itself', () => {
  const newCode = (body: object = {}) =>
    call(server, {
      path: `/api/v1/accounts/${guest.accountId}/codes`,
      body,
      headers: { authorization: `Bearer ${API_TOKEN}` },
    });

  test('is shown as QR and digits, and leads to its guest once, at a script, at the till page and in r_keeper', async () => {
    const made = await newCode();
    expect(made.body).toMatchObject({ code: expect.stringMatching(/^[1-9]\d{7}$/), qr: made.body.code });
    expect(made.body.spoken).toBe(String(made.body.code).replace(/^(\d{4})/, '$1 '));
    const both = await Promise.all([1, 2].map(() => step('find', { text: made.body.spoken as string })));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 400]);
    expect(codeOf(both.find(({ status }) => status === 400)!)).toBe('code_expired');

    const second = await newCode();
    const cashier = await signIn(server, server.cashier);
    const shown = await call(server, { path: '/api/v1/till/find', body: { query: second.body.qr }, headers: cashier });
    expect(shown.body).toMatchObject({ accountId: guest.accountId });
  });

  test('dies after its minutes, and soon after a new one', async () => {
    const first = (await newCode({ purpose: 'wallet_card' })).body.qr as string;
    const second = (await newCode({ purpose: 'wallet_card' })).body.qr as string;
    const third = (await newCode({ purpose: 'virtual_card' })).body.qr as string;
    server.clock.advance({ seconds: usual.card.overlapSeconds + 1 });
    expect(codeOf(await step('find', { text: first }))).toBe('code_expired');
    expect((await step('find', { text: second })).status).toBe(200);
    server.clock.advance({ minutes: usual.card.lifetimeMinutes });
    expect(codeOf(await step('find', { text: third }))).toBe('code_expired');
  });

  test('cannot be guessed: attempts over HTTP are stopped long before they have a chance', async () => {
    await newCode();
    const { token: thief } = await newStation(`Касса ${randomUUID().slice(0, 8)}`);
    let wrong = 0;
    let waited = 0;
    // An hour of a thief with one till who never tires: he tries, and waits as long as he is told.
    for (;;) {
      const answer = await step('find', { text: String(10_000_000 + ((wrong * 7_919_933) % 90_000_000)) }, thief);
      if (codeOf(answer) === 'account_not_found') wrong += 1;
      else {
        expect([answer.status, codeOf(answer)]).toEqual([429, 'codes_wait']);
        const { seconds } = (answer.body.error as { params: { seconds: number } }).params;
        expect(seconds).toBeGreaterThan(0);
        waited += seconds;
        if (waited > 3_600) break;
        server.clock.advance({ seconds });
      }
    }
    // Three at once, then ever longer waits: no more in an hour, with one living code of 90 million numbers.
    expect(wrong).toBeLessThan(2 * usual.wrong.perStationAnHour);
    expect(wrong / 90_000_000).toBeLessThan(5e-7);
  });

  test('and twenty tries at once are counted like twenty in a row', async () => {
    await set({ mode: 'never' }, { wrong: { ...usual.wrong, perStationAnHour: 5 } });
    const { token: thief } = await newStation(`Касса ${randomUUID().slice(0, 8)}`);
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, at) => step('find', { text: String(20_000_000 + at) }, thief)),
    );
    expect(all.filter((one) => codeOf(one) === 'account_not_found').length).toBeLessThanOrEqual(5);
    await set({ mode: 'never' });
  });
});

describe('plain text for scripts', () => {
  const raw = (path: string, init: RequestInit = {}) =>
    fetch(`${server.url}/api/v1/stations/self/${path}`, {
      ...init,
      headers: { authorization: `Bearer ${token}`, ...(init.headers as Record<string, string>) },
    });

  test('one fact a line, refusals too, always with status 200', async () => {
    await set({ mode: 'never' });
    const found = await raw(`authorize?Phone=${guest.phone}&format=text`);
    expect([found.status, found.headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8']);
    const lines = (await found.text()).trimEnd().split('\r\n');
    expect(lines[0]).toBe('OK');
    expect(lines).toContain(`account=${guest.accountId}`);
    expect(lines.find((line) => line.startsWith('card='))).toMatch(/^card=[1-9]\d{0,17}$/);
    const none = await raw('authorize', { method: 'POST', body: 'tel=12', headers: { accept: 'text/plain' } });
    expect(none.status).toBe(200);
    expect(await none.text()).toMatch(/^ERROR\r\ncode=invalid_phone\r\nmessage=Такого номера телефона нет/);
    const nobody = await raw('find?text=1&format=text', { headers: { authorization: 'Bearer nobody' } });
    expect(await nobody.text()).toMatch(/^ERROR\r\ncode=unauthorized/);
  });

  test.each(['GET', 'POST'])('rubbish by %s is answered in words', async (method) => {
    for (const body of ['{', '%zz=%', '\u0000', 'a'.repeat(9_000)]) {
      const query = method === 'GET' ? `?${encodeURI(body).slice(0, 3_000)}` : '';
      const answer = await raw(`find${query}`, { method, ...(method === 'GET' ? {} : { body }) });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
    }
  });
});

test('settings outside their bounds are refused as a whole', async () => {
  const bad = [
    { ...usual, pin: { ...usual.pin, digits: 3 } },
    { ...usual, pin: { ...usual.pin, channels: [] } },
    { ...usual, wrong: { ...usual.wrong, perCompanyAnHour: 301 } },
    { ...usual, card: { ...usual.card, digits: 7 } },
    { ...usual, surprise: true },
  ];
  for (const body of bad) {
    const saved = await call(server, { method: 'PUT', path: '/api/v1/till-settings', body, headers: owner });
    expect(saved.status).toBe(400);
  }
});
