import { eanCheckDigit } from '@tessera/pkpass';
import type { BarcodeFormat } from './body.ts';

/** More is no code that a scanner reads from a phone. */
const MESSAGE_BYTES_MAX = 1_000;

const fits: Readonly<Partial<Record<BarcodeFormat, (message: string) => boolean>>> = {
  // Above this it is higher than a card.
  pdf417: (message) => Buffer.byteLength(message) <= 500,
  // Above this it is wider than a phone.
  code128: (message) => /^[\x20-\x7e]{1,80}$/.test(message),
  ean13: (message) => /^\d{13}$/.test(message) && Number(message[12]) === eanCheckDigit(message),
  code39: (message) => /^[0-9A-Z .$/+%-]{1,40}$/.test(message),
  codabar: (message) => /^[A-D][0-9$:/.+-]{1,40}[A-D]$/.test(message) || /^[0-9$:/.+-]{1,40}$/.test(message),
  itf: (message) => /^(\d\d){1,20}$/.test(message),
};

/**
 * The format that a message is drawn in: the design's if it can hold the message, else a QR code, which holds any. Null
 * where there is nothing to draw, or more than any code holds: a wrong code is worse than none.
 */
export function fitBarcode(format: BarcodeFormat, message: string): BarcodeFormat | null {
  if (message === '' || Buffer.byteLength(message) > MESSAGE_BYTES_MAX) return null;
  return (fits[format]?.(message) ?? true) ? format : 'qr';
}
