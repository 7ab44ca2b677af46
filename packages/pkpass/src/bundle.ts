import { hash } from 'node:crypto';
import { type BundleFiles, type CompiledAssets, fileEntries, manifestMember } from './assets.ts';
import type { Pass } from './pass.ts';
import type { Signer } from './signer.ts';
import { endRecordLength, makeZipHeaders, writeZipEnd, writeZipHeaders, type ZipHeaders } from './zip.ts';

export type BundleInput = {
  readonly signer: Signer;
  readonly assets: CompiledAssets;
  /** Written with JSON.stringify as it is; `validatePass` is a separate step. */
  readonly pass: Pass;
  /** Pass now minus a few seconds: a signing time in a phone's future can make the card invalid. */
  readonly signingTime: Temporal.Instant;
  /** Files of this card alone, e.g. `fr.lproj/pass.strings` or a personal strip. No path of the assets again. */
  readonly extraFiles?: BundleFiles;
};

/** A bundle in two pieces: the design's part is shared by all cards, only the second piece belongs to this one. */
export type BundleParts = { readonly shared: Buffer; readonly own: Buffer; readonly length: number };

/**
 * Builds a signed `.pkpass` as one buffer. Equal input gives equal bytes: dates are fixed, paths sorted, and RSA PKCS#1
 * v1.5 knows no chance. Rejects with `Error` for a bad path, a file named twice, or a pass that is not JSON.
 */
export async function buildBundle(input: BundleInput): Promise<Buffer> {
  const layout = layOut(input);
  const { records } = input.assets;
  const target = Buffer.allocUnsafeSlow(records.length + layout.length);
  const finish = startWriting(target, records.length, layout, input);
  // The copy runs while another thread computes the signature.
  target.set(records, 0);
  await finish;
  return target;
}

/**
 * The same bytes without copying the design's images: send `shared`, then `own`. Saves the copy and, for whoever caches
 * bundles, nearly all of the memory (about 6 kB a card instead of 100 kB).
 */
export async function buildBundleParts(input: BundleInput): Promise<BundleParts> {
  const layout = layOut(input);
  const own = Buffer.allocUnsafeSlow(layout.length);
  await startWriting(own, 0, layout, input);
  const { records } = input.assets;
  return { shared: records, own, length: records.length + own.length };
}

type OwnFile = { readonly headers: ZipHeaders; readonly length: number };

/** Sizes of everything behind the shared records; all known before anything is written. */
type Layout = {
  readonly passJson: string;
  readonly extras: readonly (OwnFile & { readonly data: Uint8Array })[];
  readonly extraMembers: Buffer;
  readonly pass: OwnFile;
  readonly manifest: OwnFile;
  readonly signature: OwnFile;
  readonly directoryAt: number;
  readonly length: number;
};

const passHeaders = makeZipHeaders('pass.json');
const manifestHeaders = makeZipHeaders('manifest.json');
const signatureHeaders = makeZipHeaders('signature');
const manifestStart = '{"pass.json":"';
const sha1HexLength = 40;

function layOut({ signer, assets, pass, extraFiles }: BundleInput): Layout {
  const passJson = JSON.stringify(pass);
  if (typeof passJson !== 'string') throw new Error('the pass is not JSON');
  const extraEntries = extraFiles ? fileEntries(extraFiles) : [];
  const extras = extraEntries.map(([name, data]) => {
    if (assets.names.includes(name)) throw new Error(`file is already part of the assets: ${JSON.stringify(name)}`);
    return { headers: makeZipHeaders(name), length: data.length, data };
  });
  const extraMembers = Buffer.from(extraEntries.map(([name, data]) => manifestMember(name, data)).join(''));
  const manifestLength =
    manifestStart.length + sha1HexLength + 1 + assets.manifestMembers.length + extraMembers.length + 1;
  const passFile = { headers: passHeaders, length: Buffer.byteLength(passJson) };
  const manifest = { headers: manifestHeaders, length: manifestLength };
  const signature = { headers: signatureHeaders, length: signer.signatureLength };
  let directoryAt = 0;
  let directoryLength = assets.directory.length;
  for (const file of [passFile, ...extras, manifest, signature]) {
    directoryAt += file.headers.local.length + file.length;
    directoryLength += file.headers.central.length;
  }
  const length = directoryAt + directoryLength + endRecordLength;
  return { passJson, extras, extraMembers, pass: passFile, manifest, signature, directoryAt, length };
}

/**
 * Writes everything behind the shared records into `target` from `base` on. Runs synchronously until the signature is
 * under way, so the caller can do other work before awaiting.
 */
async function startWriting(target: Buffer, base: number, layout: Layout, input: BundleInput): Promise<void> {
  const { assets, signer, signingTime } = input;
  const zipShift = assets.records.length - base;
  let localAt = base;
  let centralAt = base + layout.directoryAt;
  target.set(assets.directory, centralAt);
  centralAt += assets.directory.length;

  const reserve = (file: OwnFile): ReservedFile => {
    const dataAt = localAt + file.headers.local.length;
    const place = { localAt, centralAt, zipOffset: localAt + zipShift };
    localAt = dataAt + file.length;
    centralAt += file.headers.central.length;
    return { headers: file.headers, place, data: target.subarray(dataAt, localAt) };
  };
  const pass = reserve(layout.pass);
  pass.data.write(layout.passJson, 'utf8');
  writeZipHeaders(target, pass.headers, pass.place, pass.data);
  for (const extra of layout.extras) {
    const file = reserve(extra);
    file.data.set(extra.data);
    writeZipHeaders(target, file.headers, file.place, file.data);
  }
  const manifest = reserve(layout.manifest);
  writeManifest(manifest.data, hash('sha1', pass.data, 'hex'), assets.manifestMembers, layout.extraMembers);
  const signing = signer.sign(manifest.data, signingTime);
  writeZipHeaders(target, manifest.headers, manifest.place, manifest.data);
  const signature = reserve(layout.signature);
  const directory = { length: centralAt - base - layout.directoryAt, zipOffset: base + layout.directoryAt + zipShift };
  writeZipEnd(target, centralAt, { entries: assets.names.length + layout.extras.length + 3, ...directory });
  signature.data.set(await signing);
  writeZipHeaders(target, signature.headers, signature.place, signature.data);
}

type ReservedFile = {
  readonly headers: ZipHeaders;
  readonly place: Parameters<typeof writeZipHeaders>[2];
  readonly data: Buffer;
};

/** One line, no white space: exactly these bytes are signed. */
function writeManifest(target: Buffer, passHash: string, assetMembers: Buffer, extraMembers: Buffer): void {
  let at = target.write(`${manifestStart}${passHash}"`, 'latin1');
  target.set(assetMembers, at);
  at += assetMembers.length;
  target.set(extraMembers, at);
  at += extraMembers.length;
  target[at] = 0x7d;
}
