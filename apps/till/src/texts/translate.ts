import type russian from '@tessera/contract/messages/ru/till.json';
import { type Lang, pluralForm } from '@tessera/look/format.ts';

/**
 * The catalogue's texts. The files are i18next resources; the till needs only lookup, `{{value}}` and plural forms of them,
 * and does that in these few lines, because the library weighs as much as all screens together.
 */
export type Catalogue = Readonly<Record<string, Readonly<Record<string, string>>>>;

type WithoutForm<Key extends string> = Key extends `${infer Base}_${'one' | 'few' | 'many' | 'other'}` ? Base : Key;
type Keys<Section extends string, Texts> = Texts extends object
  ? `${Section}.${WithoutForm<keyof Texts & string>}`
  : never;

/** Every text there is: «find.title». A key that does not exist does not compile. */
export type TextKey = {
  [Section in keyof typeof russian & string]: Keys<Section, (typeof russian)[Section]>;
}[keyof typeof russian & string];

export type Values = Readonly<Record<string, string | number>>;
export type Translate = (key: TextKey, values?: Values) => string;

/** Looks a text up and fills it in. A numeric `count` chooses among `_one`, `_few`, `_many`, `_other`. */
export function translator(catalogue: Catalogue, lang: Lang): Translate {
  return (key, values = {}) => {
    const [section = '', name = ''] = key.split('.');
    const texts = catalogue[section] ?? {};
    const text = texts[name] ?? countedText(texts, name, values.count, lang) ?? key;
    return text.replace(/\{\{(\w+)\}\}/g, (whole, value: string) => String(values[value] ?? whole));
  };
}

function countedText(
  texts: Readonly<Record<string, string>>,
  name: string,
  count: unknown,
  lang: Lang,
): string | undefined {
  const other = texts[`${name}_other`];
  if (typeof count !== 'number' || other === undefined) return other;
  const form = (which: string) => texts[`${name}_${which}`] ?? other;
  return pluralForm(BigInt(count), lang, { one: form('one'), few: form('few'), many: form('many'), other });
}
