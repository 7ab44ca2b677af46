import { toSVG } from 'bwip-js/node';

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
