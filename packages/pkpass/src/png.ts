/** Width and height in pixels. */
export type PngSize = { readonly width: number; readonly height: number };

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Reads the size out of a PNG's first chunk; undefined when it is not a PNG. The picture itself is not decoded. */
export function readPngSize(bytes: Uint8Array): PngSize | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.length < 33 || !buffer.subarray(0, 8).equals(signature)) return undefined;
  if (buffer.toString('latin1', 12, 16) !== 'IHDR') return undefined;
  const size = { width: buffer.readUInt32BE(16), height: buffer.readUInt32BE(20) };
  return size.width > 0 && size.height > 0 ? size : undefined;
}
