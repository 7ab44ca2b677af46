import { expect, test } from 'vitest';
import { isPin, typePin } from './pin-entry.ts';

const type = (...keys: string[]) => keys.reduce(typePin, '');

test('digits make a PIN, up to eight; the last is erased, or all', () => {
  expect(type('4', '0', '7', '1')).toBe('4071');
  expect(type('4', '0', 'back', '7')).toBe('47');
  expect(type('4', '0', 'Delete')).toBe('');
  expect(type(...'123456789')).toBe('12345678');
});

test('what is no digit is not typed', () => {
  expect(type('F5', 'a', 'Tab', '٣', ' ', '4')).toBe('4');
});

test('from four digits on it can be sent', () => {
  expect(['', '407', '4071', '40718293'].map(isPin)).toEqual([false, false, true, true]);
});
