import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestHouse, type TestHouse } from '../../../../test/platform.ts';
import type { Tenant } from '../../../platform/database/index.ts';
import { createCompany } from '../../tenancy/index.ts';
import { addGuest, addIdentifier, foundParameters, guestsFound, readGuestSearch } from '../index.ts';

let house: TestHouse;
let tenant: Tenant;
let stranger: Tenant;

beforeAll(async () => {
  house = await createTestHouse();
  const company = { name: 'Траттория', language: 'ru', currency: 'RUB', timeZone: 'Europe/Moscow' } as const;
  tenant = await createCompany(house.platform, { ...company, country: 'RU', demo: false });
  stranger = await createCompany(house.platform, { ...company, country: 'RU', demo: false });
});
afterAll(() => house.close());

async function find(of: Tenant, typed: string, max: number | null = null): Promise<number[]> {
  const rows = await of.query<{ guest_id: bigint }>(
    `with ${guestsFound(2)} select guest_id from guests_found order by 1`,
    [of.companyId, ...foundParameters(readGuestSearch(typed), max)],
  );
  return rows.map((row) => Number(row.guest_id));
}

test('a guest is found by the beginning of names, phone, e-mail and numbers, and by the last digits', async () => {
  const now = house.platform.clock.now();
  const names = { middleName: '', birthday: null, sex: null, language: 'ru' } as const;
  const profile = { ...names, firstName: 'Алёна', lastName: 'Черёмухина', email: 'Alena@Example.com' };
  const guestId = await addGuest(tenant, tenant.companyId, profile, now);
  for (const [kind, value] of [
    ['phone', '79161234567'],
    ['card', '0077001234'],
    ['external', 'crm-15'],
  ] as const) {
    await addIdentifier(tenant, tenant.companyId, guestId, { kind, value, main: true, verifiedAt: null }, now);
  }
  const fitting = ['алена', 'Черём', 'ЧЕРЕМУХИНА АЛ', 'ал чер', '+7 (916) 123-45', '8916123', '9161', '4567', '12-34'];
  for (const typed of [...fitting, 'alena@', '007700', 'crm-1']) {
    expect(await find(tenant, typed), typed).toEqual([guestId]);
    expect(await find(stranger, typed), typed).toEqual([]);
  }
  for (const typed of ['черемухина борис', '7999999', '9999', 'лена', '%', '_', 'crm-2', '567'])
    expect(await find(tenant, typed), typed).toEqual([]);
});

async function analyse(): Promise<void> {
  const owner = new pg.Client({ connectionString: house.connectionString });
  await owner.connect();
  await owner.query('analyze tessera.guests, tessera.guest_identifiers');
  await owner.end();
}

// Row security would keep any index from serving `like`: a query that seems to have one reads every guest.
test('every way of finding reads an index, whatever stands in the tables', async () => {
  await tenant.query(
    `insert into guests (company_id, first_name, last_name, email, language, created_at)
     select $1, 'Имя' || chr(1072 + n % 32), 'Фамилия' || chr(1072 + n % 32), 'g' || n || '@example.com', 'ru', now() from generate_series(1, 5000) n`,
    [tenant.companyId],
  );
  await tenant.query(
    `insert into guest_identifiers (company_id, kind, value, guest_id, main, created_at)
     select $1, kind, 7900000000 + guest_id, guest_id, true, now()
     from guests, unnest(array['phone', 'card']) kind where company_id = $1 and last_name like 'Фамилия%'`,
    [tenant.companyId],
  );
  expect(await find(tenant, 'фамилия', 10)).toHaveLength(10);
  await analyse();
  const plan = await tenant.query<{ 'QUERY PLAN': string }>(
    `explain with ${guestsFound(2)} select guest_id from guests_found`,
    [
      tenant.companyId,
      ...foundParameters(readGuestSearch('фамилия а'), 200)
        .with(2, ['7900'])
        .with(3, ['7900\u{10ffff}'])
        .with(4, '4321'),
    ],
  );
  const text = plan.map((row) => row['QUERY PLAN']).join('\n');
  expect(text).not.toMatch(/Seq Scan/);
  const conditions = [...text.matchAll(/Index Cond: (.*)/g)].map(([, condition]) => condition);
  expect(conditions).toHaveLength(6);
  for (const condition of conditions)
    expect(condition).toMatch(/(\w+_key|value|value_end)\)?(::text)? >= .*\1\)?(::text)? </);
});
