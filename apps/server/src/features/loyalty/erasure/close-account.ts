import { type Result, succeed } from '@tessera/contract';
import type { CloseAccount } from '@tessera/loyalty';
import type { Tenant } from '../../../platform/database/index.ts';
import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import { carryOut } from '../operations/carry-out.ts';
import { keyed } from '../operations/keyed.ts';

/**
 * Closes an account for ever: what is left on it lapses, nothing is earned or spent any more. Twice is once.
 * @returns account_not_found, deposit_not_empty
 */
export async function closeAccount(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  accountId: number,
): Promise<Result<null>> {
  const operation = { source: 'erasure', externalId: null, accountId, kind: 'close', facts: [] };
  const closed = await keyed(platform, tenant, operation, (bind) =>
    carryOut<CloseAccount, object>({ platform, tenant, accountId }, { kind: 'close' }, () => ({}), bind),
  );
  return closed.ok ? succeed(null) : closed;
}
