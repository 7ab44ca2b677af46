import { toSVG } from 'bwip-js/node';

export type CodeFormat = 'qr' | 'pdf417' | 'aztec' | 'code128';

const symbologies: Readonly<Record<CodeFormat, string>> = {
  qr: 'qrcode',
  pdf417: 'pdf417',
  aztec: 'azteccode',
  code128: 'code128',
};

/** A code as SVG, dark on nothing: the one renderer of codes, for cards and for pages. What stands in it goes nowhere else. */
export const drawCode = (format: CodeFormat, text: string): string =>
  toSVG({ bcid: symbologies[format], text, ...(format === 'code128' ? { height: 15 } : {}) });
