import { describe, expect, test } from 'vitest';
import { fullName, hasBirthday, shortName } from './model.ts';
import { normalizePhone } from './phones.ts';

describe('a phone', () => {
  test.each([
    ['8 (912) 345-67-89', 'RU', '79123456789'],
    ['+7 912 345-67-89', 'RU', '79123456789'],
    ['7 912 345 67 89', 'RU', '79123456789'],
    ['9123456789', 'RU', '79123456789'],
    ['912-345-67-89', 'RU', '79123456789'],
    ['+7 (912) 345–67–89', 'RU', '79123456789'],
    [' +7\u00a0912\u00a0345\u00a067\u00a089 ', 'RU', '79123456789'],
    ['８９１２３４５６７８９', 'RU', '79123456789'],
    ['8 701 234 56 78', 'KZ', '77012345678'],
    ['87012345678', 'RU', '77012345678'],
    ['+375 29 123-45-67', 'RU', '375291234567'],
    ['375291234567', 'RU', '375291234567'],
    ['8 029 123-45-67', 'BY', '375291234567'],
    ['(201) 555-0123', 'US', '12015550123'],
    ['+49 1512 3456789', 'RU', '4915123456789'],
    ['4915123456789', 'RU', '4915123456789'],
    ['010 1234 5678', 'KR', '821012345678'],
  ])('%j in %s is %s', (text, country, expected) => {
    expect(normalizePhone(text, country)).toBe(expected);
  });

  test.each([
    ['', 'RU'],
    ['+', 'RU'],
    ['12345', 'RU'],
    ['112', 'RU'],
    ['+7 912 345-67-8', 'RU'],
    ['+7 912 345-67-890', 'RU'],
    ['+7 000 000-00-00', 'RU'],
    ['Мария', 'RU'],
    ['9'.repeat(41), 'RU'],
    ['9123456789\0', 'XX'],
  ])('%j in %s is none', (text, country) => {
    expect(normalizePhone(text, country)).toBeNull();
  });
});

describe('a birthday', () => {
  const on = (birthday: string | null, today: string) => hasBirthday(birthday, Temporal.PlainDate.from(today));

  test('comes once a year', () => {
    expect(on('1990-05-17', '2026-05-17')).toBe(true);
    expect(on('1990-05-17', '2026-05-16')).toBe(false);
    expect(on('1990-05-17', '2026-05-18')).toBe(false);
    expect(on(null, '2026-05-17')).toBe(false);
  });

  test('on 29 February comes every year, once', () => {
    const days = (year: number) =>
      [28, 29, 30].flatMap((day) => {
        const date = Temporal.PlainDate.from({ year, month: 2, day: 1 }).add({ days: day - 1 });
        return hasBirthday('2000-02-29', date) ? [date.toString()] : [];
      });
    expect(days(2024)).toEqual(['2024-02-29']);
    expect(days(2025)).toEqual(['2025-02-28']);
    expect(days(2100)).toEqual(['2100-02-28']);
  });
});

describe('a name', () => {
  test('is told as far as it is known', () => {
    expect(fullName({ firstName: 'Мария', lastName: 'Петрова' })).toBe('Мария Петрова');
    expect(fullName({ firstName: 'Мария', lastName: '' })).toBe('Мария');
  });

  test('shows a queue no more than the first letter of the family', () => {
    expect(shortName({ firstName: 'Мария', lastName: 'Петрова' })).toBe('Мария П.');
    expect(shortName({ firstName: 'Мария', lastName: '' })).toBe('Мария');
    expect(shortName({ firstName: '', lastName: 'Петрова' })).toBe('Петрова');
    expect(shortName({ firstName: 'Li', lastName: '𠮷野' })).toBe('Li 𠮷.');
  });
});
