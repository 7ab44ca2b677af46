import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '../src/platform/embedded-postgres/index.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where `createTestDatabase` asks for a database of its own. */
    testDatabases: string;
  }
}

const template = 'tessera_template';

/**
 * One PostgreSQL for the whole test run. It is started and migrated when the first test file asks for a database, so that
 * a run of pure tests does not wait for it. The files run in processes of their own and ask over a port of the loopback.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let databases: Promise<TestDatabases> | undefined;
  // Whoever guesses the port still cannot ask: the path is part of the secret.
  const secret = randomBytes(16).toString('hex');
  const server = createServer((request, response) => {
    databases ??= startTestDatabases();
    void answer(request, response, secret, databases);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a numeric port.');
  project.provide('testDatabases', `http://127.0.0.1:${address.port}/${secret}`);
  return async () => {
    server.close();
    server.closeAllConnections();
    await (await databases?.catch(() => undefined))?.stop();
  };
}

interface TestDatabases {
  create(): Promise<{ name: string; connectionString: string }>;
  drop(name: string): Promise<void>;
  stop(): Promise<void>;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  secret: string,
  databases: Promise<TestDatabases>,
): Promise<void> {
  try {
    const [, given, name = ''] = (request.url ?? '').split('/');
    if (given !== secret) throw new Error('Not one of our tests.');
    if (request.method === 'DELETE') await (await databases).drop(name);
    const body = request.method === 'POST' ? await (await databases).create() : {};
    response.end(JSON.stringify(body));
  } catch (error) {
    response.statusCode = 500;
    response.end(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}

async function startTestDatabases(): Promise<TestDatabases> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'tessera-test-'));
  const postgres = await startEmbeddedPostgres({ dataFolder, durable: false });
  const admin = new Client({ connectionString: postgres.connectionString });
  await admin.connect();
  const addressOf = (name: string) => {
    const url = new URL(postgres.connectionString);
    url.pathname = `/${name}`;
    return url.href;
  };
  await admin.query(`create database ${template}`);
  const { migrate } = await import('../src/platform/database/migrate.ts');
  await migrate({ connectionString: addressOf(template), log: () => undefined });
  let made = 0;
  return {
    async create() {
      made += 1;
      const name = `test_${made}`;
      await admin.query(`create database ${name} template ${template} strategy file_copy`);
      return { name, connectionString: addressOf(name) };
    },
    async drop(name) {
      if (!/^test_\d+$/.test(name)) throw new Error(`There is no test database ${name}.`);
      await admin.query(`drop database if exists ${name} with (force)`);
    },
    async stop() {
      await admin.end();
      await postgres.remove();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}
