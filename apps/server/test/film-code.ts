import { writeFile } from 'node:fs/promises';
import { toBuffer } from 'bwip-js/node';
import sharp from 'sharp';

/** What a fake camera sees: a film of one picture, for Chromium's `--use-file-for-fake-video-capture`. */

const WIDTH = 1280;
const HEIGHT = 720;
const FRAMES = 5;
/** The side of a code in the picture: a card held a hand's breadth away. */
const CODE_WIDTH = 620;
const CODE_HEIGHT = 460;

export type PrintedCode = {
  /** A name of the barcode writer in pure PostScript, such as `qrcode`. */
  readonly symbology: 'qrcode' | 'pdf417' | 'azteccode' | 'code128' | 'ean13';
  readonly text: string;
  /** How askew the card is held, degrees. */
  readonly turned?: number;
};

/** Arguments with which Chromium takes a film for its camera, and asks nobody. */
export const cameraArguments = (film: string): string[] => [
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  `--use-file-for-fake-video-capture=${film}`,
];

/** Writes a film (YUV4MPEG2) that shows a printed code on a grey table: askew, and a little out of focus. */
export async function filmCode(path: string, { symbology, text, turned = 4 }: PrintedCode): Promise<void> {
  const linear = symbology === 'code128' || symbology === 'ean13';
  const printed = await toBuffer({
    bcid: symbology,
    text,
    scale: 6,
    padding: 12,
    backgroundcolor: 'ffffff',
    ...(linear ? { height: 18 } : {}),
  });
  const card = await sharp(printed)
    .resize({ width: CODE_WIDTH, height: CODE_HEIGHT, fit: 'inside' })
    .rotate(turned, { background: '#b8b0a4' })
    .toBuffer();
  const { data } = await sharp({ create: { width: WIDTH, height: HEIGHT, channels: 3, background: '#b8b0a4' } })
    .composite([{ input: card }])
    .blur(0.8)
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const luma = data.length === WIDTH * HEIGHT ? data : data.filter((_byte, index) => index % 3 === 0);
  const chroma = Buffer.alloc((WIDTH * HEIGHT) / 2, 128);
  const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, chroma]);
  const head = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`);
  await writeFile(path, Buffer.concat([head, ...Array.from({ length: FRAMES }, () => frame)]));
}
