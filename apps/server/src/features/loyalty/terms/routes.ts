import { ActivateAnswer, Id, Strict, TransferAnswer, TransferBody } from '@tessera/contract';
import { type Authorize, type Http, OPEN_TO_PROGRAMS, sendRefusal } from '../../../platform/http/index.ts';
import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import { API_SOURCE } from '../operations/routes.ts';
import { activateCheck } from './activate-check.ts';
import { transferPoints } from './transfer-points.ts';

export type TermRoutesOptions = { platform: LoyaltyPlatform; authorize: Authorize };

/** POST /api/v1/accounts/:accountId/transfers and /api/v1/checks/:checkId/activate. */
export function termRoutes(http: Http, { platform, authorize }: TermRoutesOptions): void {
  http.post(
    '/api/v1/accounts/:accountId/transfers',
    {
      schema: {
        tags: ['accounts'],
        security: OPEN_TO_PROGRAMS,
        params: Strict({ accountId: Id }),
        body: TransferBody,
        response: { 200: TransferAnswer },
      },
    },
    async (request, reply) => {
      const actor = await authorize(request, 'accounts.adjust');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { tenant, userId } = actor.value;
      const { externalId, comment, to, amount } = request.body;
      const call = { accountId: request.params.accountId, source: API_SOURCE, externalId, comment, userId };
      const moved = await transferPoints(platform, tenant, call, { to, amount: BigInt(amount) });
      return moved.ok ? moved.value : (sendRefusal(request, reply, moved.refusal) as never);
    },
  );
  http.post(
    '/api/v1/checks/:checkId/activate',
    {
      schema: {
        tags: ['checks'],
        security: OPEN_TO_PROGRAMS,
        params: Strict({ checkId: Id }),
        response: { 200: ActivateAnswer },
      },
    },
    async (request, reply) => {
      const actor = await authorize(request, 'accounts.adjust');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const activated = await activateCheck(platform, actor.value.tenant, request.params.checkId);
      return activated.ok ? activated.value : (sendRefusal(request, reply, activated.refusal) as never);
    },
  );
}
