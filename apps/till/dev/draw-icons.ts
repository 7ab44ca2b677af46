import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { faviconSvg, renderSign } from '@tessera/look/sign.ts';
import { tokens } from '@tessera/look/tokens.ts';
import sharp from 'sharp';

/** Draws the icons of the installed till from the sign: `node apps/till/dev/draw-icons.ts`. Their files are kept in the repository. */
const folder = join(import.meta.dirname, '../public/icons');
const { dark } = tokens.colours;
const paths = renderSign({ size: 32 })
  .replace(/^<svg[^>]*>|<\/svg>$/g, '')
  .replaceAll(/var\(--clay, [^)]*\)/g, dark.clay)
  .replaceAll(/var\(--clay-pressed, [^)]*\)/g, dark.clayPressed);

/** `margin` is the share of the edge left free on each side: masks of phones cut up to a fifth. */
async function draw(name: string, edge: number, margin: number, corner: number): Promise<void> {
  const scale = (edge * (1 - 2 * margin)) / 32;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${edge}" height="${edge}"><rect width="${edge}" height="${edge}" rx="${edge * corner}" fill="${dark.paper}"/><g transform="translate(${edge * margin} ${edge * margin}) scale(${scale})">${paths}</g></svg>`;
  await sharp(Buffer.from(svg)).png({ compressionLevel: 9, palette: true }).toFile(join(folder, name));
}

await writeFile(join(folder, 'sign.svg'), faviconSvg().replace('<style>', '<title>Tessera</title><style>'));
await draw('sign-192.png', 192, 0.14, 0.22);
await draw('sign-512.png', 512, 0.14, 0.22);
await draw('sign-maskable-512.png', 512, 0.24, 0);
await draw('touch-180.png', 180, 0.18, 0);
