import type { Language } from '@tessera/contract/messages';
import { encodePassStrings, type Pass, type PassField, type PassFields } from '@tessera/pkpass';

export type LocalPass = { readonly language: Language; readonly pass: Pass };

export type LocalizedPass = {
  readonly pass: Pass;
  /** `ru.lproj/pass.strings` and so on, one for each language; none where there is only one. */
  readonly files: Readonly<Record<string, Uint8Array>>;
};

/** Invisible and without width: makes a text a key of its own. */
const WORD_JOINER = '\u2060';

/**
 * One pass for phones of several languages (Apple, "Creating the source for a pass: localize"): `pass.json` speaks the
 * first one, and tables of strings tell the others. The texts themselves are the keys: a reader without tables shows
 * them as they are, and Wallet sees a change, since a new text is a new key. Where one text has two translations the
 * later one gets an invisible sign, so that each finds its own.
 */
export function localizePasses([first, ...others]: readonly [LocalPass, ...LocalPass[]]): LocalizedPass {
  if (others.length === 0) return { pass: first.pass, files: {} };
  /** Text as it is written → its translations, in the order of the other languages. */
  const known = new Map<string, readonly string[]>();
  const name = (text: string, translations: readonly string[]): string => {
    let key = text;
    while (known.has(key) && !isSame(known.get(key)!, translations)) key += WORD_JOINER;
    known.set(key, translations);
    return key;
  };
  const pass = walk(
    first.pass,
    others.map((other) => other.pass),
    name,
  );
  // Every language holds every key, the first one too: without a table of its own it would be told another's texts.
  const files = [first, ...others].map(({ language }, index) => {
    const said = [...known].map(([key, texts]) => [
      key,
      index === 0 ? key.replaceAll(WORD_JOINER, '') : (texts[index - 1] ?? key),
    ]);
    return [`${language}.lproj/pass.strings`, encodePassStrings(Object.fromEntries(said))] as const;
  });
  return { pass, files: Object.fromEntries(files) };
}

const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((text, index) => text === other[index]);

type Name = (text: string, translations: readonly string[]) => string;

/** The texts that Wallet looks up in its tables. */
function walk(pass: Pass, others: readonly Pass[], name: Name): Pass {
  const top = (key: 'organizationName' | 'description' | 'logoText') => {
    const text = pass[key];
    return text === undefined
      ? {}
      : {
          [key]: name(
            text,
            others.map((other) => other[key] ?? text),
          ),
        };
  };
  const styles = (['storeCard', 'generic', 'coupon', 'eventTicket', 'posterGeneric'] as const).flatMap((style) => {
    const fields = pass[style];
    return fields
      ? [
          [
            style,
            walkStyle(
              fields,
              others.map((other) => other[style] ?? {}),
              name,
            ),
          ] as const,
        ]
      : [];
  });
  const nearby = <Item extends { readonly relevantText?: string }>(
    items: readonly Item[] | undefined,
    ofOther: (other: Pass) => readonly Item[] | undefined,
  ) =>
    items?.map((item, index) =>
      item.relevantText === undefined
        ? item
        : {
            ...item,
            relevantText: name(
              item.relevantText,
              others.map((other) => ofOther(other)?.[index]?.relevantText ?? item.relevantText!),
            ),
          },
    );
  const locations = nearby(pass.locations, (other) => other.locations);
  const beacons = nearby(pass.beacons, (other) => other.beacons);
  return {
    ...pass,
    ...top('organizationName'),
    ...top('description'),
    ...top('logoText'),
    ...(locations ? { locations } : {}),
    ...(beacons ? { beacons } : {}),
    ...Object.fromEntries(styles),
  };
}

function walkStyle(style: PassFields, others: readonly PassFields[], name: Name): PassFields {
  const everywhere = others.map(
    (other) =>
      new Map(
        Object.values(other)
          .flatMap((fields) => fields ?? [])
          .map((field) => [field.key, field]),
      ),
  );
  const walkField = (field: PassField): PassField => {
    const text = (key: 'label' | 'value' | 'changeMessage') => {
      const own = field[key];
      // Numbers and dates are written by the phone itself; what the field lacks stays away.
      if (typeof own !== 'string' || own === '' || (key === 'value' && isTyped(field))) return {};
      const translations = everywhere.map((fields) => {
        const other = fields.get(field.key)?.[key];
        return typeof other === 'string' && other !== '' ? other : own;
      });
      return { [key]: name(own, translations) };
    };
    return { ...field, ...text('label'), ...text('value'), ...text('changeMessage') };
  };
  return Object.fromEntries(Object.entries(style).map(([group, fields]) => [group, fields?.map(walkField)]));
}

const isTyped = ({ dateStyle, timeStyle, attributedValue }: PassField): boolean =>
  dateStyle !== undefined || timeStyle !== undefined || attributedValue !== undefined;
