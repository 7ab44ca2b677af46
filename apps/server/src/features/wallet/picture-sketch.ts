import sharp from 'sharp';
import type { Tenant } from '../../platform/database/index.ts';
import { selectAsset } from './store/designs.ts';
import type { Wallet } from './wallet.ts';

/** Points of a strip's width: the sketch has one pixel to the point, enough to be the picture until the sharp one is there. */
const WIDTH = 375;
/** The coarsest that still looks like a photo comes last. */
const QUALITIES = [50, 25] as const;
/** A page and its sketch shall fit into what a server may send before the first answer of a phone (10 segments, RFC 6928). */
const BYTES_MAX = 4_000;

/**
 * A picture of a design, coarse and light, to be carried by the page itself: on a slow line the sharp one takes another
 * journey there and back. An address `data:image/webp`; null: there is no such picture, it can be seen through (the sharp
 * one would not cover it), or it has too much in it to be light.
 * @param address as `assetPath` gives it
 */
export async function sketchOfPicture(
  wallet: Pick<Wallet, 'pictures'>,
  tenant: Tenant,
  address: string | undefined,
): Promise<string | null> {
  const sha256 = address?.match(/\/([0-9a-f]{64})$/)?.[1];
  if (!sha256) return null;
  const { companyId } = tenant;
  const sketch = await wallet.pictures.get(`sketch:${companyId}:${sha256}`, async () => {
    const asset = await selectAsset(tenant, companyId, sha256);
    // A page without its picture is still a card.
    return (asset && (await drawSketch(asset.bytes).catch(() => null))) ?? NONE;
  });
  return sketch.length === 0 ? null : `data:image/webp;base64,${sketch.toString('base64')}`;
}

const NONE = Buffer.alloc(0);

/** null: nothing that a page could carry. */
export async function drawSketch(bytes: Uint8Array): Promise<Buffer | null> {
  const { isOpaque } = await sharp(bytes).stats();
  if (!isOpaque) return null;
  for (const quality of QUALITIES) {
    const sketch = await sharp(bytes)
      .resize({ width: WIDTH, withoutEnlargement: true })
      .webp({ quality, smartSubsample: true, effort: 6 })
      .toBuffer();
    if (sketch.length <= BYTES_MAX) return sketch;
  }
  return null;
}
