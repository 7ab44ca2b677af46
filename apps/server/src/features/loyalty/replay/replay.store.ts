import type { AccountState } from '@tessera/loyalty';
import { type EntryJson, type StateJson, stateFromJson } from '@tessera/loyalty';
import type { Tenant } from '../../../platform/database/index.ts';

/** An account as its row tells it: the state, and the figures beside it that lists and limits go by. */
export type StoredAccount = {
  accountId: number;
  state: AccountState;
  columns: { available: bigint; pending: bigint; held: bigint; debt: bigint; turnover: bigint };
};

/** One page of accounts by their number. */
export async function selectAccountStates(
  tenant: Tenant,
  { after, limit }: { after: number; limit: number },
): Promise<StoredAccount[]> {
  const rows = await tenant.query<StoredAccount['columns'] & { account_id: bigint; state: StateJson }>(
    {
      name: 'replay-accounts',
      text: `select account_id, state, available, pending, held, debt, turnover from accounts
             where company_id = $1 and account_id > $2 order by account_id limit $3`,
    },
    [tenant.companyId, after, limit],
  );
  return rows.map(({ account_id, state, ...columns }) => ({
    accountId: Number(account_id),
    state: stateFromJson(state),
    columns,
  }));
}

/** One page of the entries of several accounts, account by account in their order. */
export async function selectEntriesOf(
  tenant: Tenant,
  query: { accountIds: readonly number[]; after: { accountId: number; sequence: number }; limit: number },
): Promise<{ accountId: number; sequence: number; body: EntryJson }[]> {
  const { accountIds, after, limit } = query;
  const rows = await tenant.query<{ account_id: bigint; sequence: number; body: EntryJson }>(
    {
      name: 'replay-entries',
      text: `select account_id, sequence, body from entries
             where company_id = $1 and account_id between $2 and $3 and account_id = any ($4)
               and (account_id, sequence) > ($5, $6)
             order by account_id, sequence limit $7`,
    },
    [tenant.companyId, accountIds[0], accountIds.at(-1), accountIds, after.accountId, after.sequence, limit],
  );
  return rows.map(({ account_id, ...entry }) => ({ accountId: Number(account_id), ...entry }));
}
