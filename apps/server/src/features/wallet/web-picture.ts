import { loadSharp } from '../../platform/sharp.ts';

/**
 * A picture of a design as a web page wants it: a card's strip is 145 kB as the PNG that Wallet asks for, and a tenth of
 * that as WebP. A guest's page shall weigh 40 kB in all.
 */
export async function toWebPicture(png: Uint8Array): Promise<Buffer> {
  const sharp = await loadSharp();
  return sharp(png).webp({ quality: 82, alphaQuality: 90 }).toBuffer();
}
