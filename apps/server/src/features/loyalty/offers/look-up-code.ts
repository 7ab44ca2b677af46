import { type Result, refuse, succeed } from '@tessera/contract';
import { isPriceless } from '@tessera/loyalty';
import type { Tenant } from '../../../platform/database/index.ts';
import { selectAccount } from '../accounts.store.ts';
import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import { whyNotHeld } from './bring-offers.ts';
import { type Certificate, selectCertificateByCode } from './certificates.store.ts';
import { selectCouponsByCode, selectCouponsOfAccount } from './coupons.store.ts';
import { type Coupon, type CouponRefusal, normaliseCode } from './model.ts';

export type FoundCode =
  | {
      readonly kind: 'coupon';
      readonly coupon: Coupon;
      /** Whether it is used without a check: a ticket, a gift handed out. */
      readonly alone: boolean;
      readonly refusal: CouponRefusal | null;
    }
  | { readonly kind: 'certificate'; readonly certificate: Certificate };

/** What a code is, for a till that has scanned one: a coupon (and why this guest cannot use it), or a certificate. */
export async function lookUpCode(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  { code: text, accountId, key = '' }: { code: string; accountId?: number | undefined; key?: string | undefined },
): Promise<Result<FoundCode>> {
  const code = normaliseCode(text);
  const [[coupon], account] = await Promise.all([
    selectCouponsByCode(tenant, tenant.companyId, [code]),
    accountId === undefined ? null : selectAccount(tenant, accountId),
  ]);
  const now = platform.clock.now();
  if (coupon) {
    const over = coupon.expiresAt !== null && Temporal.Instant.compare(coupon.expiresAt, now) <= 0;
    // Without a guest a personal coupon is its holder's.
    const holder =
      account ??
      (coupon.accountId === null ? null : { accountId: coupon.accountId, programmeId: coupon.kind.programmeId });
    const expired = over ? ({ code: 'coupon_expired', params: { coupon: code } } as const) : null;
    const refusal = whyNotHeld(coupon, code, holder, key, now) ?? expired;
    return succeed({ kind: 'coupon', coupon, alone: isPriceless(coupon.kind.terms), refusal });
  }
  const certificate = await selectCertificateByCode(tenant, code);
  return certificate ? succeed({ kind: 'certificate', certificate }) : refuse('coupon_unknown');
}

/** A guest's own coupons that are still good: for the till, the account's page and other systems. */
export function couponsOfAccount(platform: LoyaltyPlatform, tenant: Tenant, accountId: number): Promise<Coupon[]> {
  return selectCouponsOfAccount(platform.database, tenant, { accountId, now: platform.clock.now() });
}
