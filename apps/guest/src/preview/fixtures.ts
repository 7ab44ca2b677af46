/** Made-up data that shows every state of every page: for the preview, for tests, for screenshots. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { CardModel, Lang } from '@tessera/look';
import type {
  CardPageData,
  CodePageData,
  DemoClock,
  DemoMessagesPageData,
  DemoPhonePageData,
  LandingPageData,
  Locale,
  ReceiptPageData,
  RegistrationPageData,
  Site,
  ThanksPageData,
} from '../data.ts';
import type { CardSetPageData } from '../pages/card-set.ts';

const NOW = '2026-11-22T11:05:00Z';

/** A version 1 QR lookalike, good enough for a picture of a page. */
const QR =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 21 21" shape-rendering="crispEdges"><path d="M0 0h7v7H0zM14 0h7v7h-7zM0 14h7v7H0z"/><path fill="#fff" d="M1 1h5v5H1zM15 1h5v5h-5zM1 15h5v5H1z"/>' +
  '<path d="M2 2h3v3H2zM16 2h3v3h-3zM2 16h3v3H2zM8 0h1v2H8zM10 1h2v1h-2zM11 3h2v2h-2zM8 4h2v1H8zM9 6h1v2H9zM11 6h1v1h-1zM0 8h2v1H0zM3 8h1v2H3zM5 8h3v1H5zM12 8h3v1h-3zM17 8h1v2h-1zM19 9h2v1h-2zM1 10h2v2H1zM6 10h2v1H6zM9 10h3v1H9zM14 10h2v2h-2zM4 12h2v1H4zM8 12h1v2H8zM11 12h1v3h-1zM17 12h3v1h-3zM13 13h1v2h-1zM19 14h1v2h-1zM8 15h2v1H8zM15 15h2v2h-2zM10 17h2v1h-2zM13 17h1v3h-1zM8 18h1v3H8zM16 18h3v1h-3zM10 19h2v2h-2zM15 20h2v1h-2zM19 20h2v1h-2z"/></svg>';

const art = (name: string): string =>
  `data:image/svg+xml;base64,${readFileSync(fileURLToPath(new URL(`../../../server/src/features/demo/art/${name}.svg`, import.meta.url))).toString('base64')}`;

const words = {
  ru: {
    company: 'Чайка',
    points: 'Баллы',
    level: 'Уровень',
    levelName: 'Гость',
    nextName: 'Свой',
    discount: 'Скидка',
    guest: 'Гость',
    name: 'Анна',
    fullName: 'Анна Белова',
    benefit: '5 % с чека',
    nextBenefit: '7 % с чека',
    venue: 'Чайка на набережной',
    onCard: 'баллов на карте',
  },
  en: {
    company: 'Chaika',
    points: 'Points',
    level: 'Level',
    levelName: 'Guest',
    nextName: 'Regular',
    discount: 'Discount',
    guest: 'Guest',
    name: 'Anna',
    fullName: 'Anna Belova',
    benefit: '5% of each check',
    nextBenefit: '7% of each check',
    venue: 'Chaika on the quay',
    onCard: 'points on the card',
  },
} as const;

export function site(lang: Lang, path: string): Site {
  return { company: { name: words[lang].company, logo: art('icon') }, path, assetBase: 'assets', demo: true };
}

const clock: DemoClock = { action: '/demo/clock', now: NOW, timeZone: 'Europe/Moscow', moved: true };
export const locale: Locale = { currency: 'RUB', timeZone: 'Europe/Moscow', now: NOW };

export function card(lang: Lang): CardModel {
  const w = words[lang];
  return {
    style: 'storeCard',
    organizationName: w.company,
    logoText: w.company,
    images: { logo: art('logo'), strip: art('strip'), icon: art('icon') },
    colours: { background: '#1b3641', foreground: '#fdf3e2', label: '#e8b98c' },
    headerFields: [{ key: 'level', label: w.level, value: w.levelName }],
    primaryFields: [{ key: 'balance', label: w.onCard, value: '1\u202F250' }],
    secondaryFields: [
      { key: 'guest', label: w.guest, value: w.fullName },
      { key: 'accrual', label: '%', value: '5' },
    ],
    auxiliaryFields: [{ key: 'next', label: w.nextName, value: '3\u202F400\u202F₽' }],
    backFields: [
      {
        key: 'about',
        label: w.company,
        value:
          lang === 'ru'
            ? 'Набережная, 7. Каждый день с 10 до 23.\n+7 812 345-67-89'
            : '7 Embankment. Daily from 10 to 23.\n+7 812 345-67-89',
      },
      { key: 'site', label: 'www', value: 'https://chaika.example/' },
    ],
    barcode: { format: 'qr', svg: QR, altText: '4102 7781' },
  };
}

export function registration(lang: Lang): RegistrationPageData {
  return {
    site: site(lang, '/n/summer'),
    action: '/n/summer',
    attempt: 'a1b2c3',
    card: card(lang),
    fields: [
      { kind: 'name', name: 'name', value: '', required: true },
      {
        kind: 'phone',
        name: 'phone',
        value: '',
        required: true,
        example: '+7 912 345-67-89',
        dialCode: '+7',
        confirmed: true,
      },
      { kind: 'birthday', name: 'birthday', value: '', required: false, min: '1900-01-01', max: '2026-11-22' },
    ],
    consent: { ticked: false, textUrl: '/n/summer/consent' },
    marketing: { ticked: false, textUrl: '/n/summer/marketing' },
  };
}

/** A form that asks for everything, with questions of the company's own and the colour of its card. */
export function fullRegistration(lang: Lang): RegistrationPageData {
  const usual = registration(lang);
  const [, phone, birthday] = usual.fields;
  const ask = (kind: 'firstName' | 'lastName' | 'middleName' | 'email' | 'sex', required: boolean) =>
    ({ kind, name: kind, value: '', required }) as const;
  return {
    ...usual,
    colour: '#1f4d5c',
    button: lang === 'ru' ? 'Хочу карту' : 'I want the card',
    fields: [
      ask('lastName', true),
      ask('firstName', true),
      { ...ask('middleName', false), error: { code: 'field_too_long' } },
      { ...phone!, kind: 'phone', example: '+7 912 345-67-89', dialCode: '+7', confirmed: false },
      { ...ask('email', true), value: 'anna@', error: { code: 'email_invalid' } },
      birthday!,
      ask('sex', false),
      {
        kind: 'text',
        name: 'q-from',
        label: lang === 'ru' ? 'Откуда о нас узнали' : 'How did you find us',
        value: '',
        required: false,
      },
      {
        kind: 'choice',
        name: 'q-seat',
        label: lang === 'ru' ? 'Где любите сидеть' : 'Where do you like to sit',
        choices: lang === 'ru' ? ['У окна', 'На террасе'] : ['By the window', 'On the terrace'],
        value: '1',
        required: true,
        error: { code: 'choice_unknown' },
      },
    ],
  };
}

export const thanks = (lang: Lang): ThanksPageData => ({
  site: site(lang, '/n/summer/a1b2c3'),
  text:
    lang === 'ru'
      ? 'Спасибо, что вы с нами.\nПокажите карту при первом заказе.'
      : 'Thank you.\nShow the card with your first order.',
  cardUrl: '/c/8fQ2',
  card: card(lang),
  colour: '#1f4d5c',
});

export function code(lang: Lang): CodePageData {
  return {
    site: site(lang, '/n/summer/code'),
    action: '/n/summer/code',
    attempt: 'a1b2c3',
    phone: '+79123456789',
    digits: 4,
    resend: { action: '/n/summer/resend', waitSeconds: 45 },
    changeNumberUrl: '/n/summer',
    messagesUrl: '/demo/messages',
  };
}

export function cardData(lang: Lang): CardPageData {
  const w = words[lang];
  return {
    site: site(lang, '/c/8fQ2'),
    locale,
    guestName: w.name,
    card: card(lang),
    balanceMinor: 1250n,
    level: {
      name: w.levelName,
      benefit: w.benefit,
      next: { name: w.nextName, remaining: 340000n, measure: 'turnover', progress: 0.66, benefit: w.nextBenefit },
    },
    expiring: [
      { at: '2026-11-23T12:00:00Z', pointsMinor: 1n },
      { at: '2026-12-11T22:00:00Z', pointsMinor: 320n },
    ],
    entries: [
      { at: '2026-11-22T10:12:00Z', kind: 'earned', pointsMinor: 63n, sumMinor: 125000n, venue: w.venue },
      { at: '2026-11-21T16:40:00Z', kind: 'spent', pointsMinor: -150n, sumMinor: 98050n, venue: w.venue },
      { at: '2026-11-12T09:00:00Z', kind: 'birthday', pointsMinor: 300n },
      { at: '2026-10-30T09:00:00Z', kind: 'expired', pointsMinor: -41n },
      { at: '2026-10-02T17:20:00Z', kind: 'earn_returned', pointsMinor: -12n },
      { at: '2026-10-02T17:20:00Z', kind: 'spend_returned', pointsMinor: 20n },
      { at: '2026-09-12T09:00:00Z', kind: 'referral', pointsMinor: 100n },
      { at: '2025-09-12T09:00:00Z', kind: 'welcome', pointsMinor: 500n },
    ],
    invite: {
      url: 'https://cards.example/r/7KM2QXB',
      code: '7KM2QXB',
      text:
        lang === 'ru'
          ? 'Другу 250 баллов с первым чеком от 1 000 ₽, вам 500 баллов. Ваши баллы придут через 14 дней после чека.'
          : 'Your friend gets 250 points with a first check of 1,000 ₽ or more, you get 500 points. Your points come 14 days after the check.',
      message: lang === 'ru' ? 'Карта «Чайка», моя ссылка' : 'The card of Chaika, my link',
    },
    receiptUrl: '/c/8fQ2/receipt',
    advertisingUrl: '/c/8fQ2/advertising',
    appleUrl: '/c/8fQ2.pkpass',
    installed: false,
    browser: { device: 'iphone', inApp: false, program: 'safari' },
    stateUrl: '/c/8fQ2.json',
    app: {
      manifestUrl: '/c/8fQ2/app.webmanifest',
      iconUrl: '/c/8fQ2/icon-180.png',
      workerUrl: '/c/worker.js',
      colour: '#1b3641',
    },
    push: {
      url: '/c/8fQ2/push',
      key: 'BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8',
    },
    pdfUrl: '/c/8fQ2.pdf',
    pageUrl: 'https://cards.example/c/8fQ2',
    mayShare: true,
    phoneQr: QR,
    coupons: [
      {
        name: lang === 'ru' ? 'Десерт к кофе' : 'Dessert with a coffee',
        code: 'D7KM-2QXB',
        until: '2026-12-01T21:00:00Z',
      },
      { name: lang === 'ru' ? 'Скидка 10 % на завтрак' : '10% off breakfast', code: 'Z8PW-4TRN' },
    ],
    others: [{ name: lang === 'ru' ? 'Кофейня «Якорь»' : 'Anchor coffee', url: '/c/9xZ4' }],
  };
}

/** Two cards by one link. */
export const cardSet = (lang: Lang): Omit<CardSetPageData, 'browser'> => ({
  site: site(lang, '/set/8fQ2'),
  cards: ['one', 'two'].map((id) => ({ card: card(lang), url: `/c/${id}` })),
  appleUrl: '/set/8fQ2.pkpasses',
  googleUrl: '/set/8fQ2/google',
});

export function receipt(lang: Lang): ReceiptPageData {
  return {
    site: site(lang, '/c/8fQ2/receipt'),
    locale,
    action: '/c/8fQ2/receipt',
    photoUrl: '/c/8fQ2/receipt/photo',
    backUrl: '/c/8fQ2',
    values: { qr: '', date: '', time: '', sum: '', fn: '', i: '', fp: '' },
    typed: false,
    receipts: [
      { at: '2026-11-22T10:12:00Z', state: 'uploaded' },
      { at: '2026-11-21T10:12:00Z', state: 'checking', sumMinor: 125_000n },
      {
        at: '2026-11-20T10:12:00Z',
        state: 'pending',
        sumMinor: 98_050n,
        pointsMinor: 49n,
        activatesAt: '2026-12-04T10:00:00Z',
      },
      { at: '2026-11-02T10:12:00Z', state: 'active', sumMinor: 98_050n, pointsMinor: 49n },
      {
        at: '2026-11-01T10:12:00Z',
        state: 'rejected',
        sumMinor: 30_000n,
        reason: 'other',
        note: lang === 'ru' ? 'На снимке чек другого кафе' : 'The photo shows the receipt of another cafe',
      },
    ],
  };
}

export function phone(lang: Lang): DemoPhonePageData {
  const w = words[lang];
  const notice = (at: string, balance: string): DemoPhonePageData['notices'][number] => ({
    at,
    organizationName: w.company,
    icon: art('icon'),
    text: lang === 'ru' ? `На карте ${balance} баллов` : `You now have ${balance} points`,
  });
  return {
    site: { ...site(lang, '/demo/phone?wallpaper=light'), demo: true },
    locale,
    wallpaper: 'light',
    side: 'front',
    clock,
    card: card(lang),
    notices: [notice('2026-11-22T11:05:00Z', '1\u202F250'), notice('2026-11-22T10:12:00Z', '1\u202F187')],
    automaticUpdates: true,
    candidates: [
      { id: '1', label: `${w.fullName}, +7 912 •••-••-89`, current: true },
      { id: '2', label: lang === 'ru' ? 'Игорь Ким, +7 921 •••-••-10' : 'Igor Kim, +7 921 •••-••-10', current: false },
    ],
    actions: {
      install: '/demo/phone/install',
      remove: '/demo/phone/remove',
      refresh: '/demo/phone/refresh',
      updates: '/demo/phone/updates',
    },
    log: [
      { at: '2026-11-22T11:04:59Z', kind: 'fetched' },
      { at: '2026-11-22T11:04:59Z', kind: 'asked' },
      { at: '2026-11-22T11:04:58Z', kind: 'pushed' },
      { at: '2026-11-22T10:00:00Z', kind: 'unchanged' },
      { at: '2026-11-22T10:00:00Z', kind: 'failed', reason: '503' },
      { at: '2026-11-22T09:00:00Z', kind: 'removed' },
      { at: '2026-11-22T09:00:00Z', kind: 'installed' },
    ],
    eventsUrl: '/demo/phone/events',
    stateUrl: '/demo/phone.json',
    formUrl: '/n/summer',
    tillUrl: '/till',
  };
}

export function messages(lang: Lang): DemoMessagesPageData {
  const w = words[lang];
  return {
    site: site(lang, '/demo/messages'),
    locale,
    messages: [
      {
        at: '2026-11-22T11:04:00Z',
        to: '+79123456789',
        sender: 'Chaika',
        status: 'delivered',
        text:
          lang === 'ru'
            ? `4821 — код для карты «${w.company}». Никому его не говорите.`
            : `4821 is your code for the ${w.company} card. Tell it to nobody.`,
      },
      {
        at: '2026-11-22T10:40:00Z',
        to: '+79217654310',
        sender: 'Chaika',
        status: 'failed',
        text: lang === 'ru' ? '0077 — код для карты «Чайка».' : '0077 is your code for the Chaika card.',
      },
      {
        at: '2026-11-21T10:40:00Z',
        to: '+79217654310',
        sender: 'Chaika',
        status: 'queued',
        text: 'https://chaika.example/c/8fQ2',
      },
      {
        at: '2026-11-20T10:40:00Z',
        to: '+375291234567',
        sender: 'Chaika',
        status: 'sent',
        text: 'https://chaika.example/c/9xZ4',
      },
    ],
    formUrl: '/n/summer',
    stateUrl: '/demo/messages.json',
    eventsUrl: '/demo/messages/events',
  };
}

export function landing(lang: Lang): LandingPageData {
  return {
    site: site(lang, '/'),
    clock,
    card: card(lang),
    links: {
      form: '/n/summer',
      messages: '/demo/messages',
      till: '/till',
      phone: '/demo/phone',
      console: '/console',
      docs: '/docs',
    },
  };
}
