import { describe, expect, test } from 'vitest';
import {
  formatDay,
  formatExactMoment,
  formatMoment,
  formatMoney,
  formatNumber,
  formatPhone,
  formatPoints,
  maskPhone,
  pluralForm,
} from './format.ts';

/** Makes the special spaces visible: narrow no-break as «_», no-break as «~». */
const seen = (text: string): string => text.replaceAll('\u202F', '_').replaceAll('\u00A0', '~');

describe('money', () => {
  test.each([
    [125000n, 'RUB', 'ru', '1_250_₽'],
    [0n, 'RUB', 'ru', '0_₽'],
    [9950n, 'RUB', 'ru', '99,50_₽'],
    [5n, 'RUB', 'ru', '0,05_₽'],
    [-125000n, 'RUB', 'ru', '−1_250_₽'],
    [100000000000000n, 'RUB', 'ru', '1_000_000_000_000_₽'],
    [125000n, 'RUB', 'en', '₽1_250'],
    [-125050n, 'USD', 'en', '−$1_250.50'],
    [125000n, 'KZT', 'ru', '1_250_₸'],
    [1250n, 'JPY', 'en', 'JPY~1_250'],
    [1250500n, 'KWD', 'ru', '1_250,500_KWD'],
  ] as const)('%s minor units of %s (%s) are written %s', (minor, currency, lang, text) => {
    expect(seen(formatMoney(minor, currency, lang))).toBe(text);
  });
});

describe('points', () => {
  test.each([
    [0n, '0~баллов'],
    [1n, '1~балл'],
    [2n, '2~балла'],
    [5n, '5~баллов'],
    [11n, '11~баллов'],
    [21n, '21~балл'],
    [112n, '112~баллов'],
    [1250n, '1_250~баллов'],
    [-3n, '−3~балла'],
    [9007199254740993001n, '9_007_199_254_740_993_001~балл'],
  ] as const)('%s in Russian: %s', (count, text) => {
    expect(seen(formatPoints(count, 'ru'))).toBe(text);
  });

  test('English has one point and many points', () => {
    expect([1n, 2n, 101n, 0n].map((n) => seen(formatPoints(n, 'en')))).toEqual([
      '1~point',
      '2~points',
      '101~points',
      '0~points',
    ]);
  });

  test('a wallet with decimals shows them and takes the word for a part', () => {
    expect(seen(formatPoints(15n, 'ru', { scale: 1 }))).toBe('1,5~балла');
    expect(seen(formatPoints(20n, 'ru', { scale: 1 }))).toBe('2~балла');
  });

  test("the company's own name for points is used, with its forms, and a gain can carry a plus", () => {
    const names = { one: 'перо', few: 'пера', many: 'перьев', other: 'пера' };
    expect(seen(formatPoints(63n, 'ru', { names, signed: true }))).toBe('+63~пера');
    expect(pluralForm(5n, 'ru', names)).toBe('перьев');
  });

  test('decimals without meaning are not shown', () => {
    expect(formatNumber(12500n, 'ru', { scale: 2 })).toBe('125');
    expect(formatNumber(12550n, 'en', { scale: 2 })).toBe('125.5');
  });
});

describe('dates', () => {
  const now = '2026-11-22T12:00:00Z';
  const moscow = { timeZone: 'Europe/Moscow', now } as const;

  test.each([
    ['2026-11-22T11:05:00Z', 'сегодня в~14:05', 'today at~14:05'],
    ['2026-11-21T10:00:00Z', 'вчера в~13:00', 'yesterday at~13:00'],
    ['2026-11-23T10:00:00Z', 'завтра в~13:00', 'tomorrow at~13:00'],
    ['2026-03-12T06:30:00Z', '12 марта в~09:30', '12 March at~09:30'],
    ['2027-03-12T06:30:00Z', '12 марта 2027~г.', '12 March 2027'],
  ])('%s is said «%s» and "%s"', (at, ru, en) => {
    expect(seen(formatMoment(at, { ...moscow, lang: 'ru' }))).toBe(ru);
    expect(seen(formatMoment(at, { ...moscow, lang: 'en' }))).toBe(en);
  });

  test('the day is the day of the given zone, not of the machine', () => {
    const at = '2026-11-21T21:30:00Z';
    expect(formatDay(at, { ...moscow, lang: 'ru' })).toBe('сегодня');
    expect(formatDay(at, { timeZone: 'UTC', now, lang: 'ru' })).toBe('вчера');
    expect(formatDay('2026-12-31T22:00:00Z', { ...moscow, lang: 'en' })).toBe('1 January 2027');
  });

  test('yesterday survives the change of clocks', () => {
    const zone = { timeZone: 'Europe/Berlin', now: '2026-10-25T22:30:00Z', lang: 'ru' } as const;
    expect(formatDay('2026-10-24T22:30:00Z', zone)).toBe('сегодня');
    expect(formatDay('2026-10-24T21:30:00Z', zone)).toBe('вчера');
  });

  test('instants come as Temporal, as milliseconds or as text', () => {
    const instant = Temporal.Instant.from('2026-11-22T11:05:00Z');
    const options = { ...moscow, lang: 'ru' } as const;
    expect(formatMoment(instant, options)).toBe(formatMoment(instant.epochMilliseconds, options));
    expect(formatMoment(instant.toString(), { ...options, now: Temporal.Instant.from(now) })).toBe(
      formatMoment(instant, options),
    );
  });

  test('the exact moment names the zone', () => {
    expect(seen(formatExactMoment('2026-11-22T11:05:09Z', { timeZone: 'Europe/Moscow', lang: 'ru' }))).toMatch(
      /^22 ноября 2026~г\., 14:05:09.GMT\+3$/,
    );
  });
});

describe('phones', () => {
  test.each([
    ['+79123456789', '+7~912~345-67-89'],
    ['+77011234567', '+7~701~123-45-67'],
    ['+375291234567', '+375~29~123-45-67'],
    ['+998901234567', '+998~90~123-45-67'],
    ['+12025550123', '+1~202~555-0123'],
    ['+4915112345678', '+49~1511~234-56-78'],
  ])('%s is written %s', (phone, text) => {
    expect(seen(formatPhone(phone))).toBe(text);
  });

  test('what is no phone stays as it is', () => {
    expect(formatPhone('call me')).toBe('call me');
    expect(formatPhone('+7')).toBe('+7');
  });

  test('a masked phone hides five digits', () => {
    expect(seen(maskPhone('+79123456789'))).toBe('+7~912~•••-••-89');
    expect(seen(maskPhone('+12025550123'))).toBe('+1~202~•••-••23');
  });
});
