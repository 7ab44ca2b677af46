import { expect, test } from 'vitest';
import { createPhoneReader, normalizePhone } from './phones.ts';

test('phones of a file are read as a single one is, however they are written and whatever came before', () => {
  const read = createPhoneReader('RU');
  const texts = ['9123456789', '79123456789', '8 (912) 345-67-89', '+7 912 345 67 89', '+79123456780', '89123456781'];
  const others = [
    '+7 495 123-45-67',
    '84951234567',
    '+44 20 7946 0958',
    '912345678',
    '+89123456789',
    'нет',
    '',
    '8888',
  ];
  for (const text of [...texts, ...others, ...texts]) expect(read(text)).toBe(normalizePhone(text, 'RU'));
});
