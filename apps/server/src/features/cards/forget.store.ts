import type { TenantTransaction } from '../../platform/database/index.ts';

/** Prepared cards of accounts that are nobody's lead to nobody and are given to nobody else. */
export async function blockCardsOf(transaction: TenantTransaction, accountIds: readonly number[]): Promise<void> {
  await transaction.query(
    `update cards set state = 'blocked' where company_id = $1 and account_id = any ($2::bigint[]) and state = 'active'`,
    [transaction.companyId, accountIds],
  );
}
