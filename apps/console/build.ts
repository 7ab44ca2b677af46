import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { build } from 'vite';

/** Builds the console into `apps/console/dist`, to be served under `/console/`. Replaces what was there. */
export async function buildConsole(): Promise<void> {
  await build({
    root: fileURLToPath(new URL('.', import.meta.url)),
    base: '/console/',
    configFile: false,
    logLevel: 'warn',
    plugins: [react()],
    build: { outDir: 'dist', emptyOutDir: true, target: 'es2023', reportCompressedSize: false },
  });
}

if (import.meta.main) await buildConsole();
