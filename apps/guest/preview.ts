/** Writes all guest pages with made-up data into a folder, to be looked at: `node apps/guest/preview.ts <folder>`. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildGuest } from './build.ts';
import { previewPages } from './src/preview/pages.ts';
import { translator } from './src/preview/translator.ts';

const folder = process.argv[2];
if (folder === undefined) throw new Error('Name the folder: node apps/guest/preview.ts <folder>');
for (const lang of ['ru', 'en'] as const) {
  await mkdir(join(folder, lang), { recursive: true });
  const pages = previewPages(await translator(lang), lang);
  for (const [name, document] of Object.entries(pages)) await writeFile(join(folder, lang, `${name}.html`), document);
  await buildGuest(join(folder, lang, 'assets'));
}
