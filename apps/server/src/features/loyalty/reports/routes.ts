import { LiabilityQuery, LiabilityReport } from '@tessera/contract';
import { type Authorize, type Http, sendRefusal } from '../../../platform/http/index.ts';
import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import { reportLiability } from './report-liability.ts';

/** Reports for the owner: what the programme owes in points. */
export function reportRoutes(
  http: Http,
  { platform, authorize }: { platform: LoyaltyPlatform; authorize: Authorize },
): void {
  http.get(
    '/api/v1/reports/liability',
    { schema: { tags: ['reports'], querystring: LiabilityQuery, response: { 200: LiabilityReport } } },
    async (request, reply) => {
      const actor = await authorize(request, 'programmes.read');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const report = await reportLiability(platform, actor.value.tenant, request.query);
      return report.ok ? report.value : (sendRefusal(request, reply, report.refusal) as never);
    },
  );
}
