import { readdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { type BuildEnvironmentOptions, build } from 'vite';

/** Fields that the first page does not have: they come with the first room that does. */
const FIELDS_OF_ROOMS = /[\\/](Checkbox|FileButton|FileInput|NativeSelect|PasswordInput|Progress|Textarea)[\\/]/;
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
          { name: 'parts', test: /console[\\/]src[\\/](app|api|ui(?![\\/]forms)|frame)[\\/]|packages[\\/]look[\\/]/ },
          { name: 'fields', test: /node_modules[\\/]@mantine|console[\\/]src[\\/]ui[\\/]forms[\\/]/ },
        ],
      },
    },
  },
};

const TEXTS = /\.(html|js|css|svg|json)$/;

/** Lays `.br` and `.gz` beside every text, so that the server compresses nothing while it answers. */
async function compress(folder: URL): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const texts = entries.filter((entry) => entry.isFile() && TEXTS.test(entry.name));
  await Promise.all(
    texts.map(async (entry) => {
      const path = `${entry.parentPath}/${entry.name}`;
      const content = await readFile(path);
      const [brotli, gzipped] = await Promise.all([
        promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } }),
        promisify(gzip)(content, { level: 9 }),
      ]);
      await Promise.all([writeFile(`${path}.br`, brotli), writeFile(`${path}.gz`, gzipped)]);
    }),
  );
}

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
  await compress(new URL('./dist/', import.meta.url));
}

if (import.meta.main) await buildConsole();
