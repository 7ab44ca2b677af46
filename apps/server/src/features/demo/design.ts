import type { DesignDraft } from '../wallet/index.ts';
import { ART_COLOURS } from './art/index.ts';

const places = [
  { latitude: 44.8951, longitude: 37.3168, text: 'Вы рядом с «Чайкой»', texts: { en: 'You are near The Gull' } },
  {
    latitude: 44.9003,
    longitude: 37.3239,
    text: 'Столик у моря свободен',
    texts: { en: 'A table by the sea is free' },
  },
];

/** What all cards of the demo have in common. */
const common = {
  language: 'ru',
  organizationName: 'Чайка',
  colours: ART_COLOURS,
  barcode: { format: 'qr', message: 'Serial#', altText: 'Serial#' },
  sharingProhibited: false,
  places,
} as const;

const contact = {
  key: 'contact',
  label: 'Связаться',
  value: 'Набережная, 1. Каждый день с 10 до 23.\n+7 900 000-00-00',
} as const;
const contactInEnglish = {
  label: 'Contact',
  value: '1 Embankment. Every day from 10 to 23.\n+7 900 000-00-00',
} as const;

/** The demo's card: balance at the top right (seen in the stack), level and turnover below, news of the place on the back. */
export const demoDesign: DesignDraft = {
  ...common,
  style: 'storeCard',
  description: 'Карта гостя ресторана «Чайка»',
  logoText: 'Чайка',
  fields: {
    header: [{ key: 'points', label: 'БАЛЛЫ', value: 'LoyaltyValue#', changeMessage: 'Баллов на карте: %@' }],
    primary: [],
    secondary: [
      { key: 'name', label: 'ГОСТЬ', value: 'FirstName# LastName#' },
      { key: 'level', label: 'УРОВЕНЬ', value: 'Level#' },
    ],
    auxiliary: [],
    back: [
      { key: 'turnover', label: 'Покупки всего', value: 'LoyaltyValue2#' },
      {
        key: 'rules',
        label: 'Как это работает',
        value:
          'Покажите код на кассе или назовите телефон. Баллами можно оплатить до половины чека: 1 балл равен 1 ₽. Баллы живут 12 месяцев.',
      },
      contact,
    ],
  },
  texts: {
    en: {
      organizationName: 'The Gull',
      description: 'Guest card of the restaurant “The Gull”',
      logoText: 'The Gull',
      fields: {
        points: { label: 'POINTS', changeMessage: 'Points on the card: %@' },
        name: { label: 'GUEST' },
        level: { label: 'LEVEL' },
        turnover: { label: 'Purchases in all' },
        rules: {
          label: 'How it works',
          value:
            'Show the code at the till or tell your phone number. Points pay up to half of a bill: 1 point is ₽1. Points live for 12 months.',
        },
        contact: contactInEnglish,
      },
    },
  },
};

/** Further designs: one of each kind of card. */
export const otherDemoDesigns: readonly { readonly name: string; readonly draft: DesignDraft }[] = [
  {
    name: 'Десерт в подарок',
    draft: {
      ...common,
      style: 'coupon',
      description: 'Купон на десерт',
      logoText: 'Чайка',
      barcode: { format: 'code128', message: 'Serial#', altText: 'Serial#' },
      expiry: { kind: 'days', days: 30 },
      fields: {
        header: [],
        primary: [{ key: 'offer', label: 'к любому обеду', value: 'Десерт в подарок' }],
        secondary: [
          {
            key: 'until',
            label: 'ДЕЙСТВУЕТ ДО',
            value: 'ExpirationDate#',
            format: { kind: 'date', dateStyle: 'long', timeStyle: 'none' },
          },
        ],
        auxiliary: [],
        back: [contact],
      },
      texts: {
        en: {
          organizationName: 'The Gull',
          description: 'A dessert coupon',
          logoText: 'The Gull',
          fields: {
            offer: { label: 'with any lunch', value: 'A free dessert' },
            until: { label: 'VALID UNTIL' },
            contact: contactInEnglish,
          },
        },
      },
    },
  },
  {
    name: 'Вечер у моря',
    draft: {
      ...common,
      style: 'eventTicket',
      description: 'Билет на вечер у моря',
      logoText: 'Чайка',
      barcode: { format: 'aztec', message: 'Serial#', altText: '' },
      relevantDates: [{ from: '2027-06-19T16:00:00Z', until: '2027-06-19T20:00:00Z' }],
      expiry: { kind: 'date', on: '2027-06-20' },
      groupingIdentifier: 'evening-by-the-sea',
      fields: {
        header: [
          {
            key: 'when',
            label: 'НАЧАЛО',
            value: '2027-06-19T19:00:00+03:00',
            format: { kind: 'date', dateStyle: 'short', timeStyle: 'short' },
          },
        ],
        primary: [{ key: 'event', label: '', value: 'Вечер у моря' }],
        secondary: [{ key: 'name', label: 'ГОСТЬ', value: 'FirstName# LastName#' }],
        auxiliary: [
          { key: 'place', label: 'МЕСТО', value: 'Терраса' },
          { key: 'level', label: 'УРОВЕНЬ', value: 'Level#', alignment: 'right' },
        ],
        back: [contact],
      },
      texts: {
        en: {
          organizationName: 'The Gull',
          description: 'A ticket for the evening by the sea',
          logoText: 'The Gull',
          fields: {
            when: { label: 'STARTS' },
            event: { value: 'Evening by the sea' },
            name: { label: 'GUEST' },
            place: { label: 'SEAT', value: 'The terrace' },
            level: { label: 'LEVEL' },
            contact: contactInEnglish,
          },
        },
      },
    },
  },
  {
    name: 'Клубная карта',
    draft: {
      ...common,
      style: 'generic',
      description: 'Клубная карта «Чайки»',
      logoText: 'Клуб «Чайки»',
      barcode: { format: 'pdf417', message: 'Serial#', altText: 'Serial#' },
      poster: { title: 'Клуб «Чайки»', header: ['deposit'], primary: ['member'], footer: ['level'] },
      fields: {
        header: [
          {
            key: 'deposit',
            label: 'ДЕПОЗИТ',
            value: 'CustomField3#',
            format: { kind: 'currency', code: 'RUB' },
            changeMessage: 'На депозите %@',
          },
        ],
        primary: [{ key: 'member', label: 'УЧАСТНИК', value: 'FirstName# LastName#' }],
        secondary: [
          { key: 'level', label: 'УРОВЕНЬ', value: 'Level#' },
          { key: 'turnover', label: 'ПОКУПКИ', value: 'LoyaltyValue2#', format: { kind: 'currency', code: 'RUB' } },
        ],
        auxiliary: [],
        back: [contact],
      },
      texts: {
        en: {
          organizationName: 'The Gull',
          description: 'Club card of “The Gull”',
          logoText: 'The Gull’s club',
          title: 'The Gull’s club',
          fields: {
            deposit: { label: 'DEPOSIT', changeMessage: 'The deposit holds %@' },
            member: { label: 'MEMBER' },
            level: { label: 'LEVEL' },
            turnover: { label: 'PURCHASES' },
            contact: contactInEnglish,
          },
        },
      },
    },
  },
];
