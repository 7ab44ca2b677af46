import type { Language } from '@tessera/contract/messages';
import { currencyDigits, formatMoney, formatNumber } from '@tessera/look';
import type { FieldFormat } from './body.ts';

/** A value that phones write in their owner's way. `value` is a decimal number, or a date as Apple's passes want it. */
export type TypedValue =
  | {
      readonly kind: 'number';
      readonly value: string;
      readonly style: Extract<FieldFormat, { kind: 'number' }>['style'];
    }
  | { readonly kind: 'currency'; readonly value: string; readonly code: string }
  | {
      readonly kind: 'date';
      readonly value: string;
      /** A day without a time: the same day in every time zone. */
      readonly wholeDay: boolean;
      readonly dateStyle: DateStyle;
      readonly timeStyle: DateStyle;
      readonly relative: boolean;
    };

type DateStyle = Extract<FieldFormat, { kind: 'date' }>['dateStyle'];

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MOMENT = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)(?:Z|[+-]\d{2}:\d{2})$/;
/** What a double holds exactly, with room: longer numbers stay texts. */
const NUMBER = /^-?\d{1,13}(?:\.\d{1,4})?$/;

/** Reads a text in the wanted format; null: it is no such value and is shown as the text that it is. */
export function readTyped(text: string, format: FieldFormat): TypedValue | null {
  if (format.kind === 'date') return readDate(text, format);
  // A person writes «1 250,50».
  const number = text
    .replace(/[\s\u00a0\u202f]/g, '')
    .replace('\u2212', '-')
    .replace(',', '.');
  if (!NUMBER.test(number)) return null;
  return format.kind === 'currency'
    ? { kind: 'currency', value: number, code: format.code }
    : { kind: 'number', value: number, style: format.style };
}

function readDate(text: string, format: Extract<FieldFormat, { kind: 'date' }>): TypedValue | null {
  const wholeDay = DAY.test(text);
  const local = wholeDay ? text : MOMENT.exec(text)?.[1];
  if (local === undefined || !isReal(local)) return null;
  const { timeStyle, relative = false } = format;
  // With neither a phone would show nothing.
  const dateStyle = format.dateStyle === 'none' && (timeStyle === 'none' || wholeDay) ? 'long' : format.dateStyle;
  const value = wholeDay ? `${text}T00:00:00Z` : text;
  return { kind: 'date', value, wholeDay, dateStyle, timeStyle: wholeDay ? 'none' : timeStyle, relative };
}

function isReal(local: string): boolean {
  try {
    Temporal.PlainDateTime.from(local, { overflow: 'reject' });
    return true;
  } catch {
    return false;
  }
}

/** The value as a finished text, for every form but Apple's. */
export function tellTyped(typed: TypedValue, language: Language): string {
  switch (typed.kind) {
    case 'number': {
      if (typed.style === 'scientific') {
        return new Intl.NumberFormat(localeOf(language), { notation: 'scientific' }).format(Number(typed.value));
      }
      const number = formatNumber(...minorOf(typed.value, language));
      if (typed.style !== 'percent') return number;
      return language === 'ru' ? `${number}\u00a0%` : `${number}%`;
    }
    case 'currency':
      return tellMoney(typed.value, typed.code, language);
    case 'date': {
      const local = typed.value.slice(0, typed.value.length - (typed.value.endsWith('Z') ? 1 : 6));
      const options = {
        ...(typed.dateStyle === 'none' ? {} : { dateStyle: typed.dateStyle }),
        ...(typed.timeStyle === 'none' ? {} : { timeStyle: typed.timeStyle === 'full' ? 'short' : typed.timeStyle }),
        // The date carries its own zone: it is told as it is there.
        timeZone: 'UTC',
      } as const;
      return new Intl.DateTimeFormat(localeOf(language), options)
        .format(Date.parse(`${local}Z`))
        .replace(/\sг\.(?=,|$| в )/, '');
    }
  }
}

const localeOf = (language: Language): string => (language === 'ru' ? 'ru-RU' : 'en-GB');

/** A decimal as a whole number of its smallest parts, with what `formatNumber` needs besides. */
function minorOf(value: string, language: Language): [bigint, Language, { scale: number }] {
  const [whole = '', fraction = ''] = value.split('.');
  return [BigInt(whole + fraction), language, { scale: fraction.length }];
}

/** Money with as many digits as its currency has: «99,50 ₽». */
function tellMoney(value: string, code: string, language: Language): string {
  const digits = currencyDigits(code);
  const [whole = '', fraction = ''] = value.split('.');
  const kept = fraction.slice(0, digits).padEnd(digits, '0');
  return formatMoney(BigInt(whole + kept), code, language);
}

/** A whole number of 10^-scale as a plain decimal: `12550n` of hundredths is `125.5`. */
export function toDecimal(minor: bigint, scale: number): string {
  const digits = (minor < 0n ? -minor : minor).toString().padStart(scale + 1, '0');
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, '');
  const whole = digits.slice(0, digits.length - scale);
  return `${minor < 0n ? '-' : ''}${whole}${scale === 0 || fraction === '' ? '' : `.${fraction}`}`;
}
