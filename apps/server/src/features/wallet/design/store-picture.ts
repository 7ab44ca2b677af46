import { type Result, refuse, succeed } from '@tessera/contract';
import type { Sharp } from 'sharp';
import type { Platform } from '../../../platform/context.ts';
import { sha256 } from '../../../platform/crypto/index.ts';
import type { Tenant } from '../../../platform/database/index.ts';
import { loadSharp } from '../../../platform/sharp.ts';
import { insertAsset } from '../store/designs.ts';
import type { DesignStyle } from './body.ts';
import { countAssets, deleteUnusedAssets } from './designs.store.ts';

export type PicturePurpose =
  | 'icon'
  | 'logo'
  | 'strip'
  | 'thumbnail'
  | 'background'
  | 'artwork'
  | 'primaryLogo'
  | 'hero';

export type NewPicture = {
  readonly purpose: PicturePurpose;
  readonly style: DesignStyle;
  readonly bytes: Buffer;
  /** Shares of width and height. */
  readonly crop: {
    readonly left: number;
    readonly top: number;
    readonly width: number;
    readonly height: number;
  } | null;
  /** Behind what is transparent, where a picture must not be. */
  readonly background: string;
};

export type StoredPicture = {
  readonly purpose: PicturePurpose;
  /** File names in the bundle → SHA-256, hex. */
  readonly images: Readonly<Record<string, string>>;
  /** Of the part that was taken, pixels. */
  readonly source: { readonly width: number; readonly height: number };
  readonly enlarged: boolean;
};

export const PICTURE_BYTES_MAX = 8 * 1024 * 1024;
/** A picture that unpacks into more than this is an attack, not a photo. */
export const PICTURE_MEGAPIXELS_MAX = 50;
const SECONDS_MAX = 10;
const PICTURES_OF_COMPANY_MAX = 3_000;
const UNUSED_DAYS = 30;
/** Others can name files and addresses. An SVG is drawn without fetching anything. */
const FORMATS: ReadonlySet<string> = new Set(['jpeg', 'png', 'webp', 'svg']);

/** Points (Apple, "Pass images"); `inside`: as large as it is up to this, else it is filled and cut. */
type Room = { readonly width: number; readonly height: number; readonly inside?: true; readonly opaque?: true };

const rooms: Readonly<Record<Exclude<PicturePurpose, 'strip' | 'hero'>, Room>> = {
  icon: { width: 38, height: 38, opaque: true },
  logo: { width: 160, height: 50, inside: true },
  thumbnail: { width: 90, height: 90 },
  background: { width: 345, height: 505 },
  artwork: { width: 358, height: 448, opaque: true },
  primaryLogo: { width: 126, height: 30, inside: true },
};

/** Of an event ticket it is lower. */
const stripOf = (style: DesignStyle): Room => ({ width: 375, height: style === 'eventTicket' ? 98 : 144 });

/** Google's wide picture has one size. */
const HERO = { width: 1_032, height: 336 } as const;

/**
 * Cuts a picture out for its place on a card, draws it anew in the sizes that phones want, and stores them by content.
 * Refuses `picture_unreadable`, `picture_too_large`, `limit_reached`.
 */
export async function storePicture(
  platform: Platform,
  tenant: Tenant,
  picture: NewPicture,
): Promise<Result<StoredPicture>> {
  const drawn = await drawPicture(picture);
  if (!drawn.ok) return drawn;
  const now = platform.clock.now();
  await deleteUnusedAssets(tenant, now.subtract({ hours: 24 * UNUSED_DAYS }));
  if ((await countAssets(tenant)) >= PICTURES_OF_COMPANY_MAX)
    return refuse('limit_reached', { limit: PICTURES_OF_COMPANY_MAX });
  const { files, source, enlarged } = drawn.value;
  const images: Record<string, string> = {};
  await tenant.transaction(async (transaction) => {
    for (const [name, bytes] of Object.entries(files)) {
      const hash = sha256(bytes).toString('hex');
      await insertAsset(transaction, hash, { mediaType: 'image/png', bytes }, now);
      images[name] = hash;
    }
  });
  return succeed({ purpose: picture.purpose, images, source, enlarged });
}

type Drawn = Pick<StoredPicture, 'source' | 'enlarged'> & { readonly files: Readonly<Record<string, Buffer>> };

/** The files of a picture, by their names in the bundle; nothing of the original is kept but what is seen. */
export async function drawPicture(picture: NewPicture): Promise<Result<Drawn>> {
  const { purpose, style, bytes, crop, background } = picture;
  if (bytes.length > PICTURE_BYTES_MAX) return refuse('picture_too_large', { megapixels: PICTURE_MEGAPIXELS_MAX });
  const openPicture = await pictureOpener();
  try {
    const size = await measure(bytes, openPicture);
    if (size === 'too_large') return refuse('picture_too_large', { megapixels: PICTURE_MEGAPIXELS_MAX });
    if (!size) return refuse('picture_unreadable');
    const area = cut(size, crop);
    const open = () => openPicture(bytes, { density: size.density }).autoOrient().extract(area);
    const files: Record<string, Buffer> = {};
    const draw = async (name: string, room: Room) => {
      for (const scale of [1, 2, 3]) {
        const file = scale === 1 ? `${name}.png` : `${name}@${scale}x.png`;
        files[file] = await drawAt(open(), room, scale, background);
      }
    };
    if (purpose === 'hero') files['hero.png'] = await drawAt(open(), HERO, 1, background);
    else await draw(purpose, purpose === 'strip' ? stripOf(style) : rooms[purpose]);
    // Until a phone has shown which of the two a poster takes: both, except where the style would show the second.
    if (purpose === 'artwork' && style !== 'eventTicket') await draw('background', rooms.background);
    return succeed({
      files,
      source: { width: area.width, height: area.height },
      enlarged: isEnlarged(purpose, style, area),
    });
  } catch {
    return refuse('picture_unreadable');
  }
}

type Open = (bytes: Buffer, how?: { density?: number | undefined; limitInputPixels?: false }) => Sharp;

async function pictureOpener(): Promise<Open> {
  const sharp = await loadSharp();
  return (bytes, { density, limitInputPixels = PICTURE_MEGAPIXELS_MAX * 1_000_000 } = {}) =>
    sharp(bytes, { limitInputPixels, failOn: 'error', pages: 1, ...(density ? { density } : {}) }).timeout({
      seconds: SECONDS_MAX,
    });
}

type Size = { readonly width: number; readonly height: number; readonly density?: number };

/** Upright width and height; an SVG is drawn large enough for the largest place. */
async function measure(bytes: Buffer, open: Open): Promise<Size | 'too_large' | null> {
  // The header alone is read here: whoever claims a billion pixels is turned away before they are drawn.
  const { format, width, height, autoOrient, pages = 1 } = await open(bytes, { limitInputPixels: false }).metadata();
  if (!FORMATS.has(format ?? '') || !width || !height || pages > 1_000) return null;
  if (width * height > PICTURE_MEGAPIXELS_MAX * 1_000_000) return 'too_large';
  if (format !== 'svg') return { width: autoOrient.width, height: autoOrient.height };
  const wanted = 1_600 / Math.min(width, height);
  const fitting = Math.min(wanted, 6_000 / Math.max(width, height));
  const density = Math.min(2_400, Math.max(1, 72 * fitting));
  const scaled = await open(bytes, { density }).metadata();
  return scaled.width && scaled.height ? { width: scaled.width, height: scaled.height, density } : null;
}

/** The wanted part in whole pixels, within the picture. */
function cut({ width, height }: Size, crop: NewPicture['crop']) {
  if (!crop) return { left: 0, top: 0, width, height };
  const left = Math.min(width - 1, Math.floor(crop.left * width));
  const top = Math.min(height - 1, Math.floor(crop.top * height));
  return {
    left,
    top,
    width: Math.max(1, Math.min(width - left, Math.round(crop.width * width))),
    height: Math.max(1, Math.min(height - top, Math.round(crop.height * height))),
  };
}

function drawAt(input: Sharp, room: Room, scale: number, background: string): Promise<Buffer> {
  const [width, height] = [room.width * scale, room.height * scale];
  const sized = input.resize(width, height, { fit: room.inside ? 'inside' : 'cover', kernel: 'lanczos3' });
  // `resize` alone would leave what the camera wrote about time and place.
  return (room.opaque ? sized.flatten({ background }) : sized)
    .toColourspace('srgb')
    .png({ compressionLevel: 9 })
    .toBuffer();
}

function isEnlarged(purpose: PicturePurpose, style: DesignStyle, area: { width: number; height: number }): boolean {
  if (purpose === 'hero') return area.width < HERO.width || area.height < HERO.height;
  const room = purpose === 'strip' ? stripOf(style) : rooms[purpose];
  // A logo may be narrow: its height decides. Two pixels to the point look sharp to most.
  return area.height < room.height * 2 || (!room.inside && area.width < room.width * 2);
}
