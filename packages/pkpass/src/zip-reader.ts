/** Reads a zip the strict way: everything a tricky or broken archive could play is a problem, and sizes are bounded. */
import { crc32, inflateRawSync } from 'node:zlib';
import { type BundleProblem, bundleError, bundleWarning } from './bundle-problem.ts';
import { isSafeZipPath } from './paths.ts';
import { centralHeaderLength, endRecordLength, localHeaderLength } from './zip.ts';

export type ZipContent = { readonly files: ReadonlyMap<string, Buffer>; readonly problems: readonly BundleProblem[] };

export type ZipLimits = { readonly files: number; readonly bytes: number };

/** Far above any card, far below what hurts. */
export const defaultZipLimits: ZipLimits = { files: 500, bytes: 32 * 1024 * 1024 };

type Entry = {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packedLength: number;
  readonly length: number;
  readonly localAt: number;
};

const descriptorFlag = 0x0008;
const encryptedFlags = 0x0041;

/** Never throws for bad input; files with a problem are left out. */
export function readZip(bytes: Uint8Array, limits: ZipLimits = defaultZipLimits): ZipContent {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const files = new Map<string, Buffer>();
  if (zip.length > limits.bytes) return { files, problems: [bundleError('zip_too_large', { limit: limits.bytes })] };
  const entries = readDirectory(zip, limits);
  if (!Array.isArray(entries)) return { files, problems: [entries] };
  const problems: BundleProblem[] = [];
  let remaining = limits.bytes;
  for (const entry of entries) {
    // Folders need no entry of their own; archivers write them all the same.
    if (entry.name.endsWith('/') && entry.length === 0) continue;
    const found = checkEntry(zip, entry, files);
    if (entry.length > remaining) found.push(bundleError('zip_too_large', { limit: limits.bytes }));
    problems.push(...found);
    if (found.some(({ severity }) => severity === 'error')) continue;
    remaining -= entry.length;
    const data = unpack(zip, entry);
    if (data) files.set(entry.name, data);
    else problems.push(bundleError('zip_crc', { name: entry.name }));
  }
  return { files, problems };
}

function readDirectory(zip: Buffer, limits: ZipLimits): Entry[] | BundleProblem {
  const endAt = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (endAt < 0 || endAt + endRecordLength > zip.length) return malformed('no end record');
  if (endAt + endRecordLength + zip.readUInt16LE(endAt + 20) !== zip.length) return malformed('bytes after the end');
  const count = zip.readUInt16LE(endAt + 10);
  const length = zip.readUInt32LE(endAt + 12);
  const start = zip.readUInt32LE(endAt + 16);
  if (zip.readUInt32LE(endAt + 4) !== 0 || zip.readUInt16LE(endAt + 8) !== count) return malformed('several disks');
  if (start + length !== endAt) return malformed('directory out of place');
  if (count > limits.files) return bundleError('zip_too_large', { limit: limits.files });
  const entries: Entry[] = [];
  let at = start;
  for (let index = 0; index < count; index++) {
    if (at + centralHeaderLength > endAt || zip.readUInt32LE(at) !== 0x02014b50)
      return malformed('bad directory entry');
    const nameLength = zip.readUInt16LE(at + 28);
    const next = at + centralHeaderLength + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
    if (next > endAt) return malformed('bad directory entry');
    entries.push({
      name: zip.toString('utf8', at + centralHeaderLength, at + centralHeaderLength + nameLength),
      flags: zip.readUInt16LE(at + 8),
      method: zip.readUInt16LE(at + 10),
      crc: zip.readUInt32LE(at + 16),
      packedLength: zip.readUInt32LE(at + 20),
      length: zip.readUInt32LE(at + 24),
      localAt: zip.readUInt32LE(at + 42),
    });
    at = next;
  }
  return at === endAt ? checkOverlap(entries, start) : malformed('bytes after the directory');
}

/** Two entries over the same bytes are how small archives unpack to enormous ones. */
function checkOverlap(entries: Entry[], directoryAt: number): Entry[] | BundleProblem {
  let end = 0;
  for (const entry of entries.toSorted((a, b) => a.localAt - b.localAt)) {
    if (entry.localAt < end) return malformed('entries overlap');
    end = entry.localAt + localHeaderLength + entry.packedLength;
  }
  return end <= directoryAt ? entries : malformed('entries overlap');
}

function checkEntry(zip: Buffer, entry: Entry, files: ReadonlyMap<string, Buffer>): BundleProblem[] {
  const { name, localAt } = entry;
  if (!isSafeZipPath(name)) return [bundleError('zip_path', { name: JSON.stringify(name.slice(0, 100)) })];
  if (files.has(name)) return [bundleError('zip_duplicate', { name })];
  if ((entry.flags & encryptedFlags) !== 0 || (entry.method !== 0 && entry.method !== 8)) {
    return [bundleError('zip_method', { name })];
  }
  const hasDescriptor = (entry.flags & descriptorFlag) !== 0;
  const nameLength = zip.readUInt16LE(localAt + 26);
  const same =
    zip.readUInt32LE(localAt) === 0x04034b50 &&
    zip.readUInt16LE(localAt + 6) === entry.flags &&
    zip.readUInt16LE(localAt + 8) === entry.method &&
    zip.toString('utf8', localAt + localHeaderLength, localAt + localHeaderLength + nameLength) === name &&
    (hasDescriptor ||
      (zip.readUInt32LE(localAt + 14) === entry.crc &&
        zip.readUInt32LE(localAt + 18) === entry.packedLength &&
        zip.readUInt32LE(localAt + 22) === entry.length));
  if (!same) return [bundleError('zip_header_mismatch', { name })];
  return hasDescriptor ? [bundleWarning('zip_data_descriptor', { name })] : [];
}

function unpack(zip: Buffer, entry: Entry): Buffer | undefined {
  const dataAt =
    entry.localAt + localHeaderLength + zip.readUInt16LE(entry.localAt + 26) + zip.readUInt16LE(entry.localAt + 28);
  const packed = zip.subarray(dataAt, dataAt + entry.packedLength);
  try {
    const data = entry.method === 0 ? packed : inflateRawSync(packed, { maxOutputLength: Math.max(1, entry.length) });
    return data.length === entry.length && crc32(data) === entry.crc ? data : undefined;
  } catch {
    return undefined;
  }
}

function malformed(reason: string): BundleProblem {
  return bundleError('zip_malformed', { reason });
}
