import type { CardPicture, DesignRow } from '@tessera/contract';

const svg = (body: string, width: number, height: number): string =>
  `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}">${body}</svg>`)}`;

const strip = (sky: string, hill: string, sun: string): string =>
  svg(
    `<rect width="375" height="144" fill="${sky}"/><circle cx="296" cy="56" r="30" fill="${sun}"/>` +
      `<path d="M0 110Q90 60 190 104T375 92V144H0Z" fill="${hill}"/>`,
    375,
    144,
  );

const logo = (colour: string): string =>
  svg(
    `<path fill="${colour}" d="M9 2h8.6l-1.5 6.4 2.3 5-3.6 6.3 1.5 4.6-1.9 5.700H9a7 7 0 0 1-7-7V9a7 7 0 0 1 7-7Z"/>`,
    22,
    32,
  );

/** A pattern that looks like a code from afar; development needs no scannable one. */
const code = (): string => {
  const cells = Array.from({ length: 25 * 25 }, (_, index) => index)
    .filter((index) => (index * 7919 + (index >> 3) * 31) % 5 < 2)
    .map((index) => `<rect x="${index % 25}" y="${Math.floor(index / 25)}" width="1" height="1"/>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 25 25">${cells.join('')}</svg>`;
};

const picture = (change: Partial<CardPicture>): CardPicture => ({
  style: 'storeCard',
  organizationName: 'Кафе «Тессера»',
  logoText: 'Тессера',
  images: { logo: logo('#fff7ee'), strip: strip('#d98a5f', '#8f3f1d', '#ffe3b8') },
  colours: { background: '#b4532a', foreground: '#fff7ee', label: '#ffd9c2' },
  headerFields: [{ key: 'level', label: 'уровень', value: 'Друг дома' }],
  primaryFields: [{ key: 'balance', label: 'баллов', value: '1 250' }],
  secondaryFields: [
    { key: 'name', label: 'гость', value: 'Анна Берёзова' },
    { key: 'rate', label: 'начисляем', value: '5 %' },
  ],
  auxiliaryFields: [],
  backFields: [
    {
      key: 'rules',
      label: 'Как это работает',
      value: 'С каждого чека начисляем баллы. 1 балл — 1 рубль. Баллами можно оплатить до половины чека.',
    },
    { key: 'phone', label: 'Телефон', value: '+7 999 000-00-00' },
    { key: 'site', label: 'Сайт', value: 'https://example.org' },
  ],
  barcode: { format: 'qr', svg: code(), altText: '4000 1000 0001' },
  ...change,
});

const row = (
  designId: number,
  name: string,
  passes: number,
  change: Partial<CardPicture>,
  certified = true,
): DesignRow => ({
  designId,
  name,
  programme: 'Баллы «Тессеры»',
  credential: certified ? { id: 1, name: 'Основной' } : null,
  passes,
  revision: 3,
  unpublished: designId === 2,
  archivedAt: null,
  statistics: {
    cards: passes,
    voided: 0,
    installed: Math.round(passes * 0.7),
    activeDevices: Math.round(passes * 0.66),
    lastPushAt: passes > 0 ? '2026-10-02T09:31:00Z' : null,
  },
  picture: picture(change),
});

export const designs: DesignRow[] = [
  row(1, 'Карта гостя', 382, {}),
  row(2, 'Карта завтраков', 1241, {
    images: { logo: logo('#173a2b'), strip: strip('#cfe6d6', '#5f9a78', '#fff3c4') },
    colours: { background: '#e8f2ea', foreground: '#173a2b', label: '#4c6b5b' },
    primaryFields: [{ key: 'stamps', label: 'завтраков до подарка', value: '3' }],
  }),
  row(
    3,
    'Ночное меню',
    0,
    {
      images: { logo: logo('#e0a84a'), strip: strip('#1d2733', '#0e141b', '#e0a84a') },
      colours: { background: '#141a22', foreground: '#f2ece4', label: '#a89d91' },
    },
    false,
  ),
];
