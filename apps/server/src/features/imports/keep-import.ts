import { type Result, refuse, succeed } from '@tessera/contract';
import type { Platform } from '../../platform/context.ts';
import type { Tenant } from '../../platform/database/index.ts';
import { findGroupRules, type LoyaltyPlatform } from '../loyalty/index.ts';
import { detectFormat, readHead, UnreadableFile } from './csv-file.ts';
import { guessFields } from './guess-fields.ts';
import { type Fields, type ImportStatus, isOpen, PARTS_MAX } from './model.ts';
import {
  askForWork,
  deleteParts,
  deleteRejects,
  type ImportRow,
  insertImport,
  moveImport,
  resetProgress,
  selectImport,
  selectPart,
  selectPartCount,
  upsertPart,
} from './store.ts';

const SAMPLE_LINES = 5;

/**
 * Begins an import: the file follows in parts. The key makes a repeated call the same import.
 * @returns group_not_found
 */
export async function beginImport(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  made: { key: string; name: string; groupId: number; userId: number | null },
): Promise<Result<ImportRow>> {
  if (!(await findGroupRules(platform, tenant, made.groupId))) return refuse('group_not_found');
  return succeed(await insertImport(tenant, made, platform.clock.now()));
}

/** @returns import_not_found, import_not_now, limit_reached */
export async function takePart(
  tenant: Tenant,
  importId: number,
  part: number,
  bytes: Buffer,
): Promise<Result<{ part: number }>> {
  if (part >= PARTS_MAX) return refuse('limit_reached');
  if (await upsertPart(tenant, importId, part, bytes)) return succeed({ part });
  return refuse((await selectImport(tenant, importId)) ? 'import_not_now' : 'import_not_found');
}

/**
 * The file is here: tells how it is written, its columns, what each probably says, and a few lines. Asked again before the
 * run it answers the same, so that the columns can be chosen anew.
 * @returns import_not_found, import_not_now, import_incomplete; import_unreadable with a code and a line
 */
export async function readColumns(
  platform: Platform,
  tenant: Tenant,
  importId: number,
): Promise<Result<{ row: ImportRow; samples: string[][] }>> {
  const row = await selectImport(tenant, importId);
  if (!row) return refuse('import_not_found');
  if (!isOpen(row.status)) return refuse('import_not_now');
  if (!(await selectPartCount(tenant, importId)).whole) return refuse('import_incomplete');
  const head = (await selectPart(tenant, importId, 0)) ?? Buffer.alloc(0);
  const format = detectFormat(head);
  try {
    const { headings, samples } = await readHead(head, format, SAMPLE_LINES);
    const change = { format, columns: headings, ...(row.fields ? {} : { fields: guessFields(headings) }) };
    await moveImport(tenant, importId, ['uploading', 'ready'], 'ready', change, platform.clock.now());
    return succeed({ row: (await selectImport(tenant, importId))!, samples });
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    return refuse('import_unreadable', { ...error.failure });
  }
}

/** From which statuses a wish can be granted, and where it leads. */
const moves: Readonly<Record<'check' | 'run' | 'pause' | 'cancel', { from: ImportStatus[]; to: ImportStatus }>> = {
  check: { from: ['ready', 'checked'], to: 'checking' },
  run: { from: ['checked', 'paused'], to: 'running' },
  pause: { from: ['running'], to: 'paused' },
  cancel: { from: ['uploading', 'ready', 'checking', 'checked', 'running', 'paused'], to: 'cancelled' },
};
export type ImportWish = keyof typeof moves;

/**
 * Starts the dry run, runs, pauses or ends an import. What it leads to already is no refusal; what a run has brought
 * before it is paused or cancelled stays.
 * @returns import_not_found, import_not_now
 */
export async function moveOn(
  platform: Platform,
  tenant: Tenant,
  importId: number,
  wish: ImportWish,
  fields?: Fields,
): Promise<Result<ImportRow>> {
  const { from, to } = moves[wish];
  const now = platform.clock.now();
  const before = await selectImport(tenant, importId);
  if (!before) return refuse('import_not_found');
  const moved = await tenant.transaction(async (transaction) => {
    if (!(await moveImport(transaction, importId, from, to, fields ? { fields } : {}, now))) return false;
    const begins = wish === 'check' || (wish === 'run' && before.status === 'checked');
    if (begins) await resetProgress(transaction, importId);
    if (wish === 'check') await deleteRejects(transaction, importId);
    if (wish === 'check' || wish === 'run') await askForWork(transaction, importId, now);
    if (wish === 'cancel') await deleteParts(transaction, importId);
    return true;
  });
  if (moved) platform.wake();
  const after = (await selectImport(tenant, importId))!;
  return moved || after.status === to ? succeed(after) : refuse('import_not_now');
}
