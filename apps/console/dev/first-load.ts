import { readdirSync, readFileSync } from 'node:fs';

type Chunk = { readonly file: string; readonly imports?: string[]; readonly css?: string[] };

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

export type FileCost = { readonly file: string; readonly bytes: number };

/** What a first visit to the list of guests fetches, in Russian, compressed as it travels; of what was built last. */
export function firstLoad(): FileCost[] {
  const manifest: Record<string, Chunk> = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'));
  return [...filesOf(manifest)].map((file) => ({ file, bytes: bytesOf(file) }));
}
