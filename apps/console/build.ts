import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { type BuildEnvironmentOptions, build } from 'vite';
import { layCompressed } from '../../scripts/compress.ts';

/** Fields that the first page does not have: they come with the first room that does. */
const FIELDS_OF_ROOMS =
  /[\\/](FileButton|FileInput|FloatingIndicator|NativeSelect|PasswordInput|Progress|SegmentedControl|Textarea)[\\/]/;
const isMantineOfFirstPage = (id: string): boolean =>
  /node_modules[\\/](@mantine|@floating-ui|clsx)/.test(id) &&
  !FIELDS_OF_ROOMS.test(id) &&
  !/core[\\/]esm[\\/]index/.test(id); // names every part, and would bring them all

/** How the console is built, whoever asks. Rooms are files of their own; what all of them need comes in few large ones. */
export const buildOptions: BuildEnvironmentOptions = {
  outDir: 'dist',
  emptyOutDir: true,
  target: 'es2023',
  manifest: true,
  // Every font and picture is a file of its own: a strict content policy then needs no `data:` for fonts.
  assetsInlineLimit: 0,
  reportCompressedSize: false,
  rolldownOptions: {
    output: {
      codeSplitting: {
        groups: [
          { name: 'mantine', test: isMantineOfFirstPage },
          { name: 'vendor', test: /node_modules[\\/](?!@mantine)/ },
          {
            name: 'parts',
            test: /console[\\/]src[\\/](app|api|ui(?![\\/](?:amounts|forms|card-view|figures|filter-bar|guest-link|page-to-come|row-menu|tabs|wide-table))|frame(?![\\/]choices))[\\/]|packages[\\/]look[\\/](?!src[\\/](?:card|contrast|lock|measure))/,
          },
          { name: 'fields', test: /node_modules[\\/]@mantine|console[\\/]src[\\/]ui[\\/]forms[\\/]/ },
        ],
      },
    },
  },
};

/**
 * Builds the console into `apps/console/dist`, to be served under `/console/`; unknown paths there get `index.html`.
 * Replaces what was there. Each text has its `.br` and `.gz`; names under `assets/` carry a hash and never change content.
 */
export async function buildConsole(): Promise<void> {
  await build({
    root: fileURLToPath(new URL('.', import.meta.url)),
    base: '/console/',
    configFile: false,
    logLevel: 'warn',
    plugins: [react()],
    build: buildOptions,
  });
  await layCompressed(new URL('./dist/', import.meta.url));
}

if (import.meta.main) await buildConsole();
