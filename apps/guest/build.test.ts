import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { buildGuest } from './build.ts';

test('each script is small, and the version follows the contents', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'guest-build-'));
  try {
    const build = await buildGuest(folder);
    expect(build.files).toEqual(['register.js', 'code.js', 'live.js', 'card.js', 'worker.js', 'receipt.js']);
    for (const file of build.files)
      expect(gzipSync(await readFile(join(folder, file))).byteLength).toBeLessThan(4 * 1024);
    expect((await buildGuest(folder)).version).toBe(build.version);
  } finally {
    await rm(folder, { recursive: true });
  }
});
