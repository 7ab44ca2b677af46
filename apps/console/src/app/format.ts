import {
  forGolosText,
  formatDay,
  formatExactMoment,
  formatMoment,
  formatMoney,
  formatNumber,
  formatPhone,
  formatPoints,
  type Lang,
} from '@tessera/look/format.ts';
import { formatMeasure, type MeasureName } from '@tessera/look/measure.ts';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from './company.ts';
import { currentLanguage } from './language.ts';
import { serverClock } from './server-clock.ts';

/** Decimal digits of points: the scale every wallet has until the API tells another. */
const POINTS_SCALE = 2;

/** The company's way to say amounts and moments, in the reader's language and the company's time zone. */
export type Format = {
  /** Minor units of the company's currency. */
  readonly money: (minor: number) => string;
  /** The currency's sign alone. */
  readonly sign: string;
  /** «1 250 баллов». */
  readonly points: (minor: number, options?: { signed?: boolean }) => string;
  /** Points as a bare number, for columns whose heading says what they are. */
  readonly pointsNumber: (minor: number, options?: { signed?: boolean }) => string;
  /** What carries a guest up the ladder: «2 500 ₽», «3 визита», «40 баллов». */
  readonly measure: (measure: MeasureName, amount: number) => string;
  readonly count: (count: number) => string;
  readonly percent: (basisPoints: number) => string;
  readonly day: (instant: string) => string;
  /** The last day of what ends at this instant: what ends at midnight is still good the day before. */
  readonly lastDay: (instant: string) => string;
  readonly moment: (instant: string) => string;
  readonly exact: (instant: string) => string;
  readonly time: (instant: string) => string;
  /** A calendar date without a time («1990-03-12»). */
  readonly date: (date: string) => string;
  /** The two lines of a calendar leaf. */
  readonly leaf: (instant: string) => { day: string; month: string };
  readonly phone: (digits: string) => string;
};

function makeFormat(lang: Lang, currency: string, timeZone: string): Format {
  const locale = lang === 'ru' ? 'ru-RU' : 'en-GB';
  const moments = () => ({ lang, timeZone, now: serverClock.now() });
  const number = (minor: number): string =>
    forGolosText(formatNumber(BigInt(minor), lang, { scale: POINTS_SCALE, wholeOrFull: true }));
  const parts = (options: Intl.DateTimeFormatOptions, zone = timeZone) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: zone });
  const clock = parts({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const birthday = parts({ day: 'numeric', month: 'long', year: 'numeric' }, 'UTC');
  const leafDay = parts({ day: 'numeric' });
  const leafMonth = parts({ month: 'short' });
  return {
    sign: forGolosText(formatMoney(0n, currency, lang)).replace(/[\d.,\s]/g, ''),
    money: (minor) => forGolosText(formatMoney(BigInt(minor), currency, lang)),
    points: (minor, options) => forGolosText(formatPoints(BigInt(minor), lang, { scale: POINTS_SCALE, ...options })),
    pointsNumber: (minor, options) => `${options?.signed && minor > 0 ? '+' : ''}${number(minor)}`,
    measure: (measure, amount) =>
      forGolosText(formatMeasure(measure, BigInt(amount), { lang, currency, scale: POINTS_SCALE })),
    count: (count) => forGolosText(formatNumber(BigInt(count), lang)),
    percent: (basisPoints) =>
      `${formatNumber(BigInt(basisPoints), lang, { scale: 2 })}${lang === 'ru' ? '\u00A0' : ''}%`,
    day: (instant) => formatDay(instant, moments()),
    lastDay: (instant) => formatDay(Date.parse(instant) - 1, moments()),
    moment: (instant) => formatMoment(instant, moments()),
    exact: (instant) => formatExactMoment(instant, { lang, timeZone }),
    time: (instant) => clock.format(Date.parse(instant)),
    date: (date) => birthday.format(Date.parse(`${date}T00:00:00Z`)),
    leaf: (instant) => ({
      day: leafDay.format(Date.parse(instant)),
      month: leafMonth.format(Date.parse(instant)).replace('.', ''),
    }),
    phone: (digits) => formatPhone(`+${digits}`),
  };
}

/** Formatting for the signed-in company. */
export function useFormat(): Format {
  useTranslation(); // draws again when the language changes
  const { currency, timeZone } = useSession().company;
  const lang = currentLanguage();
  return useMemo(() => makeFormat(lang, currency, timeZone), [lang, currency, timeZone]);
}
