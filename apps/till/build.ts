import { build } from 'vite';
import config from './vite.config.ts';

/** Builds the till into `apps/till/dist`, to be served under `/till/`. Throws when the build fails. */
export async function buildTill(): Promise<void> {
  await build({ ...config, configFile: false, mode: 'production', logLevel: 'warn' });
}

if (import.meta.main) await buildTill();
