import { type CardSetPageData, cardSetPage, detectBrowser } from '@tessera/guest';
import { PASS_SET_MEDIA_TYPE } from '@tessera/pkpass';
import type { Http, Request } from '../../platform/http/index.ts';
import { isRobot } from '../loyalty/index.ts';
import {
  countOpening,
  downloadSet,
  type OpenedSet,
  openSet,
  pictureOfPass,
  type SetWay,
  type Wallet,
} from '../wallet/index.ts';
import type { CardRoutesOptions } from './open-card.ts';
import { guestTexts, presentAsPage, sendErrorPage, sendPage } from './visit.ts';

export type SetPageOptions = CardRoutesOptions & { readonly wallet: Wallet };

/** The first visit makes the cards; a guest comes a few times. */
const LIMIT = { max: 60, timeWindow: '1 minute' };
type SetParams = { Params: { guid: string } };

/**
 * A guest's link to a set of cards. `/set/<guid>` leads an iPhone to the file with all cards, an Android phone that is
 * offered Google Wallet to Google's page, and everybody else to the cards as a page; `?page` always shows the page.
 */
export function setPageRoutes(http: Http, options: SetPageOptions): void {
  const { wallet, platform } = options;
  const route = { config: { presentRefusal: presentAsPage, rateLimit: LIMIT }, schema: { hide: true } };

  http.get<SetParams>('/set/:guid', route, async (request, reply) => {
    const opened = await openSet(wallet, request.params.guid);
    if (!opened) return sendErrorPage(request, reply, { code: 'card_not_found' });
    await count(request, opened, 'page');
    const google = await platform.offersGoogle(opened.tenant);
    const way = new URLSearchParams(request.url.split('?')[1]).has('page') ? 'page' : wayOf(request, google);
    // The address that was sent stays the one that is kept: where it leads depends on the phone.
    reply.header('cache-control', 'no-store').header('vary', 'user-agent');
    if (way === 'apple') return reply.redirect(`/set/${opened.link.guid}.pkpasses`, 302);
    if (way === 'google') return reply.redirect(`/set/${opened.link.guid}/google`, 302);
    return sendPage(reply, await drawSet(options, request, opened, google));
  });

  http.get<SetParams>('/set/:guid.pkpasses', route, async (request, reply) => {
    const opened = await openSet(wallet, request.params.guid);
    if (!opened) return sendErrorPage(request, reply, { code: 'card_not_found' });
    const file = await downloadSet(wallet, opened, { onlyHeaders: request.method === 'HEAD' });
    await count(request, opened, 'apple');
    return reply
      .header('content-type', PASS_SET_MEDIA_TYPE)
      .header('content-disposition', 'attachment; filename="cards.pkpasses"')
      .header('cache-control', 'no-store, no-transform')
      .send(file);
  });

  http.get<SetParams>('/set/:guid/google', route, async (request, reply) => {
    const opened = await openSet(wallet, request.params.guid);
    if (!opened) return sendErrorPage(request, reply, { code: 'card_not_found' });
    const link = await platform.googleLink(opened.tenant, opened.passes);
    // Google is away or switched off: the cards can be shown from their pages all the same.
    if (!link.ok) return reply.redirect(`/set/${opened.link.guid}?page`, 302);
    await count(request, opened, 'google');
    return reply.header('cache-control', 'no-store').redirect(link.value.url, 302);
  });

  async function count(request: Request, { tenant, link }: OpenedSet, way: SetWay): Promise<void> {
    if (request.method !== 'GET' || isRobot(request.headers['user-agent'] ?? '')) return;
    await countOpening(tenant, link.guid, way, wallet.clock.now());
  }
}

/** In-app browsers open neither files of cards nor Google's page: they see how to get out. */
function wayOf(request: Request, google: boolean): SetWay {
  const { device, inApp } = detectBrowser(request.headers['user-agent']);
  if (inApp || isRobot(request.headers['user-agent'] ?? '')) return 'page';
  if (device === 'iphone') return 'apple';
  return device === 'android' && google ? 'google' : 'page';
}

async function drawSet(
  { platform, assets }: SetPageOptions,
  request: Request,
  { tenant, link, passes }: OpenedSet,
  google: boolean,
): Promise<string> {
  const company = await platform.companies.of(tenant);
  const path = `/set/${link.guid}`;
  const cards = passes.map(async (pass) => ({ card: await pictureOfPass(tenant, pass), url: `/c/${pass.guid}` }));
  const data: CardSetPageData = {
    site: { company: { name: company.name }, path: `${path}?page`, assetVersion: assets.version, demo: company.demo },
    cards: await Promise.all(cards),
    appleUrl: `${path}.pkpasses`,
    ...(google ? { googleUrl: `${path}/google` } : {}),
    browser: detectBrowser(request.headers['user-agent']),
  };
  return cardSetPage(data, guestTexts(request), request.language);
}
