import { type Result, refuse, succeed } from '@tessera/contract';
import { businessDayOf, type FiscalReceipt, parseFiscalQr, type Rules, startOfDay } from '@tessera/loyalty';
import { isUniqueViolation, type Tenant } from '../../../platform/database/index.ts';
import { viewAccount } from '../account-view.ts';
import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import { approveDueReceipt } from './decide-receipt.ts';
import { countUploads } from './facts.store.ts';
import { type Judging, judge } from './judge-facts.ts';
import type { Photo, ReceiptSource, StoredReceipt } from './model.ts';
import { insertPhoto } from './photos.store.ts';
import { insertReceipt, type JudgedReceipt, selectReceipt } from './receipts.store.ts';
import { receiptSettingsOf } from './settings.ts';

/** A receipt as a guest sends it: the text of its code, or a photo, or both. */
export type NewReceipt = {
  accountId: number;
  source: ReceiptSource;
  qr?: string | undefined;
  photo?: Photo | undefined;
};

/**
 * Takes a receipt. What can be judged is judged at once; a document that this guest has sent before is answered with the
 * receipt that it was.
 * @returns the receipt, which may be rejected (the reason says why); or account_not_found, account_blocked,
 *   receipts_not_taken, receipt_unreadable (nothing is kept: the text can be corrected), receipt_limit
 */
export async function submitReceipt(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  receipt: NewReceipt,
): Promise<Result<StoredReceipt>> {
  const view = await viewAccount(platform, tenant, receipt.accountId);
  if (!view) return refuse('account_not_found');
  if (view.state.blocked) return refuse('account_blocked');
  const settings = await receiptSettingsOf(tenant, view.programmeId);
  if (!settings?.enabled) return refuse('receipts_not_taken');
  const read = readCode(receipt);
  if (!read.ok) return read;
  const { accountId } = receipt;
  const uploadedAt = platform.clock.now();
  const { rules, programmeId } = view;
  const judging: Judging = { accountId, fiscal: read.value, uploadedAt, receiptId: null, settings, rules };
  const judged = await judge(tenant, judging);
  if (judged.twin?.accountId === accountId) return succeed(judged.twin);
  const uploads = await countUploads(tenant, accountId, startOfDayOf(uploadedAt, rules));
  if (uploads >= settings.uploadsPerDay) return refuse('receipt_limit', { limit: settings.uploadsPerDay });
  const receiptId = await writeReceipt(platform, tenant, { ...receipt, programmeId }, judged.row, judging);
  const written = await selectReceipt(tenant, receiptId);
  if (written?.dueAt && Temporal.Instant.compare(written.dueAt, uploadedAt) <= 0) {
    await approveDueReceipt(platform, tenant, receiptId);
  }
  return succeed((await selectReceipt(tenant, receiptId))!);
}

function readCode({ qr, photo }: NewReceipt): Result<FiscalReceipt | null> {
  if (qr === undefined || qr.trim() === '') return photo ? succeed(null) : refuse('receipt_unreadable', { field: '' });
  const parsed = parseFiscalQr(qr);
  if (parsed.ok) return succeed(parsed.receipt);
  const { problem } = parsed;
  return refuse('receipt_unreadable', { problem: problem.code, field: 'field' in problem ? problem.field : '' });
}

const startOfDayOf = (at: Temporal.Instant, rules: Rules): Temporal.Instant =>
  Temporal.Instant.fromEpochMilliseconds(startOfDay(businessDayOf(at.epochMilliseconds, rules), rules));

/** Writes it; when somebody else has sent the same document in this very moment, it is the duplicate. */
async function writeReceipt(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  receipt: NewReceipt & { programmeId: number },
  row: JudgedReceipt,
  judging: Judging,
): Promise<number> {
  try {
    return await writeRow(platform, tenant, receipt, row, judging.uploadedAt);
  } catch (error) {
    if (!isUniqueViolation(error, 'receipts_document')) throw error;
    const again = await judge(tenant, judging);
    if (again.twin?.accountId === receipt.accountId) return again.twin.receiptId;
    return writeRow(platform, tenant, receipt, again.row, judging.uploadedAt);
  }
}

function writeRow(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  { programmeId, accountId, source, photo }: NewReceipt & { programmeId: number },
  judged: JudgedReceipt,
  now: Temporal.Instant,
): Promise<number> {
  const { companyId } = tenant;
  return tenant.transaction(async (transaction) => {
    const receiptId = await insertReceipt(transaction, companyId, { programmeId, accountId, source, judged }, now);
    if (photo) {
      const { mediaType, bytes } = photo;
      const sealed = platform.vault.seal(bytes, photoContext(tenant, receiptId));
      await insertPhoto(transaction, companyId, { receiptId, mediaType, sealed }, now);
    }
    return receiptId;
  });
}

export const photoContext = (tenant: Tenant, receiptId: number): string => `receipt:${tenant.companyId}:${receiptId}`;
