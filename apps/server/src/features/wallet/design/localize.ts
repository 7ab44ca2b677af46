import { type Language, languages } from '@tessera/contract/messages';
import type { DesignBody, DesignField, FieldGroup } from './body.ts';
import { picturesOf } from './pictures-of-language.ts';

/** The languages that a design speaks, its first one first. */
export const languagesOf = ({ language, texts }: Pick<DesignBody, 'language' | 'texts'>): [Language, ...Language[]] => [
  language,
  ...languages.filter((one) => one !== language && texts?.[one] !== undefined),
];

/** Texts that are said in the first language where a translation is missing or empty. */
const or = (translation: string | undefined, text: string): string =>
  translation === undefined || translation.trim() === '' ? text : translation;

/** The design with the texts of one of its languages written in; what is not translated stays in the first language. */
export function localizeDesign(body: DesignBody, language: Language): DesignBody {
  const images = picturesOf(body.images, language);
  if (language === body.language) return images === body.images ? body : { ...body, images };
  const texts = body.texts?.[language] ?? {};
  const said = <Item extends { readonly texts?: Readonly<Partial<Record<Language, string>>> }>(
    item: Item,
    text: string,
  ): string => or(item.texts?.[language], text);
  const toField = (field: DesignField): DesignField => {
    // A key that a client chose may be called like something that every object has.
    const own = texts.fields && Object.hasOwn(texts.fields, field.key) ? texts.fields[field.key] : undefined;
    if (!own) return field;
    const changeMessage = field.changeMessage && or(own.changeMessage, field.changeMessage);
    return {
      ...field,
      label: or(own.label, field.label),
      // A number or a date is written by the phone: it is the same in every language.
      value: field.format ? field.value : or(own.value, field.value),
      ...(changeMessage ? { changeMessage } : {}),
    };
  };
  const toGroup = (group: FieldGroup) => body.fields[group].map(toField);
  return {
    ...body,
    language,
    images,
    organizationName: or(texts.organizationName, body.organizationName),
    description: or(texts.description, body.description),
    logoText: or(texts.logoText, body.logoText),
    fields: {
      header: toGroup('header'),
      primary: toGroup('primary'),
      secondary: toGroup('secondary'),
      auxiliary: toGroup('auxiliary'),
      back: toGroup('back'),
    },
    ...(body.barcode ? { barcode: { ...body.barcode, altText: or(texts.altText, body.barcode.altText) } } : {}),
    ...(body.poster
      ? { poster: { ...body.poster, ...(body.poster.title ? { title: or(texts.title, body.poster.title) } : {}) } }
      : {}),
    ...(body.places ? { places: body.places.map((place) => ({ ...place, text: said(place, place.text) })) } : {}),
    ...(body.beacons
      ? { beacons: body.beacons.map((beacon) => ({ ...beacon, text: said(beacon, beacon.text) })) }
      : {}),
    ...(body.links ? { links: body.links.map((link) => ({ ...link, label: said(link, link.label) })) } : {}),
  };
}
