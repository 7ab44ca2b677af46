import { TillQuote, TillQuoteAnswer, TillSale, TillSaleAnswer } from '@tessera/contract';
import { type Actor, type Authorize, type Http, sendRefusal } from '../../platform/http/index.ts';
import { findCheckId, type Guesses, quoteSale, registerCheck } from '../loyalty/index.ts';
import type { Companies } from '../tenancy/index.ts';
import { hintsOf, reasonsOf } from './advice.ts';
import { mayAct } from './authorise/identify.ts';
import { askerOf } from './authorise/model.ts';
import { guesserOf, isWrongCode } from './coupons.routes.ts';
import type { TillPlatform } from './find-guest.ts';
import { namesOf, readBasket } from './read-lines.ts';
import { tellOffers } from './tell-offers.ts';
import { paymentOf, tellSoldWallets, tellWallets } from './tell-wallets.ts';

const tags = ['till'];

export type SaleRoutesOptions = { platform: TillPlatform; companies: Companies; authorize: Authorize };

/** Where it is sold: as the request says, else at the venue of the station that it comes from. */
const whereOf = ({ station }: Actor, venueCode: number | undefined) => ({
  venueCode: venueCode ?? station?.venueCode ?? undefined,
  stationCode: station?.stationId,
});

/** What a sale would do, and the sale. */
export function tillSaleRoutes(
  http: Http,
  { platform, companies, authorize }: SaleRoutesOptions,
  guesses: Guesses,
): void {
  http.post(
    '/api/v1/till/quote',
    { schema: { tags, body: TillQuote, response: { 200: TillQuoteAnswer } } },
    async (request, reply) => {
      const actor = await authorize(request, 'till.sell');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { accountId, spend, deposit, venueCode, coupons, certificate: code } = request.body;
      const guesser = guesserOf(actor.value);
      if ((coupons || code) && !guesses.allowed(guesser)) {
        return sendRefusal(request, reply, { code: 'too_many_requests' }) as never;
      }
      const points = spend === undefined ? undefined : BigInt(spend);
      const certificate = code === undefined ? undefined : { code };
      const where = { ...whereOf(actor.value, venueCode), channel: 'till' };
      const asked = { spend: points, deposit: paymentOf(deposit), coupons, certificate };
      const basket = readBasket(request.body);
      if (!basket.ok) return sendRefusal(request, reply, basket.refusal) as never;
      const wish = { accountId, ...where, ...asked, ...basket.value };
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
      const basket = readBasket(request.body);
      if (!basket.ok) return sendRefusal(request, reply, basket.refusal) as never;
      const spends = spend > 0 || deposit !== undefined;
      const key = { source: 'till', externalId: operationKey.toLowerCase() } as const;
      const may = () => mayAct(platform, actor.value.tenant, { accountId, asker: askerOf(actor.value) });
      // A sale that is booked gets its first answer, however long ago the guest has shown his code.
      if (spends && !(await may()) && (await findCheckId(actor.value.tenant, key)) === null) {
        return sendRefusal(request, reply, { code: 'pin_needed' }) as never;
      }
      const sold = await registerCheck(platform, actor.value.tenant, {
        mode: 'priced',
        accountId,
        ...key,
        ...basket.value,
        lineNames: namesOf(request.body),
        spend: BigInt(spend),
        deposit: paymentOf(deposit),
        number,
        ...whereOf(actor.value, venueCode),
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
}
