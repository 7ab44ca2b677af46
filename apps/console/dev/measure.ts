/** Prints what a first visit to the guests' list costs over the wire, and fails above the limit: `node apps/console/dev/measure.ts`. */
import { readdirSync, readFileSync } from 'node:fs';
import { buildConsole } from '../build.ts';

type Chunk = { readonly file: string; readonly imports?: string[]; readonly css?: string[] };

const LIMIT_BYTES = 250_000;
const FIRST = ['index.html', 'src/accounts/accounts-page.tsx', '../../packages/contract/src/messages/ru/console.json'];
/** A Russian page with sums in roubles draws from these; the two ext files stay away. */
const FONTS = /golos-text-(cyrillic|latin|currency)-wght/;

const dist = new URL('../dist/', import.meta.url);
const bytesOf = (file: string): number => {
  const name = file.endsWith('.woff2') ? file : `${file}.gz`;
  return readFileSync(new URL(name, dist)).length;
};

function filesOf(manifest: Record<string, Chunk>): Set<string> {
  const files = new Set(['index.html']);
  const seen = new Set<string>();
  const visit = (name: string): void => {
    const chunk = manifest[name];
    if (!chunk) throw new Error(`no such chunk: ${name}`);
    if (seen.has(name)) return;
    seen.add(name);
    for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file);
    for (const imported of chunk.imports ?? []) visit(imported);
  };
  for (const name of FIRST) visit(name);
  for (const font of readdirSync(new URL('assets/', dist))) if (FONTS.test(font)) files.add(`assets/${font}`);
  return files;
}

await buildConsole();
const manifest: Record<string, Chunk> = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'));
let total = 0;
for (const file of filesOf(manifest)) {
  const bytes = bytesOf(file);
  total += bytes;
  console.log(`${String(bytes).padStart(8)}  ${file}`);
}
console.log(`${String(total).padStart(8)}  first load, limit ${LIMIT_BYTES}`);
if (total > LIMIT_BYTES) process.exitCode = 1;
