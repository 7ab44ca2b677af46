import { checkShape, isObject, type JsonObject, requireText, textOf } from './json-shape.ts';
import type { PassBarcodeFormat } from './pass.ts';
import type { ProblemList } from './pass-problem.ts';

const shape = { format: 'string', message: 'string', messageEncoding: 'string', altText: 'string' } as const;

/** Formats by the first system that draws them. */
const oldFormats: readonly string[] = [
  'PKBarcodeFormatQR',
  'PKBarcodeFormatPDF417',
  'PKBarcodeFormatAztec',
  'PKBarcodeFormatCode128',
] satisfies PassBarcodeFormat[];
const newFormats: readonly string[] = [
  'PKBarcodeFormatEAN13',
  'PKBarcodeFormatCode39',
  'PKBarcodeFormatCodabar',
  'PKBarcodeFormatI2of5',
] satisfies PassBarcodeFormat[];

/** Letters of the linear codes. */
const alphabets: Readonly<Record<string, RegExp>> = {
  PKBarcodeFormatCode128: /^\p{ASCII}+$/u,
  PKBarcodeFormatEAN13: /^\d{13}$/,
  PKBarcodeFormatCode39: /^[0-9A-Z .$/+%-]+$/,
  PKBarcodeFormatCodabar: /^[A-D]?[0-9$:/.+-]+[A-D]?$/,
  PKBarcodeFormatI2of5: /^(\d\d)+$/,
};

/** Checks `barcodes`, or the deprecated single `barcode`. */
export function validateBarcodes(barcodes: readonly unknown[], path: string, list: ProblemList): void {
  barcodes.forEach((barcode, index) => {
    const at = `${path}[${index}]`;
    if (isObject(barcode)) validateBarcode(barcode, at, list);
    else list.error(at, 'wrong_type', { expected: 'object' });
  });
  const formats = barcodes.flatMap((barcode) => (isObject(barcode) ? (textOf(barcode, 'format') ?? []) : []));
  const known = formats.filter((format) => oldFormats.includes(format) || newFormats.includes(format));
  // Code 128 is not drawn on the watch, the new formats not before iOS 27: something square has to follow.
  if (known.length > 0 && known.every((one) => newFormats.includes(one) || one === 'PKBarcodeFormatCode128')) {
    list.warn(path, 'barcode_fallback_missing');
  }
}

/** Checks one code: format, message, letters, check digit, encoding. */
export function validateBarcode(barcode: JsonObject, path: string, list: ProblemList): void {
  checkShape(barcode, shape, path, list);
  for (const key of ['format', 'message', 'messageEncoding']) requireText(barcode, key, path, list);
  const format = textOf(barcode, 'format');
  const message = textOf(barcode, 'message');
  if (format !== undefined && !oldFormats.includes(format) && !newFormats.includes(format)) {
    list.error(`${path}.format`, 'not_allowed', { value: format });
  }
  if (!message) return;
  validateEncoding(message, textOf(barcode, 'messageEncoding'), path, list);
  const alphabet = format === undefined ? undefined : alphabets[format];
  if (alphabet && !alphabet.test(message)) list.error(`${path}.message`, 'barcode_characters');
  else if (format === 'PKBarcodeFormatEAN13' && Number(message[12]) !== eanCheckDigit(message)) {
    list.error(`${path}.message`, 'barcode_check_digit', { expected: eanCheckDigit(message) });
  }
}

/** The last digit of an EAN-13, from its first twelve (GS1 General Specifications). */
export function eanCheckDigit(digits: string): number {
  let sum = 0;
  for (let place = 0; place < 12; place++) sum += Number(digits[place]) * (place % 2 === 0 ? 1 : 3);
  return (10 - (sum % 10)) % 10;
}

const lastCharacters: Readonly<Record<string, string>> = {
  'iso-8859-1': '\u00ff',
  latin1: '\u00ff',
  'us-ascii': '\u007f',
  ascii: '\u007f',
  'utf-8': '\u{10ffff}',
  utf8: '\u{10ffff}',
};

function validateEncoding(message: string, encoding: string | undefined, path: string, list: ProblemList): void {
  if (!encoding) return;
  const last = Object.hasOwn(lastCharacters, encoding.toLowerCase())
    ? lastCharacters[encoding.toLowerCase()]
    : undefined;
  if (last === undefined) {
    list.warn(`${path}.messageEncoding`, 'not_allowed', { value: encoding });
    return;
  }
  const character = [...message].find((one) => one.codePointAt(0)! > last.codePointAt(0)!);
  if (character !== undefined) list.error(`${path}.message`, 'barcode_not_encodable', { character, encoding });
}
