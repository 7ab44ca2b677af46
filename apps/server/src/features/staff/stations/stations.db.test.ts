import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTestHouse, type TestHouse } from '../../../../test/platform.ts';
import type { Tenant } from '../../../platform/database/index.ts';
import { createHttp, type Http, sendRefusal } from '../../../platform/http/index.ts';
import { addVenue, createCompanies, createCompany } from '../../tenancy/index.ts';
import {
  addUser,
  createApiClients,
  createAuthorize,
  findStation,
  staffMemberRoutes,
  staffRoutes,
  stationsRoutes,
} from '../index.ts';
import { checkPin } from './sign-in-by-pin.ts';

let house: TestHouse;
let http: Http;
let tenant: Tenant;
let other: Tenant;
const PASSWORD = 'correct horse';
const HOST = 'cards.example';
const STATION = '__Host-tessera-station';
const SESSION = '__Host-tessera';
const company = { language: 'ru', currency: 'RUB', timeZone: 'Europe/Moscow', country: 'RU', demo: false } as const;

beforeAll(async () => {
  house = await createTestHouse();
  const { platform } = house;
  const { log, metrics, texts } = platform;
  tenant = await createCompany(platform, { ...company, name: 'Траттория' });
  other = await createCompany(platform, { ...company, name: 'Кофейня' });
  await addVenue(tenant, { code: 7, name: 'На углу' });
  const people = [
    ['owner', 'Анна'],
    ['manager', 'Мария'],
  ] as const;
  for (const [role, name] of people) {
    await addUser(platform, tenant, { email: `${role}@example.com`, name, role, password: PASSWORD });
  }
  await addUser(platform, other, { email: 'other@example.com', name: 'Ольга', role: 'owner', password: PASSWORD });
  http = await createHttp({ log, metrics, texts, trustProxy: true, secure: true });
  const authorize = createAuthorize({ platform, apiClients: createApiClients(platform), secure: true });
  staffRoutes(http, { platform, companies: createCompanies(), secure: true });
  stationsRoutes(http, { platform, authorize });
  staffMemberRoutes(http, { platform, authorize });
  http.get('/sell', async (request, reply) => {
    const actor = await authorize(request, 'till.sell');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal);
    const { userId, role, station } = actor.value;
    return { userId, role, station };
  });
  http.get('/console', async (request, reply) => {
    const actor = await authorize(request, 'accounts.read');
    return actor.ok ? {} : sendRefusal(request, reply, actor.refusal);
  });
  await http.ready();
});
afterAll(async () => {
  await http.close();
  await house.close();
});

type Cookies = Record<string, string>;
type Answer = { status: number; body: Record<string, never> & { error?: { code: string } }; cookies: Cookies };
let asked = 0;

async function ask(method: string, url: string, { body, cookies = {} }: { body?: object; cookies?: Cookies } = {}) {
  asked += 1;
  const cookie = Object.entries(cookies)
    .map(([name, value]) => `${name}=${value}`)
    .join('; ');
  const response = await http.inject({
    method: method as 'GET',
    url,
    headers: { host: HOST, 'x-forwarded-for': `198.51.100.${asked % 250}, 192.0.2.${asked % 250}`, cookie },
    ...(body ? { payload: body } : {}),
  });
  const set = Object.fromEntries(response.cookies.map(({ name, value }) => [name, value]));
  const parsed = response.body ? JSON.parse(response.body) : {};
  return { status: response.statusCode, body: parsed, cookies: set } as Answer;
}

const signIn = async (email: string): Promise<Cookies> =>
  (await ask('POST', '/api/v1/session', { body: { email, password: PASSWORD } })).cookies;
const codeOf = (url: string) => url.split('#pair=')[1]!;
const told = ({ status, body }: Answer) => (body.error ? [status, body.error.code] : [status, body]);

let owner: Cookies;
let manager: Cookies;
let number = 0;
beforeEach(async () => {
  number += 1;
  owner = await signIn('owner@example.com');
  manager = await signIn('manager@example.com');
});

async function newStation(name = `Касса ${number}-${Math.random()}`): Promise<number> {
  const made = await ask('POST', '/api/v1/stations', { body: { name, venueCode: 7 }, cookies: owner });
  expect(made.status).toBe(200);
  return Number(made.body.stationId);
}

const newCode = async (stationId: number): Promise<string> =>
  codeOf(String((await ask('POST', `/api/v1/stations/${stationId}/pairing`, { cookies: owner })).body.url));

async function pair(stationId: number): Promise<Cookies> {
  const paired = await ask('POST', '/api/v1/station/pair', { body: { code: await newCode(stationId) } });
  expect(paired.status).toBe(200);
  return paired.cookies;
}

async function newCashier(pin = '4071', name = `Кассир ${Math.random()}`): Promise<number> {
  const made = await ask('POST', '/api/v1/staff', { body: { name, role: 'cashier', pin }, cookies: owner });
  expect(made.status, JSON.stringify(made.body)).toBe(200);
  return Number(made.body.userId);
}

const typePin = (cookies: Cookies, userId: number, pin: string) =>
  ask('POST', '/api/v1/station/session', { body: { userId, pin }, cookies });

describe('pairing a station', () => {
  test('gives the device a cookie that no script reads, and the secret stands in the fragment only', async () => {
    const stationId = await newStation();
    const begun = await ask('POST', `/api/v1/stations/${stationId}/pairing`, { cookies: owner });
    const url = new URL(String(begun.body.url));
    expect([url.pathname, url.search]).toEqual(['/till/', '']);
    expect(codeOf(url.href)).toMatch(/^[\w-]{43}$/);
    const response = await http.inject({
      method: 'POST',
      url: '/api/v1/station/pair',
      headers: { host: HOST },
      payload: { code: codeOf(url.href), deviceName: 'iPad' },
    });
    expect(response.cookies).toEqual([
      expect.objectContaining({ name: STATION, path: '/', httpOnly: true, secure: true, sameSite: 'Lax' }),
    ]);
    expect(response.body).not.toContain(response.cookies[0]?.value);
    expect(response.json().station).toMatchObject({
      stationId,
      venue: { code: 7, name: 'На углу' },
      company: { name: 'Траттория' },
    });
    const list = await ask('GET', '/api/v1/stations', { cookies: manager });
    const items = list.body.items as unknown as { stationId: number }[];
    expect(items.find((one) => one.stationId === stationId)).toMatchObject({
      paired: true,
      deviceName: 'iPad',
      venueName: 'На углу',
      pairingExpiresAt: null,
    });
  });

  test('works once, for a quarter of an hour, by the newest code; every other code gets one answer', async () => {
    const stationId = await newStation();
    const first = await newCode(stationId);
    const second = await newCode(stationId);
    const late = await newCode(await newStation());
    const send = (code: string) => ask('POST', '/api/v1/station/pair', { body: { code } });
    const over = told(await send('nobody’s code'));
    expect(over).toEqual([400, 'pairing_over']);
    expect(told(await send(first))).toEqual(over);
    const racing = await Promise.all([send(second), send(second), send(second)]);
    expect(racing.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(told(await send(second))).toEqual(over);
    house.clock.advance({ minutes: 15 });
    expect(told(await send(late))).toEqual(over);
  });

  test('anew puts the device before out; disconnecting puts out whoever is there, at once', async () => {
    const stationId = await newStation();
    const userId = await newCashier();
    const before = await pair(stationId);
    const session = (await typePin(before, userId, '4071')).cookies;
    expect((await ask('GET', '/sell', { cookies: { ...before, ...session } })).status).toBe(200);
    const now = await pair(stationId);
    expect((await ask('GET', '/sell', { cookies: { ...before, ...session } })).status).toBe(401);
    expect((await ask('GET', '/api/v1/station', { cookies: before })).body).toEqual({ station: null });
    const again = (await typePin(now, userId, '4071')).cookies;
    expect((await ask('GET', '/sell', { cookies: { ...now, ...again } })).status).toBe(200);
    expect((await ask('DELETE', `/api/v1/stations/${stationId}`, { cookies: owner })).status).toBe(204);
    expect((await ask('GET', '/sell', { cookies: { ...now, ...again } })).status).toBe(401);
    expect((await ask('GET', '/api/v1/session', { cookies: { ...now, ...again } })).status).toBe(401);
    expect((await ask('GET', '/api/v1/station', { cookies: now })).body).toEqual({ station: null });
    expect(told(await typePin(now, userId, '4071'))).toEqual([401, 'station_not_paired']);
    expect(told(await ask('DELETE', `/api/v1/stations/${stationId}`, { cookies: owner }))).toEqual([
      404,
      'station_not_found',
    ]);
  });

  test('is undone at the device too, and the station may be paired again', async () => {
    const stationId = await newStation();
    const cookies = await pair(stationId);
    expect((await ask('DELETE', '/api/v1/station', { cookies })).status).toBe(204);
    expect((await ask('GET', '/api/v1/station', { cookies })).body).toEqual({ station: null });
    await pair(stationId);
  });

  test('with a program gives it the key once, which findStation knows until another takes its place', async () => {
    const { platform } = house;
    const stationId = await newStation();
    const issue = async () =>
      String((await ask('POST', `/api/v1/stations/${stationId}/token`, { cookies: owner })).body.token);
    const token = await issue();
    const found = await findStation(platform, token);
    expect(found?.tenant.companyId).toBe(tenant.companyId);
    expect(found?.station).toMatchObject({ stationId, venueCode: 7, settings: { lockMinutes: 10, shiftHours: 12 } });
    const next = await issue();
    expect(await findStation(platform, token)).toBeNull();
    expect(await findStation(platform, next)).not.toBeNull();
    expect(await findStation(platform, 'x')).toBeNull();
  });

  test('is for the owner; two stations of one name are not told apart, so there are none', async () => {
    const body = { name: 'Бар' };
    expect(told(await ask('POST', '/api/v1/stations', { body, cookies: manager }))).toEqual([403, 'forbidden']);
    await newStation('Бар');
    const again = await ask('POST', '/api/v1/stations', { body: { name: ' бар ' }, cookies: owner });
    expect(told(again)).toEqual([409, 'name_taken']);
    const stationId = await newStation();
    const change = (body: object) => ask('PATCH', `/api/v1/stations/${stationId}`, { body, cookies: owner });
    expect(told(await change({ name: 'БАР' }))).toEqual([409, 'name_taken']);
    const changed = await change({ settings: { lockMinutes: 0 }, venueCode: null });
    expect(changed.body).toMatchObject({ venueCode: null, settings: { lockMinutes: 0, shiftHours: 12 } });
  });
});

describe('a PIN', () => {
  test('opens a session that lives at its station, for a shift: its cookie alone is nothing', async () => {
    const stationId = await newStation();
    const userId = await newCashier();
    const here = await pair(stationId);
    const elsewhere = await pair(await newStation());
    const signedIn = await typePin(here, userId, '4071');
    expect(signedIn.body).toMatchObject({ user: { id: userId, email: null, role: 'cashier' } });
    const session = { [SESSION]: signedIn.cookies[SESSION]! };
    const sold = await ask('GET', '/sell', { cookies: { ...here, ...session } });
    expect(sold.body).toEqual({ userId, role: 'cashier', station: { stationId, venueCode: 7 } });
    for (const cookies of [session, { ...elsewhere, ...session }, { ...session, [STATION]: 'x' }]) {
      expect((await ask('GET', '/sell', { cookies })).status).toBe(401);
      expect((await ask('GET', '/api/v1/session', { cookies })).status).toBe(401);
    }
    house.clock.advance({ hours: 12 });
    expect((await ask('GET', '/sell', { cookies: { ...here, ...session } })).status).toBe(401);
  });

  test('of an owner opens the till and not the console; his password does both, and the station is known', async () => {
    const here = await pair(await newStation());
    const me = (await ask('GET', '/api/v1/session', { cookies: owner })).body.user as unknown as { id: number };
    await ask('PATCH', `/api/v1/staff/${me.id}`, { body: { pin: '2846' }, cookies: owner });
    const byPin = { ...here, ...(await typePin(here, me.id, '2846')).cookies };
    expect((await ask('GET', '/sell', { cookies: byPin })).status).toBe(200);
    expect(told(await ask('GET', '/console', { cookies: byPin }))).toEqual([403, 'forbidden']);
    const byPassword = { ...here, ...owner };
    expect((await ask('GET', '/console', { cookies: byPassword })).status).toBe(200);
    expect((await ask('GET', '/sell', { cookies: byPassword })).body).toMatchObject({ station: { venueCode: 7 } });
  });

  test('that is wrong, of nobody, of a blocked one, of one without a PIN, of another company: one answer', async () => {
    const here = await pair(await newStation());
    const blocked = await newCashier();
    await ask('PATCH', `/api/v1/staff/${blocked}`, { body: { blocked: true }, cookies: owner });
    const without = await newCashier();
    await ask('PATCH', `/api/v1/staff/${without}`, { body: { pin: null }, cookies: owner });
    const foreign = await other.query<{ user_id: number }>('select user_id from users where company_id = $1', [
      other.companyId,
    ]);
    const wrong = await typePin(here, await newCashier(), '9999');
    expect(told(wrong)).toEqual([401, 'pin_wrong']);
    for (const userId of [blocked, without, foreign[0]!.user_id, 999_999]) {
      const answer = await typePin(here, userId, '4071');
      expect([answer.status, answer.body, answer.cookies]).toEqual([wrong.status, wrong.body, {}]);
    }
  });

  test('wrong five times locks, longer each time; ten at once get no more tries; a new PIN unlocks', async () => {
    const here = await pair(await newStation());
    const userId = await newCashier();
    const together = await Promise.all(Array.from({ length: 10 }, () => typePin(here, userId, '9999')));
    expect(together.filter(({ body }) => body.error?.code === 'pin_wrong')).toHaveLength(5);
    const locked = await typePin(here, userId, '4071');
    expect(told(locked)).toEqual([429, 'pin_locked']);
    expect(locked.body.error).toMatchObject({ params: { minutes: 15 } });
    house.clock.advance({ minutes: 60 });
    for (let tries = 0; tries < 5; tries += 1) {
      expect(told(await typePin(here, userId, '9999'))).toEqual([401, 'pin_wrong']);
    }
    expect((await typePin(here, userId, '4071')).body.error).toMatchObject({ params: { minutes: 30 } });
    const list = await ask('GET', '/api/v1/staff', { cookies: manager });
    const items = list.body.items as unknown as { userId: number; pinLockedUntil: string | null }[];
    expect(items.find((one) => one.userId === userId)?.pinLockedUntil).not.toBeNull();
    const unlocked = await ask('PATCH', `/api/v1/staff/${userId}`, { body: { pin: '5829' }, cookies: manager });
    expect(unlocked.body).toMatchObject({ hasPin: true, pinLockedUntil: null });
    expect((await typePin(here, userId, '5829')).status).toBe(200);
  });

  test('right begins the count anew', async () => {
    const here = await pair(await newStation());
    const userId = await newCashier();
    for (let round = 0; round < 3; round += 1) {
      for (let tries = 0; tries < 4; tries += 1) await typePin(here, userId, '9999');
      expect((await typePin(here, userId, '4071')).status).toBe(200);
    }
  });

  test('wrong twenty times at one station makes it wait for an hour, whoever is tried; others go on', async () => {
    const here = await pair(await newStation());
    const there = await pair(await newStation());
    const people = [];
    for (let at = 0; at < 6; at += 1) people.push(await newCashier());
    const answers = [];
    for (const userId of people) {
      for (let tries = 0; tries < 4; tries += 1) answers.push((await typePin(here, userId, '9999')).body.error?.code);
    }
    expect(answers.filter((code) => code === 'pin_wrong')).toHaveLength(20);
    expect(told(await typePin(here, people[5]!, '4071'))).toEqual([429, 'pin_station_waits']);
    expect((await typePin(there, people[5]!, '4071')).status).toBe(200);
    house.clock.advance({ minutes: 60 });
    expect((await typePin(here, people[5]!, '4071')).status).toBe(200);
  });

  test('guessed by somebody who never sleeps stays unknown: after a month a handful of PINs has been compared', async () => {
    const { platform, clock } = house;
    const stationId = await newStation();
    const userId = await newCashier();
    const found = {
      tenant,
      station: { stationId, name: '', venueCode: null, settings: { lockMinutes: 0, shiftHours: 1 } },
    };
    const end = clock.now().add({ hours: 30 * 24 });
    let compared = 0;
    while (Temporal.Instant.compare(clock.now(), end) < 0) {
      const answer = await checkPin(platform, found, { userId, pin: '9999' });
      if (answer.ok) throw new Error('guessed');
      const { code, params } = answer.refusal;
      if (code === 'pin_wrong') compared += 1;
      else clock.advance({ minutes: Number(params?.minutes) });
    }
    expect(compared).toBe(60);
    await tenant.query('update users set pin_tries = 5000 where company_id = $1 and user_id = $2', [
      tenant.companyId,
      userId,
    ]);
    await checkPin(platform, found, { userId, pin: '9999' });
  });

  test('easy to guess is not taken; nobody learns it from the database, the list or the log', async () => {
    for (const pin of ['0000', '1234', '121212']) {
      const body = { name: `Т ${pin}`, role: 'cashier', pin };
      expect(told(await ask('POST', '/api/v1/staff', { body, cookies: owner }))).toEqual([400, 'pin_trivial']);
    }
    const userId = await newCashier('730915');
    const rows = await tenant.query('select * from users where company_id = $1 and user_id = $2', [
      tenant.companyId,
      userId,
    ]);
    const list = await ask('GET', '/api/v1/staff', { cookies: owner });
    expect(JSON.stringify([rows, list.body]) + house.logged.join()).not.toContain('730915');
    expect(JSON.stringify(rows)).not.toContain(Buffer.from('730915').toString('hex'));
  });

  test('is asked of those only who have one and may work, by name', async () => {
    const here = await pair(await newStation());
    const seen = async () => {
      const { station } = (await ask('GET', '/api/v1/station', { cookies: here })).body as unknown as {
        station: { staff: object[] };
      };
      return station.staff;
    };
    const userId = await newCashier('4071', 'Зоя Видимая');
    expect(await seen()).toContainEqual({ userId, name: 'Зоя Видимая' });
    await ask('PATCH', `/api/v1/staff/${userId}`, { body: { blocked: true }, cookies: owner });
    expect(await seen()).not.toContainEqual({ userId, name: 'Зоя Видимая' });
  });
});

describe('staff', () => {
  const change = (userId: number, body: object, cookies = owner) =>
    ask('PATCH', `/api/v1/staff/${userId}`, { body, cookies });
  const add = (body: object) => ask('POST', '/api/v1/staff', { body, cookies: owner });
  const idOf = async (cookies: Cookies) =>
    ((await ask('GET', '/api/v1/session', { cookies })).body.user as unknown as { id: number }).id;

  test('comes in by e-mail and password, or by a PIN, and an owner by e-mail', async () => {
    const body = { name: 'Пётр', role: 'manager', email: 'Petr@Example.com', password: PASSWORD };
    expect((await add(body)).body).toMatchObject({ email: 'petr@example.com', hasPin: false, blocked: false });
    expect(Object.keys(await signIn('petr@example.com'))).toEqual([SESSION]);
    expect(told(await add({ ...body, name: 'Павел' }))).toEqual([409, 'email_taken']);
    expect(told(await add({ ...body, name: 'Павел', email: 'other@example.com' }))).toEqual([409, 'email_taken']);
    expect(told(await add({ ...body, email: 'new@example.com' }))).toEqual([409, 'name_taken']);
    expect(told(await add({ name: 'Павел', role: 'cashier' }))).toEqual([400, 'staff_needs_way_in']);
    expect(told(await add({ name: 'Павел', role: 'cashier', email: 'a@example.com' }))).toEqual([
      400,
      'staff_needs_way_in',
    ]);
    expect(told(await add({ name: 'Павел', role: 'owner', pin: '4071' }))).toEqual([400, 'staff_needs_email']);
    const userId = await newCashier('4071', 'Павел');
    expect(told(await add({ name: 'павел', role: 'cashier', pin: '5829' }))).toEqual([409, 'name_taken']);
    expect(told(await change(userId, { role: 'owner' }))).toEqual([400, 'staff_needs_email']);
  });

  test('two of one name who come at once are one', async () => {
    const body = { name: 'Близнец', role: 'cashier', pin: '4071' };
    const answers = await Promise.all([add(body), add(body), add(body)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  });

  test('keeps its last owner, also when two demote each other at once, and nobody locks himself out', async () => {
    const first = await idOf(owner);
    expect(told(await change(first, { blocked: true }))).toEqual([409, 'own_access']);
    expect(told(await change(first, { role: 'cashier' }))).toEqual([409, 'own_access']);
    await add({ name: 'Вторая', role: 'owner', email: 'second@example.com', password: PASSWORD });
    const cookies = await signIn('second@example.com');
    const second = await idOf(cookies);
    const answers = await Promise.all([
      change(second, { role: 'manager' }),
      change(first, { role: 'manager' }, cookies),
    ]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const owners = await tenant.query(
      `select user_id from users where company_id = $1 and role = 'owner' and blocked_at is null`,
      [tenant.companyId],
    );
    expect(owners).toHaveLength(1);
    await tenant.query(`update users set role = 'owner' where company_id = $1 and user_id = $2`, [
      tenant.companyId,
      first,
    ]);
    await tenant.query(`update users set role = 'cashier' where company_id = $1 and user_id = $2`, [
      tenant.companyId,
      second,
    ]);
  });

  test('who is blocked is out at once, and stays out until he signs in again', async () => {
    await add({ name: 'Временный', role: 'manager', email: 'gone@example.com', password: PASSWORD });
    const cookies = await signIn('gone@example.com');
    const userId = await idOf(cookies);
    expect((await change(userId, { blocked: true })).body).toMatchObject({ blocked: true });
    expect((await ask('GET', '/console', { cookies })).status).toBe(401);
    expect(await signIn('gone@example.com')).toEqual({});
    expect((await change(userId, { blocked: false })).body).toMatchObject({ blocked: false });
    expect((await ask('GET', '/console', { cookies })).status).toBe(401);
    expect(Object.keys(await signIn('gone@example.com'))).toEqual([SESSION]);
  });

  test('a manager gives PINs to cashiers and himself, and nothing else to nobody', async () => {
    const cashier = await newCashier();
    expect((await change(cashier, { pin: '5829' }, manager)).status).toBe(200);
    expect((await change(await idOf(manager), { pin: '5829' }, manager)).status).toBe(200);
    expect(told(await change(await idOf(owner), { pin: '5829' }, manager))).toEqual([403, 'forbidden']);
    expect(told(await change(cashier, { pin: '5829', role: 'manager' }, manager))).toEqual([403, 'forbidden']);
    expect(told(await change(cashier, { blocked: true }, manager))).toEqual([403, 'forbidden']);
    expect(
      told(await ask('POST', '/api/v1/staff', { body: { name: 'x', role: 'cashier', pin: '4071' }, cookies: manager })),
    ).toEqual([403, 'forbidden']);
  });

  test('a new PIN ends what the old one opened, and no session of a password', async () => {
    const here = await pair(await newStation());
    const userId = await newCashier();
    const cookies = { ...here, ...(await typePin(here, userId, '4071')).cookies };
    expect((await ask('GET', '/sell', { cookies })).status).toBe(200);
    await change(userId, { pin: '5829' });
    expect((await ask('GET', '/sell', { cookies })).status).toBe(401);
    const me = await idOf(manager);
    await change(me, { pin: '5829' }, manager);
    expect((await ask('GET', '/console', { cookies: manager })).status).toBe(200);
  });
});
