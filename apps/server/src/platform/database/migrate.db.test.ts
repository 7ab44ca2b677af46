import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { openDatabase } from './index.ts';
import { type Migration, migrate, NewerSchemaError, readMigrations } from './migrate.ts';

let testDatabase: TestDatabase;
let admin: pg.Client;
const made: string[] = [];
const roles: string[] = [];
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  admin = new pg.Client({ connectionString: testDatabase.connectionString });
  await admin.connect();
});
afterAll(async () => {
  for (const name of made) await admin.query(`drop database if exists ${name} with (force)`);
  for (const role of roles) await admin.query(`drop role if exists ${role}`);
  await admin.end();
  await testDatabase.drop();
});

const unique = (prefix: string) => `${prefix}_${randomBytes(6).toString('hex')}`;

/** An empty database beside the test's own. */
async function emptyDatabase(owner?: { name: string; password: string }): Promise<string> {
  const name = unique('migrate_test');
  await admin.query(`create database ${name}${owner ? ` owner ${owner.name}` : ''}`);
  made.push(name);
  const url = new URL(testDatabase.connectionString);
  url.pathname = `/${name}`;
  if (owner) Object.assign(url, { username: owner.name, password: owner.password });
  return url.href;
}

async function makeRole(rights: string): Promise<{ name: string; password: string }> {
  const role = { name: unique('tessera_test_role'), password: randomBytes(12).toString('hex') };
  await admin.query(`create role ${role.name} login nosuperuser ${rights} password '${role.password}'`);
  roles.push(role.name);
  return role;
}

async function ask<R extends pg.QueryResultRow>(connectionString: string, query: string): Promise<R[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query<R>(query)).rows;
  } finally {
    await client.end();
  }
}

const history = (connectionString: string) =>
  ask<{ id: number; name: string }>(connectionString, 'select id, name from tessera.migrations order by id');

function further(id: number, sql: string, breaking = false): Migration {
  const hash = createHash('sha256').update(sql).digest('hex');
  return { id, name: `${id}-further.sql`, sql, hash, breaking };
}

describe('migrating', () => {
  test('five processes at once on an empty database: one history and no error', async () => {
    const connectionString = await emptyDatabase();
    const told: string[] = [];
    const racing = Array.from({ length: 5 }, () => migrate({ connectionString, log: (line) => told.push(line) }));
    expect((await Promise.allSettled(racing)).filter(({ status }) => status === 'rejected')).toEqual([]);
    const wanted = await readMigrations();
    expect(await history(connectionString)).toEqual(wanted.map(({ id, name }) => ({ id, name })));
    expect(told).toEqual(wanted.map(({ name }) => `migrating: ${name}`));
  });

  test('a migrated database is left as it is', async () => {
    const connectionString = await emptyDatabase();
    await migrate({ connectionString });
    const told: string[] = [];
    await migrate({ connectionString, log: (line) => told.push(line) });
    expect(told).toEqual([]);
  });

  test('an old program refuses a newer schema that breaks it, and says what to do', async () => {
    const connectionString = await emptyDatabase();
    const newer = further(9001, '--! breaking-change\nalter table tessera.venues rename to places;', true);
    await migrate({ connectionString, migrations: [...(await readMigrations()), newer] });
    const refused = migrate({ connectionString });
    await expect(refused).rejects.toThrow(NewerSchemaError);
    await expect(refused).rejects.toThrow(/newer Tessera \(9001-further\.sql\)\. Start that version\./);
  });

  test('an old program lives with a newer schema that does not break it', async () => {
    const connectionString = await emptyDatabase();
    const newer = further(9001, 'create table tessera.further (id integer);');
    await migrate({ connectionString, migrations: [...(await readMigrations()), newer] });
    await expect(migrate({ connectionString })).resolves.toBeUndefined();
  });

  test('a migration that was edited after it had been applied is refused', async () => {
    const connectionString = await emptyDatabase();
    const [ground, ...rest] = await readMigrations();
    const first = further(9001, 'create table tessera.further (id integer);');
    await migrate({ connectionString, migrations: [ground!, ...rest, first] });
    const edited = further(9001, 'create table tessera.further (id bigint);');
    await expect(migrate({ connectionString, migrations: [ground!, ...rest, edited] })).rejects.toThrow(
      /9001-further\.sql was edited/,
    );
  });

  test('a migration that fails leaves nothing behind, and the next start tries it again', async () => {
    const connectionString = await emptyDatabase();
    const known = await readMigrations();
    const failing = further(9001, 'create table tessera.half (id integer); select 1 / 0;');
    await expect(migrate({ connectionString, migrations: [...known, failing] })).rejects.toThrow(/division by zero/);
    expect(await history(connectionString)).toHaveLength(known.length);
    expect(await ask(connectionString, `select to_regclass('tessera.half') as half`)).toEqual([{ half: null }]);
    const mended = further(9001, 'create table tessera.half (id integer);');
    await migrate({ connectionString, migrations: [...known, mended] });
    expect(await history(connectionString)).toHaveLength(known.length + 1);
  });

  test('the files are numbered one after the other', async () => {
    const ids = (await readMigrations()).map(({ id }) => id);
    expect(ids).toEqual(ids.map((_, index) => index + 1));
  });
});

describe('a database of one’s own', () => {
  // The second role may make roles, but the application role of this server belongs to somebody else.
  test.each(['nocreaterole', 'createrole'])(
    'a login without special rights (%s) is bound by row security too',
    async (rights) => {
      const role = await makeRole(rights);
      const connectionString = await emptyDatabase(role);
      await migrate({ connectionString });
      await migrate({ connectionString });
      const database = openDatabase({ connectionString, size: 2 });
      try {
        const me = await database.platform.query('select current_user::text as me', []);
        expect(me).toEqual([{ me: role.name }]);
        for (const companyId of [1, 2]) {
          await database.tenant(companyId).query(
            `insert into companies (company_id, name, language, currency, time_zone, country, created_at)
           values ($1, 'Траттория', 'ru', 'RUB', 'Europe/Moscow', 'RU', now())`,
            [companyId],
          );
        }
        const seen = await database.tenant(1).query('select company_id from companies', []);
        expect(seen).toEqual([{ company_id: 1 }]);
        await expect(
          database.tenant(1).query('delete from companies where company_id = 2 returning 1', []),
        ).resolves.toEqual([]);
        expect(await database.platform.query('select company_id from companies', [])).toEqual([]);
      } finally {
        await database.end();
      }
    },
  );
});
