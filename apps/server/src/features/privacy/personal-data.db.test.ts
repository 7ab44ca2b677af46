import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { describePersonalData, PERSONAL_DATA, TELLING } from './personal-data.ts';

let testDatabase: TestDatabase;
let schema: ReadonlyMap<string, readonly string[]>;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  const client = new pg.Client({ connectionString: testDatabase.connectionString });
  await client.connect();
  const { rows } = await client.query<{ table: string; columns: string[] }>(
    `select table_name as table, array_agg(column_name::text order by ordinal_position) as columns
     from information_schema.columns where table_schema = 'tessera' group by table_name order by table_name`,
  );
  await client.end();
  schema = new Map(rows.map(({ table, columns }) => [table, columns]));
});
afterAll(() => testDatabase.drop());

const named = (table: string): readonly string[] => PERSONAL_DATA[table]?.flatMap(({ columns }) => columns) ?? [];
const goesWhole = (table: string): boolean =>
  (PERSONAL_DATA[table] ?? []).some(({ fate, columns }) => fate === 'deleted' && columns.length === 0);

test('every table says what erasing a guest does to it', () => {
  expect(Object.keys(PERSONAL_DATA).sort()).toEqual([...schema.keys()].sort());
});

test('every column whose name tells of people is named, unless its row goes; and what is named is there', () => {
  const forgotten: string[] = [];
  const unknown: string[] = [];
  for (const [table, columns] of schema) {
    const known = named(table);
    unknown.push(...known.filter((column) => !columns.includes(column)).map((column) => `${table}.${column}`));
    if (goesWhole(table)) continue;
    const telling = columns.filter((column) => TELLING.test(column) && !known.includes(column));
    forgotten.push(...telling.map((column) => `${table}.${column}`));
  }
  expect({ forgotten, unknown }).toEqual({ forgotten: [], unknown: [] });
});

test('the page of the reference is this list', async () => {
  await expect(describePersonalData()).toMatchFileSnapshot('../../../../../docs/reference/personal-data.md');
});
