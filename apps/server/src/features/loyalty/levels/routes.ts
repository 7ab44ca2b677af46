import { Id, LevelAnswer, PinLevelBody, Strict, UnpinLevelBody } from '@tessera/contract';
import { type Authorize, type Http, OPEN_TO_PROGRAMS, sendRefusal } from '../../../platform/http/index.ts';
import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import { API_SOURCE } from '../operations/routes.ts';
import { pinLevel } from './pin-level.ts';

export type LevelRoutesOptions = { platform: LoyaltyPlatform; authorize: Authorize };

/** POST /api/v1/accounts/:accountId/pin-level and …/unpin-level. */
export function levelRoutes(http: Http, { platform, authorize }: LevelRoutesOptions): void {
  const common = { tags: ['accounts'], security: OPEN_TO_PROGRAMS, params: Strict({ accountId: Id }) };
  http.post(
    '/api/v1/accounts/:accountId/pin-level',
    { schema: { ...common, body: PinLevelBody, response: { 200: LevelAnswer } } },
    async (request, reply) => {
      const actor = await authorize(request, 'accounts.adjust');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { tenant, userId } = actor.value;
      const { externalId, comment, level, lastDay } = request.body;
      const call = { accountId: request.params.accountId, source: API_SOURCE, externalId, comment, userId };
      const pinned = await pinLevel(platform, tenant, call, { kind: 'pin_level', level, lastDay });
      return pinned.ok ? pinned.value : (sendRefusal(request, reply, pinned.refusal) as never);
    },
  );
  http.post(
    '/api/v1/accounts/:accountId/unpin-level',
    { schema: { ...common, body: UnpinLevelBody, response: { 200: LevelAnswer } } },
    async (request, reply) => {
      const actor = await authorize(request, 'accounts.adjust');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { tenant, userId } = actor.value;
      const { externalId, comment } = request.body;
      const call = { accountId: request.params.accountId, source: API_SOURCE, externalId, comment, userId };
      const unpinned = await pinLevel(platform, tenant, call, { kind: 'unpin_level' });
      return unpinned.ok ? unpinned.value : (sendRefusal(request, reply, unpinned.refusal) as never);
    },
  );
}
