/**
 * Pictures of the demo restaurant «Чайка», an invented place by the sea. Drawn as SVG beside this file, rendered to the sizes
 * that Apple Wallet wants (icon 38 points square without transparency, logo 50 points high, strip 375 × 144 points).
 */
import { readFileSync } from 'node:fs';
import sharp from 'sharp';

const PICTURES = {
  icon: { width: 38, height: 38 },
  logo: { width: 62, height: 50 },
  strip: { width: 375, height: 144 },
} as const;

type PictureName = keyof typeof PICTURES;

const SCALES = [1, 2, 3] as const;

/** Colours that go with the pictures, for the demo design: `#rrggbb`. */
export const ART_COLOURS = { background: '#1b3641', foreground: '#fdf3e2', label: '#e8b98c' } as const;

/** PNG files for a bundle: `icon.png`, `icon@2x.png`, `icon@3x.png`, and the same for `logo` and `strip`. */
export async function renderArt(): Promise<Record<string, Uint8Array>> {
  const files: Record<string, Uint8Array> = {};
  for (const name of pictureNames()) {
    for (const scale of SCALES) {
      files[`${name}${scale === 1 ? '' : `@${scale}x`}.png`] = await render(name, scale);
    }
  }
  return files;
}

/** The pictures that cards of a style show: a strip only where it has a place. */
export const artFor = (
  { style }: { readonly style: string },
  art: Readonly<Record<string, Uint8Array>>,
): Record<string, Uint8Array> =>
  Object.fromEntries(
    Object.entries(art).filter(([name]) => style === 'storeCard' || style === 'coupon' || !name.startsWith('strip')),
  );

function pictureNames(): PictureName[] {
  return ['icon', 'logo', 'strip'];
}

/** SVG is drawn at the density that gives the wanted pixels, not enlarged afterwards. */
async function render(name: PictureName, scale: number): Promise<Uint8Array> {
  const { width, height } = PICTURES[name];
  const svg = readFileSync(new URL(`./${name}.svg`, import.meta.url));
  const picture = sharp(svg, { density: 72 * scale * 2 })
    .resize(width * scale, height * scale)
    .toColourspace('srgb');
  const flat = name === 'logo' ? picture : picture.removeAlpha();
  const bytes = await flat.png({ compressionLevel: 9 }).toBuffer();
  return new Uint8Array(bytes);
}
