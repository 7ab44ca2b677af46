import type { AccountState, Rules } from '@tessera/loyalty';
import { rulesFromJson, type StateJson, stateFromJson } from '@tessera/loyalty';
import { createTenantGather, type Queryable, type Tenant } from '../../platform/database/index.ts';
import { GUEST_COLUMNS, type Guest, type GuestRow, toGuest } from '../guests/index.ts';
import { entryColumns, stateColumns } from './account-write.store.ts';
import type { AccountGroup, GroupTemplate, LoadedAccount, RulesInForce, StoredEntry } from './model.ts';

export type AccountRow = {
  account_id: bigint;
  guest_id: bigint;
  group_id: number;
  programme_id: number;
  version: number;
  state: StateJson;
  /** Read where sales and returns are decided. */
  referral?: LoadedAccount['referral'];
} & RulesRow;

/** Columns of `programmes p` that tell which rules are in force; every read of an account takes them. */
export const RULES_COLUMNS = 'p.rules_id, p.next_rules_id, p.next_rules_at, p.offers_version';
export type RulesRow = {
  rules_id: number;
  next_rules_id: number | null;
  next_rules_at: Temporal.Instant | null;
  offers_version: number;
};
export const toRulesInForce = (row: RulesRow): RulesInForce => ({
  rulesId: row.rules_id,
  offersVersion: row.offers_version,
  next: row.next_rules_id && row.next_rules_at ? { rulesId: row.next_rules_id, at: row.next_rules_at } : null,
});

export const toLoadedAccount = (row: AccountRow): LoadedAccount => ({
  accountId: Number(row.account_id),
  guestId: Number(row.guest_id),
  groupId: row.group_id,
  programmeId: row.programme_id,
  version: row.version,
  state: stateFromJson(row.state),
  rules: toRulesInForce(row),
  referral: row.referral ?? null,
});

export async function selectAccount(tenant: Tenant, accountId: number): Promise<LoadedAccount | null> {
  const rows = await tenant.query<AccountRow>(
    {
      name: 'account',
      text: `select a.account_id, a.guest_id, a.group_id, a.programme_id, a.version, a.state, ${RULES_COLUMNS}
             from accounts a join programmes p on p.company_id = a.company_id and p.programme_id = a.programme_id
             where a.company_id = $1 and a.account_id = $2`,
    },
    [tenant.companyId, accountId],
  );
  return rows[0] ? toLoadedAccount(rows[0]) : null;
}

/** The account that an identifier leads to; the company's first programme when there are several. */
export async function selectAccountByIdentifier(
  tenant: Tenant,
  kind: string,
  value: string,
): Promise<LoadedAccount | null> {
  const rows = await tenant.query<AccountRow>(
    {
      name: 'account-by-identifier',
      text: `select a.account_id, a.guest_id, a.group_id, a.programme_id, a.version, a.state, ${RULES_COLUMNS}
             from guest_identifiers i
             join accounts a on a.company_id = i.company_id and a.guest_id = i.guest_id
             join programmes p on p.company_id = a.company_id and p.programme_id = a.programme_id
             where i.company_id = $1 and i.kind = $2 and i.value = $3
             order by a.account_id limit 1`,
    },
    [tenant.companyId, kind, value],
  );
  return rows[0] ? toLoadedAccount(rows[0]) : null;
}

export type Identification = { kind: string; value: string };
export type Member = { account: LoadedAccount; guest: Guest };
/** `anyCoupons`: whether the account has ever been given one, so that others need not be asked for them. */
export type FoundMember = Member & { anyCoupons: boolean };

/** The same with the guest himself; those who ask at the same time are answered by one statement. */
export const selectMember = createTenantGather(selectMembers);

// Keys as JSON and `offset 0`: see readForSales.
async function selectMembers(tenant: Tenant, keys: readonly Identification[]): Promise<(FoundMember | null)[]> {
  const rows = await tenant.query<AccountRow & GuestRow & { n: number; any_coupons: boolean }>(
    {
      name: 'member-by-identifier',
      text: `select k.n, member.*
             from json_to_recordset($2::json) as k(n integer, kind text, value text)
             cross join lateral (
               select a.account_id, a.group_id, a.programme_id, a.version, a.state, ${RULES_COLUMNS}, ${GUEST_COLUMNS},
                 exists (select from coupons c where c.company_id = a.company_id and c.account_id = a.account_id) as any_coupons
               from guest_identifiers found
               join accounts a on a.company_id = found.company_id and a.guest_id = found.guest_id
               join programmes p on p.company_id = a.company_id and p.programme_id = a.programme_id
               join guests g on g.company_id = a.company_id and g.guest_id = a.guest_id
               where found.company_id = $1 and found.kind = k.kind and found.value = k.value
               order by a.account_id limit 1) member`,
    },
    // Half a surrogate pair is no JSON to PostgreSQL, and nobody's identifier.
    [tenant.companyId, JSON.stringify(keys.map(({ kind, value }, n) => ({ n, kind, value: value.toWellFormed() })))],
  );
  const members: (FoundMember | null)[] = keys.map(() => null);
  for (const row of rows) {
    members[row.n] = { account: toLoadedAccount(row), guest: toGuest(row), anyCoupons: row.any_coupons };
  }
  return members;
}

/** An account and its guest in one round trip; those who ask at the same time are answered by one statement. */
export const selectMemberOfAccount = createTenantGather(selectMembersOfAccounts);

// Keys as JSON and `offset 0`: see readForSales.
async function selectMembersOfAccounts(tenant: Tenant, accountIds: readonly number[]): Promise<(Member | null)[]> {
  const rows = await tenant.query<AccountRow & GuestRow & { n: number }>(
    {
      name: 'member-of-account',
      text: `select k.n, member.*
             from json_to_recordset($2::json) as k(n integer, account_id bigint)
             cross join lateral (
               select a.account_id, a.group_id, a.programme_id, a.version, a.state, ${RULES_COLUMNS}, ${GUEST_COLUMNS}
               from accounts a
               join programmes p on p.company_id = a.company_id and p.programme_id = a.programme_id
               join guests g on g.company_id = a.company_id and g.guest_id = a.guest_id
               where a.company_id = $1 and a.account_id = k.account_id offset 0) member`,
    },
    [tenant.companyId, JSON.stringify(accountIds.map((accountId, n) => ({ n, account_id: accountId })))],
  );
  const members: (Member | null)[] = accountIds.map(() => null);
  for (const row of rows) members[row.n] = { account: toLoadedAccount(row), guest: toGuest(row) };
  return members;
}

export async function insertAccount(
  queryable: Queryable,
  companyId: number,
  account: { guestId: number; programmeId: number; groupId: number; state: AccountState; rules: Rules },
  stored: readonly StoredEntry[],
  now: Temporal.Instant,
): Promise<number> {
  const rows = await queryable.query<{ account_id: bigint }>(
    `with account as (
       insert into accounts (company_id, guest_id, programme_id, group_id, state, available, pending, held, debt,
                             turnover, level, next_due_at, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) returning account_id),
     written as (
       insert into entries (company_id, account_id, sequence, kind, change, balance, body, occurred_at, recorded_at)
       select $1, account.account_id, e.sequence, e.kind, e.change, e.balance, e.body::json, e.occurred_at, $13
       from account, unnest($14::integer[], $15::text[], $16::bigint[], $17::bigint[], $18::text[], $19::timestamptz[])
         as e(sequence, kind, change, balance, body, occurred_at))
     select account_id from account`,
    [
      companyId,
      account.guestId,
      account.programmeId,
      account.groupId,
      ...stateColumns(account.state, account.rules),
      now.toString(),
      ...entryColumns(stored),
    ],
  );
  return Number(rows[0]!.account_id);
}

export async function selectRules(tenant: Tenant, rulesId: number): Promise<Rules | null> {
  const rows = await tenant.query<{ body: unknown }>('select body from rules where company_id = $1 and rules_id = $2', [
    tenant.companyId,
    rulesId,
  ]);
  return rows[0] ? rulesFromJson(rows[0].body) : null;
}

export async function insertProgramme(
  tenant: Tenant,
  programme: { name: string; kind: number },
  now: Temporal.Instant,
): Promise<number> {
  const rows = await tenant.query<{ programme_id: number }>(
    'insert into programmes (company_id, name, kind, created_at) values ($1, $2, $3, $4) returning programme_id',
    [tenant.companyId, programme.name, programme.kind, now.toString()],
  );
  return rows[0]!.programme_id;
}

/** Writes a version of the rules, which bears its own number, and makes it the programme's. */
export async function insertRules(
  tenant: Tenant,
  programmeId: number,
  body: (rulesId: number) => unknown,
  now: Temporal.Instant,
): Promise<number> {
  return tenant.transaction(async (transaction) => {
    const [next] = await transaction.query<{ id: bigint }>(`select nextval('rules_rules_id_seq') as id`, []);
    const rulesId = Number(next!.id);
    await transaction.query(
      'insert into rules (company_id, rules_id, programme_id, body, created_at) values ($1, $2, $3, $4, $5)',
      [tenant.companyId, rulesId, programmeId, JSON.stringify(body(rulesId)), now.toString()],
    );
    await transaction.query('update programmes set rules_id = $3 where company_id = $1 and programme_id = $2', [
      tenant.companyId,
      programmeId,
      rulesId,
    ]);
    await transaction.query(
      `insert into publications (company_id, programme_id, rules_id, effective_at, created_at)
       values ($1, $2, $3, $4, $4)`,
      [tenant.companyId, programmeId, rulesId, now.toString()],
    );
    return rulesId;
  });
}

export async function insertGroup(tenant: Tenant, group: AccountGroup): Promise<void> {
  await tenant.query(
    'insert into account_groups (company_id, group_id, programme_id, name, template) values ($1, $2, $3, $4, $5)',
    [tenant.companyId, group.groupId, group.programmeId, group.name, group.template && JSON.stringify(group.template)],
  );
}

type GroupRow = { group_id: number; programme_id: number; name: string; template: GroupTemplate | null };
const toGroup = (row: GroupRow): AccountGroup => ({
  groupId: row.group_id,
  programmeId: row.programme_id,
  name: row.name,
  template: row.template,
});

export async function selectGroups(tenant: Tenant): Promise<AccountGroup[]> {
  const rows = await tenant.query<GroupRow>(
    'select group_id, programme_id, name, template from account_groups where company_id = $1 order by group_id limit 1000',
    [tenant.companyId],
  );
  return rows.map(toGroup);
}

export async function selectGroup(
  tenant: Tenant,
  groupId: number,
): Promise<{ group: AccountGroup; programmeName: string; rules: RulesInForce } | null> {
  const rows = await tenant.query<GroupRow & RulesRow & { programme_name: string }>(
    `select g.group_id, g.programme_id, g.name, g.template, p.name as programme_name, ${RULES_COLUMNS}
     from account_groups g join programmes p on p.company_id = g.company_id and p.programme_id = g.programme_id
     where g.company_id = $1 and g.group_id = $2`,
    [tenant.companyId, groupId],
  );
  const row = rows[0];
  return row ? { group: toGroup(row), programmeName: row.programme_name, rules: toRulesInForce(row) } : null;
}
