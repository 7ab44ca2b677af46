import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

/** The languages the console speaks. */
export type Language = 'ru' | 'en';
export const languages: readonly Language[] = ['ru', 'en'];

const STORED = 'tessera.language';

const catalogues: Record<Language, () => Promise<{ default: object }>> = {
  ru: () => import('@tessera/contract/messages/ru/console.json'),
  en: () => import('@tessera/contract/messages/en/console.json'),
};

const asLanguage = (text: string | null | undefined): Language | undefined =>
  languages.find((language) => text?.toLowerCase().startsWith(language));

function storedLanguage(): Language | undefined {
  try {
    return asLanguage(localStorage.getItem(STORED));
  } catch {
    return undefined; // storage forbidden: the choice lasts until the page closes
  }
}

/** The language on the screen now. */
export const currentLanguage = (): Language => asLanguage(i18next.language) ?? 'ru';

async function show(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'console')) {
    const catalogue = await catalogues[language]();
    i18next.addResourceBundle(language, 'console', catalogue.default, true, true);
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

/** Loads the chosen language, else the browser's, before the first view. Only that one catalogue is fetched. */
export async function startLanguage(): Promise<void> {
  await i18next.use(initReactI18next).init({
    ns: ['console'],
    defaultNS: 'console',
    resources: {},
    fallbackLng: false,
    interpolation: { escapeValue: false },
    react: { useSuspense: false, bindI18nStore: 'added' },
  });
  await show(storedLanguage() ?? asLanguage(navigator.language) ?? 'en');
}

/** Changes the language and keeps the choice in this browser. */
export async function chooseLanguage(language: Language): Promise<void> {
  try {
    localStorage.setItem(STORED, language);
  } catch {
    // Forbidden storage: see storedLanguage.
  }
  await show(language);
}

/** Takes the company's language unless the reader chose one here, or his browser speaks one of ours. */
export async function followCompanyLanguage(language: Language): Promise<void> {
  if (storedLanguage() ?? asLanguage(navigator.language)) return;
  if (language !== currentLanguage()) await show(language);
}
