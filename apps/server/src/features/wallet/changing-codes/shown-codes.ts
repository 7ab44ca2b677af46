import { sha256, type Vault } from '../../../platform/crypto/index.ts';
import type { PassRecord, Snapshot } from '../model.ts';
import type { LocalContents } from '../resolve-fields.ts';

/**
 * A code as tills compare it: capitals, without spaces and dashes, since the text under a code is typed in small letters
 * and in groups.
 */
export const codeKey = (text: string): string => text.normalize('NFC').replace(/[\s-]/g, '').toUpperCase();

/** Whoever keeps hashes of codes: the key is the installation's, each company has its own hashes. */
type Keeper = { readonly vault: Vault; readonly companyId: number };

/** A hash of another length than the plain one: that tells them apart. 128 bits are enough to look up by. */
export const CODE_HASH_BYTES = 16;
export const PLAIN_HASH_BYTES = 32;

/** As codes were kept at first. Whoever has the database can try all phones there are. */
export const plainCodeHash = (text: string): Buffer => sha256(codeKey(text));

/** The keyed hash of a code, from its plain one: so those that were kept at first can be keyed without their texts. */
export const keyedCodeHash = ({ vault, companyId }: Keeper, plain: Buffer): Buffer =>
  vault.keyed('shown-code', `${companyId}:${plain.toString('hex')}`).subarray(0, CODE_HASH_BYTES);

/** Under which a code is looked up: it may be a phone, and nobody can try phones without the key. */
export const codeHash = (keeper: Keeper, text: string): Buffer => keyedCodeHash(keeper, plainCodeHash(text));

/**
 * What a card shows a scanner in its languages, where that is neither its number, by which it is found anyway, nor a code
 * that changes, which says itself whose it is.
 */
export function shownCodes(
  keeper: Keeper,
  { serial }: Pick<PassRecord, 'serial'>,
  snapshot: Pick<Snapshot, 'code'>,
  contents: LocalContents,
): Buffer[] {
  const texts = contents.flatMap(({ content }) => content.barcode?.message ?? []);
  const unlike = texts.filter((text) => text !== snapshot.code && (text !== serial || codeKey(text) !== text));
  const keys = new Set(unlike.map(codeKey));
  keys.delete('');
  return [...keys].map((key) => codeHash(keeper, key));
}
