import type { AccountState } from '@tessera/loyalty';
import { type EntryJson, type StateJson, stateFromJson } from '@tessera/loyalty';
import type { Tenant } from '../../platform/database/index.ts';
import { foundParameters, type GuestSearch, guestsFound } from '../guests/index.ts';
import { RULES_COLUMNS, type RulesRow, toRulesInForce } from './accounts.store.ts';
import type { CheckStatus, RulesInForce } from './model.ts';

export type AccountListRow = {
  accountId: number;
  firstName: string;
  lastName: string;
  middleName: string;
  phone: string | null;
  rules: RulesInForce;
  level: string;
  available: bigint;
  turnover: bigint;
  /** Only when something has come due that no job has written yet. */
  overdueState: AccountState | null;
  cards: number;
  lastSaleAt: Temporal.Instant | null;
  createdAt: Temporal.Instant;
  blocked: boolean;
};

type ListRow = RulesRow & {
  account_id: bigint;
  first_name: string;
  last_name: string;
  middle_name: string;
  phone: string | null;
  level: string;
  available: bigint;
  turnover: bigint;
  overdue_state: StateJson | null;
  cards: number;
  last_sale_at: Temporal.Instant | null;
  created_at: Temporal.Instant;
  blocked: boolean;
};

const LIST_COLUMNS = `a.account_id, g.first_name, g.last_name, g.middle_name,
  (select i.value from guest_identifiers i
   where i.company_id = a.company_id and i.guest_id = a.guest_id and i.kind = 'phone' order by i.main desc limit 1) as phone,
  ${RULES_COLUMNS}, a.level, a.available, a.turnover,
  case when a.next_due_at <= $2 then a.state end as overdue_state,
  (select count(*)::integer from passes w where w.company_id = a.company_id and w.account_id = a.account_id
    and w.deleted_at is null) as cards,
  a.last_sale_at, a.created_at, coalesce((a.state ->> 'blocked')::boolean, false) as blocked`;
const LIST_TABLES = `accounts a
  join guests g on g.company_id = a.company_id and g.guest_id = a.guest_id
  join programmes p on p.company_id = a.company_id and p.programme_id = a.programme_id`;

/** One page of accounts, newest first; `before` is the last account of the page above. */
export async function selectAccounts(
  tenant: Tenant,
  { now, before, limit }: { now: Temporal.Instant; before: number | null; limit: number },
): Promise<AccountListRow[]> {
  const rows = await tenant.query<ListRow>(
    {
      name: 'accounts-page',
      text: `select ${LIST_COLUMNS} from ${LIST_TABLES}
             where a.company_id = $1 and ($3::bigint is null or a.account_id < $3)
             order by a.account_id desc limit $4`,
    },
    [tenant.companyId, now.toString(), before, limit],
  );
  return rows.map(toListRow);
}

/** Guests that each way of searching looks at: who fits more types more. */
const FOUND_MAX = 1_000;

/** A page of the accounts whose guests a search fits, newest first; `more`: it fits more guests than it looks at. */
export async function searchAccounts(
  tenant: Tenant,
  { search, now, before, limit }: { search: GuestSearch; now: Temporal.Instant; before: number | null; limit: number },
): Promise<{ rows: AccountListRow[]; more: boolean }> {
  const rows = await tenant.query<ListRow & { found: number }>(
    {
      name: 'accounts-search',
      text: `with ${guestsFound(5)}
             select ${LIST_COLUMNS}, (select count(*)::integer from guests_found) as found from ${LIST_TABLES}
             where a.company_id = $1 and a.guest_id in (select guest_id from guests_found)
               and ($3::bigint is null or a.account_id < $3)
             order by a.account_id desc limit $4`,
    },
    [tenant.companyId, now.toString(), before, limit, ...foundParameters(search, FOUND_MAX)],
  );
  return { rows: rows.map(toListRow), more: (rows[0]?.found ?? 0) >= FOUND_MAX };
}

const toListRow = (row: ListRow): AccountListRow => ({
  accountId: Number(row.account_id),
  firstName: row.first_name,
  lastName: row.last_name,
  middleName: row.middle_name,
  phone: row.phone,
  rules: toRulesInForce(row),
  level: row.level,
  available: row.available,
  turnover: row.turnover,
  overdueState: row.overdue_state ? stateFromJson(row.overdue_state) : null,
  cards: row.cards,
  lastSaleAt: row.last_sale_at,
  createdAt: row.created_at,
  blocked: row.blocked,
});

/** What of an account does not follow from its state. */
export async function selectAccountFacts(
  tenant: Tenant,
  accountId: number,
): Promise<{ groupName: string; programmeName: string; createdAt: Temporal.Instant } | null> {
  const rows = await tenant.query<{ group_name: string; programme_name: string; created_at: Temporal.Instant }>(
    `select gr.name as group_name, p.name as programme_name, a.created_at
     from accounts a
     join account_groups gr on gr.company_id = a.company_id and gr.group_id = a.group_id
     join programmes p on p.company_id = a.company_id and p.programme_id = a.programme_id
     where a.company_id = $1 and a.account_id = $2`,
    [tenant.companyId, accountId],
  );
  const row = rows[0];
  return row ? { groupName: row.group_name, programmeName: row.programme_name, createdAt: row.created_at } : null;
}

export type EntryListRow = { checkId: number | null; change: bigint; balance: bigint; body: EntryJson };

type EntryQuery = {
  accountId: number;
  before: number | null;
  limit: number;
  from?: Temporal.Instant | null;
  to?: Temporal.Instant | null;
  /** Points only, without stamps and deposits. */
  mainWallet?: boolean;
};

/** Entries of an account, newest first; between two instants when asked. */
export async function selectEntries(tenant: Tenant, query: EntryQuery): Promise<EntryListRow[]> {
  const rows = await tenant.query<{ check_id: bigint | null; change: bigint; balance: bigint; body: EntryJson }>(
    `select check_id, change, balance, body from entries
     where company_id = $1 and account_id = $2 and ($3::bigint is null or sequence < $3)
       and (not $7 or body ->> 'wallet' is null)
       and ($5::timestamptz is null or occurred_at >= $5) and ($6::timestamptz is null or occurred_at < $6)
     order by sequence desc limit $4`,
    [
      tenant.companyId,
      query.accountId,
      query.before,
      query.limit,
      query.from?.toString() ?? null,
      query.to?.toString() ?? null,
      query.mainWallet === true,
    ],
  );
  return rows.map((row) => ({ ...row, checkId: row.check_id === null ? null : Number(row.check_id) }));
}

/** Entries of an account by their numbers, in this order of numbers. */
export async function selectEntriesBySequence(
  tenant: Tenant,
  accountId: number,
  sequences: readonly number[],
): Promise<{ checkId: number | null; body: EntryJson }[]> {
  if (sequences.length === 0) return [];
  const rows = await tenant.query<{ check_id: bigint | null; body: EntryJson }>(
    `select check_id, body from entries
     where company_id = $1 and account_id = $2 and sequence = any($3::integer[]) order by sequence`,
    [tenant.companyId, accountId, sequences],
  );
  return rows.map(({ check_id, body }) => ({ checkId: check_id === null ? null : Number(check_id), body }));
}

export type CheckListRow = {
  checkId: number;
  accountId: number;
  source: string;
  externalId: string;
  number: string;
  venue: string;
  money: bigint;
  spent: bigint;
  accrued: bigint;
  discount: bigint;
  status: CheckStatus;
  occurredAt: Temporal.Instant;
  firstName: string;
  lastName: string;
};

type CheckQuery = { accountId?: number; source?: string; before: number | null; limit: number };

type CheckRow = Omit<CheckListRow, 'checkId' | 'accountId' | 'externalId' | 'occurredAt' | 'firstName' | 'lastName'> & {
  check_id: bigint;
  account_id: bigint;
  external_id: string;
  occurred_at: Temporal.Instant;
  first_name: string;
  last_name: string;
};

const CHECK_LIST = `select c.check_id, c.account_id, c.source, c.external_id, c.number,
    coalesce(v.name, c.venue_code::text, '') as venue,
    c.money, c.spent, c.accrued, c.discount, c.status, c.occurred_at, g.first_name, g.last_name
  from checks c
  join accounts a on a.company_id = c.company_id and a.account_id = c.account_id
  join guests g on g.company_id = a.company_id and g.guest_id = a.guest_id
  left join venues v on v.company_id = c.company_id and v.code = c.venue_code`;

const toCheckListRow = ({ check_id, account_id, external_id, occurred_at, ...row }: CheckRow): CheckListRow => {
  const { first_name: firstName, last_name: lastName, ...rest } = row;
  const ids = { checkId: Number(check_id), accountId: Number(account_id), externalId: external_id };
  return { ...rest, ...ids, occurredAt: occurred_at, firstName, lastName };
};

/** Checks of an account or of a source, newest first. */
export async function selectChecks(tenant: Tenant, query: CheckQuery): Promise<CheckListRow[]> {
  const rows = await tenant.query<CheckRow>(
    `${CHECK_LIST}
     where c.company_id = $1 and ($2::bigint is null or c.account_id = $2) and ($3::text is null or c.source = $3)
       and ($4::bigint is null or c.check_id < $4)
     order by c.check_id desc limit $5`,
    [tenant.companyId, query.accountId ?? null, query.source ?? null, query.before, query.limit],
  );
  return rows.map(toCheckListRow);
}

/** Checks of a source that people know by this number, or that bear it as ours; newest first. */
export async function selectChecksByNumber(
  tenant: Tenant,
  { source, number, limit }: { source: string; number: string; limit: number },
): Promise<CheckListRow[]> {
  const own = /^\d{1,15}$/.test(number) ? Number(number) : null;
  const rows = await tenant.query<CheckRow>(
    `with found as materialized (
       select check_id from checks where company_id = $1 and number = $2 and number <> '' and source = $3
       union select check_id from checks where company_id = $1 and check_id = $4 and source = $3
       order by check_id desc limit $5)
     ${CHECK_LIST}
     where c.company_id = $1 and c.check_id in (select check_id from found) order by c.check_id desc`,
    [tenant.companyId, number, source, own, limit],
  );
  return rows.map(toCheckListRow);
}

/** The names of guests by account, '' for one who left none. */
export async function selectNames(tenant: Tenant, accountIds: readonly number[]): Promise<ReadonlyMap<number, string>> {
  const rows = await tenant.query<{ account_id: bigint; name: string }>(
    `select a.account_id, trim(g.first_name || ' ' || g.last_name) as name
     from accounts a join guests g on g.company_id = a.company_id and g.guest_id = a.guest_id
     where a.company_id = $1 and a.account_id = any ($2)`,
    [tenant.companyId, accountIds],
  );
  return new Map(rows.map((row) => [Number(row.account_id), row.name]));
}

export async function selectProgrammeNames(tenant: Tenant): Promise<ReadonlyMap<number, string>> {
  const rows = await tenant.query<{ programme_id: number; name: string }>(
    'select programme_id, name from programmes where company_id = $1 limit 1000',
    [tenant.companyId],
  );
  return new Map(rows.map((row) => [row.programme_id, row.name]));
}
