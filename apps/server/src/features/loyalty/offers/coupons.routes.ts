import {
  CouponPage,
  CouponParams,
  CouponQuery,
  CouponRelease,
  CouponReservation,
  CouponReserved,
  CouponRow,
  CouponUses,
  CouponUsesQuery,
  NewCoupon,
} from '@tessera/contract';
import { cursorOf, type Http, nextOf, OPEN_TO_PROGRAMS, sendRefusal } from '../../../platform/http/index.ts';
import { voidUnused } from './issue.store.ts';
import { issueByHand, releaseCoupon, reserveCoupon } from './issue-coupon.ts';
import type { CouponRoutesOptions } from './kinds.routes.ts';
import { selectCoupons, selectCouponUses } from './kinds.store.ts';
import { normaliseCode } from './model.ts';
import { toCouponRow, toUses } from './present.ts';

const tags = ['coupons'];
const PAGE_ROWS = 50;
const NONE = { kindId: null, accountId: null, code: null, before: null, couponId: null };

/** Single coupons: /api/v1/coupons. */
export function couponRoutes(http: Http, { platform, authorize }: CouponRoutesOptions): void {
  http.get(
    '/api/v1/coupons',
    { schema: { tags, security: OPEN_TO_PROGRAMS, querystring: CouponQuery, response: { 200: CouponPage } } },
    async (request, reply) => {
      const actor = await authorize(request, 'coupons.read');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { after, limit = PAGE_ROWS, kindId = null, accountId = null, code } = request.query;
      const wanted = code === undefined ? null : normaliseCode(code);
      const query = { ...NONE, kindId, accountId, code: wanted, before: cursorOf(after), limit };
      const coupons = await selectCoupons(actor.value.tenant, query);
      const now = platform.clock.now();
      const items = coupons.map((coupon) => toCouponRow(coupon, now));
      return { items, next: nextOf(items, limit, ({ couponId }) => couponId) };
    },
  );

  http.post(
    '/api/v1/coupons',
    { schema: { tags, security: OPEN_TO_PROGRAMS, body: NewCoupon, response: { 200: CouponRow } } },
    async (request, reply) => {
      const actor = await authorize(request, 'coupons.write');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { tenant } = actor.value;
      const { externalId: key, kindId, accountId } = request.body;
      const issued = await issueByHand(platform, tenant, { kindId, accountId, key });
      if (!issued.ok) return sendRefusal(request, reply, issued.refusal) as never;
      platform.wake();
      const [coupon] = await selectCoupons(tenant, { ...NONE, couponId: issued.value.couponId, limit: 1 });
      return toCouponRow(coupon!, platform.clock.now());
    },
  );

  http.get(
    '/api/v1/coupons/:couponId',
    { schema: { tags, params: CouponParams, response: { 200: CouponRow } } },
    async (request, reply) => {
      const actor = await authorize(request, 'coupons.read');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const [coupon] = await selectCoupons(actor.value.tenant, { ...NONE, ...request.params, limit: 1 });
      if (!coupon) return sendRefusal(request, reply, { code: 'coupon_unknown' }) as never;
      return toCouponRow(coupon, platform.clock.now());
    },
  );

  http.get(
    '/api/v1/coupons/:couponId/uses',
    { schema: { tags, params: CouponParams, querystring: CouponUsesQuery, response: { 200: CouponUses } } },
    async (request, reply) => {
      const actor = await authorize(request, 'coupons.read');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { after, limit = PAGE_ROWS } = request.query;
      const page = { before: cursorOf(after), limit };
      return toUses(await selectCouponUses(actor.value.tenant, request.params, page), limit);
    },
  );

  http.delete('/api/v1/coupons/:couponId', { schema: { tags, params: CouponParams } }, async (request, reply) => {
    const actor = await authorize(request, 'coupons.write');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal);
    const { tenant } = actor.value;
    const { couponId } = request.params;
    if (await voidUnused(tenant, tenant.companyId, couponId)) return reply.code(204).send();
    const [coupon] = await selectCoupons(tenant, { ...NONE, couponId, limit: 1 });
    if (coupon?.status === 'voided') return reply.code(204).send();
    return sendRefusal(request, reply, { code: coupon ? 'already_used' : 'coupon_unknown' });
  });

  http.post(
    '/api/v1/coupons/reserve',
    { schema: { tags, security: OPEN_TO_PROGRAMS, body: CouponReservation, response: { 200: CouponReserved } } },
    async (request, reply) => {
      const actor = await authorize(request, 'till.sell');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const reserved = await reserveCoupon(platform, actor.value.tenant, request.body);
      if (!reserved.ok) return sendRefusal(request, reply, reserved.refusal) as never;
      return { until: reserved.value.until.toString() };
    },
  );

  http.post(
    '/api/v1/coupons/release',
    { schema: { tags, security: OPEN_TO_PROGRAMS, body: CouponRelease } },
    async (request, reply) => {
      const actor = await authorize(request, 'till.sell');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal);
      const released = await releaseCoupon(actor.value.tenant, request.body);
      return released.ok ? reply.code(204).send() : sendRefusal(request, reply, released.refusal);
    },
  );
}
