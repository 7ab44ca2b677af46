import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { describeHttp } from '../../../test/openapi.ts';

type Operation = { tags?: string[]; security?: Record<string, string[]>[] };
type Description = {
  paths: Record<string, Record<string, Operation>>;
  components: { securitySchemes: Record<string, object> };
};

let testDatabase: TestDatabase;
let text: string;
let described: Description;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  text = await describeHttp(testDatabase.connectionString);
  described = JSON.parse(text);
});
afterAll(() => testDatabase.drop());

const operations = () =>
  Object.entries(described.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, path, ...operation })),
  );

describe('docs/reference/openapi.json', () => {
  test('is what the routes say: write it anew after a change (node scripts/openapi.ts --write)', async () => {
    const committed = await readFile(new URL('../../../../../docs/reference/openapi.json', import.meta.url), 'utf8');
    expect(text).toBe(committed);
  });

  test('names both ways into the ProBonus-compatible API, and none for getting a token', () => {
    const v0 = operations().filter(({ path }) => path.startsWith('/api/v0/'));
    expect(v0.length).toBeGreaterThan(8);
    for (const { name, path, security } of v0) {
      const wanted = path.startsWith('/api/v0/auth/') ? [] : [{ bearer: [] }, { token: [] }];
      expect({ name, security }).toEqual({ name, security: wanted });
    }
    const { bearer, token } = described.components.securitySchemes;
    expect(bearer).toMatchObject({ type: 'http', scheme: 'bearer' });
    expect(token).toMatchObject({ type: 'apiKey', in: 'header', name: 'X-Api-Token' });
  });

  test('puts every call under a heading and names only ways in that it explains', () => {
    const known = Object.keys(described.components.securitySchemes);
    const wrong = operations().filter(
      ({ tags, security }) =>
        !tags?.length || security?.some((way) => Object.keys(way).some((key) => !known.includes(key))),
    );
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });

  test('shows calls, not pages for people, and each address once', () => {
    const pages = operations().filter(({ path }) => !/^\/(api\/v[01]|wallet|assets)\/|\.pkpass$/.test(path));
    expect(pages.map(({ name }) => name)).toEqual([]);
    expect(operations().filter(({ path }) => path.endsWith('/'))).toEqual([]);
  });
});
