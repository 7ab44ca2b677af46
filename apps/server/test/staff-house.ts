import {
  addUser,
  createApiClients,
  createDoor,
  staffMemberRoutes,
  staffRoutes,
  stationsRoutes,
} from '../src/features/staff/index.ts';
import { addVenue, createCompanies, createCompany } from '../src/features/tenancy/index.ts';
import type { Tenant } from '../src/platform/database/index.ts';
import { createHttp, sendRefusal } from '../src/platform/http/index.ts';
import { createTestHouse, type TestHouse } from './platform.ts';

export const PASSWORD = 'correct horse';
export const HOST = 'cards.example';
export const STATION = '__Host-tessera-station';
export const SESSION = '__Host-tessera';

export type Cookies = Record<string, string>;
export type Answer = { status: number; body: Record<string, never> & { error?: { code: string } }; cookies: Cookies };
/** What was refused, or the answer. */
export const told = ({ status, body }: Answer) => (body.error ? [status, body.error.code] : [status, body]);
export const codeOf = (url: string): string => url.split('#pair=')[1]!;

export type StaffHouse = Awaited<ReturnType<typeof createStaffHouse>>;

/** A company with an owner, a manager and a venue, another company beside it, and the routes of staff and stations. */
export async function createStaffHouse() {
  const house = await createTestHouse();
  const { tenant, other } = await fillHouse(house);
  const { platform } = house;
  const { log, metrics, texts } = platform;
  const http = await createHttp({ log, metrics, texts, trustProxy: true, secure: true });
  const { authorize } = createDoor({ platform, apiClients: createApiClients(platform), secure: true });
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

  let asked = 0;
  /** As the proxy before us tells it: each call from another address, since one address may not try often. */
  async function ask(method: string, url: string, { body, cookies = {} }: { body?: object; cookies?: Cookies } = {}) {
    asked += 1;
    const cookie = Object.entries(cookies)
      .map(([name, value]) => `${name}=${value}`)
      .join('; ');
    const response = await http.inject({
      method: method as 'GET',
      url,
      headers: { host: HOST, 'x-forwarded-for': `192.0.2.${asked % 250}`, cookie },
      ...(body ? { payload: body } : {}),
    });
    const set = Object.fromEntries(response.cookies.map(({ name, value }) => [name, value]));
    const parsed = response.body ? JSON.parse(response.body) : {};
    return { status: response.statusCode, body: parsed, cookies: set } as Answer;
  }

  const signIn = async (email: string): Promise<Cookies> =>
    (await ask('POST', '/api/v1/session', { body: { email, password: PASSWORD } })).cookies;
  const owner = await signIn('owner@example.com');
  const newCode = async (stationId: number): Promise<string> =>
    codeOf(String((await ask('POST', `/api/v1/stations/${stationId}/pairing`, { cookies: owner })).body.url));
  return {
    ...house,
    http,
    tenant,
    other,
    ask,
    signIn,
    newCode,
    owner,
    manager: await signIn('manager@example.com'),
    async newStation(name = `Касса ${Math.random()}`): Promise<number> {
      const made = await ask('POST', '/api/v1/stations', { body: { name, venueCode: 7 }, cookies: owner });
      if (made.status !== 200) throw new Error(JSON.stringify(made.body));
      return Number(made.body.stationId);
    },
    async pair(stationId: number): Promise<Cookies> {
      const paired = await ask('POST', '/api/v1/station/pair', { body: { code: await newCode(stationId) } });
      if (paired.status !== 200) throw new Error(JSON.stringify(paired.body));
      return paired.cookies;
    },
    async newCashier(pin = '4071', name = `Кассир ${Math.random()}`): Promise<number> {
      const made = await ask('POST', '/api/v1/staff', { body: { name, role: 'cashier', pin }, cookies: owner });
      if (made.status !== 200) throw new Error(JSON.stringify(made.body));
      return Number(made.body.userId);
    },
    typePin: (cookies: Cookies, userId: number, pin: string) =>
      ask('POST', '/api/v1/station/session', { body: { userId, pin }, cookies }),
    async close() {
      await http.close();
      await house.close();
    },
  };
}

async function fillHouse({ platform }: TestHouse): Promise<{ tenant: Tenant; other: Tenant }> {
  const company = { language: 'ru', currency: 'RUB', timeZone: 'Europe/Moscow', country: 'RU', demo: false } as const;
  const tenant = await createCompany(platform, { ...company, name: 'Траттория' });
  const other = await createCompany(platform, { ...company, name: 'Кофейня' });
  await addVenue(tenant, { code: 7, name: 'На углу' });
  const people = [
    [tenant, 'owner@example.com', 'Анна', 'owner'],
    [tenant, 'manager@example.com', 'Мария', 'manager'],
    [other, 'other@example.com', 'Ольга', 'owner'],
  ] as const;
  for (const [company, email, name, role] of people) {
    await addUser(platform, company, { email, name, role, password: PASSWORD });
  }
  return { tenant, other };
}
