import { type Result, refuse, succeed } from '@tessera/contract';
import type { OfferContext } from '@tessera/loyalty';
import { decide, isPriceless, levelOf, NOTHING_USED_YET, stateAt, whyNotOffer } from '@tessera/loyalty';
import type { Tenant } from '../../../platform/database/index.ts';
import { updateAccount } from '../account-write.store.ts';
import { selectAccount } from '../accounts.store.ts';
import { writeTogether } from '../companions.ts';
import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import { type LoadedAccount, toRefusal, withBalances } from '../model.ts';
import { type Attempt, untilWritten } from '../until-written.ts';
import { whyNotHeld } from './bring-offers.ts';
import { selectCouponsByCode, selectUses } from './coupons.store.ts';
import { calendarOfKind } from './kinds.store.ts';
import { type Coupon, normaliseCode, periodStart, refusalOf, usageOf } from './model.ts';
import { type RedeemAnswer, selectUseByRequest } from './redeem.store.ts';
import { insertUse, lockAccount } from './uses.store.ts';

export type Redemption = {
  readonly code: string;
  /** Whose coupon it is, where the till knows; a personal one knows itself. */
  readonly accountId?: number | undefined;
  readonly venueCode?: number | undefined;
  /** The caller's own key of this use, made before the first attempt. */
  readonly key: string;
};

/** The longest period that a limit counts, and a day. */
const LONGEST_PERIOD_HOURS = 32 * 24;

/**
 * Uses a coupon without a check: a ticket lets in, a gift is handed out, points arrive. Once for one key.
 * @returns the first answer to this key; coupon_needs_check for a discount, which has nothing to be taken from
 */
export async function redeemCoupon(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  wish: Redemption,
): Promise<Result<RedeemAnswer>> {
  const result = await platform.inTurn(`${tenant.companyId}:coupon:${normaliseCode(wish.code)}`, () =>
    untilWritten(() => attempt(platform, tenant, wish)),
  );
  if (result.ok) platform.wake();
  return result;
}

async function attempt(platform: LoyaltyPlatform, tenant: Tenant, wish: Redemption): Promise<Attempt<RedeemAnswer>> {
  const code = normaliseCode(wish.code);
  const known = await selectUseByRequest(tenant, wish.key);
  if (known) return known.code === code ? succeed(known) : refuse('idempotency_mismatch');
  const [coupon] = await selectCouponsByCode(tenant, tenant.companyId, [code]);
  const accountId = coupon?.accountId ?? wish.accountId ?? null;
  const account = accountId === null ? null : await selectAccount(tenant, accountId);
  if (accountId !== null && !account) return refuse('account_not_found');
  const now = platform.clock.now();
  const held = whyNotHeld(coupon ?? null, code, account, wish.key, now);
  if (held) return { ok: false, refusal: held };
  return useIt(platform, tenant, { ...wish, code }, coupon!, account, now);
}

async function useIt(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  wish: Redemption,
  coupon: Coupon,
  account: LoadedAccount | null,
  now: Temporal.Instant,
): Promise<Attempt<RedeemAnswer>> {
  const { kind } = coupon;
  const { effect } = kind.terms;
  const points = effect.kind === 'points' ? effect : null;
  if (!(isPriceless(kind.terms) || (points && account))) return refuse('coupon_needs_check', { coupon: wish.code });
  const refused = await whyNot(platform, tenant, wish, coupon, account, now);
  if (refused) return { ok: false, refusal: refused };
  const calendar = await calendarOfKind(tenant, kind.kindId);
  const answer: RedeemAnswer = {
    code: wish.code,
    name: kind.name,
    effect: effect.kind,
    usesLeft: coupon.usesLeft === null ? null : coupon.usesLeft - 1,
    points: points ? Number(points.points) : 0,
  };
  const { perPeriod } = kind.terms.limits;
  const use = {
    kindId: kind.kindId,
    terms: kind.terms,
    couponId: coupon.couponId,
    counted: coupon.usesLeft !== null,
    accountId: account?.accountId ?? null,
    checkId: null,
    key: wish.key,
    requestKey: wish.key,
    answer,
    discount: 0n,
    since: perPeriod && periodStart(perPeriod.period, now, calendar),
    now,
  };
  if (points === null || account === null) {
    const written = await tenant
      .transaction(async (transaction) => {
        // Uses of one member wait here for one another, as sales do at the account's own write.
        if (account) await lockAccount(transaction, tenant.companyId, account.accountId);
        return (await insertUse(transaction, tenant.companyId, use)) ? true : Promise.reject(new Lost());
      })
      .catch((error: unknown) => {
        if (error instanceof Lost) return false;
        throw error;
      });
    return written ? succeed(answer) : 'lost_race';
  }
  const rules = await platform.rules.of(tenant, account.rules, now);
  const { points: amount, lifetimeDays } = points;
  const command = { kind: 'refill', amount, lifetimeDays: lifetimeDays ?? undefined, reason: 'campaign' } as const;
  const decision = decide(account.state, command, rules, now);
  if (!decision.ok) return { ok: false, refusal: toRefusal(decision) };
  const stored = withBalances(account.state, decision.entries);
  const { accountId, version } = account;
  const write = { accountId, version, state: decision.state, rules, checkId: null, stored, now };
  const written = await writeTogether(tenant, (queryable) => updateAccount(queryable, tenant.companyId, write), [
    (transaction) => insertUse(transaction, transaction.companyId, use),
  ]);
  return written ? succeed(answer) : 'lost_race';
}

class Lost extends Error {}

/** The conditions that do not need a check, and the limits. */
async function whyNot(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  wish: Redemption,
  coupon: Coupon,
  account: LoadedAccount | null,
  now: Temporal.Instant,
) {
  const { kind } = coupon;
  const calendar = await calendarOfKind(tenant, kind.kindId);
  const since = now.subtract({ hours: LONGEST_PERIOD_HOURS });
  const query = { accountId: account?.accountId ?? null, kindIds: [kind.kindId], since };
  const uses = (await selectUses(tenant, tenant.companyId, query)).get(kind.kindId);
  const rules = account && (await platform.rules.of(tenant, account.rules, now));
  const state = account && rules && stateAt(account.state, rules, now).state;
  const context: OfferContext = {
    at: now.epochMilliseconds,
    venue: wish.venueCode === undefined ? undefined : String(wish.venueCode),
    channel: 'till',
    level: state && rules ? levelOf(state, rules).id : undefined,
    newGuest: state?.turnover === 0n,
  };
  const offer = {
    id: `coupon:${coupon.couponId}`,
    kindId: String(kind.kindId),
    terms: kind.terms,
    named: true,
    validFromMs: null,
    expiresAtMs: coupon.expiresAt?.epochMilliseconds ?? null,
    usage: uses ? usageOf({ ...kind, used: uses.used }, uses, now, calendar) : NOTHING_USED_YET,
  };
  const reason = whyNotOffer(offer, context, [], calendar);
  if (reason === null) return null;
  if (reason === 'minimum_check') return { code: 'coupon_needs_check', params: { coupon: wish.code } } as const;
  return refusalOf(reason, wish.code, 0n);
}
