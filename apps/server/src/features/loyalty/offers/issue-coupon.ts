import { type Result, refuse, succeed } from '@tessera/contract';
import type { Calendar } from '@tessera/loyalty';
import { couponExpiry } from '@tessera/loyalty';
import type { Queryable, Tenant, TenantTransaction } from '../../../platform/database/index.ts';
import { isUniqueViolation } from '../../../platform/database/index.ts';
import { selectAccount } from '../accounts.store.ts';
import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import { selectCouponsByCode } from './coupons.store.ts';
import {
  type IssuedCoupon,
  insertCoupon,
  releaseIssued,
  reserveIssued,
  selectByOrigin,
  selectKind,
  voidUnused,
} from './issue.store.ts';
import { type CouponKind, newCode, normaliseCode } from './model.ts';

export type CouponToIssue = {
  readonly kindId: number;
  readonly accountId: number | null;
  /** What led to it, once for ever: «stamps:17:card-6». */
  readonly origin: string;
  readonly now: Temporal.Instant;
  readonly calendar: Calendar;
  readonly random: (bytes: number) => Uint8Array;
};

/** How often a code that exists already is replaced by another: with 60 bits this does not happen. */
const TRIES = 3;

/**
 * Issues one coupon inside a transaction: a gift for a full card, a friend's thanks, a birthday. The same origin gives
 * the same coupon, however often it is asked for. As a companion of a write to an account: `issueAsCompanion`.
 * @returns null when there is no such kind, or it is stopped
 */
export async function issueCoupon(
  queryable: Queryable,
  companyId: number,
  coupon: CouponToIssue,
): Promise<IssuedCoupon | null> {
  const known = await selectByOrigin(queryable, companyId, coupon.origin);
  if (known) return known;
  const kind = await selectKind(queryable, companyId, coupon.kindId);
  if (!kind?.active || kind.mode === 'shared' || kind.mode === 'automatic') return null;
  const { now } = coupon;
  const ends = couponExpiry(kind.terms, now.epochMilliseconds, coupon.calendar);
  const expiresAt = ends === null ? null : Temporal.Instant.fromEpochMilliseconds(ends);
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const code = newCode(coupon.random);
    const { kindId, accountId, origin } = coupon;
    const fresh = { kindId, termsId: kind.termsId, code, accountId, usesLeft: usesOf(kind), expiresAt, origin };
    const couponId = await insertCoupon(queryable, companyId, fresh, now);
    if (couponId !== null) return { couponId, code, accountId, kindId, status: 'issued', expiresAt };
    const twin = await selectByOrigin(queryable, companyId, origin);
    if (twin) return twin;
  }
  throw new Error('No free code was found for a coupon.');
}

/** The same as a companion write: a kind that is gone or stopped gives nothing and refuses nothing. */
export const issueAsCompanion =
  (coupon: CouponToIssue) =>
  async (transaction: TenantTransaction): Promise<boolean> => {
    await issueCoupon(transaction, transaction.companyId, coupon);
    return true;
  };

/** How often a coupon of this kind can be used. */
export const usesOf = ({ terms }: CouponKind): number => (terms.effect.kind === 'ticket' ? terms.effect.entries : 1);

/** What became of a coupon that something led to: still good, used up, cancelled, or never made. */
export async function couponOf(queryable: Queryable, companyId: number, origin: string): Promise<IssuedCoupon | null> {
  return selectByOrigin(queryable, companyId, origin);
}

/**
 * Takes an unused coupon back because what led to it is gone.
 * @returns `voided`, or `used` when it is too late, or `unknown`
 */
export async function voidCoupon(
  queryable: Queryable,
  companyId: number,
  origin: string,
): Promise<'voided' | 'used' | 'unknown'> {
  const coupon = await selectByOrigin(queryable, companyId, origin);
  if (!coupon) return 'unknown';
  if (coupon.status === 'voided') return 'voided';
  return (await voidUnused(queryable, companyId, coupon.couponId)) ? 'voided' : 'used';
}

/** Gives a guest a coupon by hand, once for one key. */
export async function issueByHand(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  wish: { kindId: number; accountId: number; key: string },
): Promise<Result<IssuedCoupon>> {
  const account = await selectAccount(tenant, wish.accountId);
  if (!account) return refuse('account_not_found');
  const kind = await selectKind(tenant, tenant.companyId, wish.kindId);
  if (kind?.mode !== 'personal' || kind.programmeId !== account.programmeId) return refuse('coupon_kind_not_found');
  const now = platform.clock.now();
  const calendar = await platform.rules.of(tenant, account.rules, now);
  const { kindId, accountId } = wish;
  const origin = `hand:${wish.key}`;
  const wanted = { kindId, accountId, origin, now, calendar, random: platform.random };
  const issued = await issueCoupon(tenant, tenant.companyId, wanted);
  if (!issued) return refuse('coupon_kind_not_found');
  const same = issued.accountId === accountId && issued.kindId === kindId;
  return same ? succeed(issued) : refuse('idempotency_mismatch');
}

const RESERVED_SECONDS_MAX = 3_600;

/** Keeps a coupon for a check that is being paid, so that no other till takes it meanwhile. Again with the same key: longer. */
export async function reserveCoupon(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  wish: { code: string; key: string; seconds: number },
): Promise<Result<{ until: Temporal.Instant }>> {
  const [coupon] = await selectCouponsByCode(tenant, tenant.companyId, [normaliseCode(wish.code)]);
  if (!coupon) return refuse('coupon_unknown');
  const now = platform.clock.now();
  const until = now.add({ seconds: Math.min(wish.seconds, RESERVED_SECONDS_MAX) });
  if (coupon.status === 'voided') return refuse('coupon_voided');
  if (coupon.status === 'redeemed') return refuse('already_used');
  // A code that everybody shares is nobody's to keep.
  if (coupon.usesLeft === null) return succeed({ until });
  const kept = await reserveIssued(tenant, coupon.couponId, { key: wish.key, until, now });
  return kept ? succeed({ until }) : refuse('coupon_reserved');
}

export async function releaseCoupon(tenant: Tenant, wish: { code: string; key: string }): Promise<Result<null>> {
  const [coupon] = await selectCouponsByCode(tenant, tenant.companyId, [normaliseCode(wish.code)]);
  if (!coupon) return refuse('coupon_unknown');
  await releaseIssued(tenant, coupon.couponId, wish.key);
  return succeed(null);
}

/** Whether an insert failed because the code is taken. */
export const isCodeTaken = (error: unknown): boolean => isUniqueViolation(error, 'coupons_company_id_code_key');
