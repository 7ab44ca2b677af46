import type { FeatureJobs } from '../../platform/jobs/index.ts';
import { giveBirthdays } from './earning/give-birthdays.ts';
import type { LoyaltyPlatform } from './loyalty-platform.ts';
import { generateCodes } from './offers/generate-codes.ts';
import { receiptJobs } from './receipts/tasks.ts';
import { referralJobs } from './referral/tasks.ts';
import { replayAllCompanies } from './replay/replay-all-companies.ts';
import { settleDue } from './settle-due.ts';
import { simulationJobs } from './simulation/tasks.ts';

/** Every minute, company by company, what has come due is written down; every night all accounts are folded anew. */
export function loyaltyJobs(platform: LoyaltyPlatform): FeatureJobs {
  const referral = referralJobs(platform);
  const receipts = receiptJobs(platform);
  const simulation = simulationJobs(platform);
  return {
    outbox: {
      ...referral.outbox,
      ...receipts.outbox,
      ...simulation.outbox,
      coupons_wanted: (companyId, { batchId }) => [
        { task: 'generate_codes', companyId, payload: { batchId }, key: `codes:${companyId}:${batchId}` },
      ],
    },
    tasks: {
      ...referral.tasks,
      ...receipts.tasks,
      ...simulation.tasks,
      async settle_due() {
        for (const companyId of await platform.directory.companies()) {
          await settleDue(platform, platform.database.tenant(companyId));
        }
      },
      generate_codes: (payload, companyId) =>
        generateCodes(platform, platform.database.tenant(companyId), Number(payload.batchId)),
      async give_birthdays() {
        for (const companyId of await platform.directory.companies()) {
          await giveBirthdays(platform, platform.database.tenant(companyId));
        }
      },
      async replay_accounts() {
        await replayAllCompanies(platform);
      },
    },
    everyNight: ['replay_accounts'],
    everyMinute: ['settle_due', 'give_birthdays', ...(referral.everyMinute ?? []), ...(receipts.everyMinute ?? [])],
  };
}
