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

/** Texts of the larger rooms: fetched with the room, so that the first view stays small. */
const roomCatalogues = {
  programmes: {
    ru: () => import('@tessera/contract/messages/ru/programmes.json'),
    en: () => import('@tessera/contract/messages/en/programmes.json'),
  },
  coupons: {
    ru: () => import('@tessera/contract/messages/ru/coupons.json'),
    en: () => import('@tessera/contract/messages/en/coupons.json'),
  },
  campaigns: {
    ru: () => import('@tessera/contract/messages/ru/campaigns.json'),
    en: () => import('@tessera/contract/messages/en/campaigns.json'),
  },
  designs: {
    ru: () => import('@tessera/contract/messages/ru/designs.json'),
    en: () => import('@tessera/contract/messages/en/designs.json'),
  },
  referral: {
    ru: () => import('@tessera/contract/messages/ru/referral.json'),
    en: () => import('@tessera/contract/messages/en/referral.json'),
  },
  receipts: {
    ru: () => import('@tessera/contract/messages/ru/receipts.json'),
    en: () => import('@tessera/contract/messages/en/receipts.json'),
  },
  coalition: {
    ru: () => import('@tessera/contract/messages/ru/coalition.json'),
    en: () => import('@tessera/contract/messages/en/coalition.json'),
  },
  adjusting: {
    ru: () => import('@tessera/contract/messages/ru/adjusting.json'),
    en: () => import('@tessera/contract/messages/en/adjusting.json'),
  },
  levels: {
    ru: () => import('@tessera/contract/messages/ru/levels.json'),
    en: () => import('@tessera/contract/messages/en/levels.json'),
  },
  forms: {
    ru: () => import('@tessera/contract/messages/ru/forms.json'),
    en: () => import('@tessera/contract/messages/en/forms.json'),
  },
  google: {
    ru: () => import('@tessera/contract/messages/ru/google.json'),
    en: () => import('@tessera/contract/messages/en/google.json'),
  },
  sets: {
    ru: () => import('@tessera/contract/messages/ru/sets.json'),
    en: () => import('@tessera/contract/messages/en/sets.json'),
  },
  wallets: {
    ru: () => import('@tessera/contract/messages/ru/wallets.json'),
    en: () => import('@tessera/contract/messages/en/wallets.json'),
  },
  tills: {
    ru: () => import('@tessera/contract/messages/ru/tills.json'),
    en: () => import('@tessera/contract/messages/en/tills.json'),
  },
  statistics: {
    ru: () => import('@tessera/contract/messages/ru/statistics.json'),
    en: () => import('@tessera/contract/messages/en/statistics.json'),
  },
  passes: {
    ru: () => import('@tessera/contract/messages/ru/passes.json'),
    en: () => import('@tessera/contract/messages/en/passes.json'),
  },
  privacy: {
    ru: () => import('@tessera/contract/messages/ru/privacy.json'),
    en: () => import('@tessera/contract/messages/en/privacy.json'),
  },
  imports: {
    ru: () => import('@tessera/contract/messages/ru/imports.json'),
    en: () => import('@tessera/contract/messages/en/imports.json'),
  },
} as const satisfies Record<string, Record<Language, () => Promise<{ default: object }>>>;
type RoomTexts = keyof typeof roomCatalogues;
const roomsInUse = new Set<RoomTexts>();

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

async function load(
  language: Language,
  namespace: string,
  catalogue: () => Promise<{ default: object }>,
): Promise<void> {
  if (i18next.hasResourceBundle(language, namespace)) return;
  i18next.addResourceBundle(language, namespace, (await catalogue()).default, true, true);
}

/**
 * Loads the texts of a room in the language on the screen: `beforeLoad: () => loadRoomTexts('coupons')` on its route,
 * then `useTranslation('coupons')` in its components.
 */
export async function loadRoomTexts(room: RoomTexts): Promise<void> {
  roomsInUse.add(room);
  const language = currentLanguage();
  await load(language, room, roomCatalogues[room][language]);
}

async function show(language: Language): Promise<void> {
  const rooms = [...roomsInUse].map((room) => load(language, room, roomCatalogues[room][language]));
  await Promise.all([load(language, 'console', catalogues[language]), ...rooms]);
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
