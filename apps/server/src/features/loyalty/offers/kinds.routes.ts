import { Readable } from 'node:stream';
import {
  ChangedCouponKind,
  CouponBatch,
  CouponBatches,
  CouponBatchParams,
  CouponExample,
  CouponExampleAnswer,
  CouponKindPage,
  CouponKindParams,
  CouponKindView,
  CouponProgrammes,
  type CouponTerms,
  CouponUses,
  CouponUsesQuery,
  ErrorBody,
  NewCouponBatch,
  NewCouponKind,
  SavedCouponKind,
} from '@tessera/contract';
import type { RulesProblem } from '@tessera/loyalty';
import { CSV_BYTE_ORDER_MARK, csvRow, csvStyleOf } from '../../../platform/csv.ts';
import {
  type Authorize,
  cursorOf,
  errorBody,
  type Http,
  nextOf,
  type Request,
  sendRefusal,
} from '../../../platform/http/index.ts';
import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import { everyCode, orderCodes } from './generate-codes.ts';
import type { Batch } from './issue.store.ts';
import { selectBatch, selectBatches } from './issue.store.ts';
import {
  type KindInList,
  selectCouponUses,
  selectKinds,
  selectKindWithNumbers,
  selectProgrammesOfKinds,
} from './kinds.store.ts';
import { readableCode } from './model.ts';
import { toUses } from './present.ts';
import { changeKind, createKind } from './save-kind.ts';
import { tryTerms } from './try-terms.ts';

export type CouponRoutesOptions = { platform: LoyaltyPlatform; authorize: Authorize };

const tags = ['coupons'];
const PAGE_ROWS = 50;
const BATCHES_SHOWN = 20;

/** Kinds of coupons with their codes: /api/v1/coupon-kinds. */
export function kindRoutes(http: Http, options: CouponRoutesOptions): void {
  readingRoutes(http, options);
  writingRoutes(http, options);
  batchRoutes(http, options);
}

function readingRoutes(http: Http, { platform, authorize }: CouponRoutesOptions): void {
  http.get(
    '/api/v1/coupon-kinds',
    { schema: { tags, querystring: CouponUsesQuery, response: { 200: CouponKindPage } } },
    async (request, reply) => {
      const actor = await authorize(request, 'coupons.read');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { after, limit = PAGE_ROWS } = request.query;
      const page = { now: platform.clock.now(), before: cursorOf(after), limit };
      const kinds = await selectKinds(actor.value.tenant, page);
      return { items: kinds.map(viewOf), next: nextOf(kinds, limit, ({ kindId }) => kindId) };
    },
  );

  http.get(
    '/api/v1/coupon-kinds/programmes',
    { schema: { tags, response: { 200: CouponProgrammes } } },
    async (request, reply) => {
      const actor = await authorize(request, 'coupons.read');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { tenant } = actor.value;
      const programmes = await selectProgrammesOfKinds(tenant);
      const items = programmes.map(async ({ programmeId, name, rules }) => {
        const { levels } = await platform.rules.of(tenant, rules, platform.clock.now());
        return { programmeId, name, levels: levels.map((level) => ({ id: level.id, name: level.name })) };
      });
      return { items: await Promise.all(items) };
    },
  );

  http.get(
    '/api/v1/coupon-kinds/:kindId',
    { schema: { tags, params: CouponKindParams, response: { 200: CouponKindView } } },
    async (request, reply) => {
      const actor = await authorize(request, 'coupons.read');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const kind = await selectKindWithNumbers(actor.value.tenant, request.params.kindId, platform.clock.now());
      return kind ? viewOf(kind) : (sendRefusal(request, reply, { code: 'coupon_kind_not_found' }) as never);
    },
  );

  http.get(
    '/api/v1/coupon-kinds/:kindId/uses',
    { schema: { tags, params: CouponKindParams, querystring: CouponUsesQuery, response: { 200: CouponUses } } },
    async (request, reply) => {
      const actor = await authorize(request, 'coupons.read');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { after, limit = PAGE_ROWS } = request.query;
      const page = { before: cursorOf(after), limit };
      const uses = await selectCouponUses(actor.value.tenant, { kindId: request.params.kindId }, page);
      return toUses(uses, limit);
    },
  );
}

function writingRoutes(http: Http, { platform, authorize }: CouponRoutesOptions): void {
  http.post(
    '/api/v1/coupon-kinds',
    { schema: { tags, body: NewCouponKind, response: { 200: SavedCouponKind, 400: ErrorBody } } },
    async (request, reply) => {
      const actor = await authorize(request, 'coupons.write');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const saved = await createKind(platform, actor.value.tenant, request.body);
      if (!saved.ok) return sendRefusal(request, reply, saved.refusal) as never;
      const { problems } = saved.value;
      return problems ? reply.code(400).send(wrongTerms(request, problems)) : saved.value;
    },
  );

  http.put(
    '/api/v1/coupon-kinds/:kindId',
    {
      schema: {
        tags,
        params: CouponKindParams,
        body: ChangedCouponKind,
        response: { 200: SavedCouponKind, 400: ErrorBody },
      },
    },
    async (request, reply) => {
      const actor = await authorize(request, 'coupons.write');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const change = { ...request.body, kindId: request.params.kindId };
      const saved = await changeKind(platform, actor.value.tenant, change);
      if (!saved.ok) return sendRefusal(request, reply, saved.refusal) as never;
      const { problems } = saved.value;
      return problems ? reply.code(400).send(wrongTerms(request, problems)) : saved.value;
    },
  );

  http.post(
    '/api/v1/coupon-kinds/example',
    { schema: { tags, body: CouponExample, response: { 200: CouponExampleAnswer, 400: ErrorBody } } },
    async (request, reply) => {
      const actor = await authorize(request, 'coupons.read');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const tried = await tryTerms(platform, actor.value.tenant, request.body, request.t);
      if (!tried.ok) return sendRefusal(request, reply, tried.refusal) as never;
      const { problems } = tried.value;
      return problems ? reply.code(400).send(wrongTerms(request, problems)) : tried.value.example;
    },
  );
}

function batchRoutes(http: Http, { platform, authorize }: CouponRoutesOptions): void {
  http.get(
    '/api/v1/coupon-kinds/:kindId/batches',
    { schema: { tags, params: CouponKindParams, response: { 200: CouponBatches } } },
    async (request, reply) => {
      const actor = await authorize(request, 'coupons.read');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const batches = await selectBatches(actor.value.tenant, request.params.kindId, BATCHES_SHOWN);
      return { items: batches.map(toBatch) };
    },
  );

  http.post(
    '/api/v1/coupon-kinds/:kindId/batches',
    { schema: { tags, params: CouponKindParams, body: NewCouponBatch, response: { 200: CouponBatch } } },
    async (request, reply) => {
      const actor = await authorize(request, 'coupons.write');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { externalId, count } = request.body;
      const wish = { kindId: request.params.kindId, count, key: externalId };
      const ordered = await orderCodes(platform, actor.value.tenant, wish);
      return ordered.ok ? toBatch(ordered.value) : (sendRefusal(request, reply, ordered.refusal) as never);
    },
  );

  http.get(
    '/api/v1/coupon-kinds/:kindId/batches/:batchId/codes.csv',
    { schema: { tags, params: CouponBatchParams, produces: ['text/csv'] } },
    async (request, reply) => {
      const actor = await authorize(request, 'coupons.read');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal);
      const { tenant } = actor.value;
      const { kindId, batchId } = request.params;
      const batch = await selectBatch(tenant, { batchId });
      if (batch?.kindId !== kindId) return sendRefusal(request, reply, { code: 'not_found' });
      const style = csvStyleOf(request.language);
      const file = async function* () {
        const heads = ['code', 'state', 'expiresAt'].map((column) => request.t(`server:coupon_file.${column}`));
        yield CSV_BYTE_ORDER_MARK + csvRow(heads, style);
        for await (const page of everyCode(tenant, batchId)) {
          const rows = page.map(({ code, status, expiresAt }) =>
            csvRow(
              [readableCode(code), request.t(`server:coupon_status.${status}`), expiresAt?.toString() ?? ''],
              style,
            ),
          );
          yield rows.join('');
        }
      };
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="coupons-${kindId}-${batchId}.csv"`)
        .send(Readable.from(file()));
    },
  );
}

const viewOf = (kind: KindInList): CouponKindView => ({
  kindId: kind.kindId,
  programmeId: kind.programmeId,
  name: kind.name,
  mode: kind.mode,
  active: kind.active,
  code: kind.code,
  // It was checked against this very schema when it was saved.
  terms: kind.body as CouponTerms,
  numbers: { ...kind.numbers, discounted: Number(kind.numbers.discounted) },
});

const toBatch = ({ batchId, wanted, made, createdAt }: Batch): CouponBatch => ({
  batchId,
  wanted,
  made,
  createdAt: createdAt.toString(),
});

/** Everything that is wrong with terms, each at its place. */
function wrongTerms(request: Request, problems: readonly RulesProblem[]) {
  const fields = problems.map(({ path, code, expected }) => ({
    path: `terms.${path}`,
    message: request.t(`server:terms_problem.${code}`, { expected }),
  }));
  return errorBody({ code: 'invalid_request' }, request.t, fields);
}
