import { NewPicture, StoredPicture } from '@tessera/contract';
import { type Authorize, type Http, sendRefusal } from '../../../platform/http/index.ts';
import { assetPath } from '../render-picture.ts';
import type { Wallet } from '../wallet.ts';
import { storePicture } from './store-picture.ts';

/** Base64 of the largest picture, and what stands around it. */
const BODY_BYTES_MAX = 12 * 1024 * 1024;
/** Each upload is drawn three to six times: most of a second of a core. */
const config = { rateLimit: { max: 30, timeWindow: '1 minute' } };

/** POST /api/v1/pictures: one picture, cut and scaled for its place on a card. */
export function pictureRoutes(http: Http, { wallet, authorize }: { wallet: Wallet; authorize: Authorize }): void {
  const schema = { tags: ['wallet'], body: NewPicture, response: { 201: StoredPicture } };
  http.post('/api/v1/pictures', { schema, config, bodyLimit: BODY_BYTES_MAX }, async (request, reply) => {
    const actor = await authorize(request, 'designs.write');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const { tenant } = actor.value;
    const { purpose, style = 'storeCard', content, crop = null, background = '#ffffff' } = request.body;
    const bytes = Buffer.from(content, 'base64');
    const stored = await storePicture(wallet, tenant, { purpose, style, bytes, crop, background });
    if (!stored.ok) return sendRefusal(request, reply, stored.refusal) as never;
    const { images, source, enlarged } = stored.value;
    const largest = images[`${purpose}@2x.png`] ?? Object.values(images)[0] ?? '';
    return reply.code(201).send({ purpose, images, url: assetPath(tenant.companyId, largest), source, enlarged });
  });
}
