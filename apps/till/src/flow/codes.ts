/** Coupons and a certificate that a sale takes along, by their codes. */
export interface Codes {
  readonly coupons: readonly string[];
  readonly certificate: string | null;
}

export const NO_CODES: Codes = { coupons: [], certificate: null };

/** More coupons than this no check takes. */
const MOST_COUPONS = 10;

/** The same code however it is written. */
const same = (one: string, other: string): boolean => plain(one) === plain(other);
const plain = (code: string): string => code.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase();

export function withCoupon(codes: Codes, code: string): Codes {
  if (codes.coupons.some((one) => same(one, code)) || codes.coupons.length >= MOST_COUPONS) return codes;
  return { ...codes, coupons: [...codes.coupons, code] };
}

export const withCertificate = (codes: Codes, code: string): Codes => ({ ...codes, certificate: code });

/** Takes a coupon or the certificate off again. */
export function withoutCode({ coupons, certificate }: Codes, code: string): Codes {
  return {
    coupons: coupons.filter((one) => !same(one, code)),
    certificate: certificate !== null && same(certificate, code) ? null : certificate,
  };
}

export const hasCode = (codes: Codes, code: string): boolean =>
  codes.coupons.some((one) => same(one, code)) || (codes.certificate !== null && same(codes.certificate, code));

/** As a request carries them: nothing where there is nothing. */
export function codesOf({ coupons, certificate }: Codes): { coupons?: string[]; certificate?: string } {
  return {
    ...(coupons.length === 0 ? {} : { coupons: [...coupons] }),
    ...(certificate === null ? {} : { certificate }),
  };
}

export const codesKey = ({ coupons = [], certificate = '' }: ReturnType<typeof codesOf>): string =>
  [...coupons.map(plain), `|${plain(certificate)}`].join(' ');

/** Whether what was typed reads as a name: words of letters, the first of two at least. */
export const mayBeName = (text: string): boolean =>
  /^[\p{L}\p{M}'’.-]{2,}(\s+[\p{L}\p{M}'’.-]+){0,3}$/u.test(text.trim());

/** Whether what was scanned may be a coupon at all: a phone or a single word of a name is not. */
export const mayBeCode = (text: string): boolean => /^[\p{L}\p{N}][\p{L}\p{N}\s-]{2,60}$/u.test(text.trim());
