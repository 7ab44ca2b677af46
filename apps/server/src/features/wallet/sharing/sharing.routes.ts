import { CardSharing, ReplaceCard, ReplacedCard, SaveCardSharing } from '@tessera/contract';
import type { Tenant } from '../../../platform/database/index.ts';
import { type Authorize, type Http, sendRefusal } from '../../../platform/http/index.ts';
import type { NamesOfAccounts } from '../list-devices.ts';
import { drawBarcode } from '../render-picture.ts';
import type { Wallet } from '../wallet.ts';
import { replaceCard } from './replace-card.ts';
import { selectDevicesMax, selectSharedCards, upsertDevicesMax } from './sharing.store.ts';

export type SharingRoutesOptions = {
  readonly wallet: Wallet;
  readonly authorize: Authorize;
  readonly namesOfAccounts: NamesOfAccounts;
};

const tags = ['wallet'];
/** More than this nobody looks at; with a higher number the list gets shorter. */
const CARDS_SHOWN = 200;

/** Cards on many devices: /api/v1/card-sharing. */
export function sharingRoutes(http: Http, { wallet, authorize, namesOfAccounts }: SharingRoutesOptions): void {
  const tell = async (tenant: Tenant): Promise<CardSharing> => {
    const devicesMax = await selectDevicesMax(tenant);
    const cards = await selectSharedCards(tenant, { above: devicesMax, limit: CARDS_SHOWN });
    const accountIds = [...new Set(cards.map(({ accountId }) => accountId))];
    const names = accountIds.length > 0 ? await namesOfAccounts(tenant, accountIds) : new Map<number, string>();
    const items = cards.map(({ firstAt, lastAt, ...card }) => ({
      ...card,
      guestName: names.get(card.accountId) ?? '',
      firstAt: firstAt.toString(),
      lastAt: lastAt.toString(),
    }));
    return { devicesMax, items };
  };

  const get = { tags, response: { 200: CardSharing } };
  http.get('/api/v1/card-sharing', { schema: get }, async (request, reply) => {
    const actor = await authorize(request, 'devices.read');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    return tell(actor.value.tenant);
  });

  const put = { tags, body: SaveCardSharing, response: { 200: CardSharing } };
  http.put('/api/v1/card-sharing', { schema: put }, async (request, reply) => {
    const actor = await authorize(request, 'designs.write');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    await upsertDevicesMax(actor.value.tenant, request.body.devicesMax);
    return tell(actor.value.tenant);
  });

  const replace = { tags, body: ReplaceCard, response: { 200: ReplacedCard } };
  http.post('/api/v1/card-sharing/replacements', { schema: replace }, async (request, reply) => {
    const actor = await authorize(request, 'accounts.adjust');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const replaced = await replaceCard(wallet, actor.value.tenant, request.body.guid);
    if (!replaced.ok) return sendRefusal(request, reply, replaced.refusal) as never;
    const { passId, guid, serial } = replaced.value;
    const url = `${wallet.publicUrl}/c/${guid}`;
    return { passId, guid, serial, url, qr: drawBarcode({ format: 'qr', message: url, altText: '' }).svg };
  });
}
