import { describe, expect, test } from 'vitest';
import {
  type EntryKey,
  type EntryStyle,
  fromMinor,
  fromPasted,
  groupTyped,
  LARGEST_AMOUNT,
  press,
  toMinor,
} from './amount-entry.ts';

const type = (keys: readonly EntryKey[], style: EntryStyle) => keys.reduce((text, key) => press(text, key, style), '');
const russian = { group: '\u202f', decimal: ',' };

describe('an amount typed with a comma', () => {
  test('whole roubles need no comma', () => {
    expect(toMinor(type(['1', '2', '5', '0'], 'comma'), 'comma')).toBe(125_000);
  });
  test('one digit after the comma is tens of kopecks', () => {
    expect(toMinor(type(['9', ',', '5'], 'comma'), 'comma')).toBe(950);
    expect(toMinor(type(['9', ',', '0', '5'], 'comma'), 'comma')).toBe(905);
  });
  test('a comma first means nothing roubles', () => {
    const text = type([',', '5', '0'], 'comma');
    expect(text).toBe('0,50');
    expect(toMinor(text, 'comma')).toBe(50);
  });
  test('a second comma and a third kopeck digit change nothing', () => {
    expect(type(['1', ',', '2', ',', '3', '4'], 'comma')).toBe('1,23');
  });
  test('leading zeros vanish', () => {
    expect(type(['0', '0', '00', '7'], 'comma')).toBe('7');
  });
  test('backspace takes the last thing typed, the comma too', () => {
    expect(type(['1', ',', 'back', '2'], 'comma')).toBe('12');
    expect(type(['back'], 'comma')).toBe('');
  });
  test('more than the wire can carry is not taken', () => {
    const most = type(['9', '9', '9', '9', '9', '9', '9', '9', '9', '9', '9', '9'], 'comma');
    expect(toMinor(most, 'comma')).toBeLessThanOrEqual(LARGEST_AMOUNT);
    expect(most).toBe('9999999999');
  });
});

describe('an amount typed as on a terminal', () => {
  test('the last two digits are kopecks', () => {
    expect(toMinor(type(['1', '2', '5', '0'], 'terminal'), 'terminal')).toBe(1250);
    expect(toMinor(type(['5'], 'terminal'), 'terminal')).toBe(5);
  });
  test('the comma key does nothing', () => {
    expect(type(['1', ',', '2'], 'terminal')).toBe('12');
  });
});

test('every amount survives the way to text and back, in both styles', () => {
  for (const minor of [1, 5, 10, 50, 99, 100, 101, 110, 905, 950, 125_000, 125_050, 99_999_999, LARGEST_AMOUNT]) {
    for (const style of ['comma', 'terminal'] as const) expect(toMinor(fromMinor(minor, style), style)).toBe(minor);
  }
});

describe('a pasted amount', () => {
  test.each([
    ['1 250,50 ₽', 125_050],
    ['1250.5', 125_050],
    ['1,250.50', 125_050],
    ['1.250,50', 125_050],
    ['1,250', 125_000],
    ['1250', 125_000],
    ['0,05', 5],
  ])('%s is understood', (pasted, minor) => {
    expect(toMinor(fromPasted(pasted, 'comma') ?? '', 'comma')).toBe(minor);
  });
  test.each(['', 'abc', '-5', '1,2,3', '12:50', '99999999999999'])('%s is refused, not guessed', (pasted) => {
    expect(fromPasted(pasted, 'comma')).toBeNull();
  });
});

describe('what stands in the field while typing', () => {
  test('thousands are grouped and the comma shows at once', () => {
    expect(groupTyped('1250', 'comma', russian)).toBe('1\u202f250');
    expect(groupTyped('1250,', 'comma', russian)).toBe('1\u202f250,');
    expect(groupTyped('', 'comma', russian)).toBe('0');
  });
  test('a terminal shows kopecks always', () => {
    expect(groupTyped('5', 'terminal', russian)).toBe('0,05');
    expect(groupTyped('125050', 'terminal', russian)).toBe('1\u202f250,50');
    expect(groupTyped('', 'terminal', russian)).toBe('0,00');
  });
});
