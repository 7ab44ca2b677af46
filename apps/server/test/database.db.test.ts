import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from './database.ts';

let database: TestDatabase;
let client: Client;
beforeAll(async () => {
  database = await createTestDatabase();
  client = new Client({ connectionString: database.connectionString });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

describe('a test database', () => {
  test('is migrated', async () => {
    const { rows } = await client.query(`select count(*)::int as tables from pg_tables where schemaname = 'tessera'`);
    expect(rows[0].tables).toBeGreaterThan(0);
  });

  test('is nobody else’s: what one file writes no other file sees', async () => {
    await client.query('create table only_here (id int)');
    const other = await createTestDatabase();
    const visitor = new Client({ connectionString: other.connectionString });
    await visitor.connect();
    const { rows } = await visitor.query(`select to_regclass('only_here') as found`);
    await visitor.end();
    await other.drop();
    expect(rows[0].found).toBeNull();
  });

  test('compares and finds Cyrillic as people do', async () => {
    const { rows } = await client.query(`
      select upper('ёжик') as upper, 'ИВАНОВ' ~* 'иванов' as matches, lower('ЩУКА') = 'щука' as lower,
             current_setting('server_encoding') as encoding`);
    expect(rows[0]).toEqual({ upper: 'ЁЖИК', matches: true, lower: true, encoding: 'UTF8' });
    await client.query('create extension if not exists pg_trgm with schema public');
    const { rows: grams } = await client.query(`select public.similarity('Иванов', 'Иванова') > 0.5 as alike`);
    expect(grams[0].alike).toBe(true);
  });
});
