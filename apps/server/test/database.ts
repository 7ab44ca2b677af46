import { inject } from 'vitest';

/** A database for one test file: migrated, empty, and nobody else's. */
export interface TestDatabase {
  /** For the superuser. */
  readonly connectionString: string;
  /** Cuts all sessions and deletes the database. Close your own pools before, or they hear of it. */
  drop(): Promise<void>;
}

/**
 * Clones the migrated template. Call it in `beforeAll` and `drop` in `afterAll`; the first call of a run also starts
 * PostgreSQL, which takes a second or two.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const databases = inject('testDatabases');
  const made = (await ask(databases, 'POST')) as { name: string; connectionString: string };
  return {
    connectionString: made.connectionString,
    async drop() {
      await ask(`${databases}/${made.name}`, 'DELETE');
    },
  };
}

async function ask(url: string, method: string): Promise<unknown> {
  const response = await fetch(url, { method });
  const body = await response.text();
  if (!response.ok) throw new Error(`No test database: ${body}`);
  return JSON.parse(body);
}
