import type { FeatureJobs, Job } from '../../../platform/jobs/index.ts';
import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import { rewardThoseAbove, undoThoseAbove } from './reward-above.ts';
import { settleReferrals } from './settle-referrals.ts';

/** A friend's check rewards those above him, its return undoes that; every minute time is written down. */
export function referralJobs(platform: LoyaltyPlatform): FeatureJobs {
  const job =
    (task: string) =>
    (companyId: number, { referralId }: Record<string, unknown>): Job[] => [
      { task, companyId, payload: { referralId } },
    ];
  return {
    outbox: { referral_qualified: job('reward_referrers'), referral_undone: job('undo_referrers') },
    tasks: {
      reward_referrers: (payload, companyId) =>
        rewardThoseAbove(platform, platform.database.tenant(companyId), Number(payload.referralId)),
      undo_referrers: (payload, companyId) =>
        undoThoseAbove(platform, platform.database.tenant(companyId), Number(payload.referralId)),
      async settle_referrals() {
        for (const companyId of await platform.directory.companies()) {
          await settleReferrals(platform, platform.database.tenant(companyId));
        }
      },
    },
    everyMinute: ['settle_referrals'],
  };
}
