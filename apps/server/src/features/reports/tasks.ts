import type { Platform } from '../../platform/context.ts';
import type { Tenant } from '../../platform/database/index.ts';
import type { FeatureJobs } from '../../platform/jobs/index.ts';
import type { Companies } from '../tenancy/index.ts';
import { countCards, recountLastDays } from './count-cards.ts';

export type ReportsPlatform = Platform & { readonly companies: Companies };

/** Every minute the figures of today, every night those of the last days. */
export function reportsJobs(platform: ReportsPlatform): FeatureJobs {
  const forEach = async (work: (tenant: Tenant, timeZone: string) => Promise<void>) => {
    for (const companyId of await platform.directory.companies()) {
      const tenant = platform.database.tenant(companyId);
      await work(tenant, (await platform.companies.of(tenant)).timeZone);
    }
  };
  return {
    outbox: {},
    tasks: {
      count_cards: () => forEach((tenant, timeZone) => countCards(platform, tenant, timeZone)),
      recount_cards: () => forEach((tenant, timeZone) => recountLastDays(platform, tenant, timeZone)),
    },
    everyMinute: ['count_cards'],
    everyNight: ['recount_cards'],
  };
}
