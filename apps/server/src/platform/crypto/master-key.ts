import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Random } from './index.ts';

const FILE = 'secret.key';

/**
 * The master key: from the configuration, else from the data folder, where the first start makes it (mode 0600).
 * Whoever loses it loses the sealed private keys and passwords: back it up apart from the database.
 */
export async function loadMasterKey(configured: Buffer | null, dataFolder: string, random: Random): Promise<Buffer> {
  if (configured) return configured;
  const path = join(dataFolder, FILE);
  const existing = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (existing !== null) {
    const key = Buffer.from(existing.trim(), 'hex');
    if (key.length !== 32) throw new Error(`The file ${FILE} in the data folder does not hold 64 hex digits.`);
    return key;
  }
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  const key = random(32);
  // What a start that broke off left here may be open to others.
  await rm(`${path}.new`, { force: true });
  const file = await open(`${path}.new`, 'wx', 0o600);
  await file.writeFile(`${key.toString('hex')}\n`);
  await file.sync();
  await file.close();
  await rename(`${path}.new`, path);
  return key;
}
