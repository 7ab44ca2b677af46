import { replayAccounts } from '../features/loyalty/index.ts';
import type { Config } from '../platform/config.ts';
import { createDirectory } from '../platform/directory.ts';
import { withDatabase } from './with-database.ts';

/**
 * `replay`: folds all entries of all accounts anew and compares them with what is stored. Reads only; ends with 1 and the
 * numbers of the accounts when one differs.
 */
export async function replay(config: Config, tell: (line: string) => void): Promise<number> {
  return withDatabase(config, async (database) => {
    let differences = 0;
    for (const companyId of await createDirectory(database.platform).companies()) {
      const replayed = await replayAccounts(database.tenant(companyId));
      differences += replayed.differences;
      tell(`Company ${companyId}: ${replayed.accounts} accounts, ${replayed.differences} differ from their entries.`);
      if (replayed.accountIds.length > 0) tell(`  accounts ${replayed.accountIds.join(', ')}`);
    }
    return differences === 0 ? 0 : 1;
  });
}
