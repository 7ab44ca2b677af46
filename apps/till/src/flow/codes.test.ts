import { expect, test } from 'vitest';
import { codesKey, codesOf, hasCode, NO_CODES, withCertificate, withCoupon, withoutCode } from './codes.ts';

test('a code is the same however it is written, and stands once', () => {
  const codes = withCoupon(withCoupon(NO_CODES, '55M3-QKU9-8HPB'), '55m3qku98hpb');
  expect(codes.coupons).toEqual(['55M3-QKU9-8HPB']);
  expect(hasCode(codes, '55m3 qku9 8hpb')).toBe(true);
  expect(withoutCode(codes, '55M3QKU98HPB')).toEqual(NO_CODES);
});

test('a request carries what there is and nothing else', () => {
  expect(codesOf(NO_CODES)).toEqual({});
  expect(codesOf(withCertificate(withCoupon(NO_CODES, 'A1'), 'B2'))).toEqual({ coupons: ['A1'], certificate: 'B2' });
  expect(codesKey({ coupons: ['a-1'], certificate: 'b2' })).toBe(codesKey({ coupons: ['A1'], certificate: 'B-2' }));
});
