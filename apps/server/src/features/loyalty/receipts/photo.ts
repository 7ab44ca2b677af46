import { type Result, refuse, succeed } from '@tessera/contract';
import { loadSharp } from '../../../platform/sharp.ts';
import type { Photo } from './model.ts';

/** The longer side of a kept photo: a receipt is read at this size with ease. */
const PIXELS_MAX = 1_600;
/** A picture that unpacks into more than this is an attack, not a receipt. */
const INPUT_PIXELS_MAX = 60_000_000;

const FORMATS: ReadonlySet<string> = new Set(['jpeg', 'png', 'webp']);

/**
 * Makes a guest's photo harmless and small: it is drawn anew, upright, without the place and time that a camera adds.
 * @returns photo_unreadable
 */
export async function readPhoto(bytes: Buffer): Promise<Result<Photo>> {
  const sharp = await loadSharp();
  try {
    const input = sharp(bytes, { limitInputPixels: INPUT_PIXELS_MAX, failOn: 'error', pages: 1 });
    // Other formats can name files and addresses, or are programs to be run.
    if (!FORMATS.has((await input.metadata()).format ?? '')) return refuse('photo_unreadable');
    const picture = input
      .rotate()
      .resize(PIXELS_MAX, PIXELS_MAX, { fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: 80 });
    return succeed({ mediaType: 'image/jpeg', bytes: await picture.toBuffer() });
  } catch {
    return refuse('photo_unreadable');
  }
}
