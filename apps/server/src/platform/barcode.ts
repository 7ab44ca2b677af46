import { toBuffer, toSVG } from 'bwip-js/node';

export type CodeFormat = 'qr' | 'pdf417' | 'aztec' | 'code128' | 'ean13' | 'code39' | 'codabar' | 'itf';

/** What the library calls them. */
export const symbologies: Readonly<Record<CodeFormat, string>> = {
  qr: 'qrcode',
  pdf417: 'pdf417',
  aztec: 'azteccode',
  code128: 'code128',
  ean13: 'ean13',
  code39: 'code39',
  codabar: 'rationalizedCodabar',
  itf: 'interleaved2of5',
};

/** The square and stacked ones draw themselves as high as they need. */
const linear: readonly CodeFormat[] = ['code128', 'ean13', 'code39', 'codabar', 'itf'];

/** A code as SVG, dark on nothing: the one renderer of codes, for cards and for pages. What stands in it goes nowhere else. */
export const drawCode = (format: CodeFormat, text: string): string =>
  toSVG({
    bcid: symbologies[format],
    text: format === 'codabar' && !/^[A-D]/.test(text) ? `A${text}A` : text,
    ...(linear.includes(format) ? { height: 15 } : {}),
  });

/** Modules of white around a QR code that stands alone: scanners look for them (ISO/IEC 18004). */
const QUIET_ZONE = 4;
const onPaper = (text: string) => ({
  bcid: 'qrcode',
  text,
  eclevel: 'Q',
  backgroundcolor: 'FFFFFF',
  paddingwidth: QUIET_ZONE,
  paddingheight: QUIET_ZONE,
});

/** A QR code for print, as SVG on white with its quiet zone; a quarter of it may be covered or torn. */
export const drawPrintedCode = (text: string): string => toSVG(onPaper(text));

/** Pixels of a module: enough for a hand's breadth on paper at 300 dpi. */
const PIXELS = 24;

/** The same as a PNG. */
export const drawCodePicture = (text: string): Promise<Buffer> => toBuffer({ ...onPaper(text), scale: PIXELS / 2 });
