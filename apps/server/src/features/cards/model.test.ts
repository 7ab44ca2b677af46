import { describe, expect, test } from 'vitest';
import { checkDigitOf, digitsNeeded, isOpen, readCardNumber, readDay, readName } from './model.ts';

test.each([
  ['7992739871', '3'],
  ['411111111111111', '1'],
  ['0', '0'],
])('the check digit of %s is %s', (digits, digit) => expect(checkDigitOf(digits)).toBe(digit));

test('a slip of one digit, or two neighbours swapped, is no number of the range', () => {
  const number = `48210937552${checkDigitOf('48210937552')}`;
  const fits = (text: string) => checkDigitOf(text.slice(0, -1)) === text.at(-1);
  expect(fits(number)).toBe(true);
  for (let at = 0; at < number.length; at += 1) {
    for (let digit = 0; digit < 10; digit += 1) {
      const slip = `${number.slice(0, at)}${digit}${number.slice(at + 1)}`;
      expect(fits(slip)).toBe(slip === number);
    }
  }
  expect(fits('842109375525')).toBe(false);
});

test('random numbers are long enough that one in ten thousand is somebody’s', () => {
  expect(digitsNeeded(1, '')).toBe(5);
  expect(digitsNeeded(100, '')).toBe(7);
  expect(digitsNeeded(1_000, '777')).toBe(11);
  expect(digitsNeeded(100_000, '')).toBe(10);
});

test.each([
  ['1000 0001', '10000001'],
  ['4821-0937-55', '4821093755'],
  ['999999999999999999', '999999999999999999'],
  ['0001', null],
  ['123', null],
  ['1234567890123456789', null],
  ['12a4', null],
  ['', null],
])('the card number «%s» is read as %s', (text, number) => expect(readCardNumber(text)).toBe(number));

test.each([
  ['Иванова Мария Петровна', 'Мария', 'Иванова', 'Петровна'],
  ['Мария Петровна Иванова', 'Мария', 'Иванова', 'Петровна'],
  ['Мария Петровна', 'Мария', '', 'Петровна'],
  ['Мария  Иванова ', 'Мария', 'Иванова', ''],
  ['Ахмедов Рашид Ибрагим оглы', 'Рашид', 'Ахмедов', 'Ибрагим оглы'],
  ['Anna Maria Schmidt', 'Anna', 'Maria Schmidt', ''],
  ['Мария', 'Мария', '', ''],
  ['', '', '', ''],
])('the name «%s» is read', (text, firstName, lastName, middleName) => {
  expect(readName(text)).toEqual({ firstName, lastName, middleName });
});

const today = Temporal.PlainDate.from('2026-03-01');
test.each([
  ['1990-03-01', '1990-03-01'],
  ['01.03.1990', '1990-03-01'],
  ['1/3/1990', '1990-03-01'],
  ['01031990', '1990-03-01'],
  ['29.02.1991', null],
  ['02.03.2026', null],
  ['1.1.1800', null],
  ['вчера', null],
])('the day «%s» is read as %s', (text, day) => expect(readDay(text, today)).toBe(day));

describe('a range hands out', () => {
  const settings = { atTill: true, onePerGuest: true, toKnownGuests: true, nameNeeded: false, birthdayNeeded: false };
  const range = (handOutUntil: string | null, closed = false) => ({ closed, settings: { ...settings, handOutUntil } });
  test('until the last day, and nothing once it is closed', () => {
    expect(isOpen(range(null), today)).toBe(true);
    expect(isOpen(range('2026-03-01'), today)).toBe(true);
    expect(isOpen(range('2026-02-28'), today)).toBe(false);
    expect(isOpen(range(null, true), today)).toBe(false);
  });
});
