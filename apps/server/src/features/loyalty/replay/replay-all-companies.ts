import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import { replayAccounts } from './replay-accounts.ts';

/** Folds all accounts of all companies anew and tells the metrics; a difference is a defect, and is logged as one. */
export async function replayAllCompanies(
  platform: Pick<LoyaltyPlatform, 'database' | 'directory' | 'metrics' | 'log'>,
): Promise<void> {
  let differences = 0;
  for (const companyId of await platform.directory.companies()) {
    const replayed = await replayAccounts(platform.database.tenant(companyId));
    platform.metrics.replayAccounts.inc(replayed.accounts);
    differences += replayed.differences;
    if (replayed.differences > 0) {
      platform.log.error({ companyId, ...replayed }, 'accounts are not what their entries say');
    }
  }
  platform.metrics.replayDifferences.set(differences);
}
