import type { FeatureJobs } from '../../platform/jobs/index.ts';
import { beginDue } from './begin-campaign.ts';
import type { CampaignsPlatform } from './campaigns-platform.ts';

/** Every minute what has come due begins. */
export const campaignJobs = (platform: CampaignsPlatform): FeatureJobs => ({
  outbox: {},
  tasks: {
    begin_campaigns: async () => {
      for (const companyId of await platform.directory.companies()) {
        await beginDue(platform, platform.database.tenant(companyId));
      }
    },
  },
  everyMinute: ['begin_campaigns'],
});
