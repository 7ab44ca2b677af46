import sharp from 'sharp';
import { artFor, renderArt } from '../../src/features/demo/art/index.ts';
import type { DesignDraft } from '../../src/features/wallet/index.ts';
import { testDraft } from '../wallet-design.ts';

/** Designs that push a card to its limits: what people really type, and what they leave out. */
export type FaceCase = {
  readonly name: string;
  readonly draft: DesignDraft;
  readonly files: Readonly<Record<string, Uint8Array>>;
};

const field = (key: string, label: string, value: string) => ({ key, label, value });
const english = { organizationName: 'The Gull', description: 'Guest card', logoText: 'The Gull' };
const contact = field('contact', 'Связаться', 'Набережная, 1. Каждый день с 10 до 23.\n+7 900 000-00-00');

const long = testDraft({
  logoText: 'Ресторан «Чайка на набережной»',
  description: 'Карта гостя',
  colours: { background: '#1b3641', foreground: '#fdf3e2', label: '#e8b98c' },
  links: [{ label: 'Меню и доставка на дом каждый день с десяти утра', url: 'https://example.org/menu' }],
  fields: {
    header: [
      field('points', 'БАЛЛЫ', '12 345 678,90'),
      field('deposit', 'ДЕПОЗИТ', '1 250 000 ₽'),
      field('stamps', 'ШТАМПЫ', '9 из 10'),
      field('fourth', 'ЛИШНЕЕ', 'не видно'),
    ],
    primary: [field('balance', 'накоплено за всё время', '12 345 678,90'), field('second', 'ЛИШНЕЕ', 'не видно')],
    secondary: [
      field('name', 'ГОСТЬ', 'Константинопольская-Бурмистрова Александра'),
      field('level', 'УРОВЕНЬ', 'Платиновый завсегдатай'),
      field('until', 'СГОРЯТ', '12 марта 2027'),
    ],
    auxiliary: [field('rate', 'НАЧИСЛЯЕМ', '7,5 %'), field('sixth', 'ЛИШНЕЕ', 'не видно')],
    back: [
      field(
        'rules',
        'Как это работает',
        'С каждого чека начисляем баллы, ими можно оплатить до половины чека. '.repeat(9),
      ),
      contact,
    ],
  },
  texts: {
    en: {
      ...english,
      logoText: 'The Gull on the embankment',
      fields: {
        points: { label: 'POINTS' },
        balance: { label: 'collected in all these years' },
        name: { label: 'GUEST', value: 'Wolfeschlegelsteinhausen-Bergerdorff Hubert' },
        level: { label: 'LEVEL', value: 'Platinum regular' },
      },
    },
  },
});

const empty = testDraft({
  logoText: '',
  colours: { background: '#ffffff', foreground: '#1b1613', label: '#6f655b' },
  barcode: null,
  fields: {
    header: [field('custom', 'ПУСТО', 'MiddleName#')],
    primary: [],
    secondary: [field('name', 'ГОСТЬ', 'FirstName#')],
    back: [],
  },
  texts: { en: { ...english, logoText: '', fields: { name: { label: 'GUEST' } } } },
});

const coupon = testDraft({
  style: 'coupon',
  logoText: 'Чайка',
  colours: { background: '#e8f2ea', foreground: '#173a2b', label: '#3c5c4b' },
  barcode: { format: 'ean13', message: '4006381333931', altText: '4 006381 333931' },
  fields: {
    header: [field('no', '№', '00482')],
    primary: [field('offer', 'при заказе от 2 500 ₽ с 12 до 16 часов', 'Скидка 25 % на всё меню')],
    secondary: [field('until', 'ДЕЙСТВУЕТ ДО', '31 декабря 2026'), field('where', 'ГДЕ', 'Во всех ресторанах сети')],
    auxiliary: [field('left', 'ОСТАЛОСЬ', '3 раза')],
    back: [contact],
  },
  texts: { en: { ...english, fields: { offer: { label: 'for 2,500 roubles and more', value: '25% off the menu' } } } },
});

const manyFields = (prefix: string, labels: readonly string[], values: readonly string[]) =>
  labels.map((label, at) => field(`${prefix}${at}`, label, values[at] ?? ''));

const ticket = testDraft({
  style: 'eventTicket',
  logoText: 'Летняя сцена',
  colours: { background: '#23163a', foreground: '#ffffff', label: '#d9c6ff' },
  barcode: { format: 'qr', message: 'Serial#', altText: 'Serial#' },
  fields: {
    header: [field('when', '19 ИЮНЯ', '19:00')],
    primary: [field('event', 'КОНЦЕРТ', 'Симфония белых ночей: Чайковский и Рахманинов')],
    secondary: manyFields('s', ['ГОСТЬ', 'ЗАЛ'], ['Александра Константинопольская', 'Большой']),
    auxiliary: [
      ...manyFields('a', ['СЕКТОР', 'РЯД', 'МЕСТО', 'ВХОД'], ['Партер', '12', '34', 'Б']),
      { ...field('b', 'БИЛЕТ', '00048213'), row: 1 as const },
    ],
    back: [contact],
  },
  texts: {
    en: { ...english, logoText: 'Summer stage', fields: { event: { label: 'CONCERT', value: 'White nights' } } },
  },
});

const generic = testDraft({
  style: 'generic',
  logoText: 'Клуб',
  colours: { background: '#7a1f2b', foreground: '#ffffff', label: '#ffd3c9' },
  barcode: { format: 'qr', message: 'Serial#', altText: 'Serial#' },
  poster: { title: 'Клуб «Чайки» на набережной', header: ['no'], primary: ['member', 's0', 's1'], footer: ['s2'] },
  featuredActions: [
    { type: 'viewOffersRewards', url: 'https://example.org/offers' },
    { type: 'order', url: 'https://example.org/order' },
  ],
  fields: {
    header: [field('no', '№', '00482')],
    primary: [field('member', 'УЧАСТНИК', 'Константинопольская-Бурмистрова Александра Владимировна')],
    secondary: manyFields(
      's',
      ['УРОВЕНЬ', 'С НАМИ С', 'ВИЗИТЫ', 'СКИДКА'],
      ['Платиновый', '2019 года', '1 204', '15 %'],
    ),
    auxiliary: [field('sixth', 'ЛИШНЕЕ', 'не видно')],
    back: [contact],
  },
  texts: { en: { ...english, logoText: 'Club', fields: { member: { label: 'MEMBER' }, s0: { label: 'LEVEL' } } } },
});

const picture = async (name: string, width: number, height: number, [from, to]: readonly [string, string]) => {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" preserveAspectRatio="none"><defs><linearGradient id="g" x2="0" y2="1"><stop stop-color="${from}"/><stop offset="1" stop-color="${to}"/></linearGradient></defs><path fill="url(#g)" d="M0 0h100v100H0z"/><circle cx="70" cy="30" r="16" fill="#fff" opacity=".5"/></svg>`;
  const drawn = [1, 2].map(async (scale) => {
    const png = await sharp(Buffer.from(svg))
      .resize(width * scale, height * scale, { fit: 'fill' })
      .png()
      .toBuffer();
    return [`${name}${scale === 1 ? '' : '@2x'}.png`, new Uint8Array(png)] as const;
  });
  return Object.fromEntries(await Promise.all(drawn));
};

export async function hardCases(): Promise<FaceCase[]> {
  const art = await renderArt();
  const violet = ['#5b3fa0', '#c65f8a'] as const;
  const icons = Object.fromEntries(Object.entries(art).filter(([name]) => name.startsWith('icon')));
  return [
    { name: 'Длинное', draft: long, files: artFor(long, art) },
    { name: 'Почти пустое', draft: empty, files: icons },
    { name: 'Купон без картинок', draft: coupon, files: icons },
    {
      name: 'Билет на картинке',
      draft: ticket,
      files: {
        ...icons,
        ...(await picture('background', 180, 220, violet)),
        ...(await picture('thumbnail', 90, 90, ['#ffd27a', '#d9622b'])),
      },
    },
    {
      name: 'Билет с полосой',
      draft: { ...ticket, barcode: { format: 'pdf417', message: 'Serial#', altText: '' } },
      files: { ...icons, ...(await picture('strip', 375, 98, violet)) },
    },
    {
      name: 'Членская карта',
      draft: generic,
      files: {
        ...artFor(generic, art),
        ...(await picture('thumbnail', 60, 90, ['#ffd27a', '#d9622b'])),
        ...(await picture('artwork', 358, 448, ['#f2a65a', '#7a1f2b'])),
      },
    },
  ];
}
