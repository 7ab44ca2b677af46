import type { CardContent, LocalContents } from '../resolve-fields.ts';

export type LocalizedString = {
  readonly defaultValue: { readonly language: string; readonly value: string };
  readonly translatedValues?: readonly { readonly language: string; readonly value: string }[];
};

/** A text in all languages of a card; null where the first language has none. */
export function localize(
  contents: LocalContents,
  tell: (content: CardContent) => string | undefined,
): LocalizedString | null {
  const [first, ...others] = contents.map(({ language, content }) => ({ language, value: tell(content) ?? '' }));
  if (!first || first.value === '') return null;
  // A translation that says the same is none.
  const translatedValues = others.filter(({ value }) => value !== '' && value !== first.value);
  return { defaultValue: first, ...(translatedValues.length > 0 ? { translatedValues } : {}) };
}

/** Where a field has a plain and a localized form: the second only if there is something to choose from. */
export function plainOrLocalized(name: string, text: LocalizedString | null): Readonly<Record<string, unknown>> {
  if (!text) return {};
  const localized = `localized${name[0]!.toUpperCase()}${name.slice(1)}`;
  return { [name]: text.defaultValue.value, ...(text.translatedValues ? { [localized]: text } : {}) };
}
