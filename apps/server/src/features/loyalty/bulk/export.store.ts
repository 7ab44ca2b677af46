import type { AccountState } from '@tessera/loyalty';
import { type EntryJson, type StateJson, stateFromJson } from '@tessera/loyalty';
import type { Tenant } from '../../../platform/database/index.ts';
import { GUEST_COLUMNS, type Guest, type GuestRow, toGuest } from '../../guests/index.ts';
import { RULES_COLUMNS, type RulesRow, toRulesInForce } from '../accounts.store.ts';
import type { RulesInForce } from '../model.ts';

export type ExportedAccount = {
  accountId: number;
  programme: string;
  group: string;
  state: AccountState;
  rules: RulesInForce;
  guest: Guest;
};

/** Accounts with everything of their guests, by rising number; of one group when asked. */
export async function selectAccountsForExport(
  tenant: Tenant,
  { after, limit, groupId }: { after: number; limit: number; groupId: number | null },
): Promise<ExportedAccount[]> {
  const rows = await tenant.query<
    GuestRow & RulesRow & { account_id: bigint; programme: string; group_name: string; state: StateJson }
  >(
    {
      name: 'accounts-export',
      text: `select a.account_id, p.name as programme, gr.name as group_name, a.state, ${RULES_COLUMNS}, ${GUEST_COLUMNS}
             from accounts a
             join guests g on g.company_id = a.company_id and g.guest_id = a.guest_id
             join programmes p on p.company_id = a.company_id and p.programme_id = a.programme_id
             join account_groups gr on gr.company_id = a.company_id and gr.group_id = a.group_id
             where a.company_id = $1 and a.account_id > $2 and ($4::integer is null or a.group_id = $4)
             order by a.account_id limit $3`,
    },
    [tenant.companyId, after, limit, groupId],
  );
  return rows.map((row) => ({
    accountId: Number(row.account_id),
    programme: row.programme,
    group: row.group_name,
    state: stateFromJson(row.state),
    rules: toRulesInForce(row),
    guest: toGuest(row),
  }));
}

export type ExportedEntry = {
  accountId: number;
  sequence: number;
  phone: string | null;
  change: bigint;
  balance: bigint;
  body: EntryJson;
  checkNumber: string;
  rules: RulesInForce;
};

/**
 * Entries of points account by account, each account's from its beginning; of one account when asked. Stamps and deposits
 * are ledgers of their own: their changes and balances would not add up beside those of points.
 */
export async function selectEntriesForExport(
  tenant: Tenant,
  {
    after,
    limit,
    accountId,
  }: { after: { accountId: number; sequence: number }; limit: number; accountId: number | null },
): Promise<ExportedEntry[]> {
  const rows = await tenant.query<
    RulesRow & {
      account_id: bigint;
      sequence: number;
      phone: string | null;
      change: bigint;
      balance: bigint;
      body: EntryJson;
      number: string | null;
    }
  >(
    {
      name: 'entries-export',
      text: `select e.account_id, e.sequence, e.change, e.balance, e.body, c.number, ${RULES_COLUMNS},
               (select i.value from guest_identifiers i where i.company_id = a.company_id and i.guest_id = a.guest_id
                  and i.kind = 'phone' order by i.main desc limit 1) as phone
             from entries e
             join accounts a on a.company_id = e.company_id and a.account_id = e.account_id
             join programmes p on p.company_id = a.company_id and p.programme_id = a.programme_id
             left join checks c on c.company_id = e.company_id and c.check_id = e.check_id
             where e.company_id = $1 and (e.account_id, e.sequence) > ($2, $3) and e.body ->> 'wallet' is null
               and ($5::bigint is null or e.account_id = $5)
             order by e.account_id, e.sequence limit $4`,
    },
    [tenant.companyId, after.accountId, after.sequence, limit, accountId],
  );
  return rows.map((row) => ({
    accountId: Number(row.account_id),
    sequence: row.sequence,
    phone: row.phone,
    change: row.change,
    balance: row.balance,
    body: row.body,
    checkNumber: row.number ?? '',
    rules: toRulesInForce(row),
  }));
}
