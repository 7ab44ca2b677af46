import { CardStatistics, CardStatisticsQuery } from '@tessera/contract';
import { type Authorize, type Http, sendRefusal } from '../../platform/http/index.ts';
import { reportCards } from './report-cards.ts';
import type { ReportsPlatform } from './tasks.ts';

/** How cards came, were used and went: GET /api/v1/statistics/cards. */
export function statisticsRoutes(
  http: Http,
  { platform, authorize }: { platform: ReportsPlatform; authorize: Authorize },
): void {
  const schema = { tags: ['reports'], querystring: CardStatisticsQuery, response: { 200: CardStatistics } };
  http.get('/api/v1/statistics/cards', { schema }, async (request, reply) => {
    const actor = await authorize(request, 'designs.read');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const { tenant } = actor.value;
    const { timeZone } = await platform.companies.of(tenant);
    const report = await reportCards(tenant, timeZone, request.query);
    return report.ok ? report.value : (sendRefusal(request, reply, report.refusal) as never);
  });
}
