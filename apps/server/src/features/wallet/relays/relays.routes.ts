import { SaveWalletRelay, WalletRelayList } from '@tessera/contract';
import { relayKinds } from '../../../adapters/wallet-relays/index.ts';
import { type Authorize, type Http, sendRefusal } from '../../../platform/http/index.ts';
import type { Wallet } from '../wallet.ts';
import { describeRelays, saveRelay } from './save-relay.ts';

const tags = ['wallet'];
const BODY_BYTES_MAX = 4 * 1024;

/** GET /api/v1/wallet-relays; PUT …/:kind. */
export function relayRoutes(http: Http, { wallet, authorize }: { wallet: Wallet; authorize: Authorize }): void {
  const response = { 200: WalletRelayList };
  http.get('/api/v1/wallet-relays', { schema: { tags, response } }, async (request, reply) => {
    const actor = await authorize(request, 'credentials.read');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    return describeRelays(actor.value.tenant);
  });

  const put = { schema: { tags, body: SaveWalletRelay, response }, bodyLimit: BODY_BYTES_MAX };
  http.put('/api/v1/wallet-relays/:kind', put, async (request, reply) => {
    const actor = await authorize(request, 'credentials.write');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const { tenant } = actor.value;
    const kind = relayKinds.find((one) => one === (request.params as { kind: string }).kind);
    if (!kind) return sendRefusal(request, reply, { code: 'not_found' }) as never;
    const saved = await saveRelay(wallet, tenant, { ...request.body, kind });
    if (!saved.ok) return sendRefusal(request, reply, saved.refusal) as never;
    return describeRelays(tenant);
  });
}
