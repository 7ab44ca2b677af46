import { FarCardsAnswer, SavedFarCards, SaveFarCards } from '@tessera/contract';
import { type Authorize, type Http, sendRefusal } from '../../platform/http/index.ts';
import type { Translate } from '../../platform/texts.ts';
import type { FarCardsPlatform } from './find-card.ts';
import type { FarCardsSettings } from './model.ts';
import { type FarCardsCallers, farCardsOf, isAddress, saveFarCards } from './settings.ts';

const EXAMPLE = { accrued: '6250', balance: '125000' };

/** What a station shows and prints, with sums for example; the page puts a level of the company for `{level}`. */
const exampleOf = (t: Translate) => ({
  screen: t('server:farcards.screen', { ...EXAMPLE, level: '{level}' }),
  slip: t('server:farcards.slip_sale', EXAMPLE),
  cancelled: t('server:farcards.slip_cancel', EXAMPLE),
});

/** How r_keeper is connected: GET and PUT /api/v1/farcards. */
export function farCardsSettingsRoutes(
  http: Http,
  { platform, callers, authorize }: { platform: FarCardsPlatform; callers: FarCardsCallers; authorize: Authorize },
): void {
  const tags = ['tills'];
  http.get('/api/v1/farcards', { schema: { tags, response: { 200: FarCardsAnswer } } }, async (request, reply) => {
    const actor = await authorize(request, 'tills.read');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const known = await farCardsOf(actor.value.tenant);
    return {
      settings: (known?.settings ?? null) as FarCardsAnswer['settings'],
      lastCalledAt: known?.lastCalledAt?.toString() ?? null,
      examples: { ru: exampleOf(platform.texts('ru')), en: exampleOf(platform.texts('en')) },
    };
  });

  http.put(
    '/api/v1/farcards',
    { schema: { tags, body: SaveFarCards, response: { 200: SavedFarCards } } },
    async (request, reply) => {
      const actor = await authorize(request, 'tills.write');
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
