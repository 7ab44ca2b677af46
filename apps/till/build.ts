import { build } from 'vite';
import { layCompressed } from '../../scripts/compress.ts';
import config from './vite.config.ts';

/** Builds the till into `apps/till/dist`, to be served under `/till/`, each text with its `.br` and `.gz`. Throws when that fails. */
export async function buildTill(): Promise<void> {
  await build({ ...config, configFile: false, mode: 'production', logLevel: 'warn' });
  await layCompressed(new URL('./dist/', import.meta.url));
}

if (import.meta.main) await buildTill();
