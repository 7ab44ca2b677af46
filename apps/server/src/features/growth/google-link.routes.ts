import type { Http } from '../../platform/http/index.ts';
import { familyOf, noteEvent } from '../journal/index.ts';
import { findPassByGuid, type PassRecord } from '../wallet/index.ts';
import type { CardRoutesOptions } from './open-card.ts';
import { presentAsPage, sendErrorPage } from './visit.ts';

/** Each visit may cost Google a request; a guest presses the button once or twice. */
const LINK_LIMIT = { max: 30, timeWindow: '1 minute' };
const OTHERS_MAX = 9;

/**
 * `/c/<guid>/google`: on to Google's page that saves the card. `?with=<guid>,<guid>` saves other cards of the same
 * company along with it: whoever knows their addresses may have them anyway.
 */
export function googleLinkRoute(http: Http, { platform }: CardRoutesOptions): void {
  const config = { presentRefusal: presentAsPage, rateLimit: LINK_LIMIT };
  http.get<{ Params: { guid: string }; Querystring: { with?: unknown } }>(
    '/c/:guid/google',
    { config, schema: { hide: true } },
    async (request, reply) => {
      const found = await findPassByGuid(platform, request.params.guid);
      if (!found || found.pass.voided) return sendErrorPage(request, reply, { code: 'card_not_found' });
      const { tenant, pass } = found;
      const others = readGuids(request.query.with);
      const passes: PassRecord[] = [pass];
      for (const guid of others) {
        const other = await findPassByGuid(platform, guid);
        const known = passes.some(({ passId }) => passId === other?.pass.passId);
        if (other?.tenant.companyId === tenant.companyId && !other.pass.voided && !known) passes.push(other.pass);
      }
      const link = await platform.googleLink(tenant, passes);
      if (!link.ok) return sendErrorPage(request, reply, link.refusal);
      for (const card of passes) {
        const detail = familyOf(request.headers['user-agent']);
        noteEvent(platform, tenant, { kind: 'pass_downloaded', card, platform: 'google', detail });
      }
      // The link is the card: nobody on the way keeps it.
      return reply.header('cache-control', 'no-store').redirect(link.value.url, 302);
    },
  );
}

const readGuids = (text: unknown): string[] => (typeof text === 'string' ? text.split(',').slice(0, OTHERS_MAX) : []);
