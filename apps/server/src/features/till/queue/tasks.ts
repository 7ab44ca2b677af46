import type { FeatureJobs } from '../../../platform/jobs/index.ts';
import type { TillPlatform } from '../find-guest.ts';
import { settleParkedReturns } from './take-queued-return.ts';

/** Every minute, company by company: parked returns meet their sales, or are given up. */
export const tillJobs = (platform: TillPlatform): FeatureJobs => ({
  outbox: {},
  tasks: {
    async settle_parked_returns() {
      for (const companyId of await platform.directory.companies()) {
        await settleParkedReturns(platform, platform.database.tenant(companyId));
      }
    },
  },
  everyMinute: ['settle_parked_returns'],
});
