import type { TenantTransaction } from '../../platform/database/index.ts';

/** Takes the device and the network from the events of some accounts; that something happened is counted still. */
export async function forgetDevicesOf(transaction: TenantTransaction, accountIds: readonly number[]): Promise<void> {
  await transaction.query(
    `update wallet_events set detail = detail - 'device' - 'network'
     where company_id = $1 and account_id = any ($2::bigint[]) and (detail ? 'device' or detail ? 'network')`,
    [transaction.companyId, accountIds],
  );
}
