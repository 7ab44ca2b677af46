import type { Refusal } from '@tessera/contract';
import type { CheckLine, CheckOffers, DepositPayment, OfferReturn } from '@tessera/loyalty';
import { TOTAL_LINE_ID } from '@tessera/loyalty';
import type { ReturnAnswer, SaleAnswer } from '../model.ts';
import type { Brought, CheckFacts } from './bring-offers.ts';

type PricedOrReported = {
  readonly source: string;
  readonly externalId: string;
  readonly spend: bigint;
  readonly deposit?: DepositPayment | undefined;
  readonly venueCode?: number | undefined;
  readonly occurredAt?: Temporal.Instant | undefined;
} & (
  | { readonly mode: 'reported'; readonly money: bigint }
  | { readonly mode: 'priced'; readonly total: bigint; readonly lines?: undefined }
  | { readonly mode: 'priced'; readonly lines: readonly CheckLine[]; readonly total?: undefined }
);

/** A check as offers see it. A till whose clock runs ahead cannot use what does not hold yet. */
export function checkFactsOf(sale: PricedOrReported, now: Temporal.Instant): CheckFacts {
  const { occurredAt = now } = sale;
  const facts = {
    spend: sale.spend,
    deposit: sale.deposit?.amount ?? 0n,
    venue: sale.venueCode === undefined ? undefined : String(sale.venueCode),
    channel: sale.source,
    occurredAt: Temporal.Instant.compare(occurredAt, now) > 0 ? now : occurredAt,
    key: sale.externalId,
  };
  if (sale.mode === 'reported') return { ...facts, lines: null, money: sale.money };
  const lines = sale.lines ?? [{ id: TOTAL_LINE_ID, amount: sale.total as bigint }];
  return { ...facts, lines, money: 0n };
}

/** What the engine has to remember of them. */
export function offersOf(brought: Brought | null): CheckOffers | undefined {
  if (brought === null) return undefined;
  const { applied, certificate } = brought;
  const pays = certificate && certificate.pays > 0n;
  return { applied, certificate: pays ? { id: String(certificate.certificateId), amount: certificate.pays } : null };
}

/** A sale uses every coupon that it names, or is refused: the cashier takes the coupon off, and the guest knows why. */
export function refuseNamed(brought: Brought | null): { ok: false; refusal: Refusal } | null {
  const refusal = brought?.named.find((one) => one.refusal !== null)?.refusal;
  return refusal ? { ok: false, refusal } : null;
}

/** What a sale answers about its offers; nothing for a check without any. */
export function answerOfOffers(brought: Brought | null): Pick<SaleAnswer, 'coupons' | 'certificate'> {
  if (brought === null) return {};
  const coupons = (brought.applied?.used ?? []).flatMap(({ offer, discount }) => {
    const source = brought.sources.get(offer.id);
    return source ? [{ code: source.coupon?.code ?? '', name: source.kind.name, discount: Number(discount) }] : [];
  });
  const { certificate } = brought;
  return {
    ...(coupons.length === 0 ? {} : { coupons }),
    ...(certificate === null
      ? {}
      : {
          certificate: {
            code: certificate.code,
            paid: Number(certificate.pays),
            left: Number(certificate.balance - certificate.pays),
          },
        }),
  };
}

export function answerOfReturnedOffers(
  outcome: OfferReturn | null,
): Pick<ReturnAnswer, 'certificateBack' | 'couponsBack'> {
  if (outcome === null) return {};
  const coupons = outcome.reissued.filter((id) => id.startsWith('coupon:')).length;
  return {
    ...(outcome.certificate === null ? {} : { certificateBack: Number(outcome.certificate.amount) }),
    ...(coupons === 0 ? {} : { couponsBack: coupons }),
  };
}
