/** A card's texts as a phone writes them: in its owner's language, numbers and dates in his way. */
import type { CardContent, CardField, PassJson } from './phone-card.ts';

export type PhoneLanguage = 'en' | 'ru';

type Strings = ReadonlyMap<string, string>;

/** The value of a field as the phone shows it. */
export function tellValue(
  field: Omit<CardField, 'key' | 'changeMessage'>,
  strings: Strings,
  language: PhoneLanguage,
): string {
  const { value } = field;
  if (typeof value === 'number') return tellNumber(value, field, language);
  if (field.dateStyle === undefined && field.timeStyle === undefined) return strings.get(value) ?? value;
  return tellDate(value, field, language) ?? value;
}

const locales = { ru: 'ru-RU', en: 'en-GB' } as const;

function tellNumber(value: number, field: Pick<CardField, 'currencyCode' | 'numberStyle'>, language: PhoneLanguage) {
  const locale = locales[language];
  if (field.currencyCode !== undefined) {
    return new Intl.NumberFormat(locale, { style: 'currency', currency: field.currencyCode }).format(value);
  }
  if (field.numberStyle === 'PKNumberStyleDecimal') return new Intl.NumberFormat(locale).format(value);
  if (field.numberStyle === 'PKNumberStylePercent') {
    return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }).format(value);
  }
  return String(value);
}

/** The phone is where the date is: it tells the hour that is written, whatever its offset. */
function tellDate(value: string, field: Pick<CardField, 'dateStyle' | 'timeStyle'>, language: PhoneLanguage) {
  const local = Date.parse(`${value.replace(/(?:Z|[+-]\d{2}:\d{2})$/, '')}Z`);
  const dateStyle = intlStyle(field.dateStyle);
  const timeStyle = intlStyle(field.timeStyle);
  if (Number.isNaN(local) || (dateStyle === undefined && timeStyle === undefined)) return undefined;
  return new Intl.DateTimeFormat(locales[language], {
    ...(dateStyle === undefined ? {} : { dateStyle }),
    ...(timeStyle === undefined ? {} : { timeStyle }),
    timeZone: 'UTC',
  }).format(local);
}

function intlStyle(style: string | undefined): 'short' | 'medium' | 'long' | 'full' | undefined {
  const name = style?.replace(/^PKDateStyle/, '').toLowerCase();
  return name === 'short' || name === 'medium' || name === 'long' || name === 'full' ? name : undefined;
}

/** Texts outside the fields that Wallet looks up (Apple, "Creating the source for a pass: localize"). */
const looksUp: ReadonlySet<string> = new Set(['organizationName', 'description', 'logoText']);

/** pass.json in the phone's language: every text is looked up, every value of the style told as a text. */
export function tellPass({ pass, files }: Pick<CardContent, 'pass' | 'files'>, language: PhoneLanguage): PassJson {
  const strings = readStrings({ files }, language);
  const inFields = (list: unknown): unknown =>
    Array.isArray(list)
      ? list.map((field: CardField & { label?: string }) => ({
          ...field,
          ...(field.label === undefined ? {} : { label: strings.get(field.label) ?? field.label }),
          value: tellValue(field, strings, language),
        }))
      : list;
  const tell = (name: string, value: unknown): unknown => {
    if (typeof value === 'string') return looksUp.has(name) ? (strings.get(value) ?? value) : value;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([group, list]) => [group, inFields(list)]));
  };
  return Object.fromEntries(Object.entries(pass).map(([name, value]) => [name, tell(name, value)]));
}

/** `pass.strings` of the phone's language: `"key" = "text";` in UTF-16 with a byte order mark, or UTF-8. */
export function readStrings({ files }: Pick<CardContent, 'files'>, language: PhoneLanguage): Strings {
  const bytes = files.get(`${language}.lproj/pass.strings`);
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
