import { resources } from '@tessera/contract/messages';
import type { Lang } from '@tessera/look';
import i18next from 'i18next';
import type { Translate } from '../data.ts';

/** The texts as the server would give them: i18next without escaping, which is the templates' work. */
export async function translator(lang: Lang): Promise<Translate> {
  const instance = i18next.createInstance();
  await instance.init({
    lng: lang,
    ns: ['guest'],
    defaultNS: 'guest',
    resources: { ru: { guest: resources.ru.guest }, en: { guest: resources.en.guest } },
    interpolation: { escapeValue: false },
  });
  return (key, params) => instance.t(key, params ?? {});
}
