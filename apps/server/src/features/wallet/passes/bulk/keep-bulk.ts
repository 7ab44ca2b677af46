import {
  type NewPassOperation,
  type PassOperation,
  type PassOperationChange,
  type PassOperationFilter,
  type PassOperationState,
  type Result,
  refuse,
  succeed,
} from '@tessera/contract';
import type { Tenant, TenantTransaction } from '../../../../platform/database/index.ts';
import { reviveDesign } from '../../design/designs.store.ts';
import type { Design } from '../../model.ts';
import { selectDesign, selectDesigns } from '../../store/designs.ts';
import { writeOutbox } from '../../store/outbox.ts';
import type { Wallet } from '../../wallet.ts';
import { announcedField } from '../announce/announce-edit.ts';
import { countPasses } from '../list.store.ts';
import { readFilter } from '../list-passes.ts';
import { fieldKeysOf, sameJson } from '../own-things.ts';
import { type BulkRow, insertBulk, lockStart, moveBulk, type NewBulk, selectBulk, startWaiting } from './bulk.store.ts';

/** Asks for work on an operation, in the transaction that gives a reason for it. */
export const BULK_WORK = 'pass_operation_work';
/** Whoever has asked for so many operations that have not begun is lost among them. */
const WAITING_MAX = 20;

/** As an operation is asked for, or as a campaign asks. */
export type NewCardsChange = Pick<NewPassOperation, 'operationKey'> & Asked;
type Refused = ReturnType<typeof refuse>;
type Asked = { readonly filter: PassOperationFilter; readonly change: PassOperationChange };

/**
 * Begins a change of all cards that a filter fits now. One operation of a company is at work at a time: the others wait,
 * and begin in the order in which they were asked for. The same key again answers with the operation that it began.
 * @returns idempotency_mismatch, pass_operation_queue, not_found (no such design), design_archived, pass_field_unknown
 */
export async function beginBulk(
  wallet: Wallet,
  tenant: Tenant,
  { operationKey, filter: asked, change }: NewCardsChange,
  { userId, timeZone }: { userId: number | null; timeZone: string },
): Promise<Result<BulkRow>> {
  const known = await selectBulk(tenant, tenant.companyId, { requestKey: operationKey });
  if (known) return again(known, { filter: asked, change });
  const fault = await findFault(tenant, { filter: asked, change });
  if (fault) return fault;
  const filter = { asked, meant: readFilter(asked, timeZone) };
  const { count: total, last: lastPassId } = await countPasses(tenant, tenant.companyId, filter.meant);
  const begun = await tenant.transaction(async (transaction): Promise<Result<BulkRow>> => {
    const { waiting } = await lockStart(transaction);
    const first = await selectBulk(transaction, tenant.companyId, { requestKey: operationKey });
    if (first) return again(first, { filter: asked, change });
    if (waiting >= WAITING_MAX) return refuse('pass_operation_queue', { max: WAITING_MAX });
    const bulk = { requestKey: operationKey, change, filter, lastPassId, total, userId };
    return succeed(await queueBulk(transaction, bulk, wallet.clock.now()));
  });
  wallet.wake();
  return begun;
}

/** Puts an operation behind those that wait, in the transaction of whatever asks for it; it begins at once when there are none. */
export async function queueBulk(
  transaction: TenantTransaction,
  bulk: NewBulk,
  now: Temporal.Instant,
): Promise<BulkRow> {
  await lockStart(transaction);
  const { bulkId } = await insertBulk(transaction, bulk, now);
  await startNext(transaction, now);
  return (await selectBulk(transaction, transaction.companyId, { bulkId }))!;
}

/** Lets the next one begin where none is at work. Call under the lock. */
export async function startNext(transaction: TenantTransaction, now: Temporal.Instant): Promise<void> {
  const bulkId = await startWaiting(transaction, now);
  if (bulkId !== null) await writeOutbox(transaction, BULK_WORK, { bulkId }, now);
}

const again = (known: BulkRow, asked: Asked): Result<BulkRow> =>
  sameJson([known.filter.asked, known.change], [asked.filter, asked.change])
    ? succeed(known)
    : refuse('idempotency_mismatch');

export const findBulk = (tenant: Tenant, by: { requestKey: string }): Promise<BulkRow | null> =>
  selectBulk(tenant, tenant.companyId, by);

/**
 * Why an operation could not begin, whatever else is at work.
 * @returns not_found (no such design), design_archived, pass_field_unknown; null: it could
 */
export async function findFault(tenant: Tenant, { filter, change }: Asked): Promise<Refused | null> {
  const { companyId } = tenant;
  if (change.kind === 'move') {
    const design = await selectDesign(tenant, companyId, change.designId);
    if (!design) return refuse('not_found');
    return design.archivedAt ? refuse('design_archived') : null;
  }
  if (change.kind !== 'set_field' && change.kind !== 'clear_field' && change.kind !== 'announce') return null;
  const designs = (await selectDesigns(tenant, companyId)).filter((design) => isMeant(design, filter));
  const hasField = ({ body }: Design): boolean =>
    change.kind === 'announce'
      ? announcedField(body, change.field) !== undefined
      : fieldKeysOf(body).includes(change.field);
  const known = designs.some(hasField);
  return known || change.kind === 'clear_field' ? null : refuse('pass_field_unknown', { field: change.field });
}

const isMeant = ({ designId, credentialId }: Design, filter: PassOperationFilter): boolean =>
  (filter.designId === undefined || filter.designId === designId) &&
  (filter.designIds === undefined || filter.designIds.includes(designId)) &&
  (filter.credentialIds === undefined || (credentialId !== null && filter.credentialIds.includes(credentialId)));

export type BulkWish = 'pause' | 'resume' | 'cancel' | 'undo';

const moves: Readonly<Record<BulkWish, { from: readonly PassOperationState[]; to: PassOperationState }>> = {
  pause: { from: ['running'], to: 'paused' },
  resume: { from: ['paused'], to: 'running' },
  cancel: { from: ['waiting', 'running', 'paused'], to: 'cancelled' },
  undo: { from: ['finished', 'cancelled'], to: 'undoing' },
};

/**
 * Pauses, goes on, stops, or takes back what was done. Asked again where it is so already nothing happens. A design whose
 * deletion is stopped or taken back is in the archive again: cards wear it.
 * @returns pass_operation_not_found, pass_operation_state, pass_operation_limit (an undo beside another operation)
 */
export async function moveOn(wallet: Wallet, tenant: Tenant, bulkId: number, wish: BulkWish): Promise<Result<BulkRow>> {
  const { companyId } = tenant;
  const now = wallet.clock.now();
  const { from, to } = moves[wish];
  const moved = await tenant.transaction(async (transaction): Promise<Result<BulkRow>> => {
    const { atWork } = await lockStart(transaction);
    const row = await selectBulk(transaction, companyId, { bulkId });
    if (!row) return refuse('pass_operation_not_found');
    if (row.state === to || (wish === 'undo' && row.state === 'undone')) return succeed(row);
    if (wish === 'undo' && !isUndoable(row)) return refuse('pass_operation_state');
    if (wish === 'undo' && atWork > 0) return refuse('pass_operation_limit');
    const next = await moveBulk(transaction, bulkId, { from, to, now });
    if (!next) return refuse('pass_operation_state');
    if (wish === 'resume' || wish === 'undo') await writeOutbox(transaction, BULK_WORK, { bulkId }, now);
    if (wish === 'cancel' || wish === 'undo') {
      if (row.change.kind === 'delete_design') await reviveDesign(transaction, row.change.designId);
      await startNext(transaction, now);
    }
    return succeed(next);
  });
  wallet.wake();
  return moved;
}

/** A push cannot be taken back; what changed nothing need not be. */
export const isUndoable = ({ state, change, done, undone }: BulkRow): boolean =>
  (state === 'finished' || state === 'cancelled') && change.kind !== 'push' && done > undone;

export const tellBulk = (row: BulkRow): PassOperation => ({
  operationId: row.bulkId,
  kind: row.change.kind,
  state: row.state,
  change: row.change,
  filter: row.filter.asked,
  total: row.total,
  done: row.done,
  same: row.same,
  failed: row.failed,
  undone: row.undone,
  kept: row.kept,
  undoable: isUndoable(row),
  createdAt: row.createdAt.toString(),
  finishedAt: row.finishedAt?.toString() ?? null,
});
