import type { PassOperationChange } from '@tessera/contract';
import type { Tenant } from '../../../../platform/database/index.ts';
import { selectDeletedDesigns } from '../../design/designs.store.ts';
import { deleteWaitingMessages } from '../../google/messages.store.ts';
import { type PassEdit, refreshPasses } from '../../refresh-pass.ts';
import { rememberDesigns } from '../../remember-designs.ts';
import { writeOutbox } from '../../store/outbox.ts';
import type { Wallet } from '../../wallet.ts';
import { announceEdit, messageKeyOf } from '../announce/announce-edit.ts';
import { leaveDesign, moveEdit, voidEdit } from '../change-pass.ts';
import { selectFittingIds } from '../list.store.ts';
import { fieldKeysOf, withoutOldNews } from '../own-things.ts';
import { writePushesAnew } from '../push-passes.ts';
import {
  advanceBulk,
  type BulkRow,
  insertChanges,
  lockStart,
  moveBulk,
  selectBulk,
  selectChanged,
  selectChanges,
  updateUndone,
} from './bulk.store.ts';
import { BULK_WORK, startNext } from './keep-bulk.ts';

/** Cards in one transaction. */
const BATCH = 200;
/** After so long a job ends and asks for the next one, so that a stopping process waits for no operation. */
const SLICE_MILLISECONDS = 8_000;

/** How far a batch has come: null when nothing is left. */
type Step = (wallet: Wallet, tenant: Tenant, row: BulkRow) => Promise<{ row: BulkRow | null; over: boolean }>;

/**
 * Works on an operation for some seconds, batch by batch. A card's change, what it was before and the count of it are one
 * transaction; how far the operation is, is noted behind each batch: one that died anywhere goes on there, and changes no
 * card twice.
 */
export async function workOnBulk(wallet: Wallet, tenant: Tenant, bulkId: number): Promise<void> {
  const { companyId } = tenant;
  const end = performance.now() + SLICE_MILLISECONDS;
  let row = await selectBulk(tenant, companyId, { bulkId });
  while (row && (row.state === 'running' || row.state === 'undoing') && performance.now() < end) {
    const step: Step = row.state === 'undoing' ? undoBatch : runBatch;
    const next = await step(wallet, tenant, row);
    if (next.over) return finish(wallet, tenant, row);
    row = next.row;
  }
  if (row?.state !== 'running' && row?.state !== 'undoing') return;
  await tenant.transaction((transaction) => writeOutbox(transaction, BULK_WORK, { bulkId }, wallet.clock.now()));
  wallet.wake();
}

async function finish(wallet: Wallet, tenant: Tenant, { bulkId, state }: BulkRow): Promise<void> {
  const to = state === 'undoing' ? 'undone' : 'finished';
  const now = wallet.clock.now();
  await tenant.transaction(async (transaction) => {
    await lockStart(transaction);
    await moveBulk(transaction, bulkId, { from: [state], to, now });
    await startNext(transaction, now);
  });
  wallet.wake();
}

const runBatch: Step = async (wallet, tenant, row) => {
  const { bulkId, reached, lastPassId } = row;
  const { companyId } = tenant;
  const page = { filter: row.filter.meant, after: reached, upTo: lastPassId, limit: BATCH };
  const passIds = await selectFittingIds(tenant, companyId, page);
  const to = passIds.at(-1);
  if (to === undefined) return { row, over: true };
  const now = wallet.clock.now();
  if (row.change.kind === 'push') {
    await tenant.transaction(async (transaction) => {
      const step = { from: reached, to, done: passIds.length, now };
      if (await advanceBulk(transaction, companyId, bulkId, step))
        await writePushesAnew(transaction, { passIds, mode: 'bulk', now });
    });
    wallet.wake();
  } else {
    const before = await selectChanged(tenant, bulkId, passIds);
    const { refused, failed } = await changeCards(wallet, tenant, { bulkId, change: row.change }, passIds);
    const after = await selectChanged(tenant, bulkId, passIds);
    const lost = refused + failed;
    const same = passIds.length - after.size - lost;
    if (before.size > 0) wallet.log.info({ companyId, bulkId, again: before.size }, 'an operation goes on in a batch');
    await advanceBulk(tenant, companyId, bulkId, { from: reached, to, same, failed: lost, now });
  }
  return { row: await selectBulk(tenant, companyId, { bulkId }), over: false };
};

type CardChange = Exclude<PassOperationChange, { kind: 'push' }>;

async function changeCards(
  wallet: Wallet,
  tenant: Tenant,
  { bulkId, change }: { bulkId: number; change: CardChange },
  passIds: readonly number[],
) {
  const refused = new Set<number>();
  const edit = await editOf(wallet, tenant, { bulkId, change }, (passId) => refused.add(passId));
  // The design was deleted or archived meanwhile: nothing can move there any more.
  if (!edit) return { refused: passIds.length, failed: 0 };
  const also: PassEdit['also'] = async (transaction, changes) => {
    await insertChanges(transaction, bulkId, changes);
    await edit.also?.(transaction, changes);
  };
  const { failed } = await refreshPasses(wallet, tenant, { passIds, mode: 'bulk', edit: { ...edit, also } });
  for (const { passId, error } of failed) {
    wallet.log.warn({ error, passId, companyId: tenant.companyId }, 'a card could not be changed with the others');
  }
  return { refused: refused.size, failed: failed.length };
}

async function editOf(
  wallet: Wallet,
  tenant: Tenant,
  { bulkId, change }: { bulkId: number; change: CardChange },
  refuse: (passId: number) => void,
): Promise<PassEdit | null> {
  switch (change.kind) {
    case 'void':
      return voidEdit(true);
    case 'restore':
      return voidEdit(false);
    case 'move': {
      const edit = await moveEdit(tenant, change.designId, (pass) => refuse(pass.passId));
      return edit.ok ? edit.value : null;
    }
    case 'delete_design':
      return change.to === null ? voidEdit(true) : leaveDesign(change.designId, change.to.designId);
    case 'set_field':
      return setField(tenant, change, refuse);
    case 'clear_field':
      return {
        change: ({ ownValues, own, deletedAt }) => {
          if (deletedAt || ownValues[change.field] === undefined) return null;
          const { [change.field]: _gone, ...rest } = ownValues;
          return { ownValues: rest, own: withoutOldNews(rest, own) };
        },
      };
    case 'announce':
      return announceEdit(wallet, tenant, { bulkId, announcement: change }, refuse);
  }
}

function setField(
  tenant: Tenant,
  { field, value }: { field: string; value: string },
  refuse: (passId: number) => void,
): PassEdit {
  const designOf = rememberDesigns(tenant);
  return {
    change: async (pass) => {
      if (pass.deletedAt || pass.ownValues[field] === value) return null;
      const design = await designOf(pass.designId);
      if (design && fieldKeysOf(design.body).includes(field)) {
        return { ownValues: { ...pass.ownValues, [field]: value } };
      }
      refuse(pass.passId);
      return null;
    },
  };
}

/**
 * Gives cards back what they were; those that somebody has changed since stay as they are, and so do those whose design is
 * gone by now.
 */
const undoBatch: Step = async (wallet, tenant, row) => {
  const { bulkId, undoReached } = row;
  const { companyId } = tenant;
  const changes = await selectChanges(tenant, bulkId, { after: undoReached, limit: BATCH });
  const to = changes.at(-1)?.passId;
  if (to === undefined) return { row, over: true };
  const earlier = new Map(changes.map((change) => [change.passId, change]));
  const gone = await selectDeletedDesigns(tenant, [...new Set(changes.map(({ before }) => before.designId))]);
  const edit: PassEdit = {
    change: ({ passId, revision, deletedAt }) => {
      const was = earlier.get(passId);
      return was && was.revision === revision && !deletedAt && !gone.has(was.before.designId) ? was.before : null;
    },
    also: async (transaction, done) => {
      const passIds = done.map(({ after }) => after.passId);
      await updateUndone(transaction, bulkId, passIds);
      if (row.change.kind === 'announce') await deleteWaitingMessages(transaction, passIds, messageKeyOf(bulkId));
    },
  };
  const { failed } = await refreshPasses(wallet, tenant, { passIds: [...earlier.keys()], mode: 'bulk', edit });
  for (const { passId, error } of failed) {
    wallet.log.warn({ error, passId, companyId }, 'a card could not be changed back with the others');
  }
  const kept = (await selectChanged(tenant, bulkId, [...earlier.keys()])).size;
  await advanceBulk(tenant, companyId, bulkId, { from: undoReached, to, kept, now: wallet.clock.now() });
  return { row: await selectBulk(tenant, companyId, { bulkId }), over: false };
};
