/**
 * The line that the lock screen shows when a card changed, or none.
 * Source: Apple, "Updating a pass" and the field key `changeMessage`; the line for several changes is field knowledge.
 */
import type { CardContent } from './phone-card.ts';
import { type PhoneLanguage, readStrings, tellValue } from './phone-texts.ts';

export type ChangeLine = { readonly text: string; readonly fieldKeys: readonly string[] };

/** Wallet does not list several changes: it only says that there were some. */
const severalChanges: Readonly<Record<PhoneLanguage, string>> = {
  en: 'The card has changed',
  ru: 'Карта изменилась',
};

/** A new field, a lost one, and a change of anything but a value are silent; so is a changeMessage without `%@`. */
export function describeChange(
  before: CardContent,
  after: CardContent,
  language: PhoneLanguage,
): ChangeLine | undefined {
  const previous = new Map(before.fields.map((field) => [field.key, field]));
  const speaking = after.fields.filter((field) => {
    const old = previous.get(field.key);
    return old !== undefined && old.value !== field.value && field.changeMessage !== undefined;
  });
  const fieldKeys = speaking.map(({ key }) => key);
  const [only] = speaking;
  if (only === undefined) return undefined;
  if (speaking.length > 1) return { text: severalChanges[language], fieldKeys };
  const strings = readStrings(after, language);
  const message = strings.get(only.changeMessage ?? '') ?? only.changeMessage ?? '';
  if (!message.includes('%@')) return undefined;
  const value = tellValue(only, strings, language);
  return { text: message.replaceAll('%@', () => value), fieldKeys };
}
