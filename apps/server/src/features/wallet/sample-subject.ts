import type { Language } from '@tessera/contract/messages';
import type { CardSubject } from './model.ts';

/** A guest for pictures of designs: somebody who could be anybody. */
export function sampleSubject(language: Language): CardSubject {
  const russian = language === 'ru';
  return {
    firstName: russian ? 'Мария' : 'Maria',
    lastName: russian ? 'Иванова' : 'Brown',
    middleName: '',
    birthday: '1990-05-12',
    phone: russian ? '79990000000' : '447700900000',
    email: 'maria@example.com',
    externalId: '1024',
    groupName: russian ? 'Постоянные гости' : 'Regulars',
    available: 125_000n,
    pending: 0n,
    nextExpiry: null,
    turnover: 1_840_000n,
    levelName: russian ? 'Серебро' : 'Silver',
    nextLevel: { name: russian ? 'Золото' : 'Gold', missing: 1_160_000n, measure: 'turnover' },
    levelDesigns: null,
    stamps: { have: 4, slots: 6, left: 2, reward: russian ? 'Кофе в подарок' : 'A free coffee', alone: false },
    discount: null,
    deposit: 250_000n,
    referral: { code: '7KM2QXB', url: 'https://cards.example/r/7KM2QXB' },
    currency: russian ? 'RUB' : 'EUR',
    timeZone: 'UTC',
    language,
    anchor: null,
    venues: [],
  };
}

/** A card number for pictures: long enough to draw a code of the true size, and nobody's. */
export const SAMPLE_SERIAL = '7K2M9QX4B8VN3T6Z';
