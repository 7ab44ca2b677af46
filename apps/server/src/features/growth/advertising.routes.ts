import { type AdvertisingPageData, advertisingPage } from '@tessera/guest';
import { type Http, type Request, withForms } from '../../platform/http/index.ts';
import { withdrawConsent } from '../guests/index.ts';
import { agrees } from './card-extras.ts';
import { type CardRoutesOptions, type OpenedCard, openCard } from './open-card.ts';
import { guestTexts, presentAsPage, sendErrorPage, sendPage } from './visit.ts';

type Params = { guid: string };

/** `/c/<guid>/advertising`: a guest stops advertising. Whoever knows the card's address may; a look alone changes nothing. */
export function advertisingPageRoutes(http: Http, options: CardRoutesOptions): void {
  const { platform } = options;
  const config = { presentRefusal: presentAsPage, rateLimit: { max: 60, timeWindow: '1 minute' } };
  withForms(http, (scope) => {
    scope.get<{ Params: Params }>(
      '/c/:guid/advertising',
      { config, schema: { hide: true } },
      async (request, reply) => {
        const opened = await openCard(options, request.params.guid);
        if (!opened) return sendErrorPage(request, reply, { code: 'card_not_found' });
        return sendPage(reply, await draw(options, request, opened));
      },
    );
    scope.post<{ Params: Params }>(
      '/c/:guid/advertising',
      { config, schema: { hide: true } },
      async (request, reply) => {
        const opened = await openCard(options, request.params.guid);
        if (!opened) return sendErrorPage(request, reply, { code: 'card_not_found' });
        const { tenant, view, pass } = opened;
        await withdrawConsent(tenant, view.guestId, { purpose: 'marketing', now: platform.clock.now() });
        return reply.redirect(`/c/${pass.guid}/advertising?lang=${request.language}`, 303);
      },
    );
  });
}

async function draw(
  { assets }: CardRoutesOptions,
  request: Request,
  { tenant, pass, company, view }: OpenedCard,
): Promise<string> {
  const path = `/c/${pass.guid}`;
  const data: AdvertisingPageData = {
    site: {
      company: { name: company.name },
      path: `${path}/advertising`,
      assetVersion: assets.version,
      demo: company.demo,
    },
    action: `${path}/advertising?lang=${request.language}`,
    backUrl: `${path}?lang=${request.language}`,
    agreed: await agrees(tenant, view.guestId),
  };
  return advertisingPage(data, guestTexts(request), request.language);
}
