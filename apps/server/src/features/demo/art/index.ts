/**
 * Pictures of the demo restaurant «Чайка», an invented place by the sea. Drawn as SVG beside this file, rendered to the sizes
 * that Apple Wallet wants (icon 38 points square without transparency, logo 50 points high, strip 375 × 144 points, 98 on a
 * ticket, thumbnail 90 × 90, a poster's artwork 358 × 448).
 */
import { readFileSync } from 'node:fs';
import { loadSharp } from '../../../platform/sharp.ts';
import type { DesignDraft } from '../../wallet/index.ts';

const PICTURES = {
  icon: { width: 38, height: 38 },
  logo: { width: 62, height: 50 },
  strip: { width: 375, height: 144 },
  dessert: { width: 375, height: 144 },
  evening: { width: 375, height: 98 },
  member: { width: 90, height: 90 },
  club: { width: 358, height: 448 },
} as const;

type PictureName = keyof typeof PICTURES;

/** What cards of a style show, and under which name their bundles hold it. */
const PLACES: Readonly<Record<DesignDraft['style'], Readonly<Record<string, PictureName>>>> = {
  storeCard: { icon: 'icon', logo: 'logo', strip: 'strip' },
  coupon: { icon: 'icon', logo: 'logo', strip: 'dessert' },
  eventTicket: { icon: 'icon', logo: 'logo', strip: 'evening' },
  generic: { icon: 'icon', logo: 'logo', thumbnail: 'member', artwork: 'club' },
};

const SCALES = [1, 2, 3] as const;

/** Colours that go with the pictures, for the demo design: `#rrggbb`. */
export const ART_COLOURS = { background: '#1b3641', foreground: '#fdf3e2', label: '#e8b98c' } as const;

/** All pictures as PNG files: `icon.png`, `icon@2x.png`, `icon@3x.png`, and so on. */
export async function renderArt(): Promise<Record<string, Uint8Array>> {
  const files: Record<string, Uint8Array> = {};
  for (const name of Object.keys(PICTURES) as PictureName[]) {
    for (const scale of SCALES) files[fileName(name, scale)] = await render(name, scale);
  }
  return files;
}

/** The files of a bundle of a style. */
export const artFor = (
  { style }: Pick<DesignDraft, 'style'>,
  art: Readonly<Record<string, Uint8Array>>,
): Record<string, Uint8Array> =>
  Object.fromEntries(
    Object.entries(PLACES[style]).flatMap(([place, name]) =>
      SCALES.flatMap((scale) => {
        const png = art[fileName(name, scale)];
        return png ? [[fileName(place, scale), png]] : [];
      }),
    ),
  );

const fileName = (name: string, scale: number): string => `${name}${scale === 1 ? '' : `@${scale}x`}.png`;

/** SVG is drawn at the density that gives the wanted pixels, not enlarged afterwards. */
async function render(name: PictureName, scale: number): Promise<Uint8Array> {
  const { width, height } = PICTURES[name];
  const svg = readFileSync(new URL(`./${name}.svg`, import.meta.url));
  const sharp = await loadSharp();
  const picture = sharp(svg, { density: 72 * scale * 2 })
    .resize(width * scale, height * scale)
    .toColourspace('srgb');
  const flat = name === 'logo' ? picture : picture.removeAlpha();
  const bytes = await flat.png({ compressionLevel: 9 }).toBuffer();
  return new Uint8Array(bytes);
}
