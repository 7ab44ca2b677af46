import type { CertificateView, CouponRow, CouponUses, TillCoupon } from '@tessera/contract';
import { isPriceless } from '@tessera/loyalty';
import { nextOf } from '../../../platform/http/index.ts';
import type { Certificate } from './certificates.store.ts';
import type { CouponInList, CouponUse } from './kinds.store.ts';
import { type Coupon, readableCode } from './model.ts';

type Life = {
  readonly status: Coupon['status'];
  readonly expiresAt: Temporal.Instant | null;
  readonly reservedUntil?: Temporal.Instant | null | undefined;
};

/** What a coupon is now: expired and kept for a check are matters of time. */
export function stateOf({ status, expiresAt, reservedUntil = null }: Life, now: Temporal.Instant): CouponRow['state'] {
  if (status !== 'issued') return status;
  if (expiresAt !== null && Temporal.Instant.compare(expiresAt, now) <= 0) return 'expired';
  return reservedUntil !== null && Temporal.Instant.compare(reservedUntil, now) > 0 ? 'reserved' : 'issued';
}

export const toCouponRow = (coupon: CouponInList, now: Temporal.Instant): CouponRow => ({
  couponId: coupon.couponId,
  kindId: coupon.kindId,
  kindName: coupon.kindName,
  code: readableCode(coupon.code),
  accountId: coupon.accountId,
  state: stateOf(coupon, now),
  usesLeft: coupon.usesLeft,
  expiresAt: coupon.expiresAt?.toString() ?? null,
  createdAt: coupon.createdAt.toString(),
});

export const toUses = (uses: readonly CouponUse[], limit: number): CouponUses => ({
  items: uses.map((use) => ({
    useId: use.useId,
    accountId: use.accountId,
    checkId: use.checkId,
    discount: Number(use.discount),
    usedAt: use.usedAt.toString(),
    returnedAt: use.returnedAt?.toString() ?? null,
  })),
  next: nextOf(uses, limit, ({ useId }) => useId),
});

export const toCertificateView = (certificate: Certificate): CertificateView => ({
  certificateId: certificate.certificateId,
  code: readableCode(certificate.code),
  nominal: Number(certificate.nominal),
  balance: Number(certificate.balance),
  blocked: certificate.blocked,
  accountId: certificate.accountId,
  note: certificate.note,
  createdAt: certificate.createdAt.toString(),
});

export const toTillCoupon = ({ code, kind, usesLeft, expiresAt }: Coupon): TillCoupon => ({
  code: readableCode(code),
  name: kind.name,
  effect: kind.terms.effect.kind,
  alone: isPriceless(kind.terms),
  usesLeft,
  expiresAt: expiresAt?.toString() ?? null,
});
