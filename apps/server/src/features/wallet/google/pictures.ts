import { loadSharp } from '../../../platform/sharp.ts';
import type { DesignBody } from '../model.ts';

export type GooglePictureKind = 'logo' | 'hero';
export const PICTURE_TYPES = { logo: 'image/png', hero: 'image/jpeg' } as const;

const LOGO_PIXELS = 660;
/** Google cuts a circle out of the logo: what matters stays within 70 % of it. */
const LOGO_INNER_PIXELS = 462;
const HERO = { width: 1032, height: 336 } as const;

/** The picture of a design that a form of Google's is made from, the largest there is. */
export function sourceOf({ images }: Pick<DesignBody, 'images'>, kind: GooglePictureKind): string | undefined {
  const names = kind === 'logo' ? ['icon'] : ['hero', 'strip'];
  for (const name of names) {
    const sha256 = images[`${name}@3x.png`] ?? images[`${name}@2x.png`] ?? images[`${name}.png`];
    if (sha256) return sha256;
  }
  return undefined;
}

/** Named by content and colour: a new picture has a new address, since Google keeps what it has fetched. */
export const picturePath = (companyId: number, kind: GooglePictureKind, sha256: string, background: string): string =>
  `/google/pictures/${companyId}/${kind}-${sha256}-${background.slice(1).toLowerCase()}`;

/** A picture of a design in Google's measures: a square for the circle of the logo, a wide strip. */
export async function drawForGoogle(png: Uint8Array, kind: GooglePictureKind, background: string): Promise<Buffer> {
  const sharp = await loadSharp();
  if (kind === 'hero')
    return sharp(png)
      .resize(HERO.width, HERO.height, { fit: 'cover' })
      .flatten({ background })
      .jpeg({ quality: 86 })
      .toBuffer();
  const margin = (LOGO_PIXELS - LOGO_INNER_PIXELS) / 2;
  // The picture's own edges go on to the rim: an icon without transparency would stand as a square within the circle.
  return sharp(png)
    .resize(LOGO_INNER_PIXELS, LOGO_INNER_PIXELS, { fit: 'contain', background })
    .flatten({ background })
    .extend({ top: margin, bottom: margin, left: margin, right: margin, extendWith: 'copy' })
    .png({ palette: true })
    .toBuffer();
}
