import {
  Id,
  Strict,
  TillRecent,
  TillReturn,
  TillReturnAnswer,
  TillReturnPart,
  TillReturnWish,
  TillSaleDetail,
} from '@tessera/contract';
import { Type } from 'typebox';
import { type Authorize, type Http, type Request, sendRefusal } from '../../platform/http/index.ts';
import { shortName } from '../guests/index.ts';
import { checksByNumber, listChecks, previewReturn, returnCheck, returnPart } from '../loyalty/index.ts';
import { describeSale } from './describe-sale.ts';
import type { TillPlatform } from './find-guest.ts';
import { tellReturned } from './tell-wallets.ts';

const tags = ['till'];
const RECENT = 20;
const SaleParams = Strict({ checkId: Id });
const RecentQuery = Strict({ number: Type.Optional(Type.String({ minLength: 1, maxLength: 50 })) });

/** Sales looked back at, and returned in part or whole. */
export function tillReturnRoutes(
  http: Http,
  { platform, authorize }: { platform: TillPlatform; authorize: Authorize },
): void {
  /** The page shows its own sales; whoever may act as another system reaches all of them. */
  const reachOf = async (request: Request) => ({
    sources: (await authorize(request, 'api.use')).ok ? undefined : (['till'] as const),
  });

  http.get(
    '/api/v1/till/sales',
    { schema: { tags, querystring: RecentQuery, response: { 200: TillRecent } } },
    async (request, reply) => {
      const actor = await authorize(request, 'till.sell');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { tenant } = actor.value;
      const { number } = request.query;
      const checks =
        number === undefined
          ? await listChecks(tenant, { source: 'till', before: null, limit: RECENT })
          : await checksByNumber(tenant, { source: 'till', number: number.trim(), limit: RECENT });
      return {
        items: checks.map((check) => ({
          checkId: check.checkId,
          accountId: check.accountId,
          number: check.number || String(check.checkId),
          name: shortName(check),
          amount: Number(check.money + check.spent),
          spent: Number(check.spent),
          accrued: Number(check.accrued),
          occurredAt: check.occurredAt.toString(),
          status: check.status,
        })),
      };
    },
  );

  http.get(
    '/api/v1/till/sales/:checkId',
    { schema: { tags, params: SaleParams, response: { 200: TillSaleDetail } } },
    async (request, reply) => {
      const actor = await authorize(request, 'till.return');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { sources } = await reachOf(request);
      const sale = await describeSale(platform, actor.value.tenant, request.params.checkId, sources);
      return sale.ok ? sale.value : (sendRefusal(request, reply, sale.refusal) as never);
    },
  );

  http.post(
    '/api/v1/till/sales/:checkId/return-preview',
    { schema: { tags, params: SaleParams, body: TillReturnWish, response: { 200: TillReturnPart } } },
    async (request, reply) => {
      const actor = await authorize(request, 'till.return');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const wish = wishOf(request.body);
      const reach = await reachOf(request);
      const previewed = await previewReturn(platform, actor.value.tenant, request.params.checkId, wish, reach);
      if (!previewed.ok) return sendRefusal(request, reply, previewed.refusal) as never;
      return { ...tellReturned(previewed.value), whole: previewed.value.whole };
    },
  );

  http.post(
    '/api/v1/till/sales/:checkId/returns',
    { schema: { tags, params: SaleParams, body: TillReturn, response: { 200: TillReturnPart } } },
    async (request, reply) => {
      const actor = await authorize(request, 'till.return');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { tenant, userId } = actor.value;
      const { operationKey, ...body } = request.body;
      const call = { source: 'till', returnKey: operationKey.toLowerCase(), userId };
      const reach = await reachOf(request);
      const returned = await returnPart(platform, tenant, request.params.checkId, wishOf(body), call, reach);
      if (!returned.ok) return sendRefusal(request, reply, returned.refusal) as never;
      return { ...tellReturned(returned.value), whole: returned.value.whole };
    },
  );

  http.post(
    '/api/v1/till/sales/:checkId/return',
    { schema: { tags, params: SaleParams, response: { 200: TillReturnAnswer } } },
    async (request, reply) => {
      const actor = await authorize(request, 'till.return');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const key = { checkId: request.params.checkId };
      const returned = await returnCheck(platform, actor.value.tenant, key, await reachOf(request));
      return returned.ok ? tellReturned(returned.value) : (sendRefusal(request, reply, returned.refusal) as never);
    },
  );
}

const wishOf = ({ lines, amount }: TillReturnWish) => ({
  lines,
  amount: amount === undefined ? undefined : BigInt(amount),
});
