import type { TillQuoteAnswer } from '@tessera/contract';
import type { Translate } from '../../platform/texts.ts';
import { type quoteSale, readableCode } from '../loyalty/index.ts';

type Quoted = Extract<Awaited<ReturnType<typeof quoteSale>>, { ok: true }>['value'];

/** What a quote tells a cashier of coupons and the certificate; nothing for a check without any. */
export function tellOffers(
  { discount, offers }: Quoted,
  t: Translate,
): Pick<TillQuoteAnswer, 'discount' | 'coupons' | 'certificate'> {
  const off = discount > 0n ? { discount: Number(discount) } : {};
  if (offers === null) return off;
  const named = offers.named.map(({ code, coupon, discount: given, refusal }) => ({
    code: readableCode(code),
    name: coupon?.kind.name ?? '',
    discount: Number(given),
    message: refusal && t(`errors:${refusal.code}`, refusal.params),
  }));
  const given = (offers.applied?.used ?? []).flatMap(({ offer, discount: part }) => {
    const kind = offers.sources.get(offer.id)?.kind;
    return kind?.mode === 'automatic' ? [{ code: '', name: kind.name, discount: Number(part), message: null }] : [];
  });
  const { certificate } = offers;
  return {
    ...off,
    coupons: [...named, ...given],
    ...(certificate === null
      ? {}
      : {
          certificate: {
            code: readableCode(certificate.code),
            balance: Number(certificate.balance),
            pays: Number(certificate.pays),
          },
        }),
  };
}
