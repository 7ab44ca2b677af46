import type { Platform } from '../../platform/context.ts';
import type { FeatureJobs } from '../../platform/jobs/index.ts';
import { forgetOldEvents } from './forget-old-events.ts';

/** Every night, company by company, events beyond their time are forgotten. */
export function journalJobs(platform: Platform): FeatureJobs {
  return {
    outbox: {},
    tasks: {
      async forget_events() {
        for (const companyId of await platform.directory.companies()) {
          await forgetOldEvents(platform, platform.database.tenant(companyId));
        }
      },
    },
    everyNight: ['forget_events'],
  };
}
