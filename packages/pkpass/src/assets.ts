import { hash } from 'node:crypto';
import { isSafeZipPath } from './paths.ts';
import { makeZipHeaders, writeZipHeaders, type ZipHeaders } from './zip.ts';

/** Files by path inside the bundle, e.g. `icon@2x.png`, `fr.lproj/pass.strings`. */
export type BundleFiles = ReadonlyMap<string, Uint8Array> | Readonly<Record<string, Uint8Array>>;

/** Everything about a design's files that is the same for each of its cards. Treat as read-only; share it freely. */
export type CompiledAssets = {
  readonly names: readonly string[];
  /** Local headers and contents, ready to stand at the start of the archive. */
  readonly records: Buffer;
  /** Their central-directory headers. */
  readonly directory: Buffer;
  /** Their manifest members, each preceded by a comma. */
  readonly manifestMembers: Buffer;
};

/** Names the bundle writes itself. */
export const reservedNames: readonly string[] = ['pass.json', 'manifest.json', 'signature'];

/** Above this a card is no longer pleasant to load on a phone; far below what zip without zip64 can hold. */
const assetsLimitBytes = 16 * 1024 * 1024;

/**
 * Computes hashes, checksums and zip records of a design's files once. Paths are sorted, so equal files give equal
 * bytes. Throws `Error` for a path that is reserved or leaves the bundle, and above 16 MiB.
 */
export function compileAssets(files: BundleFiles): CompiledAssets {
  const entries = fileEntries(files);
  const headers = entries.map(([name]) => makeZipHeaders(name));
  const recordsLength = entries.reduce((sum, [, data], index) => sum + headers[index]!.local.length + data.length, 0);
  if (recordsLength > assetsLimitBytes) throw new Error('bundle files are larger than 16 MiB together');
  const directoryLength = headers.reduce((sum, header) => sum + header.central.length, 0);
  // One buffer for both while writing; the directory is cut off behind the records.
  const target = Buffer.alloc(recordsLength + directoryLength);
  let localAt = 0;
  let centralAt = recordsLength;
  entries.forEach(([, data], index) => {
    const header: ZipHeaders = headers[index]!;
    writeZipHeaders(target, header, { localAt, centralAt, zipOffset: localAt }, data);
    target.set(data, localAt + header.local.length);
    localAt += header.local.length + data.length;
    centralAt += header.central.length;
  });
  return {
    names: entries.map(([name]) => name),
    records: target.subarray(0, recordsLength),
    directory: target.subarray(recordsLength),
    manifestMembers: Buffer.from(entries.map(([name, data]) => manifestMember(name, data)).join('')),
  };
}

/** The files as a sorted list of path and content, with every path checked. */
export function fileEntries(files: BundleFiles): [string, Uint8Array][] {
  const entries: [string, Uint8Array][] = files instanceof Map ? [...files] : Object.entries(files);
  for (const [name] of entries) {
    if (reservedNames.includes(name)) throw new Error(`the bundle writes ${name} itself`);
    if (!isSafeZipPath(name)) throw new Error(`not a path inside a bundle: ${JSON.stringify(name)}`);
  }
  return entries.sort(([a], [b]) => (a < b ? -1 : 1));
}

/** `,"name":"sha1"`; SHA-1 is the only hash the manifest knows (Apple, "Building a Pass"). */
export function manifestMember(name: string, data: Uint8Array): string {
  return `,${JSON.stringify(name)}:"${hash('sha1', data, 'hex')}"`;
}
