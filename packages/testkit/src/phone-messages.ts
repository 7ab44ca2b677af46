/**
 * The line that the lock screen shows when a card changed, or none.
 * Source: Apple, "Updating a pass" and the field key `changeMessage`; the line for several changes is field knowledge.
 */
import type { CardContent, CardField } from './phone-card.ts';

export type PhoneLanguage = 'en' | 'ru';

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
  const value = formatValue(only, strings, language);
  return { text: message.replaceAll('%@', () => value), fieldKeys };
}

function formatValue(field: CardField, strings: ReadonlyMap<string, string>, language: PhoneLanguage): string {
  const { value } = field;
  if (typeof value === 'number') return formatNumber(value, field, language);
  if (field.dateStyle === undefined && field.timeStyle === undefined) return strings.get(value) ?? value;
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) return value;
  const dateStyle = intlStyle(field.dateStyle);
  const timeStyle = intlStyle(field.timeStyle);
  if (dateStyle === undefined && timeStyle === undefined) return value;
  return new Intl.DateTimeFormat(language, {
    ...(dateStyle === undefined ? {} : { dateStyle }),
    ...(timeStyle === undefined ? {} : { timeStyle }),
    timeZone: 'UTC',
  }).format(date);
}

function formatNumber(value: number, field: CardField, language: PhoneLanguage): string {
  if (field.currencyCode !== undefined) {
    return new Intl.NumberFormat(language, { style: 'currency', currency: field.currencyCode }).format(value);
  }
  if (field.numberStyle === 'PKNumberStyleDecimal') return new Intl.NumberFormat(language).format(value);
  if (field.numberStyle === 'PKNumberStylePercent') {
    return new Intl.NumberFormat(language, { style: 'percent' }).format(value);
  }
  return String(value);
}

function intlStyle(style: string | undefined): 'short' | 'medium' | 'long' | 'full' | undefined {
  const name = style?.replace(/^PKDateStyle/, '').toLowerCase();
  return name === 'short' || name === 'medium' || name === 'long' || name === 'full' ? name : undefined;
}

/** `pass.strings` of the phone's language: `"key" = "text";` in UTF-16 with a byte order mark, or UTF-8. */
function readStrings(content: CardContent, language: PhoneLanguage): ReadonlyMap<string, string> {
  const bytes = content.files.get(`${language}.lproj/pass.strings`);
  const strings = new Map<string, string>();
  if (bytes === undefined) return strings;
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  const text = new TextDecoder(encoding).decode(bytes);
  for (const [, key = '', value = ''] of text.matchAll(/"((?:[^"\\]|\\.)*)"\s*=\s*"((?:[^"\\]|\\.)*)"\s*;/g)) {
    strings.set(readEscapes(key), readEscapes(value));
  }
  return strings;
}

function readEscapes(text: string): string {
  return text.replace(/\\(.)/g, (_, character: string) => (character === 'n' ? '\n' : character));
}
