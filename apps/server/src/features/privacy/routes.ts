import { GuestErasure, GuestParams, NewErasure } from '@tessera/contract';
import { type Authorize, type Http, sendRefusal } from '../../platform/http/index.ts';
import { describeErasure } from './describe-erasure.ts';
import { eraseGuest } from './erase-guest.ts';
import type { PrivacyPlatform } from './privacy-platform.ts';

export type PrivacyRoutesOptions = { platform: PrivacyPlatform; authorize: Authorize };

/** GET and POST /api/v1/guests/:guestId/erasure. */
export function privacyRoutes(http: Http, { platform, authorize }: PrivacyRoutesOptions): void {
  const tags = ['guests'];
  http.get(
    '/api/v1/guests/:guestId/erasure',
    { schema: { tags, params: GuestParams, response: { 200: GuestErasure } } },
    async (request, reply) => {
      const actor = await authorize(request, 'guests.erase');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const erasure = await describeErasure(platform, actor.value.tenant, request.params.guestId);
      return erasure ?? (sendRefusal(request, reply, { code: 'guest_not_found' }) as never);
    },
  );

  http.post(
    '/api/v1/guests/:guestId/erasure',
    { schema: { tags, params: GuestParams, body: NewErasure, response: { 200: GuestErasure } } },
    async (request, reply) => {
      const actor = await authorize(request, 'guests.erase');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { tenant, userId } = actor.value;
      const erased = await eraseGuest(platform, tenant, { ...request.body, ...request.params, userId });
      return erased.ok ? erased.value : (sendRefusal(request, reply, erased.refusal) as never);
    },
  );
}
