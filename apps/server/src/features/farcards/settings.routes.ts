import { FarCardsAnswer, SavedFarCards, SaveFarCards } from '@tessera/contract';
import type { Platform } from '../../platform/context.ts';
import { type Authorize, type Http, sendRefusal } from '../../platform/http/index.ts';
import type { FarCardsSettings } from './model.ts';
import { type FarCardsCallers, farCardsOf, isAddress, saveFarCards } from './settings.ts';

/** How r_keeper is connected: GET and PUT /api/v1/farcards. */
export function farCardsSettingsRoutes(
  http: Http,
  { platform, callers, authorize }: { platform: Platform; callers: FarCardsCallers; authorize: Authorize },
): void {
  const tags = ['tills'];
  http.get('/api/v1/farcards', { schema: { tags, response: { 200: FarCardsAnswer } } }, async (request, reply) => {
    const actor = await authorize(request, 'programmes.read');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    return { settings: (await farCardsOf(actor.value.tenant)) as FarCardsAnswer['settings'] };
  });

  http.put(
    '/api/v1/farcards',
    { schema: { tags, body: SaveFarCards, response: { 200: SavedFarCards } } },
    async (request, reply) => {
      const actor = await authorize(request, 'programmes.write');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { settings, newSecret = false } = request.body;
      const wrong = settings.addresses.find((address) => !isAddress(address));
      if (wrong !== undefined) return sendRefusal(request, reply, { code: 'address_invalid' }) as never;
      const { tenant } = actor.value;
      const secret = await saveFarCards(platform, tenant, settings as FarCardsSettings, { newSecret });
      callers.forget(tenant);
      return { settings, address: secret && `${platform.publicUrl}/farcards/${secret}` };
    },
  );
}
