/**
 * DER (X.690): the few shapes that certificates and CMS need. Writing takes finished parts; reading is strict about
 * lengths and throws `Error` on anything malformed, so callers at the border wrap it once.
 */

/** Tag bytes in use. */
export const derTag = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  objectIdentifier: 0x06,
  utf8String: 0x0c,
  printableString: 0x13,
  teletexString: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const;

/** One element: `whole` is tag, length and content; `content` lies inside it. */
export type DerElement = { readonly tag: number; readonly whole: Buffer; readonly content: Buffer };

/** Tag byte of a context-specific constructed element `[number]`. */
export function contextTag(number: number): number {
  return 0xa0 | number;
}

/** An element around already encoded parts. */
export function encodeDer(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
  return Buffer.concat([Uint8Array.of(tag), encodeLength(content.length), content]);
}

/** `SET OF`: the parts sorted by their bytes, as DER demands. */
export function encodeSetOf(tag: number, parts: readonly Uint8Array[]): Buffer {
  return encodeDer(tag, ...[...parts].sort(Buffer.compare));
}

/** Object identifier from dotted text. */
export function encodeObjectIdentifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return encodeDer(derTag.objectIdentifier, Uint8Array.from([first * 40 + second, ...rest].flatMap(toBase128)));
}

/** Small non-negative integer, 0 to 127. */
export function encodeSmallInteger(value: number): Buffer {
  return encodeDer(derTag.integer, Uint8Array.of(value));
}

/** Time as UTCTime `YYMMDDHHMMSSZ`, whole seconds; throws outside 1950 to 2049, where UTCTime has no meaning. */
export function encodeUtcTime(instant: Temporal.Instant): Buffer {
  return encodeDer(derTag.utcTime, Buffer.from(utcTimeText(instant), 'latin1'));
}

/** The 13 characters of a UTCTime. */
export function utcTimeText(instant: Temporal.Instant): string {
  const iso = new Date(instant.epochMilliseconds).toISOString();
  if (iso < '1950' || iso >= '2050') throw new RangeError('time does not fit into UTCTime');
  return `${iso.slice(2, 4)}${iso.slice(5, 7)}${iso.slice(8, 10)}${iso.slice(11, 13)}${iso.slice(14, 16)}${iso.slice(17, 19)}Z`;
}

/** Reads one element at the start of `bytes`; more bytes may follow. */
export function readDer(bytes: Uint8Array): DerElement {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tag = buffer[0];
  const first = buffer[1];
  if (tag === undefined || first === undefined) throw new Error('DER: truncated');
  if ((tag & 0x1f) === 0x1f) throw new Error('DER: long tags are not used here');
  let start = 2;
  let length = first;
  if (first >= 0x80) {
    const lengthBytes = first & 0x7f;
    if (lengthBytes === 0 || lengthBytes > 4 || buffer.length < 2 + lengthBytes) throw new Error('DER: bad length');
    length = buffer.readUIntBE(2, lengthBytes);
    if (length < 0x80 || (lengthBytes > 1 && buffer[2] === 0)) throw new Error('DER: length not minimal');
    start += lengthBytes;
  }
  if (start + length > buffer.length) throw new Error('DER: truncated');
  return { tag, whole: buffer.subarray(0, start + length), content: buffer.subarray(start, start + length) };
}

/** Reads an element that must have this tag and fill `bytes` entirely. */
export function readWholeDer(bytes: Uint8Array, tag: number): DerElement {
  const element = readDer(bytes);
  if (element.whole.length !== bytes.length) throw new Error('DER: bytes after the end');
  return expectTag(element, tag);
}

/** The elements inside a constructed element. */
export function childrenOf(element: DerElement): DerElement[] {
  const children: DerElement[] = [];
  for (let rest = element.content; rest.length > 0; ) {
    const child = readDer(rest);
    children.push(child);
    rest = rest.subarray(child.whole.length);
  }
  return children;
}

/** The element itself when it has this tag; throws for another one or none. */
export function expectTag(element: DerElement | undefined, tag: number): DerElement {
  if (element?.tag !== tag) throw new Error(`DER: expected tag ${tag}, found ${element?.tag ?? 'nothing'}`);
  return element;
}

/** Dotted text of an object identifier element. */
export function readObjectIdentifier(element: DerElement | undefined): string {
  const { content } = expectTag(element, derTag.objectIdentifier);
  const numbers: number[] = [];
  let value = 0;
  for (const byte of content) {
    value = value * 128 + (byte & 0x7f);
    if (value > Number.MAX_SAFE_INTEGER / 128) throw new Error('DER: object identifier too large');
    if (byte < 0x80) {
      numbers.push(value);
      value = 0;
    }
  }
  const [head = 0, ...rest] = numbers;
  const root = Math.min(2, Math.floor(head / 40));
  return [root, head - root * 40, ...rest].join('.');
}

/** Text of any string type that occurs in names. */
export function readText(element: DerElement): string {
  if (element.tag === derTag.bmpString) return Buffer.from(element.content).swap16().toString('utf16le');
  return element.content.toString(element.tag === derTag.utf8String ? 'utf8' : 'latin1');
}

/** UTCTime or GeneralizedTime in UTC, whole seconds. */
export function readTime(element: DerElement | undefined): Temporal.Instant {
  const text = element?.content.toString('latin1') ?? '';
  const short = element?.tag === derTag.utcTime && /^\d{12}Z$/.test(text);
  const long = element?.tag === derTag.generalizedTime && /^\d{14}Z$/.test(text);
  if (!short && !long) throw new Error('DER: not a time');
  const full = long ? text : `${Number(text.slice(0, 2)) < 50 ? '20' : '19'}${text}`;
  const [year, month, day, hour, minute, second] = [
    full.slice(0, 4),
    ...[4, 6, 8, 10, 12].map((at) => full.slice(at, at + 2)),
  ];
  return Temporal.Instant.from(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

function encodeLength(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length);
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return Uint8Array.of(0x80 | bytes.length, ...bytes);
}

function toBase128(value: number): number[] {
  const bytes = [value % 128];
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) bytes.unshift((rest % 128) | 0x80);
  return bytes;
}
