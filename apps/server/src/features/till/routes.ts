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
import { createGuesses, listChecks, quoteSale, registerCheck, returnCheck } from '../loyalty/index.ts';
import type { Companies } from '../tenancy/index.ts';
import { hintsOf, reasonsOf } from './advice.ts';
import { guesserOf, isWrongCode, tillCouponRoutes } from './coupons.routes.ts';
import { findTillGuest, type TillPlatform } from './find-guest.ts';
import { tellOffers } from './tell-offers.ts';
import { paymentOf, tellReturnedWallets, tellSoldWallets, tellWallets } from './tell-wallets.ts';

export type TillRoutesOptions = { platform: TillPlatform; companies: Companies; authorize: Authorize };

const RECENT = 20;

/** The till page's API, /api/v1/till/…: find, quote, sell, look back, return. */
export function tillRoutes(http: Http, { platform, companies, authorize }: TillRoutesOptions): void {
  const tags = ['till'];
  const guesses = createGuesses(platform.clock);
  tillCouponRoutes(http, { platform, authorize }, guesses);

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
      const { accountId, amount, spend, deposit, venueCode, coupons, certificate: code } = request.body;
      const guesser = guesserOf(actor.value);
      if ((coupons || code) && !guesses.allowed(guesser)) {
        return sendRefusal(request, reply, { code: 'too_many_requests' }) as never;
      }
      const points = spend === undefined ? undefined : BigInt(spend);
      const certificate = code === undefined ? undefined : { code };
      const where = { venueCode, channel: 'till' };
      const asked = { spend: points, deposit: paymentOf(deposit), coupons, certificate };
      const wish = { accountId, total: BigInt(amount), ...where, ...asked };
      const quoted = await quoteSale(platform, actor.value.tenant, wish);
      if (!quoted.ok) {
        if (isWrongCode(quoted.refusal)) guesses.missed(guesser);
        return sendRefusal(request, reply, quoted.refusal) as never;
      }
      const { maxSpend, spend: spent, money, earn, offers } = quoted.value;
      if (offers?.named.some(({ refusal }) => refusal && isWrongCode(refusal))) guesses.missed(guesser);
      const { currency } = await companies.of(actor.value.tenant);
      return {
        spendMax: Number(maxSpend),
        spend: Number(spent),
        toPay: Number(money - (offers?.certificate?.pays ?? 0n) - quoted.value.deposit),
        earn: Number(earn),
        ...tellOffers(quoted.value, request.t),
        reasons: reasonsOf(quoted.value, request.t),
        hints: hintsOf(quoted.value, currency, request.t),
        ...tellWallets(quoted.value),
      };
    },
  );

  http.post(
    '/api/v1/till/sales',
    { schema: { tags, body: TillSale, response: { 200: TillSaleAnswer } } },
    async (request, reply) => {
      const actor = await authorize(request, 'till.sell');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const {
        operationKey,
        accountId,
        amount,
        spend,
        deposit,
        number,
        venueCode,
        coupons,
        certificate: code,
        fiscalQr,
      } = request.body;
      const guesser = guesserOf(actor.value);
      if ((coupons || code) && !guesses.allowed(guesser)) {
        return sendRefusal(request, reply, { code: 'too_many_requests' }) as never;
      }
      const sold = await registerCheck(platform, actor.value.tenant, {
        mode: 'priced',
        accountId,
        source: 'till',
        externalId: operationKey.toLowerCase(),
        total: BigInt(amount),
        spend: BigInt(spend),
        deposit: paymentOf(deposit),
        number,
        venueCode,
        coupons,
        certificate: code === undefined ? undefined : { code },
        fiscalQr,
      });
      if (!sold.ok) {
        if (isWrongCode(sold.refusal)) guesses.missed(guesser);
        return sendRefusal(request, reply, sold.refusal) as never;
      }
      const { checkId, spent, money, accrued, balance, level, levelReached, discount, certificate } = sold.value;
      return {
        checkId,
        amount,
        spent,
        ...(discount === undefined ? {} : { discount }),
        ...(certificate === undefined ? {} : { certificate }),
        toPay: money - (certificate?.paid ?? 0) - (sold.value.deposit ?? 0),
        accrued,
        ...tellSoldWallets(sold.value),
        balance,
        level,
        levelReached,
      };
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
      const { checkId, moneyBack, pointsBack, clawedBack, balance, debt, certificateBack, couponsBack } =
        returned.value;
      return {
        checkId,
        moneyBack: moneyBack - (certificateBack ?? 0),
        ...(certificateBack === undefined ? {} : { certificateBack }),
        ...(couponsBack === undefined ? {} : { couponsBack }),
        ...tellReturnedWallets(returned.value),
        pointsBack,
        clawedBack,
        balance,
        debt,
      };
    },
  );
}
