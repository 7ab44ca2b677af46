import { sha256 } from '../../../platform/crypto/index.ts';
import type { CardContent, ResolvedField } from '../resolve-fields.ts';

/** Field key → hash of the value that the browser knows. No text: a balance is nobody's business here. */
export type Told = Readonly<Record<string, string>>;

const HASH_CHARACTERS = 16;
const MARK = '%@';

type SpeakingField = Pick<ResolvedField, 'key' | 'value' | 'announced'> & { readonly changeMessage: string };

/** In the order of the card. */
const fieldsOf = ({ fields }: CardContent) =>
  [fields.header, fields.primary, fields.secondary, fields.auxiliary, fields.back].flat();

/** The fields of a card that have something to say when they change. */
const speakingFields = (content: CardContent): SpeakingField[] =>
  fieldsOf(content).flatMap(({ changeMessage, ...field }) =>
    changeMessage?.includes(MARK) ? [{ ...field, changeMessage }] : [],
  );

/** What a browser knows that has seen the card as it is. Of silent fields too: a campaign may make one of them speak. */
export const toldOf = (content: CardContent): Told =>
  Object.fromEntries(
    fieldsOf(content).map(({ key, value }) => [key, sha256(value).toString('hex').slice(0, HASH_CHARACTERS)]),
  );

/**
 * What a lock screen says of a change, by Apple's rules: one field in its own words, several as "the card has changed";
 * a field that was not there before is silent, but for one in which a campaign speaks. null: nothing to say.
 */
export function newsOf(
  content: CardContent,
  told: Told,
  several: string,
): { readonly text: string; readonly topic: string } | null {
  const now = toldOf(content);
  const changed = speakingFields(content).filter(
    ({ key, announced }) => told[key] !== now[key] && (announced || told[key] !== undefined),
  );
  const [only] = changed;
  if (!only) return null;
  if (changed.length > 1) return { text: several, topic: 'card' };
  return { text: only.changeMessage.replaceAll(MARK, () => only.value), topic: only.key };
}
