// What the two generators have in common: a migrated database for a moment, and a file that is compared or written.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { migrate } from '../apps/server/src/platform/database/index.ts';
import { startEmbeddedPostgres } from '../apps/server/src/platform/embedded-postgres/index.ts';

const root = join(import.meta.dirname, '..');

/** Starts PostgreSQL in a folder of its own, migrates, runs the work and leaves nothing behind. */
export async function withMigratedDatabase<T>(work: (connectionString: string) => Promise<T>): Promise<T> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'tessera-generate-'));
  const postgres = await startEmbeddedPostgres({ dataFolder, durable: false });
  try {
    const { connectionString } = postgres;
    await migrate({ connectionString });
    return await work(connectionString);
  } finally {
    await postgres.remove();
    await rm(dataFolder, { recursive: true, force: true });
  }
}

/** With `--write` writes the file; else says whether it is what it should be, and how to make it so. */
export async function writeOrCompare(path: string, text: string): Promise<void> {
  const name = relative(root, path);
  if (process.argv.includes('--write')) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
    console.log(`${name} is written`);
    return;
  }
  const committed = await readFile(path, 'utf8').catch(() => '');
  if (committed === text) {
    console.log(`${name} is up to date`);
    return;
  }
  console.error(`${name} is not what the sources say. Run: node ${relative(root, process.argv[1] ?? '')} --write`);
  process.exitCode = 1;
}
