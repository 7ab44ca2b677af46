import { SaveVenuePlace, VenuePlaceList, VenuePlaceParams } from '@tessera/contract';
import { type Authorize, type Http, sendRefusal } from '../../../platform/http/index.ts';
import { placedVenues, updateVenuePlace } from '../../tenancy/index.ts';
import { writeOutbox } from '../store/outbox.ts';
import type { Wallet } from '../wallet.ts';

const tags = ['wallet'];

/** Where venues are, for cards that come forward near them: /api/v1/venue-places. Cards follow in batches. */
export function placesRoutes(http: Http, { wallet, authorize }: { wallet: Wallet; authorize: Authorize }): void {
  const list = { tags, response: { 200: VenuePlaceList } };
  http.get('/api/v1/venue-places', { schema: list }, async (request, reply) => {
    const actor = await authorize(request, 'designs.read');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    return { items: await placedVenues(actor.value.tenant) };
  });

  const put = { tags, params: VenuePlaceParams, body: SaveVenuePlace, response: { 200: VenuePlaceList } };
  http.put('/api/v1/venue-places/:code', { schema: put }, async (request, reply) => {
    const actor = await authorize(request, 'designs.write');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const { tenant } = actor.value;
    const { code } = request.params;
    const now = wallet.clock.now();
    const saved = await tenant.transaction(async (transaction) => {
      if (!(await updateVenuePlace(transaction, code, request.body.place))) return false;
      await writeOutbox(transaction, 'venues_changed', {}, now);
      return true;
    });
    if (!saved) return sendRefusal(request, reply, { code: 'not_found' }) as never;
    wallet.wake();
    return { items: await placedVenues(tenant) };
  });
}
