import { type Language, resources } from '@tessera/contract/messages';
import { formatMoney, formatPoints } from '@tessera/look';
import { createInstance } from 'i18next';

/** Tells a text of the catalogue: `t('errors:not_found', params)`. */
export type Translate = (key: string, params?: Readonly<Record<string, unknown>>) => string;
export type Texts = (language: Language) => Translate;

/**
 * The catalogues for the server's readers. Amounts come as minor units (decimal text) and are written with
 * `{{amount, points}}` or, with a param `currency`, `{{amount, money}}`: a sentence never shows «15000» for 150 points.
 */
export function createTexts(): Texts {
  const instance = createInstance();
  instance.init({
    lng: 'ru',
    fallbackLng: false,
    ns: Object.keys(resources.ru),
    defaultNS: 'server',
    resources,
    initAsync: false,
    interpolation: { escapeValue: false },
  });
  instance.services.formatter?.add('points', (value, language) =>
    formatPoints(BigInt(value as string), language === 'en' ? 'en' : 'ru', { scale: 2 }),
  );
  instance.services.formatter?.add('money', (value, language, options) =>
    formatMoney(BigInt(value as string), options.currency as string, language === 'en' ? 'en' : 'ru'),
  );
  const translate = { ru: instance.getFixedT('ru'), en: instance.getFixedT('en') };
  return (language) => (key, params) => translate[language](key, params ?? {});
}

/** The language a reader asked for: `?lang=` first, then the first of Accept-Language that we speak. */
export function chooseLanguage(asked: unknown, acceptLanguage: string | undefined, fallback: Language): Language {
  if (asked === 'ru' || asked === 'en') return asked;
  for (const part of (acceptLanguage ?? '').slice(0, 200).split(',')) {
    const tag = part.trim().slice(0, 2).toLowerCase();
    if (tag === 'ru' || tag === 'en') return tag;
  }
  return fallback;
}
