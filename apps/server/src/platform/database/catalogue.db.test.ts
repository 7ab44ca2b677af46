import { readFile } from 'node:fs/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { type Database, openDatabase } from './index.ts';
import { dumpSchema } from './schema-dump.ts';

/** The tables that belong to no company, each for its reason; every other one is a tenant's. */
const beforeAnyCompany = [
  'directory', // which company a public key leads to: asked before any company is known
  'settings', // of the installation
  'paces', // of the installation: how fast it may ask something outside
  'migrations', // of the database
];
/** Written inside a company, drained for all of them: policies of its own (see the end of the first migration). */
const drainedForAll = ['outbox'];

let testDatabase: TestDatabase;
let admin: pg.Client;
let database: Database;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  admin = new pg.Client({ connectionString: testDatabase.connectionString });
  await admin.connect();
  await admin.query('set search_path = tessera, public');
  database = openDatabase({ connectionString: testDatabase.connectionString, size: 4 });
});
afterAll(async () => {
  await database.end();
  await admin.end();
  await testDatabase.drop();
});

type TenantTable = { name: string; secured: boolean; forced: boolean; policies: string[]; keyLead: string | null };

async function tenantTables(): Promise<TenantTable[]> {
  const { rows } = await admin.query<TenantTable>(
    `select c.relname as name, c.relrowsecurity as secured, c.relforcerowsecurity as forced,
            array(select polname::text from pg_policy where polrelid = c.oid order by polname) as policies,
            (select a.attname from pg_constraint k join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1]
             where k.conrelid = c.oid and k.contype = 'p') as "keyLead"
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'tessera' and c.relkind in ('r', 'p') and c.relname <> all($1) order by c.relname`,
    [beforeAnyCompany],
  );
  return rows;
}

describe('the schema', () => {
  test('is what schema.sql says: write it anew after a migration (node scripts/schema.ts --write)', async () => {
    const committed = await readFile(new URL('schema.sql', import.meta.url), 'utf8');
    expect(await dumpSchema(testDatabase.connectionString)).toBe(committed);
  });

  test('leads the primary key of every tenant table with the company', async () => {
    const tables = await tenantTables();
    expect(tables.length).toBeGreaterThan(25);
    const wrong = tables.filter(({ name, keyLead }) => keyLead !== 'company_id' && !drainedForAll.includes(name));
    expect(wrong).toEqual([]);
  });

  test('forces row security on every tenant table', async () => {
    const wrong = (await tenantTables()).filter(({ secured, forced }) => !secured || !forced);
    expect(wrong).toEqual([]);
  });

  test('lets every tenant table be seen by its own company only', async () => {
    const { rows } = await admin.query(
      `select distinct c.relname as name, p.polname as policy, pg_get_expr(p.polqual, p.polrelid) as sees
       from pg_policy p join pg_class c on c.oid = p.polrelid where c.relname <> all($1)`,
      [drainedForAll],
    );
    const tables = (await tenantTables()).filter(({ name }) => !drainedForAll.includes(name));
    expect(rows.map(({ name }) => name).sort()).toEqual(tables.map(({ name }) => name).sort());
    const own = /^\(company_id = \( SELECT .*current_setting\('tessera\.company_id'::text, true\)/;
    expect(rows.filter(({ policy, sees }) => policy !== 'own_company' || !own.test(sees))).toEqual([]);
  });

  test('carries the company in every foreign key between tenant tables', async () => {
    const { rows } = await admin.query(
      `select k.conname, k.conrelid::regclass::text as from, k.confrelid::regclass::text as to,
              (select array_agg(a.attname::text) from pg_attribute a
               where a.attrelid = k.conrelid and a.attnum = any(k.conkey)) as columns
       from pg_constraint k join pg_namespace n on n.oid = k.connamespace
       where k.contype = 'f' and n.nspname = 'tessera'`,
    );
    expect(rows.length).toBeGreaterThan(25);
    expect(rows.filter(({ columns }) => !columns.includes('company_id'))).toEqual([]);
  });

  test('begins every index of a tenant table with the company, so that a query in a company reads only its own', async () => {
    const { rows } = await admin.query(
      `select c.relname as index, t.relname as table, a.attname as lead
       from pg_index i join pg_class c on c.oid = i.indexrelid join pg_class t on t.oid = i.indrelid
       join pg_namespace n on n.oid = t.relnamespace
       left join pg_attribute a on a.attrelid = t.oid and a.attnum = i.indkey[0]
       where n.nspname = 'tessera' and t.relname <> all($1)`,
      [beforeAnyCompany],
    );
    expect(rows.filter(({ lead }) => lead !== 'company_id')).toEqual([]);
  });
});

async function addCompany(companyId: number): Promise<void> {
  await database.tenant(companyId).query(
    `insert into companies (company_id, name, language, currency, time_zone, country, created_at)
     values ($1, 'Траттория', 'ru', 'RUB', 'Europe/Moscow', 'RU', now())`,
    [companyId],
  );
}

describe('the application role', () => {
  const foreign = 702;
  const own = 701;
  beforeAll(async () => {
    await addCompany(own);
    await addCompany(foreign);
    await database
      .tenant(foreign)
      .query(`insert into guests (company_id, first_name, language, created_at) values ($1, 'Мария', 'ru', now())`, [
        foreign,
      ]);
  });

  test('runs every query although the login role is a superuser', async () => {
    const { rows } = await admin.query(`select rolsuper from pg_roles where rolname = current_user`);
    expect(rows).toEqual([{ rolsuper: true }]);
    const asked = await database.platform.query(
      `select current_user::text as me, rolsuper, rolbypassrls from pg_roles where rolname = current_user`,
      [],
    );
    expect(asked).toEqual([{ me: 'tessera_app', rolsuper: false, rolbypassrls: false }]);
  });

  test('sees nothing of another company, even when a query names it', async () => {
    const tables = await tenantTables();
    for (const { name } of tables) {
      const rows = await database
        .tenant(own)
        .query<{ count: number }>(`select count(*)::integer as count from ${name} where company_id = $1`, [foreign]);
      expect({ name, ...rows[0] }).toEqual({ name, count: 0 });
    }
    const there = await database
      .tenant(foreign)
      .query('select first_name from guests where company_id = $1', [foreign]);
    expect(there).toEqual([{ first_name: 'Мария' }]);
  });

  test('changes and deletes nothing of another company, and writes nothing into it', async () => {
    const tenant = database.tenant(own);
    expect(
      await tenant.query(`update guests set first_name = 'x' where company_id = $1 returning 1`, [foreign]),
    ).toEqual([]);
    expect(await tenant.query('delete from guests where company_id = $1 returning 1', [foreign])).toEqual([]);
    await expect(
      tenant.query(`insert into guests (company_id, first_name, language, created_at) values ($1, 'x', 'ru', now())`, [
        foreign,
      ]),
    ).rejects.toThrow(/row-level security/);
    await expect(
      tenant.query(`insert into outbox (company_id, kind, payload, created_at) values ($1, 'x', '{}', now())`, [
        foreign,
      ]),
    ).rejects.toThrow(/row-level security/);
  });

  test('sees no tenant row outside of any company', async () => {
    for (const { name } of await tenantTables()) {
      const rows = await database.platform.query(`select count(*)::integer as count from ${name}`, []);
      expect({ name, ...rows[0] }).toEqual({ name, count: 0 });
    }
  });

  test.each(['entries', 'rules'])('can add to %s and read them, but neither change nor delete', async (table) => {
    const tenant = database.tenant(own);
    await expect(tenant.query(`update ${table} set body = '{}' where company_id = $1`, [own])).rejects.toThrow(
      /permission denied/,
    );
    await expect(tenant.query(`delete from ${table} where company_id = $1`, [own])).rejects.toThrow(
      /permission denied/,
    );
    expect(await tenant.query(`select 1 from ${table} where company_id = $1`, [own])).toEqual([]);
  });

  test('cannot rewrite the history of migrations, empty a table or look at the jobs', async () => {
    const { platform } = database;
    await expect(platform.query('delete from migrations', [])).rejects.toThrow(/permission denied/);
    await expect(platform.query('truncate entries', [])).rejects.toThrow(/permission denied/);
    await expect(platform.query('select 1 from graphile_worker.jobs', [])).rejects.toThrow(/permission denied/);
  });

  test.each([0, -1, 1.5, Number.NaN])('stands for no company %d', (companyId) => {
    expect(() => database.tenant(companyId)).toThrow('Not a company id');
  });
});
