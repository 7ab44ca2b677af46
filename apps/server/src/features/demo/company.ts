import type { Language } from '@tessera/contract/messages';
import type { FormDraft } from '../growth/index.ts';

/** The demo restaurant: an invented place by the sea. Sums in kopecks. */
export const demoCompany = {
  name: 'Чайка',
  language: 'ru',
  currency: 'RUB',
  timeZone: 'Europe/Moscow',
  country: 'RU',
  demo: true,
} as const;

export const demoVenues = [
  { code: 1, name: '«Чайка» на набережной' },
  { code: 2, name: '«Чайка» у маяка' },
];

export const demoRules = {
  timeZone: 'Europe/Moscow',
  levels: [
    { id: 'bronze', name: 'Бронза', fromTurnover: 0, rateBasisPoints: 300 },
    { id: 'silver', name: 'Серебро', fromTurnover: 1_000_000, rateBasisPoints: 500 },
    { id: 'gold', name: 'Золото', fromTurnover: 5_000_000, rateBasisPoints: 700 },
  ],
  expiry: { kind: 'period', length: 12, unit: 'months' },
  spendLimits: { maxPercentBasisPoints: 5_000, step: 100 },
  welcome: { amount: 10_000, lifetimeDays: 90 },
  birthday: { amount: 50_000 },
};

/** The guests' invitations: 250 points for a friend's first check of 1,000 roubles, 500 for whoever brought him. */
export const demoReferral = {
  enabled: true,
  referrer: { points: 50_000, moment: 'after_return_window' },
  referee: { points: 25_000, moment: 'at_once' },
  minimumCheck: 100_000,
  monthlyCap: 10,
};

/** Receipts of guests who had no card at hand: people look at every one. */
export const demoReceipts = { enabled: true };

/** Codes of receipts that wait for the staff: hours ago, kopecks, numbers. */
export const demoWaitingReceipts = [
  { guest: 3, hoursAgo: 5, sum: 184_000n, document: '48211', sign: '2904118375' },
  { guest: 7, hoursAgo: 29, sum: 96_500n, document: '47902', sign: '1187460023' },
];

/** The fiscal storage of the demo's till: sixteen digits that no till bears. */
export const DEMO_STORAGE = '9999078900000001';

/** The group that the vendor's test database has under this number. */
export const SELF_REGISTERED_GROUP = 3;
export const demoGroups = [
  { groupId: 1, name: 'Основная', template: null },
  { groupId: SELF_REGISTERED_GROUP, name: 'Самостоятельно зарегистрировавшиеся', template: { welcome: true } },
];

export const demoPassType = { passTypeIdentifier: 'pass.demo.tessera.chaika', teamIdentifier: 'DEMO000001' };

export const DEMO_FORM_ID = 'chaika';
export const demoForm: FormDraft = {
  heading: { ru: 'Карта «Чайки»', en: 'The Gull card' },
  lead: {
    ru: '100 баллов сразу и 3 % с каждого чека. Останется в телефоне.',
    en: '100 points at once and 3% of every check. It stays in your phone.',
  },
  fields: { birthday: 'optional' },
  marketing: {},
};

const texts: Record<Language, Record<'personal_data' | 'marketing', string>> = {
  ru: {
    personal_data: `Я даю ресторану «Чайка» согласие обрабатывать мои имя, телефон и дату рождения.

# Зачем
Чтобы вести мою карту гостя: начислять и списывать баллы, узнавать меня на кассе, присылать код подтверждения.

# Что делают с данными
Собирают, записывают, хранят, уточняют, используют и удаляют. Другим не передают.

# Сколько
Пока карта действует и ещё 30 дней, или пока я не отзову согласие.`,
    marketing: `Я согласен получать от ресторана «Чайка» новости и предложения на указанный телефон.

# Как отказаться
В любой момент: по ссылке в сообщении или в ресторане. На карту и баллы отказ не влияет.`,
  },
  en: {
    personal_data: `I agree that the restaurant Chaika processes my name, phone number and date of birth.

# What for
To keep my guest card: to add and spend points, to know me at the till, to send me confirmation codes.

# What is done with it
It is collected, recorded, kept, corrected, used and deleted. It is not given to others.

# For how long
While the card is valid and 30 days more, or until I withdraw this consent.`,
    marketing: `I agree to receive news and offers of the restaurant Chaika on this phone number.

# How to stop
At any time: by the link in a message or in the restaurant. The card and the points stay as they are.`,
  },
};

export const demoConsentTexts = (['ru', 'en'] as const).flatMap((language) =>
  (['personal_data', 'marketing'] as const).map((purpose) => ({
    purpose,
    language,
    version: '1',
    body: texts[language][purpose],
  })),
);

/** A guest of the demo and how often he comes; the pattern of his checks follows from these numbers. */
export type DemoGuest = { firstName: string; lastName: string; birthday: string; visits: number; averageCheck: number };

/** The guest whose card the demo's phone holds. */
export const HERO_PHONE = '79001234567';

const firstNames = [
  'Анна',
  'Иван',
  'Ольга',
  'Пётр',
  'Мария',
  'Олег',
  'Дарья',
  'Семён',
  'Нина',
  'Артём',
  'Юлия',
  'Глеб',
];
const lastNames = ['Ветрова', 'Морской', 'Лодкина', 'Якорев', 'Берегова', 'Парусов'];

/** Guests by pattern, none of them anybody. The first one is the hero. */
export const demoGuests: readonly DemoGuest[] = Array.from({ length: 24 }, (_, index) => ({
  firstName: firstNames[index % firstNames.length]!,
  // The second dozen gets other surnames, of the same gender.
  lastName: lastNames[(index * 5 + 2 * Math.floor(index / firstNames.length)) % lastNames.length]!,
  birthday: `${1975 + ((index * 7) % 30)}-${String(1 + ((index * 5) % 12)).padStart(2, '0')}-${String(1 + ((index * 11) % 28)).padStart(2, '0')}`,
  visits: index === 0 ? 6 : 1 + ((index * 7) % 13),
  averageCheck: 65_000 + ((index * 37_000) % 240_000),
}));

export const phoneOfGuest = (index: number): string =>
  index === 0 ? HERO_PHONE : String(79_001_000_000 + index * 1_117);
