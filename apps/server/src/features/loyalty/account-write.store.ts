import type { AccountState, Rules } from '@tessera/loyalty';
import { entryToJson, levelOf, nextDueAt, stateToJson } from '@tessera/loyalty';
import type { Queryable, Statement, Tenant } from '../../platform/database/index.ts';
import type { StoredEntry } from './model.ts';

/** The values that an account's row takes from its state, as `$n` of every statement that writes one. */
export function stateColumns(state: AccountState, rules: Rules): unknown[] {
  return [
    JSON.stringify(stateToJson(state)),
    state.available,
    state.pending,
    state.held,
    state.debt,
    state.turnover,
    levelOf(state, rules).id,
    nextDueAt(state, rules)?.toString() ?? null,
  ];
}

/** Entries as parallel arrays, for `unnest`: one statement writes them all. */
export function entryColumns(stored: readonly StoredEntry[]): unknown[] {
  return [
    stored.map(({ entry }) => entry.id),
    stored.map(({ entry }) => entry.kind),
    stored.map(({ change }) => change),
    stored.map(({ balance }) => balance),
    stored.map(({ entry }) => JSON.stringify(entryToJson(entry))),
    stored.map(({ entry }) => entry.occurredAt.toString()),
  ];
}

/** What a command has decided about an account, ready to be written over the version that it was decided on. */
export type AccountWrite = {
  readonly accountId: number;
  readonly version: number;
  readonly state: AccountState;
  readonly rules: Rules;
  readonly checkId: number | null;
  readonly stored: readonly StoredEntry[];
  readonly now: Temporal.Instant;
};

/**
 * The one shape of every statement that writes to an account: the row over its version, the entries, the word for the
 * outbox; nothing at all when another write was first. Takes $1 to $19 from `accountWriteValues`.
 * @param more `set`: further columns of the account; `also`: further parts, which select from `account`
 */
export const accountWrite = (name: string, more: { set?: string; also?: string } = {}): Statement => ({
  name,
  text: `with account as (
           update accounts set version = version + 1, state = $4, available = $5, pending = $6, held = $7,
             debt = $8, turnover = $9, level = $10, next_due_at = $11${more.set ? `, ${more.set}` : ''}
           where company_id = $1 and account_id = $2 and version = $3 returning account_id),
         written as (
           insert into entries (company_id, account_id, sequence, kind, check_id, change, balance, body, occurred_at,
                                recorded_at)
           select $1, $2, e.sequence, e.kind, $19::bigint, e.change, e.balance, e.body::json, e.occurred_at, $12
           from account, unnest($13::integer[], $14::text[], $15::bigint[], $16::bigint[], $17::text[], $18::timestamptz[])
             as e(sequence, kind, change, balance, body, occurred_at)),
         told as (
           insert into outbox (company_id, kind, payload, created_at)
           select $1, 'account_changed', jsonb_build_object('accountId', account_id), $12 from account)
         ${more.also ? `, ${more.also}` : ''}
         select account_id from account`,
});

export const accountWriteValues = (companyId: number, write: AccountWrite): unknown[] => [
  companyId,
  write.accountId,
  write.version,
  ...stateColumns(write.state, write.rules),
  write.now.toString(),
  ...entryColumns(write.stored),
  write.checkId,
];

const plainWrite = accountWrite('account-update');

/** Writes what a command without a check has decided; false when the account has moved on meanwhile. */
export async function updateAccount(queryable: Queryable, companyId: number, write: AccountWrite): Promise<boolean> {
  return (await queryable.query(plainWrite, accountWriteValues(companyId, write))).length > 0;
}

/** Accounts at which something has come due, by their number; the index on the next instant finds them. */
export async function selectDueAccounts(
  tenant: Tenant,
  { now, after, limit }: { now: Temporal.Instant; after: number; limit: number },
): Promise<number[]> {
  const rows = await tenant.query<{ account_id: bigint }>(
    {
      name: 'accounts-due',
      text: `select account_id from accounts
             where company_id = $1 and next_due_at <= $2 and account_id > $3 order by account_id limit $4`,
    },
    [tenant.companyId, now.toString(), after, limit],
  );
  return rows.map((row) => Number(row.account_id));
}
