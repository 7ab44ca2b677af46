import type { FeatureJobs } from '../../platform/jobs/index.ts';
import { deleteOldErasures, ERASURES_KEPT_DAYS } from '../guests/index.ts';
import type { PrivacyPlatform } from './privacy-platform.ts';
import { seeErasureThrough } from './see-erasure-through.ts';

/** Whoever was asked erases the guest himself; the job is for what he left behind when he died. */
const LEFT_BEHIND_MILLISECONDS = 60_000;

export function privacyJobs(platform: PrivacyPlatform): FeatureJobs {
  return {
    outbox: {
      erase_guest: (companyId, payload) => [
        { task: 'erase_guest', companyId, payload, delayMilliseconds: LEFT_BEHIND_MILLISECONDS },
      ],
    },
    tasks: {
      async erase_guest({ guestId }, companyId) {
        const through = await seeErasureThrough(platform, platform.database.tenant(companyId), Number(guestId));
        if (!through.ok) throw new Error(`A guest cannot be erased yet: ${through.refusal.code}`);
      },
      async forget_erasures() {
        const before = platform.clock.now().subtract({ hours: 24 * ERASURES_KEPT_DAYS });
        for (const companyId of await platform.directory.companies()) {
          await deleteOldErasures(platform.database.tenant(companyId), before);
        }
      },
    },
    everyNight: ['forget_erasures'],
  };
}
