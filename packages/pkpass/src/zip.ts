/**
 * Zip records as Wallet wants them: stored, sizes and CRC in the local header, no data descriptors, no zip64, one fixed
 * legal date, so that equal input gives equal bytes. Stored because PNG does not shrink and deflating costs more than
 * the signature.
 */
import { crc32 } from 'node:zlib';

export const localHeaderLength = 30;
export const centralHeaderLength = 46;
export const endRecordLength = 22;

/** 1980-01-01 00:00:00, the first date a zip can hold; month and day zero would be invalid. */
const fixedDosDate = 0x0021;
const utf8Flag = 0x0800;

/** A file's two headers with name; sizes, CRC and place are filled in by `patch…`. */
export type ZipHeaders = { readonly local: Buffer; readonly central: Buffer };

/** Makes the headers of a stored file. */
export function makeZipHeaders(name: string): ZipHeaders {
  const nameBytes = Buffer.from(name, 'utf8');
  const flags = nameBytes.length === name.length ? 0 : utf8Flag;
  const local = Buffer.alloc(localHeaderLength + nameBytes.length);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(10, 4);
  local.writeUInt16LE(flags, 6);
  local.writeUInt16LE(fixedDosDate, 12);
  local.writeUInt16LE(nameBytes.length, 26);
  nameBytes.copy(local, localHeaderLength);
  const central = Buffer.alloc(centralHeaderLength + nameBytes.length);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(10, 4);
  central.writeUInt16LE(10, 6);
  central.writeUInt16LE(flags, 8);
  central.writeUInt16LE(fixedDosDate, 14);
  central.writeUInt16LE(nameBytes.length, 28);
  nameBytes.copy(central, centralHeaderLength);
  return { local, central };
}

/**
 * Writes both headers of a file: the local one at `localAt`, the central one at `centralAt`. `zipOffset` is where the
 * local header lies in the finished archive, which differs from `localAt` when `target` holds only its tail.
 */
export function writeZipHeaders(
  target: Buffer,
  headers: ZipHeaders,
  place: { readonly localAt: number; readonly centralAt: number; readonly zipOffset: number },
  data: Uint8Array,
): void {
  const crc = crc32(data);
  target.set(headers.local, place.localAt);
  target.writeUInt32LE(crc, place.localAt + 14);
  target.writeUInt32LE(data.length, place.localAt + 18);
  target.writeUInt32LE(data.length, place.localAt + 22);
  target.set(headers.central, place.centralAt);
  target.writeUInt32LE(crc, place.centralAt + 16);
  target.writeUInt32LE(data.length, place.centralAt + 20);
  target.writeUInt32LE(data.length, place.centralAt + 24);
  target.writeUInt32LE(place.zipOffset, place.centralAt + 42);
}

/** Writes the end-of-central-directory record. */
export function writeZipEnd(
  target: Buffer,
  at: number,
  directory: { readonly entries: number; readonly length: number; readonly zipOffset: number },
): void {
  target.writeUInt32LE(0x06054b50, at);
  target.writeUInt32LE(0, at + 4);
  target.writeUInt16LE(directory.entries, at + 8);
  target.writeUInt16LE(directory.entries, at + 10);
  target.writeUInt32LE(directory.length, at + 12);
  target.writeUInt32LE(directory.zipOffset, at + 16);
  target.writeUInt16LE(0, at + 20);
}
