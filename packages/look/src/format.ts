/**
 * How Tessera says money, points, dates and phones. Pure: the moment "now" and the time zone are passed in. Works in Node and in browsers.
 */
export type Lang = 'ru' | 'en';

/** `Temporal.Instant` fits; so do milliseconds since 1970 and ISO 8601 texts with a zone. */
export type InstantLike = { readonly epochMilliseconds: number } | number | string;

/** Word forms of a countable thing. English needs `one` and `other`, Russian all four («балл, балла, баллов, балла»). */
export interface WordForms {
  readonly one: string;
  readonly few?: string;
  readonly many?: string;
  readonly other: string;
}

/** Narrow no-break space: between thousands and before the sign of a currency. */
const THIN = '\u202F';
const NBSP = '\u00A0';
const MINUS = '\u2212';

const CURRENCY_SIGNS: Readonly<Record<string, string>> = {
  RUB: '₽',
  KZT: '₸',
  EUR: '€',
  USD: '$',
  GBP: '£',
  UAH: '₴',
  GEL: '₾',
  AMD: '֏',
  TRY: '₺',
  AZN: '₼',
  KGS: 'с',
  BYN: 'Br',
};
/** Currencies without a second part, and those with three digits of it (ISO 4217); all others have two. */
const CURRENCY_DIGITS: Readonly<Record<string, number>> = {
  JPY: 0,
  KRW: 0,
  VND: 0,
  CLP: 0,
  ISK: 0,
  KWD: 3,
  BHD: 3,
  TND: 3,
};

/** How many digits behind the point a currency has. */
export const currencyDigits = (currency: string): number => CURRENCY_DIGITS[currency] ?? 2;

const POINTS: Readonly<Record<Lang, WordForms>> = {
  ru: { one: 'балл', few: 'балла', many: 'баллов', other: 'балла' },
  en: { one: 'point', other: 'points' },
};

/**
 * A sum as people write it: «1 250 ₽», «99,50 ₽», "₽1 250". No kopecks where there are none.
 * `minor` is in the currency's smallest unit (kopecks); `currency` an ISO 4217 code.
 */
export function formatMoney(minor: bigint, currency: string, lang: Lang): string {
  const amount = minor < 0n ? -minor : minor;
  const number = formatNumber(amount, lang, { scale: currencyDigits(currency), wholeOrFull: true });
  const sign = CURRENCY_SIGNS[currency];
  const minus = minor < 0n ? MINUS : '';
  if (lang === 'ru') return `${minus}${number}${THIN}${sign ?? currency}`;
  return sign === undefined ? `${minus}${currency}${NBSP}${number}` : `${minus}${sign}${number}`;
}

/**
 * A whole number of units of 10^-scale with narrow spaces between thousands: `formatNumber(125050n, 'ru', { scale: 2 })` = «1 250,5».
 * `wholeOrFull` shows either no decimals or all of them, as sums want.
 */
export function formatNumber(
  minor: bigint,
  lang: Lang,
  options: { readonly scale?: number; readonly wholeOrFull?: boolean } = {},
): string {
  const scale = options.scale ?? 0;
  const digits = (minor < 0n ? -minor : minor).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale).replace(/\B(?=(\d{3})+$)/g, THIN);
  const rest = digits.slice(digits.length - scale).replace(/0+$/, '');
  const decimals = options.wholeOrFull === true && rest !== '' ? rest.padEnd(scale, '0') : rest;
  return `${minor < 0n ? MINUS : ''}${whole}${decimals === '' ? '' : (lang === 'ru' ? ',' : '.') + decimals}`;
}

/**
 * A number for the bundled family (Golos Text): there the narrow no-break space is an eighth of an em, and «1 250» would
 * read as one number; its plain no-break space is a quarter, which reads right. System fonts need no help.
 */
export const forGolosText = (text: string): string => text.replaceAll(THIN, NBSP);

export interface PointsOptions {
  /** Decimal digits of the wallet's points; 0 unless told. */
  readonly scale?: number;
  /** The company's own name for its points. */
  readonly names?: WordForms;
  /** Shows «+» before a gain. */
  readonly signed?: boolean;
}

/** Points with the right word: «1 балл», «1 250 баллов», «1,5 балла», "2 points". */
export function formatPoints(minor: bigint, lang: Lang, options: PointsOptions = {}): string {
  const number = formatNumber(minor, lang, { scale: options.scale ?? 0, wholeOrFull: true });
  const word = pluralForm(minor, lang, options.names ?? POINTS[lang], options.scale ?? 0);
  return `${options.signed === true && minor > 0n ? '+' : ''}${number}${NBSP}${word}`;
}

/** Made once: reading the rules costs more than using them. */
const pluralRules: Record<Lang, Intl.PluralRules> = { ru: new Intl.PluralRules('ru'), en: new Intl.PluralRules('en') };

/** The word that goes with a number: the language's plural rules (CLDR), exact for any size. */
export function pluralForm(minor: bigint, lang: Lang, forms: WordForms, scale = 0): string {
  const amount = minor < 0n ? -minor : minor;
  const unit = 10n ** BigInt(scale);
  if (amount % unit !== 0n) return forms.other;
  const whole = amount / unit;
  // Only the last two digits decide in Russian; in English 1 differs from 101, so small numbers stay as they are.
  const small = Number(whole < 1000n ? whole : 1000n + (whole % 100n));
  switch (pluralRules[lang].select(small)) {
    case 'one':
      return forms.one;
    case 'few':
      return forms.few ?? forms.other;
    case 'many':
      return forms.many ?? forms.other;
    default:
      return forms.other;
  }
}

export interface MomentOptions {
  readonly lang: Lang;
  /** IANA name of the company's time zone. */
  readonly timeZone: string;
  readonly now: InstantLike;
}

const DAY_WORDS = {
  ru: { today: 'сегодня', yesterday: 'вчера', tomorrow: 'завтра', at: 'в' },
  en: { today: 'today', yesterday: 'yesterday', tomorrow: 'tomorrow', at: 'at' },
} as const;

/** A day as people say it: «сегодня», «вчера», «завтра», «12 марта», «12 марта 2027 г.» (another year). */
export function formatDay(at: InstantLike, options: MomentOptions): string {
  const then = dayOf(at, options.timeZone);
  const today = dayOf(options.now, options.timeZone);
  const distance = then.number - today.number;
  const words = DAY_WORDS[options.lang];
  if (distance === 0) return words.today;
  if (distance === -1) return words.yesterday;
  if (distance === 1) return words.tomorrow;
  const text = dateFormat(options, {
    day: 'numeric',
    month: 'long',
    ...(then.year === today.year ? {} : { year: 'numeric' }),
  }).format(epochMilliseconds(at));
  return keepYearWhole(text);
}

/** A moment as people say it: «сегодня в 14:05», «12 марта в 09:30»; far away in time only the day. */
export function formatMoment(at: InstantLike, options: MomentOptions): string {
  const day = formatDay(at, options);
  if (dayOf(at, options.timeZone).year !== dayOf(options.now, options.timeZone).year) return day;
  return `${day} ${DAY_WORDS[options.lang].at}${NBSP}${clock(at, options)}`;
}

/** The exact moment, for the title one sees on hover: «12 марта 2026 г., 14:05:09, GMT+3». */
export function formatExactMoment(at: InstantLike, options: Omit<MomentOptions, 'now'>): string {
  const date = dateFormat(options, { day: 'numeric', month: 'long', year: 'numeric' }).format(epochMilliseconds(at));
  const time = dateFormat(options, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  }).format(epochMilliseconds(at));
  return `${keepYearWhole(date)}, ${time}`;
}

/** «2027 г.» must not break over two lines. */
function keepYearWhole(text: string): string {
  return text.replace(/ г\.$/, `${NBSP}г.`);
}

function clock(at: InstantLike, options: MomentOptions): string {
  return dateFormat(options, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(epochMilliseconds(at));
}

function dateFormat(
  options: { readonly lang: Lang; readonly timeZone: string },
  parts: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(options.lang === 'ru' ? 'ru-RU' : 'en-GB', { ...parts, timeZone: options.timeZone });
}

/** Milliseconds since 1970 of anything that names an instant. */
export function epochMilliseconds(at: InstantLike): number {
  if (typeof at === 'number') return at;
  return typeof at === 'string' ? Date.parse(at) : at.epochMilliseconds;
}

/** The calendar day in a zone: its year, and a running number for distances. */
function dayOf(at: InstantLike, timeZone: string): { year: number; number: number } {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  }).formatToParts(epochMilliseconds(at));
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value ?? 0);
  return { year: part('year'), number: Date.UTC(part('year'), part('month') - 1, part('day')) / 86_400_000 };
}

/** Country codes of one and of three digits (ITU E.164); the others have two. */
const THREE_DIGIT_CODES = /^(2[1235689]|3[578]|42|5[09]|6[789]|8[0578]|9[679])\d/;

/**
 * A phone as people write it: «+7 912 345-67-89». `phone` is in E.164 form (`+79123456789`); anything else comes back as it is.
 */
export function formatPhone(phone: string): string {
  const match = /^\+?(\d{8,15})$/.exec(phone);
  if (match === null) return phone;
  const digits = match[1] ?? '';
  const codeLength = /^[17]/.test(digits) ? 1 : THREE_DIGIT_CODES.test(digits) ? 3 : 2;
  const code = digits.slice(0, codeLength);
  const rest = digits.slice(codeLength);
  if (code === '1' && rest.length === 10)
    return `+1 ${rest.slice(0, 3)} ${rest.slice(3, 6)}-${rest.slice(6)}`.replaceAll(' ', NBSP);
  const local = rest.slice(-7);
  const area = rest.slice(0, -7);
  return [`+${code}`, area, `${local.slice(0, 3)}-${local.slice(3, 5)}-${local.slice(5)}`]
    .filter((part) => part !== '')
    .join(NBSP);
}

/** A phone that its owner recognises and nobody else can dial: «+7 912 •••-••-89». */
export function maskPhone(phone: string): string {
  const written = formatPhone(phone);
  const total = written.replace(/\D/g, '').length;
  let seen = 0;
  return written.replace(/\d/g, (digit) => {
    seen += 1;
    return seen > total - 7 && seen <= total - 2 ? '•' : digit;
  });
}
