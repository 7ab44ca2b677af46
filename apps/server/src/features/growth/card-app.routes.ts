import type { Http } from '../../platform/http/index.ts';
import { findPassByGuid, ICON_SIZES, pictureOfPass } from '../wallet/index.ts';
import type { CardRoutesOptions } from './open-card.ts';
import { presentAsPage, sendErrorPage } from './visit.ts';

/** The address is the card: nobody on the way keeps what it answers, and no search engine lists it. */
const HOUR = 'private, max-age=3600';

/** What makes a card's page an app: `/c/<guid>/app.webmanifest` and its icons. The worker is a file of the guest pages. */
export function cardAppRoutes(http: Http, { platform }: CardRoutesOptions): void {
  const config = { presentRefusal: presentAsPage, rateLimit: { max: 120, timeWindow: '1 minute' } };
  http.get<{ Params: { guid: string } }>(
    '/c/:guid/app.webmanifest',
    { config, schema: { hide: true } },
    async (request, reply) => {
      const found = await findPassByGuid(platform, request.params.guid);
      if (!found) return sendErrorPage(request, reply, { code: 'card_not_found' });
      const { organizationName, colours } = await pictureOfPass(found.tenant, found.pass);
      const home = `/c/${found.pass.guid}`;
      reply.type('application/manifest+json').header('cache-control', HOUR).header('x-robots-tag', 'noindex');
      return {
        id: home,
        name: request.t('guest:card.title', { company: organizationName }),
        short_name: organizationName,
        lang: request.language,
        start_url: `${home}?lang=${request.language}`,
        scope: home,
        display: 'standalone',
        background_color: colours.background,
        theme_color: colours.background,
        icons: [192, 512].map((size) => ({
          src: `${home}/icon-${size}.png`,
          sizes: `${size}x${size}`,
          type: 'image/png',
          purpose: 'any maskable',
        })),
      };
    },
  );

  http.get<{ Params: { guid: string; size: string } }>(
    '/c/:guid/icon-:size.png',
    { config, schema: { hide: true } },
    async (request, reply) => {
      const size = ICON_SIZES.find((one) => String(one) === request.params.size);
      const found = size && (await findPassByGuid(platform, request.params.guid));
      const icon = found && (await platform.cardIcon(found.tenant, found.pass, size));
      if (!icon) return sendErrorPage(request, reply, { code: 'not_found' });
      return reply.type('image/png').header('cache-control', HOUR).header('x-robots-tag', 'noindex').send(icon);
    },
  );
}
