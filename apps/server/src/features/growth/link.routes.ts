import type { Http } from '../../platform/http/index.ts';
import { followLink, isRobot, type LoyaltyPlatform, tenantOfCode } from '../loyalty/index.ts';
import { selectFormOfProgramme } from './store.ts';
import { presentAsPage, sendErrorPage } from './visit.ts';

/** `/r/<code>`: a guest's link to his friends. Notes that it was followed and leads to the form. */
export function linkRoutes(http: Http, { platform }: { platform: LoyaltyPlatform }): void {
  const config = { presentRefusal: presentAsPage, rateLimit: { max: 60, timeWindow: '1 minute' } };
  http.get<{ Params: { code: string } }>('/r/:code', { config, schema: { hide: true } }, async (request, reply) => {
    const { code } = request.params;
    const tenant = await tenantOfCode(platform, code);
    const counted = request.method === 'GET' && !isRobot(request.headers['user-agent'] ?? '');
    const followed = tenant && (await followLink(platform, tenant, { code, counted }));
    const formId = followed && (await selectFormOfProgramme(tenant, followed.programmeId));
    if (!followed || !formId) return sendErrorPage(request, reply, { code: 'form_not_found' });
    const query = new URLSearchParams({ lang: request.language });
    if (followed.touchId) {
      query.set('invite', followed.code);
      query.set('touch', followed.touchId);
    }
    return reply.redirect(`/n/${formId}?${query}`, 303);
  });
}
