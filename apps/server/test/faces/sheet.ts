import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { tokens } from '@tessera/look';
import type { Page } from 'playwright-core';

/** One picture of a sheet: drawn as HTML, or a finished picture as a data address. */
export type SheetPart = { readonly title: string; readonly width: number } & (
  | { readonly html: string }
  | { readonly pictures: readonly string[] }
);

const stylesheet = (name: string): string => fileURLToPath(import.meta.resolve(`@tessera/look/${name}.css`));

/** Our stylesheets with what they import, as one. */
async function css(path: string): Promise<string> {
  const text = await readFile(path, 'utf8');
  const imported = [...text.matchAll(/^@import "\.\/([\w-]+)\.css";$/gm)].map(([, name = '']) => css(stylesheet(name)));
  return [...(await Promise.all(imported)), text.replace(/^@import .*$/gm, '')].join('\n');
}

/** Shows pictures of one card in all its forms, to be looked at and to be measured. */
export async function showSheet(page: Page, title: string, parts: readonly SheetPart[]): Promise<void> {
  const styles = await Promise.all(['tokens', 'card', 'card-forms'].map((name) => css(stylesheet(name))));
  const cells = parts.map(
    (part) =>
      `<figure style="width:${part.width}px"><figcaption>${part.title}</figcaption>${
        'html' in part ? part.html : part.pictures.map((one) => `<img src="${one}" alt="">`).join('')
      }</figure>`,
  );
  const own = `body{margin:16px;font:13px system-ui;background:${tokens.colours.light.paper}}
    main{display:flex;flex-wrap:wrap;gap:16px;align-items:flex-start}main>figure{margin:0}main>figure>img{width:100%;border:1px solid #ccc}
    main>figure>figcaption{padding-bottom:4px;color:#555}`;
  await page.setViewportSize({ width: 1880, height: 900 });
  // A page of the server's own address: pictures of designs are addressed by path.
  await page.route('**/sheet', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><meta charset="utf-8"><title>${title}</title><style>${styles.join('\n')}${own}</style><h1>${title}</h1><main>${cells.join('')}</main>`,
    }),
  );
  await page.goto('/sheet');
  await page.unroute('**/sheet');
}

const PLACED =
  '.t-card-code, .t-card-field, .t-card-primary, .t-card-plain-primary, .t-card-thumb, .t-google-title, .t-poster-title, .t-card-logo-text';

/** Parts of a face that cover one another or stand outside of it, by their texts. */
export const findCollisions = (page: Page): Promise<string[]> =>
  page.locator('.t-card-face').evaluateAll((faces, placed) => {
    const found: string[] = [];
    for (const face of faces) {
      const name = face.closest('main > figure')?.querySelector('figcaption')?.textContent;
      const outer = face.getBoundingClientRect();
      const parts = [...face.querySelectorAll(placed)].map((part) => ({
        text: (part.textContent ?? '').trim() || part.className,
        box: part.getBoundingClientRect(),
      }));
      for (const [at, { text, box }] of parts.entries()) {
        const outside =
          box.left < outer.left - 1 ||
          box.right > outer.right + 1 ||
          box.top < outer.top - 1 ||
          box.bottom > outer.bottom + 1;
        if (outside) found.push(`${name}: ${text} stands outside`);
        for (const other of parts.slice(at + 1)) {
          const across = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
          const down = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
          if (across > 1 && down > 1) found.push(`${name}: ${text} lies over ${other.text}`);
        }
      }
    }
    return found;
  }, PLACED);

/** Pages of a PDF as pictures, by poppler's pdftoppm; none where the machine has none. */
export async function picturesOfPdf(pdf: Buffer, dotsPerInch: number): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'tessera-pdf-'));
  try {
    await writeFile(join(folder, 'in.pdf'), pdf);
    await promisify(execFile)('pdftoppm', [
      '-png',
      '-r',
      String(dotsPerInch),
      join(folder, 'in.pdf'),
      join(folder, 'page'),
    ]);
    const names = (await readdir(folder)).filter((name) => name.endsWith('.png')).sort();
    const pages = await Promise.all(names.map((name) => readFile(join(folder, name))));
    return pages.map((png) => `data:image/png;base64,${png.toString('base64')}`);
  } catch {
    return [];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
