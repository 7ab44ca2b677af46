import {
  BookKeptSale,
  type ErrorCode,
  type KeptSale,
  KeptSalePage,
  KeptSaleParams,
  ParkedReturnPage,
  QueuedReturn,
  QueuedReturnAnswer,
  QueuedSale,
  QueuedSaleAnswer,
  TillQueueQuery,
} from '@tessera/contract';
import {
  type Authorize,
  cursorOf,
  type Http,
  nextOf,
  type Request,
  sendRefusal,
} from '../../../platform/http/index.ts';
import type { TillPlatform } from '../find-guest.ts';
import { LATENESS_HOURS } from './model.ts';
import { type KeptSaleView, selectKeptSale, selectOpenSales, selectParkedReturns, settleSale } from './queue.store.ts';
import { takeQueuedReturn } from './take-queued-return.ts';
import { book, type LateSaleAnswer, takeQueuedSale } from './take-queued-sale.ts';

const tags = ['till'];
const rateLimit = { max: 300, timeWindow: '1 minute' };
const PAGE_ROWS = 50;

type Options = { platform: TillPlatform; authorize: Authorize };

/** What a till without a network has kept, and what managers see of it. */
export function tillQueueRoutes(http: Http, options: Options): void {
  queuedRoutes(http, options);
  listRoutes(http, options);
  keptSaleRoutes(http, options);
}

function queuedRoutes(http: Http, { platform, authorize }: Options): void {
  http.post(
    '/api/v1/till/queued-sales',
    { schema: { tags, body: QueuedSale, response: { 200: QueuedSaleAnswer } }, config: { rateLimit } },
    async (request, reply) => {
      const actor = await authorize(request, 'till.sell');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const {
        operationKey,
        query = null,
        accountId = null,
        amount,
        occurredAt,
        sentAt,
        venueCode = null,
      } = request.body;
      const taken = await takeQueuedSale(platform, actor.value, {
        operationKey: operationKey.toLowerCase(),
        query,
        accountId,
        amount: BigInt(amount),
        occurredAt: Temporal.Instant.from(occurredAt),
        sentAt: Temporal.Instant.from(sentAt),
        venueCode,
      });
      return taken.ok ? tell(request, taken.value) : (sendRefusal(request, reply, taken.refusal) as never);
    },
  );

  http.post(
    '/api/v1/till/queued-returns',
    { schema: { tags, body: QueuedReturn, response: { 200: QueuedReturnAnswer } }, config: { rateLimit } },
    async (request, reply) => {
      const actor = await authorize(request, 'till.return');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const keys = {
        saleKey: request.body.saleKey.toLowerCase(),
        returnKey: request.body.operationKey.toLowerCase(),
      };
      const taken = await takeQueuedReturn(platform, actor.value, keys);
      if (!taken.ok) return sendRefusal(request, reply, taken.refusal) as never;
      const { value } = taken;
      return value.state === 'parked'
        ? { state: value.state, moneyBack: null, waitsUntil: value.waitsUntil.toString() }
        : { state: value.state, moneyBack: value.moneyBack, waitsUntil: null };
    },
  );
}

const url = '/api/v1/till-queue';

function listRoutes(http: Http, { authorize }: Options): void {
  http.get(
    `${url}/sales`,
    { schema: { tags, querystring: TillQueueQuery, response: { 200: KeptSalePage } } },
    async (request, reply) => {
      const actor = await authorize(request, 'tills.read');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { after, limit = PAGE_ROWS } = request.query;
      const sales = await selectOpenSales(actor.value.tenant, { before: cursorOf(after), limit });
      return { items: sales.map((sale) => present(request, sale)), next: nextOf(sales, limit, ({ number }) => number) };
    },
  );

  http.get(
    `${url}/returns`,
    { schema: { tags, querystring: TillQueueQuery, response: { 200: ParkedReturnPage } } },
    async (request, reply) => {
      const actor = await authorize(request, 'tills.read');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { after, limit = PAGE_ROWS } = request.query;
      const parked = await selectParkedReturns(actor.value.tenant, { before: cursorOf(after), limit });
      const items = parked.map(({ saleKey, stationId, parkedAt, expiresAt, state }) => ({
        saleKey,
        station: stationId,
        parkedAt: parkedAt.toString(),
        waitsUntil: expiresAt.toString(),
        state,
      }));
      return { items, next: nextOf(parked, limit, ({ number }) => number) };
    },
  );
}

function keptSaleRoutes(http: Http, { platform, authorize }: Options): void {
  http.post(
    `${url}/sales/:operationKey/book`,
    { schema: { tags, params: KeptSaleParams, body: BookKeptSale, response: { 200: QueuedSaleAnswer } } },
    async (request, reply) => {
      const actor = await authorize(request, 'accounts.adjust');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { operationKey } = request.params;
      const kept = isKey(operationKey) ? await selectKeptSale(actor.value.tenant, operationKey) : null;
      if (!kept || kept.state === 'dismissed' || kept.state === 'withdrawn') {
        return sendRefusal(request, reply, { code: 'kept_sale_not_found' }) as never;
      }
      // At the station where it was rung up, not where the manager is.
      const station = kept.stationId === null ? null : { stationId: kept.stationId, venueCode: kept.venueCode };
      const { accountId } = request.body;
      const booked = await book(platform, { ...actor.value, station }, { ...kept, accountId, late: false });
      return booked.ok ? tell(request, booked.value) : (sendRefusal(request, reply, booked.refusal) as never);
    },
  );

  http.post(
    `${url}/sales/:operationKey/dismiss`,
    { schema: { tags, params: KeptSaleParams } },
    async (request, reply) => {
      const actor = await authorize(request, 'accounts.adjust');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal);
      const { tenant, userId } = actor.value;
      const settled = { state: 'dismissed', userId, now: platform.clock.now() } as const;
      const { operationKey } = request.params;
      const done = isKey(operationKey) && (await settleSale(tenant, operationKey, settled));
      return done ? reply.code(204).send() : sendRefusal(request, reply, { code: 'kept_sale_not_found' });
    },
  );
}

/** Whether a text can be the key of a sale at all. */
const isKey = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

const present = (request: Request, sale: KeptSaleView): KeptSale => ({
  operationKey: sale.operationKey,
  station: sale.station,
  seller: sale.seller,
  query: sale.query,
  accountId: sale.accountId,
  amount: Number(sale.amount),
  occurredAt: sale.occurredAt.toString(),
  receivedAt: sale.receivedAt.toString(),
  problem: { code: sale.problem, message: sentenceOf(request, sale.problem) },
});

const sentenceOf = (request: Request, code: string): string =>
  request.t(`errors:${code as ErrorCode}`, { hours: String(LATENESS_HOURS) });

function tell(request: Request, answer: LateSaleAnswer): QueuedSaleAnswer {
  if (answer.state === 'kept') {
    return { state: 'kept', checkId: null, accrued: null, message: sentenceOf(request, answer.why.code) };
  }
  return { state: answer.state, checkId: answer.checkId, accrued: answer.accrued, message: null };
}
