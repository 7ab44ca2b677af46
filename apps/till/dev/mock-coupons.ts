import type { TillCodeAnswer, TillCoupon, TillQuoteAnswer } from '@tessera/contract';

const say = (english: boolean, ru: string, en: string): string => (english ? en : ru);

/** The first guest has two coupons; the second one of them wants a larger check. */
export function ownCoupons(path: string, english: boolean): TillCoupon[] {
  if (!/\/(1|101|41)\//.test(path) && Number(/\d+/.exec(path)?.[0]) % 2 === 0) return [];
  const common = { effect: 'percent', alone: false, usesLeft: 1 };
  return [
    {
      ...common,
      code: 'TENP-ERCE-NT22',
      name: say(english, '10 % на день рождения', '10 % for your birthday'),
      expiresAt: '2027-03-01T00:00:00Z',
    },
    { ...common, code: 'BIGC-HECK-2345', name: say(english, '500 ₽ от 5 000 ₽', '500 ₽ off 5,000 ₽'), expiresAt: null },
  ];
}

export function codeAnswer(code: string, english: boolean): TillCodeAnswer | null {
  const plain = code.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase();
  const none = { coupon: null, refusal: null, certificate: null };
  if (plain === 'GIFTCARD') return { ...none, certificate: { code: 'GIFT-CARD', balance: 50_000, blocked: false } };
  if (plain !== 'TICKET') return null;
  const name = say(english, 'Билет на мастер-класс', 'Ticket to the workshop');
  return { ...none, coupon: { code, name, effect: 'ticket', alone: true, usesLeft: 3, expiresAt: null } };
}

export function withCodes(
  quote: TillQuoteAnswer,
  amount: number,
  codes: { coupons?: unknown; certificate?: unknown },
  english: boolean,
): TillQuoteAnswer {
  const named = Array.isArray(codes.coupons) ? codes.coupons.map(String) : [];
  const coupons = ownCoupons('/1/', english)
    .filter((coupon) => named.includes(coupon.code))
    .map(({ code, name }, index) => ({
      code,
      name,
      discount: code.startsWith('TENP') ? Math.floor(amount / 10) : 0,
      message:
        code.startsWith('BIGC') && index >= 0
          ? say(
              english,
              'Купон действует с более крупной суммы чека. Добавьте что-нибудь или пробейте чек без него.',
              'This coupon needs a larger check. Add something, or ring up the check without it.',
            )
          : null,
    }));
  const discount = coupons.reduce((sum, one) => sum + one.discount, 0);
  const due = Math.max(0, quote.toPay - discount);
  const pays = typeof codes.certificate === 'string' ? Math.min(50_000, due) : 0;
  return {
    ...quote,
    ...(discount > 0 ? { discount: discount + (quote.discount ?? 0) } : {}),
    ...(coupons.length > 0 ? { coupons } : {}),
    ...(pays > 0 ? { certificate: { code: 'GIFT-CARD', balance: 50_000, pays } } : {}),
    toPay: due - pays,
  };
}
