import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createForm } from '../../src/features/growth/index.ts';
import { openAccount, registerCheck } from '../../src/features/loyalty/index.ts';
import { addPermanentToken, addUser } from '../../src/features/staff/index.ts';
import { activateCredential, createDesign, issuePass } from '../../src/features/wallet/index.ts';
import { setUpCompany } from '../../src/first-company.ts';
import type { Tenant } from '../../src/platform/database/index.ts';
import { API_TOKEN, newPhoneNumber, OWNER, startTestServer, type TestServer } from '../server.ts';
import { testDraft, testFiles } from '../wallet-design.ts';
import { type Answer, call, signIn } from './calls.ts';
import { allRoutes, type Route } from './routes.ts';
import { sampleOf, sampleQuery } from './rubbish.ts';

// Two companies in one installation. Whatever one of them asks with an id of the other is answered like a random id.

let server: TestServer;
let routes: Route[];
/** What belongs to the other company, and of the same kind what belongs to nobody. */
let theirs: Belongings;
const nobodys: Belongings = {
  accountId: 8_888_888,
  checkId: 8_888_888,
  credentialId: 88_888,
  programmeId: 88_888,
  guestId: 8_888_888,
  stationId: 88_888,
  userId: 88_888,
  passId: 8_888_888,
  designId: 88_888,
  bundleId: 88_888,
  formId: 'nobody',
  guid: randomUUID(),
  checkGuid: randomUUID(),
  phone: newPhoneNumber(),
  serial: 'ZZZZZZZZZZZZZZZZ',
};
type Belongings = Record<
  | 'accountId'
  | 'checkId'
  | 'credentialId'
  | 'programmeId'
  | 'guestId'
  | 'stationId'
  | 'userId'
  | 'passId'
  | 'designId'
  | 'bundleId',
  number
> &
  Record<'formId' | 'guid' | 'checkGuid' | 'phone' | 'serial', string>;
let roles: Record<string, Record<string, string>>;

beforeAll(async () => {
  server = await startTestServer();
  // Till scripts come with the key of a station, which is of one company: the story of codes tells of them.
  const ofScripts = ({ path }: Route) => path.startsWith('/api/v1/stations/self/');
  routes = allRoutes(server).filter((route) => route.path.startsWith('/api/v') && !ofScripts(route));
  const other = await setUpCompany(server.running.app.platform, {
    email: 'other@example.com',
    password: 'other-password',
  });
  theirs = await fillCompany(other);
  const manager = { email: 'manager@chaika.example', password: 'manager-of-chaika' };
  await addUser(server.running.app.platform, server.running.tenant, {
    ...manager,
    name: 'Управляющая',
    role: 'manager',
  });
  roles = {
    owner: await signIn(server, OWNER),
    manager: await signIn(server, manager),
    cashier: await signIn(server, server.cashier),
    'permanent token': { authorization: `Bearer ${API_TOKEN}` },
    nobody: {},
  };
  const login = await call(server, {
    path: '/api/v0/auth/login',
    body: { login: OWNER.email, password: OWNER.password },
  });
  roles['access token'] = { authorization: `Bearer ${login.body.accessToken}` };
});
afterAll(() => server?.stop());

/** A guest with a card and a check in a company that is not the demo's. */
async function fillCompany(tenant: Tenant): Promise<Belongings> {
  const { platform, wallet } = server.running.app;
  const phone = newPhoneNumber();
  const profile = {
    firstName: 'Чужая',
    lastName: 'Гостья',
    middleName: '',
    birthday: null,
    sex: null,
    email: null,
    language: 'ru',
  } as const;
  const identifiers = [{ kind: 'phone', value: phone, main: true, verifiedAt: null }] as const;
  const opened = await openAccount(platform, tenant, { groupId: 3, profile, identifiers });
  if (!opened.ok) throw new Error(opened.refusal.code);
  const { accountId } = opened.value;
  const checkGuid = randomUUID();
  const sale = {
    mode: 'reported',
    accountId,
    source: 'probonus',
    externalId: checkGuid,
    money: 10_000n,
    spend: 0n,
  } as const;
  const sold = await registerCheck(platform, tenant, sale);
  if (!sold.ok) throw new Error(sold.refusal.code);
  const { reissueLeaf } = await import('@tessera/testkit');
  const chain = await reissueLeaf(server.world.chain, {
    passTypeIdentifier: 'pass.example.other',
    teamIdentifier: 'OTHER00001',
    now: server.clock.now(),
  });
  const credential = await activateCredential(wallet, tenant, {
    name: 'Другая',
    passTypeIdentifier: chain.passTypeIdentifier,
    teamIdentifier: chain.teamIdentifier,
    certificate: chain.leaf.certificateDer,
    privateKey: Buffer.from(chain.leaf.privateKeyPem),
    intermediate: chain.intermediate.certificateDer,
    demo: true,
  });
  if (!credential.ok) throw new Error(credential.refusal.code);
  const [programme] = await server.query<{ programme_id: number }>(
    'select programme_id from programmes where company_id = $1',
    [tenant.companyId],
  );
  const design = {
    name: 'Чужая карта',
    programmeId: programme!.programme_id,
    credentialId: credential.value,
    draft: testDraft(),
    files: testFiles,
  };
  const made = await createDesign(wallet, tenant, design);
  if (!made.ok) throw new Error(made.refusal.code);
  const { designId } = made.value;
  await createForm(platform, tenant, {
    formId: 'other',
    designId,
    groupId: 3,
    body: {},
  });
  const pass = await issuePass(wallet, tenant, { accountId, designId });
  if (!pass.ok) throw new Error(pass.refusal.code);
  await addPermanentToken(platform, tenant, 'Чужой', 'permanent-token-of-another');
  const { guid, serial, passId } = pass.value;
  const [bundle] = await server.query<{ bundle_id: number }>(
    `insert into pass_bundles (company_id, name, name_key, programme_id, design_ids, created_at, updated_at)
     values ($1, 'Чужой набор', 'чужой набор', $2, array[$3::integer], now(), now()) returning bundle_id`,
    [tenant.companyId, programme!.programme_id, designId],
  );
  const [station] = await server.query<{ station_id: number }>(
    `insert into stations (company_id, name, created_at) values ($1, 'Чужая касса', now()) returning station_id`,
    [tenant.companyId],
  );
  const [user] = await server.query<{ user_id: number }>('select user_id from users where company_id = $1', [
    tenant.companyId,
  ]);
  const [account] = await server.query<{ guest_id: string }>('select guest_id from accounts where account_id = $1', [
    accountId,
  ]);
  return {
    accountId,
    checkId: sold.value.checkId,
    credentialId: credential.value,
    programmeId: programme!.programme_id,
    guestId: Number(account!.guest_id),
    stationId: station!.station_id,
    userId: user!.user_id,
    passId,
    designId,
    bundleId: bundle!.bundle_id,
    formId: 'other',
    guid,
    checkGuid,
    phone,
    serial,
  };
}

/** An answer without the long ids that were asked for: those differ by nature. */
function tell({ status, text }: Answer, belongings: Belongings): string {
  const ids = Object.values(belongings).map(String);
  return ids.filter((id) => id.length > 5).reduce((shown, id) => shown.replaceAll(id, '…'), `${status} ${text}`);
}

function ask(route: Route, belongings: Belongings, headers: Record<string, string>): Promise<Answer> {
  const path = route.path.replace(/:(\w+)/g, (_, name: string) => String(belongings[name as keyof Belongings] ?? '1'));
  const sample = route.body ? (sampleOf(route.body) as Record<string, unknown>) : undefined;
  const known = Object.entries(belongings).filter(([name]) => sample && name in sample);
  const query = sample && 'query' in sample ? { query: belongings.phone } : {};
  const body = sample && { ...sample, ...Object.fromEntries(known), ...query };
  return call(server, { method: route.method, path, headers, ...(body ? { body } : {}) });
}

describe('another company', () => {
  test('its ids are answered like random ids, on every route, for every role and token', async () => {
    const asked = routes.filter(
      ({ path, body }) => path.includes(':') || /accountId|phone|query|checkGuid/.test(JSON.stringify(body)),
    );
    expect(asked.length).toBeGreaterThan(14);
    await server.still();
    const before = await server.countRows();
    for (const route of asked) {
      // A new account with a phone that another company knows is nothing to refuse.
      if (route.path.endsWith('insert_by_template')) continue;
      // Each request for a PIN is written and has a number of its own: the story of codes compares these answers.
      if (route.path === '/api/v1/till/authorize') continue;
      for (const [role, headers] of Object.entries(roles)) {
        const their = tell(await ask(route, theirs, headers), theirs);
        expect(their, `${role}: ${route.method} ${route.path}`).toBe(tell(await ask(route, nobodys, headers), nobodys));
        expect(their, `${role}: ${route.method} ${route.path}`).not.toMatch(/^5/);
      }
    }
    expect(await server.countRows()).toEqual(before);
  });

  test('its card code is unknown at our till, its phone opens no account of ours', async () => {
    for (const query of [theirs.serial, theirs.guid, theirs.phone]) {
      const found = await call(server, { path: '/api/v1/till/find', body: { query }, headers: roles.cashier! });
      expect(found.body).toMatchObject({ error: { code: 'account_not_found' } });
    }
    const list = await call(server, { path: `/api/v1/accounts?search=${theirs.phone}`, headers: roles.owner! });
    expect(list.body.items).toEqual([]);
  });

  test('lists hold nothing of it', async () => {
    const lists = routes.filter(({ method, path }) => method === 'GET' && !path.includes(':'));
    // What a program asks with a query is no list of anything.
    for (const route of lists.filter(({ path, query }) => !path.startsWith('/api/v0/') || query.length === 0)) {
      const answer = await call(server, {
        path: route.path + (route.path.endsWith('accounts') ? '?limit=200' : sampleQuery(route)),
        headers: { ...roles.owner!, 'x-api-token': API_TOKEN },
      });
      expect(answer.status, route.path).toBe(200);
      expect(answer.text).not.toMatch(/Чужая|Другая|pass\.example\.other/);
    }
  });

  test('a phone and a check key may be the same in both companies', async () => {
    const headers = roles['permanent token']!;
    const body = { accountGroupId: 3, phone: `+${theirs.phone}`, firstName: 'Наша' };
    const opened = await call(server, { path: '/api/v0/accounts/insert_by_template', body, headers });
    expect(opened.status).toBe(200);
    const sale = { checkGuid: theirs.checkGuid, accountId: opened.body.accountId, moneySpentSum: 20_000 };
    const sold = await call(server, { path: '/api/v0/external/register_check', body: sale, headers });
    expect(sold.body).toMatchObject({ accrued: 600 });
    const other = { authorization: 'Bearer permanent-token-of-another' };
    const theirView = await call(server, {
      path: '/api/v0/accounts/find_by_phone',
      body: { phone: theirs.phone },
      headers: other,
    });
    expect(theirView.body).toMatchObject({ accountId: theirs.accountId, firstName: 'Чужая', balance: 300 });
  });

  test('its form gives its own card, a form and a card of the other do not mix', async () => {
    const page = await call(server, { path: `/n/other/${randomUUID()}` });
    expect(page.headers.get('location')).toBe('/n/other');
    const token = { authorization: 'ApplePass 0123456789abcdef0123456789abcdef' };
    const type = server.world.chain.passTypeIdentifier;
    const mixed = await call(server, { path: `/wallet/apple/v1/passes/${type}/${theirs.serial}`, headers: token });
    const random = await call(server, { path: `/wallet/apple/v1/passes/${type}/${nobodys.serial}`, headers: token });
    expect(tell(mixed, theirs)).toBe(tell(random, nobodys));
  });

  test('every table of tenants has forced row security', async () => {
    const open = await server.query(
      `select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'company_id'
       where c.relkind in ('r', 'p') and c.relnamespace = 'tessera'::regnamespace and c.relname <> 'directory'
         and not (c.relrowsecurity and c.relforcerowsecurity)`,
    );
    expect(open).toEqual([]);
  });
});
