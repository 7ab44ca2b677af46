import { mkdtemp, readdir } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readConfig } from './platform/config.ts';
import { start } from './start.ts';

test('a first start on a taken port makes nothing: else its passwords would exist and never be shown', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen({ port: 0, host: '127.0.0.1' }, resolve));
  const dataFolder = await mkdtemp(join(tmpdir(), 'tessera-start-'));
  const { port } = other.address() as AddressInfo;
  const read = readConfig({ PORT: String(port), HOST: '127.0.0.1', TESSERA_DATA_DIR: dataFolder });
  if (!read.ok) throw new Error('The configuration is wrong.');
  await expect(start(read.config, () => {})).rejects.toMatchObject({ code: 'EADDRINUSE' });
  expect(await readdir(dataFolder)).toEqual([]);
  await new Promise((resolve) => other.close(resolve));
});
