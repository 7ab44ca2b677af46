import { sha256 } from '../../../platform/crypto/index.ts';
import type { PassRecord, Snapshot } from '../model.ts';
import type { LocalContents } from '../resolve-fields.ts';

/**
 * A code as tills compare it: capitals, without spaces and dashes, since the text under a code is typed in small letters
 * and in groups.
 */
export const codeKey = (text: string): string => text.normalize('NFC').replace(/[\s-]/g, '').toUpperCase();

/** Under which a code is looked up: it may be a phone, and it may be long. */
export const codeHash = (text: string): Buffer => sha256(codeKey(text));

/**
 * What a card shows a scanner in its languages, where that is neither its number, by which it is found anyway, nor a code
 * that changes, which says itself whose it is.
 */
export function shownCodes(
  { serial }: Pick<PassRecord, 'serial'>,
  snapshot: Pick<Snapshot, 'code'>,
  contents: LocalContents,
): Buffer[] {
  const texts = contents.flatMap(({ content }) => content.barcode?.message ?? []);
  const unlike = texts.filter((text) => text !== snapshot.code && (text !== serial || codeKey(text) !== text));
  const keys = new Set(unlike.map(codeKey));
  keys.delete('');
  return [...keys].map(codeHash);
}
