import { GuestErasure, GuestExport, GuestParams, NewErasure } from '@tessera/contract';
import { type Authorize, type Http, sendRefusal } from '../../platform/http/index.ts';
import { describeErasure } from './describe-erasure.ts';
import { eraseGuest } from './erase-guest.ts';
import { exportGuest } from './export-guest.ts';
import type { PrivacyPlatform } from './privacy-platform.ts';

export type PrivacyRoutesOptions = { platform: PrivacyPlatform; authorize: Authorize };

/** GET and POST /api/v1/guests/:guestId/erasure, GET …/export. */
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

  http.get(
    '/api/v1/guests/:guestId/export',
    { schema: { tags, params: GuestParams, response: { 200: GuestExport } } },
    async (request, reply) => {
      const actor = await authorize(request, 'guests.erase');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { guestId } = request.params;
      const reader = { t: request.t, language: request.language };
      const exported = await exportGuest(platform, actor.value.tenant, guestId, reader);
      if (!exported) return sendRefusal(request, reply, { code: 'guest_not_found' }) as never;
      return reply
        .header('content-disposition', `attachment; filename="guest-${guestId}.json"`)
        .header('cache-control', 'no-store')
        .send(exported);
    },
  );
}
