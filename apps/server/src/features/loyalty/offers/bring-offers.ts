import { type Result, refuse, succeed } from '@tessera/contract';
import type { AppliedOffers, CheckLine, Offer, OfferContext, Rules } from '@tessera/loyalty';
import {
  applyOffers,
  type CardHolder,
  cardHolderOf,
  certificatePart,
  discountOf,
  levelOf,
  moneyPerPoint,
  NOTHING_USED_YET,
  programmeDiscount,
  stateAt,
} from '@tessera/loyalty';
import type { Tenant } from '../../../platform/database/index.ts';
import { tagsOf } from '../../guests/index.ts';
import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import type { LoadedAccount } from '../model.ts';
import { type Certificate, selectCertificateByCode } from './certificates.store.ts';
import { selectCouponsByCode, selectUses } from './coupons.store.ts';
import {
  type Coupon,
  type CouponKind,
  type CouponRefusal,
  isLimitedForAll,
  isLimitedForMember,
  normaliseCode,
  refusalOf,
  usageOf,
} from './model.ts';

/** What a check says about coupons and certificates. */
export type OfferWish = {
  /** Codes as they were typed or scanned. */
  readonly coupons?: readonly string[] | undefined;
  /** `amount` absent: as much as it can pay. */
  readonly certificate?: { readonly code: string; readonly amount?: bigint | undefined } | undefined;
};

/** The check itself, before any discount. `null` lines: another system has priced it, and only a certificate may pay. */
export type CheckFacts = {
  readonly lines: readonly CheckLine[] | null;
  readonly money: bigint;
  readonly spend: bigint;
  /** Paid from a deposit, before a certificate. */
  readonly deposit?: bigint;
  readonly venue: string | undefined;
  readonly channel?: string | undefined;
  readonly segments?: readonly string[] | undefined;
  readonly occurredAt: Temporal.Instant;
  /** For whom coupons may be reserved: the caller's own number of the check. */
  readonly key: string;
};

/** One coupon that was asked for, and what it gives or why it gives nothing. */
export type NamedCoupon = {
  readonly code: string;
  readonly coupon: Coupon | null;
  readonly discount: bigint;
  readonly refusal: CouponRefusal | null;
};

export type Brought = {
  readonly applied: AppliedOffers | null;
  /** Kinds and coupons behind the used offers, by the offers' ids. */
  readonly sources: ReadonlyMap<string, { readonly kind: CouponKind; readonly coupon: Coupon | null }>;
  readonly named: readonly NamedCoupon[];
  readonly certificate: (Certificate & { readonly pays: bigint }) | null;
};

/** A month and a day: the longest period that a limit counts. */
const LONGEST_PERIOD_DAYS = 32;

/**
 * Finds what holds for a check: coupons by their codes, what the programme gives by itself, a certificate. Nothing is
 * read for a check that names nothing in a programme without automatic offers.
 * @returns null for such a check; certificate_unknown, certificate_blocked, certificate_short, certificate_over_check
 */
export async function bringOffers(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  account: LoadedAccount,
  rules: Rules,
  wish: OfferWish,
  check: CheckFacts,
): Promise<Result<Brought | null>> {
  const codes = [...new Set((wish.coupons ?? []).map(normaliseCode))].filter((code) => code !== '');
  const priced = check.lines !== null;
  const version = priced ? account.rules.offersVersion : 0;
  if (codes.length === 0 && wish.certificate === undefined && version === 0) return succeed(null);
  const [automatic, coupons] = await Promise.all([
    platform.rules.automaticOffers(tenant, account.programmeId, version),
    codes.length === 0 ? [] : selectCouponsByCode(tenant, tenant.companyId, codes),
  ]);
  const now = platform.clock.now();
  const { state } = stateAt(account.state, rules, now);
  const level = levelOf(state, rules).id;
  const found = codes.map((code) => ({ code, coupon: coupons.find((one) => one.code === code) ?? null }));
  const named = found.map(({ code, coupon }) => ({
    code,
    coupon,
    refusal: priced ? whyNotHeld(coupon, code, account, check.key, now) : held('coupon_needs_check', code),
  }));
  const usable = named.flatMap(({ coupon, refusal }) => (coupon && !refusal ? [coupon] : []));
  const offers = await withUsage(tenant, account.accountId, automatic, usable, now, rules);
  const context: OfferContext = {
    at: check.occurredAt.epochMilliseconds,
    venue: check.venue,
    channel: check.channel,
    segments: check.segments ?? (await segmentsFor(tenant, account, offers.list)),
    level,
    newGuest: state.turnover === 0n,
    spend: check.spend,
  };
  const applied = priced
    ? applyAll(check.lines, [...offers.list, ...ofProgramme(rules, cardHolderOf(state, rules), check)], context, rules)
    : null;
  const money = applied === null ? check.money : sumOf(applied.lines) - check.spend * moneyPerPoint(rules);
  const due = money - (check.deposit ?? 0n);
  const certificate = await certificateFor(tenant, wish, due);
  if (!certificate.ok) return certificate;
  return succeed({
    applied,
    sources: offers.sources,
    named: named.map((one) => ({ ...one, ...outcomeOf(one.coupon, one.refusal, one.code, applied) })),
    certificate: certificate.value,
  });
}

/** The tags of a guest and his group, as rules of earning know them; read only where an offer asks. */
async function segmentsFor(tenant: Tenant, account: LoadedAccount, offers: readonly Offer[]): Promise<string[]> {
  if (offers.every(({ terms }) => terms.condition.segments === null)) return [];
  return [`group:${account.groupId}`, ...(await tagsOf(tenant, account.guestId))];
}

const sumOf = (lines: readonly CheckLine[]): bigint => lines.reduce((sum, line) => sum + line.amount, 0n);

/** A check without anything on it says so itself, in the sale. */
function applyAll(lines: readonly CheckLine[], offers: readonly Offer[], context: OfferContext, rules: Rules) {
  const sane = lines.every((line) => line.amount >= 0n && (line.quantityThousandths ?? 1) > 0);
  return applyOffers(lines, sane ? offers : [], context, rules);
}

function ofProgramme(rules: Rules, holder: CardHolder, { venue }: CheckFacts): readonly Offer[] {
  const { basisPoints } = discountOf(rules, holder, venue);
  return basisPoints === 0 ? [] : [programmeDiscount(basisPoints)];
}

const held = (code: CouponRefusal['code'], coupon: string): CouponRefusal => ({ code, params: { coupon } });

/** Why this guest may not use this coupon at all, whatever the check is like. */
export function whyNotHeld(
  coupon: Coupon | null,
  code: string,
  account: { readonly accountId: number; readonly programmeId: number } | null,
  key: string,
  now: Temporal.Instant,
): CouponRefusal | null {
  if (coupon === null) return held('coupon_unknown', code);
  if (coupon.status === 'voided' || !coupon.kind.active) return held('coupon_voided', code);
  if (coupon.accountId !== null && coupon.accountId !== account?.accountId) return held('coupon_wrong_guest', code);
  if (account !== null && coupon.kind.programmeId !== account.programmeId) return held('coupon_wrong_guest', code);
  if (coupon.status === 'redeemed' || coupon.usesLeft === 0) return held('already_used', code);
  const { reservedUntil, reservedFor } = coupon;
  const reserved = reservedUntil !== null && Temporal.Instant.compare(reservedUntil, now) > 0 && reservedFor !== key;
  return reserved ? held('coupon_reserved', code) : null;
}

/** Offers with how often they have been used; the database is asked only where a limit wants to know. */
async function withUsage(
  tenant: Tenant,
  accountId: number,
  automatic: readonly CouponKind[],
  coupons: readonly Coupon[],
  now: Temporal.Instant,
  rules: Rules,
): Promise<{ list: readonly Offer[]; sources: Brought['sources'] }> {
  const kinds = [...automatic, ...coupons.map(({ kind }) => kind)];
  const limited = kinds.filter(({ terms }) => isLimitedForAll(terms) || isLimitedForMember(terms));
  const since = now.subtract({ hours: LONGEST_PERIOD_DAYS * 24 });
  const kindIds = [...new Set(limited.map(({ kindId }) => kindId))];
  const uses =
    kindIds.length === 0 ? new Map() : await selectUses(tenant, tenant.companyId, { accountId, kindIds, since });
  const offerOf = (id: string, kind: CouponKind, coupon: Coupon | null): Offer => {
    const used = uses.get(kind.kindId);
    const current = used ? { ...kind, used: used.used, discounted: used.discounted } : kind;
    return {
      id,
      kindId: String(kind.kindId),
      terms: kind.terms,
      named: coupon !== null,
      validFromMs: null,
      expiresAtMs: coupon?.expiresAt?.epochMilliseconds ?? null,
      usage: used ? usageOf(current, used, now, rules) : NOTHING_USED_YET,
    };
  };
  const sources = new Map<string, { kind: CouponKind; coupon: Coupon | null }>();
  for (const kind of automatic) sources.set(`kind:${kind.kindId}`, { kind, coupon: null });
  for (const coupon of coupons) sources.set(`coupon:${coupon.couponId}`, { kind: coupon.kind, coupon });
  return { list: [...sources].map(([id, { kind, coupon }]) => offerOf(id, kind, coupon)), sources };
}

function outcomeOf(
  coupon: Coupon | null,
  refusal: CouponRefusal | null,
  code: string,
  applied: AppliedOffers | null,
): { discount: bigint; refusal: CouponRefusal | null } {
  if (refusal || !coupon || !applied) return { discount: 0n, refusal };
  const id = `coupon:${coupon.couponId}`;
  const used = applied.used.find(({ offer }) => offer.id === id);
  if (used) return { discount: used.discount, refusal: null };
  const unused = applied.unused.find(({ offer }) => offer.id === id);
  return { discount: 0n, refusal: refusalOf(unused?.reason ?? 'not_combinable', code, unused?.missing ?? 0n) };
}

async function certificateFor(tenant: Tenant, { certificate: wanted }: OfferWish, due: bigint) {
  if (wanted === undefined) return succeed(null);
  const certificate = await selectCertificateByCode(tenant, normaliseCode(wanted.code));
  if (!certificate) return refuse('certificate_unknown');
  if (certificate.blocked) return refuse('certificate_blocked');
  const { amount } = wanted;
  if (amount !== undefined && amount > due) return refuse('certificate_over_check', { money: String(due) });
  if (certificate.balance === 0n || (amount !== undefined && amount > certificate.balance)) {
    return refuse('certificate_short', { balance: String(certificate.balance), wanted: String(amount ?? due) });
  }
  return succeed({ ...certificate, pays: due > 0n ? certificatePart(certificate.balance, due, amount) : 0n });
}
