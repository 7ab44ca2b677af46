import type { Language } from '@tessera/contract/messages';
import { Type } from 'typebox';
import { ENDPOINT_CHARACTERS_MAX } from '../../../adapters/web-push/index.ts';
import { type Http, sendRefusal } from '../../../platform/http/index.ts';
import { findPassByGuid } from '../find-pass.ts';
import type { Wallet } from '../wallet.ts';
import { subscribe, unsubscribe } from './subscribe.ts';

const strict = { additionalProperties: false };
const Endpoint = Type.String({ minLength: 1, maxLength: ENDPOINT_CHARACTERS_MAX });
/** As `PushSubscription.toJSON()` gives it. */
const Subscription = Type.Object(
  {
    endpoint: Endpoint,
    expirationTime: Type.Optional(Type.Union([Type.Number(), Type.Null()])),
    keys: Type.Object({ p256dh: Type.String({ maxLength: 200 }), auth: Type.String({ maxLength: 100 }) }, strict),
    replaces: Type.Optional(Endpoint),
  },
  strict,
);
const Leaving = Type.Object({ endpoint: Endpoint }, strict);

/** `/c/<guid>/push`: a browser asks to hear of the card, or no longer. Whoever knows the card's address may. */
export function webPushRoutes(http: Http, wallet: Wallet): void {
  const config = { rateLimit: { max: 60, timeWindow: '1 minute' } };
  http.post('/c/:guid/push', { config, schema: { hide: true, body: Subscription } }, async (request, reply) => {
    const { guid } = request.params as { guid: string };
    const found = await findPassByGuid(wallet, guid);
    if (!found) return sendRefusal(request, reply, { code: 'card_not_found' });
    const language = request.language as Language;
    const done = await subscribe(wallet, found.tenant, found.pass, { ...request.body, language });
    return done.ok ? reply.code(204).send() : sendRefusal(request, reply, done.refusal);
  });

  http.delete('/c/:guid/push', { config, schema: { hide: true, body: Leaving } }, async (request, reply) => {
    const { guid } = request.params as { guid: string };
    const found = await findPassByGuid(wallet, guid);
    if (!found) return sendRefusal(request, reply, { code: 'card_not_found' });
    await unsubscribe(found.tenant, found.pass.passId, request.body.endpoint);
    return reply.code(204).send();
  });
}
