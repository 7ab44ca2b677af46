import {
  CheckAnswer,
  CheckBody,
  CheckDetail,
  HoldAnswer,
  HoldBody,
  HoldReleaseAnswer,
  Id,
  QuoteAnswer,
  QuoteBody,
  ReturnBody,
  ReturnPartAnswer,
  Strict,
} from '@tessera/contract';
import { Type } from 'typebox';
import { type Authorize, type Http, OPEN_TO_PROGRAMS, sendRefusal } from '../../../platform/http/index.ts';
import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import { holdPoints, releaseHold } from '../operations/hold-points.ts';
import { quoteSale } from '../quote-sale.ts';
import { registerCheck } from '../register-check.ts';
import { returnPart } from '../return-check.ts';
import { describeQuote, readCheckBody, readQuote, readReturn } from './read-body.ts';
import { readCheck } from './read-check.ts';

export type CheckRoutesOptions = { platform: LoyaltyPlatform; authorize: Authorize };

const shared = { tags: ['checks'], security: OPEN_TO_PROGRAMS };
const CheckParams = Strict({ checkId: Id });

/** Sales for integrators: /api/v1/quotes, /api/v1/checks and the holds of an account. */
export function checkRoutes(http: Http, options: CheckRoutesOptions): void {
  saleRoutes(http, options);
  returnRoutes(http, options);
  holdRoutes(http, options);
}

function saleRoutes(http: Http, { platform, authorize }: CheckRoutesOptions): void {
  http.post(
    '/api/v1/quotes',
    { schema: { ...shared, body: QuoteBody, response: { 200: QuoteAnswer } } },
    async (request, reply) => {
      const actor = await authorize(request, 'till.sell');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const wish = readQuote(request.body);
      if (!wish.ok) return sendRefusal(request, reply, wish.refusal) as never;
      const quoted = await quoteSale(platform, actor.value.tenant, wish.value);
      return quoted.ok
        ? describeQuote(quoted.value, request.t)
        : (sendRefusal(request, reply, quoted.refusal) as never);
    },
  );

  http.post(
    '/api/v1/checks',
    { schema: { ...shared, body: CheckBody, response: { 200: CheckAnswer } } },
    async (request, reply) => {
      const { money, accrual } = request.body;
      // Whoever says himself what was paid or what is earned gives points away as he likes.
      const actor = await authorize(request, money !== undefined || accrual !== undefined ? 'api.use' : 'till.sell');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const sale = readCheckBody(request.body);
      if (!sale.ok) return sendRefusal(request, reply, sale.refusal) as never;
      const sold = await registerCheck(platform, actor.value.tenant, sale.value);
      return sold.ok ? sold.value : (sendRefusal(request, reply, sold.refusal) as never);
    },
  );

  http.get(
    '/api/v1/checks/:checkId',
    { schema: { ...shared, params: CheckParams, response: { 200: CheckDetail } } },
    async (request, reply) => {
      const actor = await authorize(request, 'accounts.read');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const check = await readCheck(actor.value.tenant, request.params.checkId);
      return check.ok ? check.value : (sendRefusal(request, reply, check.refusal) as never);
    },
  );
}

function returnRoutes(http: Http, { platform, authorize }: CheckRoutesOptions): void {
  http.post(
    '/api/v1/checks/:checkId/returns',
    { schema: { ...shared, params: CheckParams, body: ReturnBody, response: { 200: ReturnPartAnswer } } },
    async (request, reply) => {
      const actor = await authorize(request, 'till.return');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const wish = readReturn(request.body);
      if (!wish.ok) return sendRefusal(request, reply, wish.refusal) as never;
      const { tenant, userId } = actor.value;
      const { returnKey, comment } = request.body;
      const call = { source: 'api', returnKey, comment, userId };
      // A cashier returns what was sold at a till; another system's checks are for those who may act as one.
      const free = (await authorize(request, 'api.use')).ok;
      const returned = await returnPart(platform, tenant, request.params.checkId, wish.value, call, {
        sources: free ? undefined : ['till', 'api'],
      });
      return returned.ok ? returned.value : (sendRefusal(request, reply, returned.refusal) as never);
    },
  );
}

const HOLD_SECONDS = 15 * 60;

function holdRoutes(http: Http, { platform, authorize }: CheckRoutesOptions): void {
  http.post(
    '/api/v1/accounts/:accountId/holds',
    { schema: { ...shared, params: Strict({ accountId: Id }), body: HoldBody, response: { 200: HoldAnswer } } },
    async (request, reply) => {
      const actor = await authorize(request, 'till.sell');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { key, amount, ttlSeconds = HOLD_SECONDS } = request.body;
      const hold = { accountId: request.params.accountId, key };
      const held = await holdPoints(platform, actor.value.tenant, hold, { amount: BigInt(amount), ttlSeconds });
      return held.ok ? held.value : (sendRefusal(request, reply, held.refusal) as never);
    },
  );

  const HoldParams = Strict({ accountId: Id, key: Type.String({ minLength: 1, maxLength: 150 }) });
  http.post(
    '/api/v1/accounts/:accountId/holds/:key/release',
    { schema: { ...shared, params: HoldParams, response: { 200: HoldReleaseAnswer } } },
    async (request, reply) => {
      const actor = await authorize(request, 'till.sell');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const released = await releaseHold(platform, actor.value.tenant, request.params);
      return released.ok ? released.value : (sendRefusal(request, reply, released.refusal) as never);
    },
  );
}
