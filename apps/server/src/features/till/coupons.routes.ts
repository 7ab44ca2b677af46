import {
  Id,
  type Refusal,
  Strict,
  TillCode,
  TillCodeAnswer,
  TillCoupons,
  TillRedeem,
  TillRedeemAnswer,
} from '@tessera/contract';
import type { Actor, Authorize } from '../../platform/http/index.ts';
import { type Http, sendRefusal } from '../../platform/http/index.ts';
import {
  couponsOfAccount,
  type Guesses,
  lookUpCode,
  readableCode,
  redeemCoupon,
  toTillCoupon,
} from '../loyalty/index.ts';
import type { TillPlatform } from './find-guest.ts';

const tags = ['till'];

/** Who guesses: one person at one company. */
export const guesserOf = ({ tenant, userId }: Actor): string => `${tenant.companyId}:${userId}`;

/** Refusals that tell somebody who tries codes that this is none. */
export const isWrongCode = ({ code }: Refusal): boolean => code === 'coupon_unknown' || code === 'certificate_unknown';

/** Coupons at the till: a guest's own, what a scanned code is, and using one without a check. */
export function tillCouponRoutes(
  http: Http,
  { platform, authorize }: { platform: TillPlatform; authorize: Authorize },
  guesses: Guesses,
): void {
  http.get(
    '/api/v1/till/guests/:accountId/coupons',
    { schema: { tags, params: Strict({ accountId: Id }), response: { 200: TillCoupons } } },
    async (request, reply) => {
      const actor = await authorize(request, 'till.sell');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const coupons = await couponsOfAccount(platform, actor.value.tenant, request.params.accountId);
      return { items: coupons.map(toTillCoupon) };
    },
  );

  http.post(
    '/api/v1/till/code',
    {
      schema: { tags, body: TillCode, response: { 200: TillCodeAnswer } },
      config: { rateLimit: { max: 120, timeWindow: '1 minute' } },
    },
    async (request, reply) => {
      const actor = await authorize(request, 'till.sell');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const guesser = guesserOf(actor.value);
      if (!guesses.allowed(guesser)) return sendRefusal(request, reply, { code: 'too_many_requests' }) as never;
      const found = await lookUpCode(platform, actor.value.tenant, request.body);
      if (!found.ok) {
        if (isWrongCode(found.refusal)) guesses.missed(guesser);
        return sendRefusal(request, reply, found.refusal) as never;
      }
      if (found.value.kind === 'certificate') {
        const { code, balance, blocked } = found.value.certificate;
        const certificate = { code: readableCode(code), balance: Number(balance), blocked };
        return { coupon: null, refusal: null, certificate };
      }
      const { coupon, refusal } = found.value;
      const why = refusal && { code: refusal.code, message: request.t(`errors:${refusal.code}`, refusal.params) };
      return { coupon: toTillCoupon(coupon), refusal: why, certificate: null };
    },
  );

  http.post(
    '/api/v1/till/redeem',
    {
      schema: { tags, body: TillRedeem, response: { 200: TillRedeemAnswer } },
      config: { rateLimit: { max: 120, timeWindow: '1 minute' } },
    },
    async (request, reply) => {
      const actor = await authorize(request, 'till.sell');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const guesser = guesserOf(actor.value);
      if (!guesses.allowed(guesser)) return sendRefusal(request, reply, { code: 'too_many_requests' }) as never;
      const { operationKey, code, accountId } = request.body;
      const wish = { code, accountId, key: operationKey.toLowerCase() };
      const redeemed = await redeemCoupon(platform, actor.value.tenant, wish);
      if (!redeemed.ok) {
        if (isWrongCode(redeemed.refusal)) guesses.missed(guesser);
        return sendRefusal(request, reply, redeemed.refusal) as never;
      }
      const { name, effect, usesLeft, points } = redeemed.value;
      return { name, effect, usesLeft, points };
    },
  );
}
