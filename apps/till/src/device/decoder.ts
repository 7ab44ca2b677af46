import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import type { Detector } from './detector.ts';

/**
 * Reads codes where the browser cannot (Safari, Firefox, Chrome on most desktops): ZXing, compiled to WebAssembly. A piece
 * of the page of its own, loaded when the camera opens for the first time.
 */

/** Pictures are read no larger than this on their long side: a card in the hand fills the frame, and a slow phone keeps up. */
const LONGEST_SIDE = 1280;

/** The compiled reader as a file of ours. */
const wasm = new URL('zxing-wasm/reader/zxing_reader.wasm', import.meta.url).href;

/** Starts to load the reader. Throws when it cannot be had. */
export async function openDecoder(): Promise<Detector> {
  // Without this it asks a server on the other side of the world for its own file.
  await prepareZXingModule({ overrides: { locateFile: () => wasm }, fireImmediately: true });
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('No canvas to look at a picture with');
  return async (video) => {
    const { videoWidth, videoHeight } = video;
    if (videoWidth === 0 || videoHeight === 0) return null;
    const scale = Math.min(1, LONGEST_SIDE / Math.max(videoWidth, videoHeight));
    canvas.width = Math.round(videoWidth * scale);
    canvas.height = Math.round(videoHeight * scale);
    context.drawImage(video, 0, 0, canvas.width, canvas.height);
    const found = await readBarcodes(context.getImageData(0, 0, canvas.width, canvas.height), {
      formats: ['QRCode', 'PDF417', 'Aztec', 'Code128', 'EAN13', 'EAN8'],
      maxNumberOfSymbols: 1,
      tryHarder: true,
    });
    return found.find(({ isValid, text }) => isValid && text.trim() !== '')?.text.trim() ?? null;
  };
}
