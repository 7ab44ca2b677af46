/** What the phones themselves say around a card, and names for screen readers. */
export const WORDS = {
  ru: {
    card: (name: string) => `Карта «${name}»`,
    voided: 'Карта больше не действует',
    code: 'Код карты',
    updates: 'Автообновление',
    lockScreen: 'Показывать на экране блокировки',
    remove: 'Удалить карту',
    on: 'включено',
    off: 'выключено',
    information: 'Сведения о карте',
    details: 'Подробности',
    links: 'Ссылки',
    printed: 'Печатная карта',
  },
  en: {
    card: (name: string) => `${name} card`,
    voided: 'This card is no longer valid',
    code: 'Card code',
    updates: 'Automatic updates',
    lockScreen: 'Suggest on Lock Screen',
    remove: 'Remove card',
    on: 'on',
    off: 'off',
    information: 'Card details',
    details: 'Details',
    links: 'Links',
    printed: 'Printed card',
  },
} as const;

/** What a phone calls the actions under a card; the words are the phone's own, ours come near them. */
const ACTIONS: Readonly<Record<'ru' | 'en', Readonly<Record<string, string>>>> = {
  ru: {
    membershipBenefits: 'Привилегии',
    viewOffersRewards: 'Предложения и награды',
    addToBalance: 'Пополнить',
    order: 'Заказать',
    shop: 'В магазин',
    bookAppointment: 'Записаться',
    bookCar: 'Заказать машину',
    bookFlight: 'Купить билет на самолёт',
    bookStay: 'Забронировать номер',
    call: 'Позвонить',
    place: 'На карте',
    viewSchedule: 'Расписание',
    watchTrailer: 'Трейлер',
    listenToMusic: 'Слушать музыку',
  },
  en: {
    membershipBenefits: 'Membership Benefits',
    viewOffersRewards: 'Offers & Rewards',
    addToBalance: 'Add to Balance',
    order: 'Order',
    shop: 'Shop',
    bookAppointment: 'Book Appointment',
    bookCar: 'Book a Car',
    bookFlight: 'Book a Flight',
    bookStay: 'Book a Stay',
    call: 'Call',
    place: 'Show on Map',
    viewSchedule: 'Schedule',
    watchTrailer: 'Watch Trailer',
    listenToMusic: 'Listen to Music',
  },
};

/** The word on a tile under the card; undefined for an action that no phone knows. */
export const wordOfAction = (action: string, lang: 'ru' | 'en'): string | undefined =>
  Object.hasOwn(ACTIONS[lang], action) ? ACTIONS[lang][action] : undefined;
