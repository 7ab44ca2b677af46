import type { ErrorCode, RefusalParams } from '@tessera/contract';
import type { OfferReason, OfferTerms, OfferUsage } from '@tessera/loyalty';

/** How the coupons of a kind are held: one code for all, codes of their own, a member's own, or no code at all. */
export type CodeMode = 'shared' | 'unique' | 'personal' | 'automatic';

export type CouponStatus = 'issued' | 'redeemed' | 'voided';

/** A kind of coupons under one version of its terms. */
export type CouponKind = {
  readonly kindId: number;
  readonly programmeId: number;
  readonly name: string;
  readonly mode: CodeMode;
  readonly active: boolean;
  readonly termsId: number;
  readonly terms: OfferTerms;
  /** Kept only while the terms limit all guests together. */
  readonly used: bigint;
  readonly discounted: bigint;
};

export type Coupon = {
  readonly couponId: number;
  readonly code: string;
  readonly kind: CouponKind;
  readonly accountId: number | null;
  readonly status: CouponStatus;
  /** `null`: as often as its kind allows. */
  readonly usesLeft: number | null;
  readonly expiresAt: Temporal.Instant | null;
  readonly reservedFor: string | null;
  readonly reservedUntil: Temporal.Instant | null;
};

/** Uses of a member, by kind: when each of the last month's was, and how many there were ever. */
export type MemberUses = { readonly total: number; readonly lately: readonly Temporal.Instant[] };

export const CODE_LENGTH_MAX = 40;
export const COUPONS_PER_CHECK = 10;
/** Kinds of one programme that hold without a code. */
export const AUTOMATIC_MAX = 20;

/** A code as it is stored and compared: however people write it, in capital letters and digits alone. */
export function normaliseCode(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .slice(0, CODE_LENGTH_MAX + 1);
}

/** Letters and digits that nobody takes for one another: no 0, 1, I, O. A power of two, so that no letter is likelier. */
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
export const CODE_LENGTH = 12;

/** A code that cannot be guessed: 60 bits. */
export function newCode(random: (bytes: number) => Uint8Array): string {
  return Array.from(random(CODE_LENGTH), (byte) => ALPHABET[byte % ALPHABET.length]).join('');
}

/** A code as people read it: in groups of four, where it is one of ours. */
export const readableCode = (code: string): string =>
  code.length === CODE_LENGTH ? code.replace(/(.{4})(?=.)/g, '$1-') : code;

const CODE_OF_REASON: Readonly<Record<OfferReason, ErrorCode>> = {
  not_yet_valid: 'coupon_not_yet_valid',
  expired: 'coupon_expired',
  weekday: 'coupon_wrong_time',
  hour: 'coupon_wrong_time',
  venue: 'coupon_wrong_venue',
  channel: 'coupon_wrong_venue',
  segment: 'coupon_wrong_guest',
  level: 'coupon_wrong_guest',
  new_guests_only: 'coupon_wrong_guest',
  minimum_check: 'coupon_minimum_check',
  no_goods: 'coupon_no_goods',
  nothing_left: 'coupon_no_goods',
  already_used: 'already_used',
  limit_reached: 'coupon_limit_reached',
  budget_spent: 'coupon_limit_reached',
  per_check: 'coupon_not_combinable',
  not_combinable: 'coupon_not_combinable',
  not_with_points: 'not_with_points',
};

/** What a till is told about a coupon that gives nothing. */
export type CouponRefusal = { readonly code: ErrorCode; readonly params: RefusalParams };

export function refusalOf(reason: OfferReason, code: string, missing: bigint): CouponRefusal {
  const more = reason === 'minimum_check' ? { missing: String(missing) } : {};
  return { code: CODE_OF_REASON[reason], params: { coupon: code, reason, ...more } };
}

/** Whether uses of this kind are counted for all guests together, on its row. */
export const isLimitedForAll = ({ limits }: OfferTerms): boolean => limits.total !== null || limits.budget !== null;

/** Whether uses of one member have to be counted. */
export const isLimitedForMember = ({ limits }: OfferTerms): boolean =>
  limits.perMember !== null || limits.perPeriod !== null;

/** Start of the running period, in the company's zone: a day, a week from Monday, a calendar month. */
export function periodStart(
  period: 'day' | 'week' | 'month',
  now: Temporal.Instant,
  calendar: { readonly timeZone: string },
): Temporal.Instant {
  const today = now.toZonedDateTimeISO(calendar.timeZone).startOfDay();
  if (period === 'day') return today.toInstant();
  return (period === 'week' ? today.subtract({ days: today.dayOfWeek - 1 }) : today.with({ day: 1 }))
    .startOfDay()
    .toInstant();
}

/** How often an offer has been used, as its terms count. */
export function usageOf(
  kind: CouponKind,
  uses: MemberUses | undefined,
  now: Temporal.Instant,
  calendar: { readonly timeZone: string },
): OfferUsage {
  const { perPeriod } = kind.terms.limits;
  const since = perPeriod && periodStart(perPeriod.period, now, calendar);
  const inPeriod = since === null ? [] : (uses?.lately ?? []).filter((at) => Temporal.Instant.compare(at, since) >= 0);
  return {
    total: Number(kind.used),
    byMember: uses?.total ?? 0,
    inPeriod: inPeriod.length,
    discounted: kind.discounted,
  };
}
