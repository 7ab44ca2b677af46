import { appendFileSync, statSync, writeSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { emptyWhenTooLong, openServerLog } from './server-log.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tessera-log-'));
  path = join(folder, 'postgres.log');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('a log that grew too long while running begins anew, and the writer goes on', async () => {
  const log = await openServerLog(path);
  writeSync(log.descriptor, 'x'.repeat(6 * 1024 * 1024));
  emptyWhenTooLong(path);
  writeSync(log.descriptor, 'next line\n');
  expect(await readFile(path, 'utf8')).toBe('next line\n');
  await log.close();
});

test('a long log is put aside at the next start, and a short one is continued', async () => {
  appendFileSync(path, 'y'.repeat(3 * 1024 * 1024));
  await (await openServerLog(path)).close();
  expect([statSync(path).size, statSync(`${path}.1`).size]).toEqual([0, 3 * 1024 * 1024]);
  appendFileSync(path, 'kept\n');
  await (await openServerLog(path)).close();
  expect(await readFile(path, 'utf8')).toBe('kept\n');
});
