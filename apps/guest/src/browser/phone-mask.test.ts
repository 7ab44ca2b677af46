import { expect, test } from 'vitest';
import { looksLikePhone, maskWhileTyping } from './phone-mask.ts';

test.each([
  ['9', '+7 9'],
  ['9123', '+7 912 3'],
  ['9123456789', '+7 912 345-67-89'],
  ['89123456789', '+7 912 345-67-89'],
  ['+79123456789', '+7 912 345-67-89'],
  ['+7 912 34', '+7 912 34'],
  ['79123456789', '+7 912 345-67-89'],
])('%s becomes %s', (typed, shown) => {
  expect(maskWhileTyping(typed, '+7')).toBe(shown);
});

test.each(['+375291234567', '+7', '8', '', 'позвоните', '+791234567890', '891234567890'])(
  '«%s» is left alone',
  (typed) => {
    expect(maskWhileTyping(typed, '+7')).toBe(typed);
  },
);

test('no digit is ever lost or invented, apart from the country code', () => {
  for (const typed of ['9123456789', '8912345', '+7912', '79123456789']) {
    const before = typed.replace(/\D/g, '');
    const after = maskWhileTyping(typed, '+7').replace(/\D/g, '');
    expect([before, `7${before}`, `7${before.slice(1)}`]).toContain(after);
  }
});

test('a number has ten to fifteen digits', () => {
  expect(looksLikePhone('+7 912 345-67-8')).toBe(true);
  expect(looksLikePhone('+7 912 345')).toBe(false);
});
