import type { OfferReturn, Rules, SaleRecord } from '@tessera/loyalty';
import { moveCertificate, offerTermsFromJson, reissuedExpiry } from '@tessera/loyalty';
import type { TenantTransaction } from '../../../platform/database/index.ts';
import type { CompanionWrite } from '../companions.ts';
import type { Brought } from './bring-offers.ts';
import { insertCertificateEntry, selectCertificate } from './certificates.store.ts';
import { periodStart } from './model.ts';
import { insertUse, lockCoupon, reissueCoupon, returnUse, uncountKind } from './uses.store.ts';

type SaleFacts = {
  readonly accountId: number;
  readonly checkId: number;
  readonly key: string;
  readonly now: Temporal.Instant;
};

/** What a sale writes beside the account for its offers: kinds by number, then coupons, then the certificate. */
export function companionsOfOffers(brought: Brought | null, rules: Rules, sale: SaleFacts): CompanionWrite[] {
  if (brought === null) return [];
  const { applied, sources, certificate } = brought;
  const uses = (applied?.used ?? []).flatMap(({ offer, discount }) => {
    const source = sources.get(offer.id);
    return source ? [{ ...source, discount }] : [];
  });
  uses.sort((a, b) => a.kind.kindId - b.kind.kindId || (a.coupon?.couponId ?? 0) - (b.coupon?.couponId ?? 0));
  const companions = uses.map(({ kind, coupon, discount }): CompanionWrite => {
    const { perPeriod } = kind.terms.limits;
    return (transaction) =>
      insertUse(transaction, transaction.companyId, {
        kindId: kind.kindId,
        terms: kind.terms,
        couponId: coupon?.couponId ?? null,
        counted: coupon !== null && coupon.usesLeft !== null,
        accountId: sale.accountId,
        checkId: sale.checkId,
        key: sale.key,
        requestKey: null,
        answer: null,
        discount,
        since: perPeriod && periodStart(perPeriod.period, sale.now, rules),
        now: sale.now,
      });
  });
  if (certificate !== null && certificate.pays > 0n) companions.push(payWith(certificate, sale));
  return companions;
}

/** Decided on the certificate as it was read, and written only over that: two tills never pay with the same money. */
function payWith(certificate: NonNullable<Brought['certificate']>, sale: SaleFacts): CompanionWrite {
  return async (transaction) => {
    const entry = moveCertificate(certificate, { kind: 'pay', amount: certificate.pays });
    if ('code' in entry) return false;
    const facts = { checkId: sale.checkId, requestKey: null, now: sale.now };
    const { companyId } = transaction;
    return insertCertificateEntry(transaction, companyId, certificate.certificateId, entry, facts);
  };
}

/** What a return writes beside the account: uses undone, coupons back with their guests, money back on a certificate. */
export function companionsOfReturn(
  sale: SaleRecord,
  outcome: OfferReturn | null,
  rules: Rules,
  { checkId, now }: { readonly checkId: number; readonly now: Temporal.Instant },
): CompanionWrite[] {
  if (outcome === null) return [];
  const kinds = new Map(sale.offers?.uses.map((use) => [use.offerId, Number(use.kindId)]));
  const uses = outcome.reissued
    .flatMap((offerId) => {
      const [source, number] = offerId.split(':');
      if (source !== 'coupon' && source !== 'kind') return []; // a discount of the programme itself
      return [{ kindId: kinds.get(offerId)!, couponId: source === 'coupon' ? Number(number) : null }];
    })
    .sort((a, b) => a.kindId - b.kindId || (a.couponId ?? 0) - (b.couponId ?? 0));
  const companions = uses.map(
    (use): CompanionWrite =>
      (transaction) =>
        undoUse(transaction, { ...use, checkId }, rules, now),
  );
  const { certificate } = outcome;
  if (certificate !== null) {
    companions.push((transaction) =>
      giveBack(transaction, Number(certificate.id), certificate.amount, { checkId, requestKey: null, now }),
    );
  }
  return companions;
}

async function undoUse(
  transaction: TenantTransaction,
  use: { checkId: number; kindId: number; couponId: number | null },
  rules: Rules,
  now: Temporal.Instant,
): Promise<boolean> {
  const { companyId } = transaction;
  const discount = await returnUse(transaction, companyId, use, now);
  if (discount === null) return false;
  if (use.couponId !== null) {
    const coupon = await lockCoupon(transaction, companyId, use.couponId);
    // The one code that everybody shares has no life of its own.
    if (coupon !== null && coupon.usesLeft !== null) {
      const { reissueDays } = offerTermsFromJson(coupon.terms).returns;
      const expiresAtMs = coupon.expiresAt?.epochMilliseconds ?? null;
      const ends = reissuedExpiry(expiresAtMs, reissueDays ?? 1, now.epochMilliseconds, rules);
      const expiresAt = ends === null ? null : Temporal.Instant.fromEpochMilliseconds(ends);
      await reissueCoupon(transaction, companyId, use.couponId, expiresAt);
    }
  }
  await uncountKind(transaction, companyId, use.kindId, discount);
  return true;
}

async function giveBack(
  transaction: TenantTransaction,
  certificateId: number,
  amount: bigint,
  facts: { checkId: number; requestKey: null; now: Temporal.Instant },
): Promise<boolean> {
  const { companyId } = transaction;
  const certificate = await selectCertificate(transaction, companyId, certificateId);
  if (!certificate) throw new Error(`There is no certificate ${certificateId}.`);
  const entry = moveCertificate(certificate, { kind: 'give_back', amount });
  if ('code' in entry) throw new Error(`Certificate ${certificateId} takes nothing back: ${entry.code}`);
  return insertCertificateEntry(transaction, companyId, certificateId, entry, facts);
}
