import {
  NewPassOperation,
  PassOperation,
  PassOperationPage,
  PassOperationParams,
  PassOperationsQuery,
} from '@tessera/contract';
import type { Tenant } from '../../../../platform/database/index.ts';
import { type Authorize, cursorOf, type Http, nextOf, sendRefusal } from '../../../../platform/http/index.ts';
import type { Wallet } from '../../wallet.ts';
import { selectBulk, selectBulks } from './bulk.store.ts';
import { type BulkWish, beginBulk, moveOn, tellBulk } from './keep-bulk.ts';

export type BulkRoutesOptions = {
  readonly wallet: Wallet;
  readonly authorize: Authorize;
  readonly passNeighbours: { readonly timeZoneOf: (tenant: Tenant) => Promise<string> };
};

const tags = ['passes'];
const PAGE_ROWS = 20;

/** Changes of many cards at once: /api/v1/pass-operations. */
export function bulkRoutes(http: Http, { wallet, authorize, passNeighbours }: BulkRoutesOptions): void {
  const list = { tags, querystring: PassOperationsQuery, response: { 200: PassOperationPage } };
  http.get('/api/v1/pass-operations', { schema: list }, async (request, reply) => {
    const actor = await authorize(request, 'passes.read');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const { after, limit = PAGE_ROWS } = request.query;
    const rows = await selectBulks(actor.value.tenant, cursorOf(after), limit);
    return { items: rows.map(tellBulk), next: nextOf(rows, limit, ({ bulkId }) => bulkId) };
  });

  const begin = { tags, body: NewPassOperation, response: { 200: PassOperation } };
  http.post('/api/v1/pass-operations', { schema: begin }, async (request, reply) => {
    const actor = await authorize(request, 'passes.write');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const { tenant, userId } = actor.value;
    const timeZone = await passNeighbours.timeZoneOf(tenant);
    const begun = await beginBulk(wallet, tenant, request.body, { userId, timeZone });
    return begun.ok ? tellBulk(begun.value) : (sendRefusal(request, reply, begun.refusal) as never);
  });

  const one = { tags, params: PassOperationParams, response: { 200: PassOperation } };
  http.get('/api/v1/pass-operations/:operationId', { schema: one }, async (request, reply) => {
    const actor = await authorize(request, 'passes.read');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const { tenant } = actor.value;
    const row = await selectBulk(tenant, tenant.companyId, { bulkId: request.params.operationId });
    return row ? tellBulk(row) : (sendRefusal(request, reply, { code: 'pass_operation_not_found' }) as never);
  });

  for (const wish of ['pause', 'resume', 'cancel', 'undo'] as const satisfies readonly BulkWish[]) {
    http.post(`/api/v1/pass-operations/:operationId/${wish}`, { schema: one }, async (request, reply) => {
      const actor = await authorize(request, 'passes.write');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { operationId } = request.params as { operationId: number };
      const moved = await moveOn(wallet, actor.value.tenant, operationId, wish);
      return moved.ok ? tellBulk(moved.value) : (sendRefusal(request, reply, moved.refusal) as never);
    });
  }
}
