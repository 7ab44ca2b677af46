import { isDeadlock, type Tenant, type TenantTransaction } from '../../platform/database/index.ts';

/**
 * What a sale, a return or another write to an account changes beside the account: a coupon used, a budget drawn, a
 * claim between partners. Its statement carries its own guard.
 * @returns false when the guard did not match, because another write was first
 */
export type CompanionWrite = (transaction: TenantTransaction) => Promise<boolean>;

class LostRace extends Error {}

/**
 * Writes an account with its companions: all of them or nothing. Without companions it stays the one statement that the
 * account's write is, and no transaction is begun. Companions come after the account, so that two writes of one account
 * meet there first; those that lock several rows pass them in the order of their keys.
 * @returns false when the account or a companion has moved on meanwhile: read again and decide again
 */
export async function writeTogether(
  tenant: Tenant,
  writeAccount: (queryable: Tenant | TenantTransaction) => Promise<boolean>,
  companions: readonly CompanionWrite[],
): Promise<boolean> {
  if (companions.length === 0) return writeAccount(tenant);
  try {
    await tenant.transaction(async (transaction) => {
      if (!(await writeAccount(transaction))) throw new LostRace();
      for (const write of companions) if (!(await write(transaction))) throw new LostRace();
    });
    return true;
  } catch (error) {
    if (error instanceof LostRace || isDeadlock(error)) return false;
    throw error;
  }
}
