import type { AccountState, Rules, StateJson } from '@tessera/loyalty';
import { entryToJson, levelOf, nextDueAt, stateFromJson, stateToJson } from '@tessera/loyalty';
import type { Queryable, TenantTransaction } from '../../../platform/database/index.ts';
import type { StoredEntry } from '../model.ts';

export type KnownGuest = {
  guestId: number;
  /** His account in the programme, when he has one. */
  account: { accountId: number; version: number; state: AccountState } | null;
};

/** Who is known by these identifiers, and his account in a programme. Keys of the answer are `kind value`. */
export async function selectKnownGuests(
  queryable: Queryable,
  companyId: number,
  programmeId: number,
  identifiers: readonly { kind: string; value: string }[],
): Promise<ReadonlyMap<string, KnownGuest>> {
  const rows = await queryable.query<{
    kind: string;
    value: string;
    guest_id: bigint;
    account_id: bigint | null;
    version: number | null;
    state: StateJson | null;
  }>(
    {
      name: 'guests-known',
      text: `select i.kind, i.value, i.guest_id, a.account_id, a.version, a.state
             from json_to_recordset($3::json) as k(kind text, value text)
             cross join lateral (select kind, value, guest_id from guest_identifiers
               where company_id = $1 and kind = k.kind and value = k.value offset 0) i
             left join lateral (select account_id, version, state from accounts
               where company_id = $1 and programme_id = $2 and guest_id = i.guest_id offset 0) a on true`,
    },
    [companyId, programmeId, JSON.stringify(identifiers.map(({ kind, value }) => ({ kind, value })))],
  );
  return new Map(
    rows.map((row) => [
      `${row.kind} ${row.value}`,
      {
        guestId: Number(row.guest_id),
        account:
          row.account_id === null || row.version === null || row.state === null
            ? null
            : { accountId: Number(row.account_id), version: row.version, state: stateFromJson(row.state) },
      },
    ]),
  );
}

/** Which of these lots a file has brought already, as hexadecimal text. */
export async function selectImportedLots(
  queryable: Queryable,
  companyId: number,
  keys: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await queryable.query<{ lot_key: Buffer }>(
    {
      name: 'lots-imported',
      text: `select l.lot_key from json_array_elements_text($2::json) as k(key)
             cross join lateral (select lot_key from imported_lots
               where company_id = $1 and lot_key = decode(k.key, 'hex') offset 0) l`,
    },
    [companyId, JSON.stringify(keys)],
  );
  return new Set(rows.map((row) => row.lot_key.toString('hex')));
}

/** Takes the keys of lots; gives those that nobody had before. */
export async function insertImportedLots(
  transaction: TenantTransaction,
  keys: readonly string[],
): Promise<ReadonlySet<string>> {
  if (keys.length === 0) return new Set();
  const rows = await transaction.query<{ lot_key: Buffer }>(
    {
      name: 'lots-take',
      text: `insert into imported_lots (company_id, lot_key)
             select $1, decode(k.key, 'hex') from json_array_elements_text($2::json) as k(key)
             order by 2 on conflict do nothing returning lot_key`,
    },
    [transaction.companyId, JSON.stringify(keys)],
  );
  return new Set(rows.map((row) => row.lot_key.toString('hex')));
}

/** Gives keys of lots back that were not brought after all. */
export async function deleteImportedLots(transaction: TenantTransaction, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await transaction.query(
    `delete from imported_lots where company_id = $1
       and lot_key in (select decode(k.key, 'hex') from json_array_elements_text($2::json) as k(key))`,
    [transaction.companyId, JSON.stringify(keys)],
  );
}

/** What one account becomes; entries are those that lead there. */
export type BulkAccount = { state: AccountState; stored: readonly StoredEntry[] };
export type NewBulkAccount = BulkAccount & { guestId: number; celebrates: boolean };
export type ChangedBulkAccount = BulkAccount & { accountId: number; version: number };

const ACCOUNT_FIELDS = `state json, available bigint, pending bigint, held bigint, debt bigint, turnover bigint,
  level text, due timestamptz`;
const ENTRY_FIELDS = 'sequence integer, kind text, change bigint, balance bigint, body json, at timestamptz';

/** Opens many accounts with their entries, in one statement. */
export async function insertAccounts(
  transaction: TenantTransaction,
  accounts: readonly NewBulkAccount[],
  facts: { programmeId: number; groupId: number; rules: Rules; now: Temporal.Instant },
): Promise<void> {
  if (accounts.length === 0) return;
  const { programmeId, groupId, rules, now } = facts;
  await transaction.query(
    {
      name: 'accounts-bulk',
      text: `with opened as (
               insert into accounts (company_id, guest_id, programme_id, group_id, state, available, pending, held, debt,
                 turnover, level, next_due_at, next_birthday_at, created_at)
               select $1, a.guest, $2, $3, a.state, a.available, a.pending, a.held, a.debt, a.turnover, a.level, a.due,
                 case when a.celebrates then $4::timestamptz end, $4
               from json_to_recordset($5::json) as a(guest bigint, celebrates boolean, ${ACCOUNT_FIELDS})
               returning account_id, guest_id)
             insert into entries (company_id, account_id, sequence, kind, change, balance, body, occurred_at, recorded_at)
             select $1, opened.account_id, e.sequence, e.kind, e.change, e.balance, e.body, e.at, $4
             from json_to_recordset($6::json) as e(guest bigint, ${ENTRY_FIELDS})
             join opened on opened.guest_id = e.guest`,
    },
    [
      transaction.companyId,
      programmeId,
      groupId,
      now.toString(),
      JSON.stringify(
        accounts.map((one) => ({ guest: one.guestId, celebrates: one.celebrates, ...accountFields(one.state, rules) })),
      ),
      JSON.stringify(
        accounts.flatMap((one) => one.stored.map((entry) => ({ guest: one.guestId, ...entryFields(entry) }))),
      ),
    ],
  );
}

/** Changes many accounts over their versions; false when one of them has moved on. Their cards are told. */
export async function updateAccounts(
  transaction: TenantTransaction,
  accounts: readonly ChangedBulkAccount[],
  { rules, now }: { rules: Rules; now: Temporal.Instant },
): Promise<boolean> {
  if (accounts.length === 0) return true;
  const rows = await transaction.query<{ account_id: bigint }>(
    {
      name: 'accounts-bulk-change',
      text: `with changed as (
               update accounts set version = accounts.version + 1, state = a.state, available = a.available,
                 pending = a.pending, held = a.held, debt = a.debt, turnover = a.turnover, level = a.level,
                 next_due_at = a.due
               from json_to_recordset($3::json) as a(account bigint, was integer, ${ACCOUNT_FIELDS})
               where company_id = $1 and account_id = a.account and version = a.was returning account_id),
             written as (
               insert into entries (company_id, account_id, sequence, kind, change, balance, body, occurred_at, recorded_at)
               select $1, changed.account_id, e.sequence, e.kind, e.change, e.balance, e.body, e.at, $2
               from json_to_recordset($4::json) as e(account bigint, ${ENTRY_FIELDS})
               join changed on changed.account_id = e.account),
             told as (
               insert into outbox (company_id, kind, payload, created_at)
               select $1, 'account_changed', jsonb_build_object('accountId', account_id), $2 from changed)
             select account_id from changed`,
    },
    [
      transaction.companyId,
      now.toString(),
      JSON.stringify(
        accounts.map((one) => ({ account: one.accountId, was: one.version, ...accountFields(one.state, rules) })),
      ),
      JSON.stringify(
        accounts.flatMap((one) => one.stored.map((entry) => ({ account: one.accountId, ...entryFields(entry) }))),
      ),
    ],
  );
  return rows.length === accounts.length;
}

const accountFields = (state: AccountState, rules: Rules): Record<string, unknown> => ({
  state: stateToJson(state),
  available: Number(state.available),
  pending: Number(state.pending),
  held: Number(state.held),
  debt: Number(state.debt),
  turnover: Number(state.turnover),
  level: levelOf(state, rules).id,
  due: nextDueAt(state, rules)?.toString() ?? null,
});

const entryFields = ({ entry, change, balance }: StoredEntry): Record<string, unknown> => ({
  sequence: entry.id,
  kind: entry.kind,
  change: Number(change),
  balance: Number(balance),
  body: entryToJson(entry),
  at: entry.occurredAt.toString(),
});
