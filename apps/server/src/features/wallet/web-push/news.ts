import { sha256 } from '../../../platform/crypto/index.ts';
import type { CardContent } from '../resolve-fields.ts';

/** Field key → hash of the value that the browser knows. No text: a balance is nobody's business here. */
export type Told = Readonly<Record<string, string>>;

const HASH_CHARACTERS = 16;
const MARK = '%@';

type SpeakingField = { readonly key: string; readonly value: string; readonly changeMessage: string };

/** The fields of a card that have something to say when they change, in the order of the card. */
function speakingFields({ fields }: CardContent): SpeakingField[] {
  const all = [fields.header, fields.primary, fields.secondary, fields.auxiliary, fields.back].flat();
  return all.flatMap(({ key, value, changeMessage }) =>
    changeMessage?.includes(MARK) ? [{ key, value, changeMessage }] : [],
  );
}

/** What a browser knows that has seen the card as it is. */
export const toldOf = (content: CardContent): Told =>
  Object.fromEntries(
    speakingFields(content).map(({ key, value }) => [key, sha256(value).toString('hex').slice(0, HASH_CHARACTERS)]),
  );

/**
 * What a lock screen says of a change, by Apple's rules: one field in its own words, several as "the card has changed";
 * a field that was not there before is silent. null: nothing to say.
 */
export function newsOf(
  content: CardContent,
  told: Told,
  several: string,
): { readonly text: string; readonly topic: string } | null {
  const now = toldOf(content);
  const changed = speakingFields(content).filter(({ key }) => told[key] !== undefined && told[key] !== now[key]);
  const [only] = changed;
  if (!only) return null;
  if (changed.length > 1) return { text: several, topic: 'card' };
  return { text: only.changeMessage.replaceAll(MARK, () => only.value), topic: only.key };
}
