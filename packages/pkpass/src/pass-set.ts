/**
 * Several cards in one file, `.pkpasses` (Apple, "Distributing and updating a pass"): a plain zip of `.pkpass` files
 * without a manifest or a signature of its own.
 */
import { type BundleProblem, bundleError } from './bundle-problem.ts';
import { type BundleCheckOptions, type BundleReport, checkBundle } from './check-bundle.ts';
import { endRecordLength, makeZipHeaders, writeZipEnd, writeZipHeaders } from './zip.ts';
import { readZip } from './zip-reader.ts';

export const PASS_SET_MEDIA_TYPE = 'application/vnd.apple.pkpasses';

/** What a phone takes at once: ten cards, 150 million bytes. */
export const passSetLimits = { passes: 10, bytes: 150_000_000 } as const;

/** `01.pkpass`, `02.pkpass`, …: the order of the set, and nothing of what the cards are. */
const nameOf = (index: number): string => `${String(index + 1).padStart(2, '0')}.pkpass`;

/**
 * Packs finished bundles into one file, in the order given. Each may come in pieces (see `buildBundleParts`); nothing is
 * copied but once. Throws a `RangeError` where a phone would refuse the file: no card, more than ten, too many bytes.
 */
export function buildPassSet(bundles: readonly (Uint8Array | readonly Uint8Array[])[]): Buffer {
  if (bundles.length === 0 || bundles.length > passSetLimits.passes) {
    throw new RangeError(`a set holds 1 to ${passSetLimits.passes} cards, not ${bundles.length}`);
  }
  const files = bundles.map((bundle, index) => {
    const pieces = bundle instanceof Uint8Array ? [bundle] : bundle;
    const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
    return { headers: makeZipHeaders(nameOf(index)), pieces, length };
  });
  const directoryAt = files.reduce((sum, { headers, length }) => sum + headers.local.length + length, 0);
  const directoryLength = files.reduce((sum, { headers }) => sum + headers.central.length, 0);
  const total = directoryAt + directoryLength + endRecordLength;
  if (total > passSetLimits.bytes) throw new RangeError(`a set of ${total} bytes is more than a phone takes`);
  const target = Buffer.allocUnsafeSlow(total);
  let localAt = 0;
  let centralAt = directoryAt;
  for (const { headers, pieces, length } of files) {
    const dataAt = localAt + headers.local.length;
    let at = dataAt;
    for (const piece of pieces) {
      target.set(piece, at);
      at += piece.length;
    }
    const data = target.subarray(dataAt, dataAt + length);
    writeZipHeaders(target, headers, { localAt, centralAt, zipOffset: localAt }, data);
    localAt = dataAt + length;
    centralAt += headers.central.length;
  }
  const directory = { entries: files.length, length: directoryLength, zipOffset: directoryAt };
  writeZipEnd(target, centralAt, directory);
  return target;
}

export type PassSetReport = {
  /** The set and every card of it is without errors. */
  readonly ok: boolean;
  /** Of the set itself; those of a card stand in its report. */
  readonly problems: readonly BundleProblem[];
  readonly passes: readonly { readonly name: string; readonly report: BundleReport }[];
};

/** More than the limit is read, so that it can be told apart from a broken archive. */
const readLimits = { files: 100, bytes: passSetLimits.bytes };

/** Looks at a finished `.pkpasses` as a strict phone would. Never throws for bad bytes. */
export function checkPassSet(bytes: Uint8Array, options: BundleCheckOptions = {}): PassSetReport {
  const { files, problems: zipProblems } = readZip(bytes, readLimits);
  const problems: BundleProblem[] = [...zipProblems];
  if (files.size === 0 && problems.length === 0) problems.push(bundleError('set_empty'));
  if (files.size > passSetLimits.passes) problems.push(bundleError('set_too_large', { limit: passSetLimits.passes }));
  const passes: { name: string; report: BundleReport }[] = [];
  const cards = new Set<string>();
  for (const [name, data] of files) {
    if (!/^[^/]+\.pkpass$/.test(name)) {
      problems.push(bundleError('set_foreign_file', { name }));
      continue;
    }
    const report = checkBundle(data, options);
    passes.push({ name, report });
    const card = JSON.stringify([report.pass?.passTypeIdentifier, report.pass?.serialNumber]);
    if (cards.has(card)) problems.push(bundleError('set_card_twice', { name }));
    cards.add(card);
  }
  const ok = problems.every(({ severity }) => severity !== 'error') && passes.every(({ report }) => report.ok);
  return { ok, problems, passes };
}
