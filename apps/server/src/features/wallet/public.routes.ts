import { type Http, sendRefusal } from '../../platform/http/index.ts';
import { sendPass } from './apple.routes.ts';
import { downloadPass } from './download-pass.ts';
import { selectAsset } from './store/designs.ts';
import type { Wallet } from './wallet.ts';
import { toWebPicture } from './web-picture.ts';

/** What anybody may fetch who knows its address: a card's file, a design's picture. */
export function publicRoutes(http: Http, wallet: Wallet): void {
  http.get('/c/:guid.pkpass', { schema: { tags: ['card'] } }, async (request, reply) => {
    const { guid } = request.params as { guid: string };
    const userAgent = request.headers['user-agent'];
    const pass = await downloadPass(wallet, { guid, onlyHeaders: request.method === 'HEAD', userAgent });
    return pass ? sendPass(reply, pass) : sendRefusal(request, reply, { code: 'card_not_found' });
  });

  http.get('/assets/:companyId/:sha256', { schema: { tags: ['card'] } }, async (request, reply) => {
    const { companyId, sha256 } = request.params as { companyId: string; sha256: string };
    const known = /^[1-9]\d{0,8}$/.test(companyId) && /^[0-9a-f]{64}$/.test(sha256);
    const tenant = known ? wallet.database.tenant(Number(companyId)) : null;
    const asset = tenant && (await selectAsset(tenant, tenant.companyId, sha256));
    if (!asset) return sendRefusal(request, reply, { code: 'not_found' });
    // Named by its content: it never changes. An old browser that knows no WebP gets the PNG.
    reply.header('cache-control', 'public, max-age=31536000, immutable').header('vary', 'accept');
    if (!request.headers.accept?.includes('image/webp')) return reply.type(asset.mediaType).send(asset.bytes);
    const picture = await wallet.pictures.get(`${companyId}:${sha256}`, () => toWebPicture(asset.bytes));
    return reply.type('image/webp').send(picture);
  });
}
