import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { type Database, openDatabase } from './database/index.ts';
import { createDirectory } from './directory.ts';

let testDatabase: TestDatabase;
let database: Database;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = openDatabase({ connectionString: testDatabase.connectionString, size: 4 });
});
afterAll(async () => {
  await database.end();
  await testDatabase.drop();
});

describe('the directory', () => {
  test('leads a key to its company, in every process', async () => {
    const [here, there] = [createDirectory(database.platform), createDirectory(database.platform)];
    expect(await here.find('form', 'main')).toBeNull();
    expect(await there.enter('form', 'main', 3)).toBe(true);
    expect([await here.find('form', 'main'), await there.find('form', 'main')]).toEqual([3, 3]);
    expect(await here.find('pass', 'main')).toBeNull();
  });

  test('never moves a key to another company', async () => {
    const directory = createDirectory(database.platform);
    await directory.enter('email', 'a@example.com', 3);
    expect(await directory.enter('email', 'a@example.com', 3)).toBe(true);
    expect(await directory.enter('email', 'a@example.com', 4)).toBe(false);
    expect(await createDirectory(database.platform).find('email', 'a@example.com')).toBe(3);
  });

  test('gives a key that many want at once to one of them', async () => {
    const directory = createDirectory(database.platform);
    const won = await Promise.all([1, 2, 3, 4, 5].map((companyId) => directory.enter('pass', 'race', companyId)));
    expect(won.filter(Boolean)).toHaveLength(1);
    expect(await directory.find('pass', 'race')).toBe(won.indexOf(true) + 1);
  });

  test('forgets what is removed', async () => {
    const directory = createDirectory(database.platform);
    await directory.enter('session', 'token', 3);
    await directory.find('session', 'token');
    await directory.remove('session', 'token');
    expect(await directory.find('session', 'token')).toBeNull();
  });

  test('keeps no key that could be read or used', async () => {
    await createDirectory(database.platform).enter('session', 'a-secret-token', 3);
    const rows = await database.platform.query<{ key: Buffer }>('select key from directory', []);
    for (const { key } of rows) expect(key).toHaveLength(32);
    expect(Buffer.concat(rows.map(({ key }) => key)).includes('a-secret-token')).toBe(false);
  });
});
