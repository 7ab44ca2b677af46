import {
  Id,
  Strict,
  TillFind,
  TillGuest,
  TillQuote,
  TillQuoteAnswer,
  TillRecent,
  TillReturnAnswer,
  TillSale,
  TillSaleAnswer,
} from '@tessera/contract';
import { type Authorize, type Http, sendRefusal } from '../../platform/http/index.ts';
import { shortName } from '../guests/index.ts';
import { listChecks, quoteSale, registerCheck, returnCheck } from '../loyalty/index.ts';
import type { Companies } from '../tenancy/index.ts';
import { hintsOf, reasonsOf } from './advice.ts';
import { findTillGuest, type TillPlatform } from './find-guest.ts';

export type TillRoutesOptions = { platform: TillPlatform; companies: Companies; authorize: Authorize };

const RECENT = 20;

/** The till page's API, /api/v1/till/…: find, quote, sell, look back, return. */
export function tillRoutes(http: Http, { platform, companies, authorize }: TillRoutesOptions): void {
  const tags = ['till'];

  http.post(
    '/api/v1/till/find',
    {
      schema: { tags, body: TillFind, response: { 200: TillGuest } },
      config: { rateLimit: { max: 120, timeWindow: '1 minute' } },
    },
    async (request, reply) => {
      const actor = await authorize(request, 'till.sell');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const found = await findTillGuest(platform, actor.value.tenant, request.body.query);
      return found.ok ? found.value : (sendRefusal(request, reply, found.refusal) as never);
    },
  );

  http.post(
    '/api/v1/till/quote',
    { schema: { tags, body: TillQuote, response: { 200: TillQuoteAnswer } } },
    async (request, reply) => {
      const actor = await authorize(request, 'till.sell');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { accountId, amount, spend, venueCode } = request.body;
      const points = spend === undefined ? undefined : BigInt(spend);
      const wish = { accountId, total: BigInt(amount), spend: points, venueCode, channel: 'till' };
      const quoted = await quoteSale(platform, actor.value.tenant, wish);
      if (!quoted.ok) return sendRefusal(request, reply, quoted.refusal) as never;
      const { maxSpend, spend: spent, money, earn } = quoted.value;
      const { currency } = await companies.of(actor.value.tenant);
      return {
        spendMax: Number(maxSpend),
        spend: Number(spent),
        toPay: Number(money),
        earn: Number(earn),
        reasons: reasonsOf(quoted.value, request.t),
        hints: hintsOf(quoted.value, currency, request.t),
      };
    },
  );

  http.post(
    '/api/v1/till/sales',
    { schema: { tags, body: TillSale, response: { 200: TillSaleAnswer } } },
    async (request, reply) => {
      const actor = await authorize(request, 'till.sell');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { operationKey, accountId, amount, spend, number, venueCode } = request.body;
      const sold = await registerCheck(platform, actor.value.tenant, {
        mode: 'priced',
        accountId,
        source: 'till',
        externalId: operationKey.toLowerCase(),
        total: BigInt(amount),
        spend: BigInt(spend),
        number,
        venueCode,
      });
      if (!sold.ok) return sendRefusal(request, reply, sold.refusal) as never;
      const { checkId, spent, money, accrued, balance, level, levelReached } = sold.value;
      return { checkId, amount, spent, toPay: money, accrued, balance, level, levelReached };
    },
  );

  http.get('/api/v1/till/sales', { schema: { tags, response: { 200: TillRecent } } }, async (request, reply) => {
    const actor = await authorize(request, 'till.sell');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const checks = await listChecks(actor.value.tenant, { source: 'till', before: null, limit: RECENT });
    return {
      items: checks.map((check) => ({
        checkId: check.checkId,
        accountId: check.accountId,
        name: shortName(check),
        amount: Number(check.money + check.spent),
        spent: Number(check.spent),
        accrued: Number(check.accrued),
        occurredAt: check.occurredAt.toString(),
        status: check.status,
      })),
    };
  });

  http.post(
    '/api/v1/till/sales/:checkId/return',
    { schema: { tags, params: Strict({ checkId: Id }), response: { 200: TillReturnAnswer } } },
    async (request, reply) => {
      const actor = await authorize(request, 'till.return');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      // The page shows its own sales; whoever may act as another system reaches all of them.
      const sources = (await authorize(request, 'api.use')).ok ? undefined : (['till'] as const);
      const key = { checkId: request.params.checkId };
      const returned = await returnCheck(platform, actor.value.tenant, key, { sources });
      if (!returned.ok) return sendRefusal(request, reply, returned.refusal) as never;
      const { checkId, moneyBack, pointsBack, clawedBack, balance, debt } = returned.value;
      return { checkId, moneyBack, pointsBack, clawedBack, balance, debt };
    },
  );
}
