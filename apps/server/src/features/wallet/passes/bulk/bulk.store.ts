import type { PassOperationChange, PassOperationFilter, PassOperationState } from '@tessera/contract';
import type { Queryable, Tenant, TenantTransaction } from '../../../../platform/database/index.ts';
import type { PassRecord } from '../../model.ts';
import type { Edited } from '../../write-versions.ts';
import type { PassFilter } from '../model.ts';

/** A filter as it was asked for, to show it, and as it is looked for, with its days as moments. */
export type FrozenFilter = { readonly asked: PassOperationFilter; readonly meant: PassFilter };

export type BulkRow = {
  bulkId: number;
  requestKey: string;
  change: PassOperationChange;
  filter: FrozenFilter;
  state: PassOperationState;
  /** The newest card at the start. */
  lastPassId: number;
  reached: number;
  undoReached: number;
  total: number;
  done: number;
  same: number;
  failed: number;
  undone: number;
  kept: number;
  createdAt: Temporal.Instant;
  finishedAt: Temporal.Instant | null;
};

type Row = {
  bulk_id: number;
  request_key: string;
  change: PassOperationChange;
  filter: FrozenFilter;
  state: PassOperationState;
  last_pass_id: bigint;
  reached: bigint;
  undo_reached: bigint;
  total: number;
  done: number;
  same: number;
  failed: number;
  undone: number;
  kept: number;
  created_at: Temporal.Instant;
  finished_at: Temporal.Instant | null;
};

const COLUMNS = `bulk_id, request_key, change, filter, state, last_pass_id, reached, undo_reached, total, done, same, failed,
  undone, kept, created_at, finished_at`;

const toBulk = (row: Row): BulkRow => ({
  bulkId: row.bulk_id,
  requestKey: row.request_key,
  change: row.change,
  filter: row.filter,
  state: row.state,
  lastPassId: Number(row.last_pass_id),
  reached: Number(row.reached),
  undoReached: Number(row.undo_reached),
  total: row.total,
  done: row.done,
  same: row.same,
  failed: row.failed,
  undone: row.undone,
  kept: row.kept,
  createdAt: row.created_at,
  finishedAt: row.finished_at,
});

export async function selectBulk(
  queryable: Queryable,
  companyId: number,
  by: { bulkId: number } | { requestKey: string },
): Promise<BulkRow | null> {
  const [column, value] = 'bulkId' in by ? ['bulk_id', by.bulkId] : ['request_key', by.requestKey];
  const rows = await queryable.query<Row>(
    `select ${COLUMNS} from bulk_operations where company_id = $1 and ${column} = $2`,
    [companyId, value],
  );
  return rows[0] ? toBulk(rows[0]) : null;
}

/** Some operations by their numbers. */
export async function selectBulksOf(tenant: Tenant, bulkIds: readonly number[]): Promise<ReadonlyMap<number, BulkRow>> {
  if (bulkIds.length === 0) return new Map();
  const rows = await tenant.query<Row>(
    `select ${COLUMNS} from bulk_operations where company_id = $1 and bulk_id = any ($2)`,
    [tenant.companyId, bulkIds],
  );
  return new Map(rows.map((row) => [row.bulk_id, toBulk(row)]));
}

/** Newest first; `before` is the last one of the page above. */
export async function selectBulks(tenant: Tenant, before: number | null, limit: number): Promise<BulkRow[]> {
  const rows = await tenant.query<Row>(
    `select ${COLUMNS} from bulk_operations where company_id = $1 and ($2::integer is null or bulk_id < $2)
     order by bulk_id desc limit $3`,
    [tenant.companyId, before, limit],
  );
  return rows.map(toBulk);
}

/** Any constant: with the company's number it names the lock under which operations begin. */
const START_LOCK = 741_204;

/** Until this transaction ends no other operation of the company begins or ends. @returns how many are at work, and wait */
export async function lockStart(transaction: TenantTransaction): Promise<{ atWork: number; waiting: number }> {
  const { companyId } = transaction;
  await transaction.query('select pg_advisory_xact_lock($1, $2)', [START_LOCK, companyId]);
  const rows = await transaction.query<{ atWork: number; waiting: number }>(
    `select count(*) filter (where state <> 'waiting')::integer as "atWork",
       count(*) filter (where state = 'waiting')::integer as waiting
     from bulk_operations where company_id = $1 and state in ('waiting', 'running', 'paused', 'undoing')`,
    [companyId],
  );
  return rows[0]!;
}

/** Lets the operation begin that has waited longest, unless one is at work. Call under the lock. @returns which */
export async function startWaiting(transaction: TenantTransaction, now: Temporal.Instant): Promise<number | null> {
  const rows = await transaction.query<{ bulk_id: number }>(
    `update bulk_operations set state = 'running', updated_at = $2
     where company_id = $1
       and bulk_id = (select min(bulk_id) from bulk_operations where company_id = $1 and state = 'waiting')
       and not exists (select from bulk_operations where company_id = $1 and state in ('running', 'paused', 'undoing'))
     returning bulk_id`,
    [transaction.companyId, now.toString()],
  );
  return rows[0]?.bulk_id ?? null;
}

/** Cards that operations under way will have given a design, as far as they were counted. */
export async function countAwaited(transaction: TenantTransaction, designId: number): Promise<number> {
  const rows = await transaction.query<{ count: number }>(
    `select coalesce(sum(total - done), 0)::integer as count from bulk_operations
     where company_id = $1 and state in ('waiting', 'running', 'paused')
       and (kind = 'move' and (change ->> 'designId')::integer = $2
         or kind = 'delete_design' and (change #>> '{to,designId}')::integer = $2)`,
    [transaction.companyId, designId],
  );
  return rows[0]!.count;
}

/** What an operation is begun with. */
export type NewBulk = Pick<BulkRow, 'requestKey' | 'change' | 'filter' | 'lastPassId' | 'total'> & {
  readonly userId: number | null;
};

export async function insertBulk(
  transaction: TenantTransaction,
  bulk: NewBulk,
  now: Temporal.Instant,
): Promise<BulkRow> {
  const rows = await transaction.query<Row>(
    `insert into bulk_operations (company_id, request_key, kind, filter, change, state, last_pass_id, total, created_by,
       created_at, updated_at)
     values ($1, $2, $3, $4, $5, 'waiting', $6, $7, $8, $9, $9) returning ${COLUMNS}`,
    [
      transaction.companyId,
      bulk.requestKey,
      bulk.change.kind,
      JSON.stringify(bulk.filter),
      JSON.stringify(bulk.change),
      bulk.lastPassId,
      bulk.total,
      bulk.userId,
      now.toString(),
    ],
  );
  return toBulk(rows[0]!);
}

/** Moves an operation on from one of these states; null when it has another by now. To end one, call it under the lock. */
export async function moveBulk(
  transaction: TenantTransaction,
  bulkId: number,
  { from, to, now }: { from: readonly PassOperationState[]; to: PassOperationState; now: Temporal.Instant },
): Promise<BulkRow | null> {
  const rows = await transaction.query<Row>(
    `update bulk_operations set state = $4, updated_at = $5,
       finished_at = case when $4 in ('finished', 'cancelled', 'undone') then $5::timestamptz end
     where company_id = $1 and bulk_id = $2 and state = any ($3) returning ${COLUMNS}`,
    [transaction.companyId, bulkId, from, to, now.toString()],
  );
  return rows[0] ? toBulk(rows[0]) : null;
}

type Step = { from: number; to: number; done?: number; same?: number; failed?: number; kept?: number };

/** Notes how far an operation has come; false when it was stopped, or when another worker has passed here. */
export async function advanceBulk(
  queryable: Queryable,
  companyId: number,
  bulkId: number,
  { from, to, done = 0, same = 0, failed = 0, kept = 0, now }: Step & { now: Temporal.Instant },
): Promise<boolean> {
  const rows = await queryable.query(
    `update bulk_operations set updated_at = $9, done = done + $5, same = same + $6, failed = failed + $7, kept = kept + $8,
       reached = case when state = 'undoing' then reached else $4 end,
       undo_reached = case when state = 'undoing' then $4 else undo_reached end
     where company_id = $1 and bulk_id = $2 and state in ('running', 'undoing')
       and case when state = 'undoing' then undo_reached else reached end = $3 returning bulk_id`,
    [companyId, bulkId, from, to, done, same, failed, kept, now.toString()],
  );
  return rows.length > 0;
}

/** What a card was before, as far as operations change it. */
export type Before = Pick<PassRecord, 'ownValues' | 'designId' | 'voided'> & {
  /** Absent: the operation is from before any of them changed it. */
  own?: PassRecord['own'];
};

/** Keeps what cards were before, and counts them, in the transaction that changes them. */
export async function insertChanges(
  transaction: TenantTransaction,
  bulkId: number,
  changes: readonly Edited[],
): Promise<void> {
  await transaction.query(
    `with kept as (
       insert into bulk_changes (company_id, bulk_id, pass_id, before, revision)
       select $1, $2, c.pass_id, c.before::jsonb, c.revision
       from unnest($3::bigint[], $4::text[], $5::integer[]) as c(pass_id, before, revision)
       on conflict (company_id, bulk_id, pass_id) do nothing returning pass_id)
     update bulk_operations set done = done + (select count(*) from kept) where company_id = $1 and bulk_id = $2`,
    [
      transaction.companyId,
      bulkId,
      changes.map(({ after }) => after.passId),
      changes.map(({ before: { ownValues, own, designId, voided } }) =>
        JSON.stringify({ ownValues, own, designId, voided } satisfies Before),
      ),
      changes.map(({ after }) => after.revision),
    ],
  );
}

export type KeptChange = { passId: number; before: Before; revision: number };

/** Which of these cards an operation has changed already. */
export async function selectChanged(
  tenant: Tenant,
  bulkId: number,
  passIds: readonly number[],
): Promise<ReadonlySet<number>> {
  const rows = await tenant.query<{ pass_id: bigint }>(
    `select pass_id from bulk_changes
     where company_id = $1 and bulk_id = $2 and pass_id = any ($3) and not undone`,
    [tenant.companyId, bulkId, passIds],
  );
  return new Set(rows.map((row) => Number(row.pass_id)));
}

export async function selectChanges(
  tenant: Tenant,
  bulkId: number,
  { after, limit }: { after: number; limit: number },
): Promise<KeptChange[]> {
  const rows = await tenant.query<{ pass_id: bigint; before: Before; revision: number }>(
    `select pass_id, before, revision from bulk_changes where company_id = $1 and bulk_id = $2 and pass_id > $3 and not undone
     order by pass_id limit $4`,
    [tenant.companyId, bulkId, after, limit],
  );
  return rows.map((row) => ({ passId: Number(row.pass_id), before: row.before, revision: row.revision }));
}

/**
 * Forgets what cards were before, now that they are so again, and counts them. That they were changed stays known: who was told
 * something by a campaign that was taken back has heard it.
 */
export async function updateUndone(
  transaction: TenantTransaction,
  bulkId: number,
  passIds: readonly number[],
): Promise<void> {
  await transaction.query(
    `with gone as (
       update bulk_changes set undone = true, before = '{}'
       where company_id = $1 and bulk_id = $2 and pass_id = any ($3) and not undone returning pass_id)
     update bulk_operations set undone = undone + (select count(*) from gone) where company_id = $1 and bulk_id = $2`,
    [transaction.companyId, bulkId, passIds],
  );
}
