import type { Language } from '@tessera/contract/messages';
import { formatDay, formatMoment, formatNumber } from '@tessera/look';
import type { Translate } from '../../../platform/texts.ts';

/** To whom rules are told, and how. */
export type Telling = {
  readonly t: Translate;
  readonly language: Language;
  /** ISO 4217. */
  readonly currency: string;
  readonly timeZone: string;
  readonly now: Temporal.Instant;
};

/** A text of the catalogue of rules; `null` where nobody has written one. */
export function textOf({ t }: Telling, key: string, params?: Readonly<Record<string, unknown>>): string | null {
  const text = t(`rules:${key}`, params);
  return text === key ? null : text;
}

export const tell = ({ t, currency }: Telling, key: string, params: Readonly<Record<string, unknown>> = {}): string =>
  t(`rules:${key}`, { currency, ...params });

/** Rates are basis points: 550 is «5,5». */
export const percentOf = (basisPoints: bigint | number, { language }: Telling): string =>
  formatNumber(BigInt(basisPoints), language, { scale: 2 });

export const withPercent = (basisPoints: bigint | number, telling: Telling): string =>
  `${percentOf(basisPoints, telling)}${telling.language === 'ru' ? '\u00A0' : ''}%`;

/** A day, with the time where it is not the day's beginning. */
export function dayOf(at: Temporal.Instant, { language, timeZone, now }: Telling): string {
  const { hour, minute } = at.toZonedDateTimeISO(timeZone);
  const options = { lang: language, timeZone, now: now.epochMilliseconds };
  const whole = hour === 0 && minute === 0;
  return whole ? formatDay(at.epochMilliseconds, options) : formatMoment(at.epochMilliseconds, options);
}

export function capitalised(text: string, { language }: Telling): string {
  return text.charAt(0).toLocaleUpperCase(language) + text.slice(1);
}
