import { type Result, refuse, succeed } from '@tessera/contract';
import {
  type FiscalReceipt,
  parseFiscalQr,
  type ReceiptRejection,
  type ReceiptSettings,
  type Rules,
  receiptInstant,
} from '@tessera/loyalty';
import type { Tenant } from '../../../platform/database/index.ts';
import { viewAccount } from '../account-view.ts';
import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import { registerCheck } from '../register-check.ts';
import { returnCheck } from '../return-check.ts';
import { selectCheckOfDocument } from './facts.store.ts';
import { judge } from './judge-facts.ts';
import type { StoredReceipt } from './model.ts';
import {
  approveWaiting,
  type JudgedReceipt,
  rejectApproved,
  selectReceipt,
  selectReceiptOfDocument,
  updateWaiting,
} from './receipts.store.ts';
import { receiptSettingsOf } from './settings.ts';

const isWaiting = ({ state }: StoredReceipt): boolean => state === 'uploaded' || state === 'checking';

/** What the row of a receipt says of its verdict; the base of the next one. */
const rowOf = (receipt: StoredReceipt): JudgedReceipt => ({
  state: receipt.fiscal ? 'checking' : 'uploaded',
  reason: null,
  review: receipt.review,
  fiscal: receipt.fiscal,
  issuedAt: receipt.issuedAt,
  venueCode: receipt.venueCode,
  likeCheckId: receipt.likeCheckId,
  dueAt: receipt.dueAt,
});

/**
 * A person approves a receipt: its check is registered like any other, with the receipt's own time, so that levels,
 * rules of earning, activation and returns follow. `qr` are the numbers, when the photo alone did not tell them or they
 * were wrong. Done twice it answers the same.
 * @returns receipt_not_found, receipt_decided, receipt_unreadable, receipt_duplicate, receipt_pos_check, and what
 *   `registerCheck` refuses
 */
export async function approveReceipt(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  { receiptId, qr, by }: { receiptId: number; qr?: string | undefined; by: number | null },
): Promise<Result<StoredReceipt>> {
  const receipt = await selectReceipt(tenant, receiptId);
  if (!receipt) return refuse('receipt_not_found');
  if (receipt.state === 'approved') return succeed(receipt);
  if (!isWaiting(receipt)) return refuse('receipt_decided');
  const parsed = qr === undefined ? null : parseFiscalQr(qr);
  if (parsed && !parsed.ok) return refuse('receipt_unreadable', { problem: parsed.problem.code });
  const fiscal = parsed?.receipt ?? receipt.fiscal;
  if (!fiscal) return refuse('receipt_unreadable', { problem: 'field_missing' });
  const twin = await selectReceiptOfDocument(tenant, fiscal);
  if (twin && twin.receiptId !== receiptId) return refuse('receipt_duplicate', { receiptId: twin.receiptId });
  // A likeness is for people to judge; the till's own word about the document is not.
  const told = await selectCheckOfDocument(tenant, fiscal);
  if (told !== null) return refuse('receipt_pos_check', { checkId: told });
  return register(platform, tenant, receipt, { fiscal, by });
}

async function register(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  receipt: StoredReceipt,
  { fiscal, by }: { fiscal: FiscalReceipt; by: number | null },
): Promise<Result<StoredReceipt>> {
  const { receiptId, accountId } = receipt;
  const found = await settingsAndRules(platform, tenant, receipt);
  if (!found) return refuse('account_not_found');
  const issuedAt = receiptInstant(fiscal, found.rules.timeZone);
  const venueCode = found.settings.storages.find((one) => one.storage === fiscal.storage)?.venueCode ?? null;
  const now = platform.clock.now();
  const sold = await registerCheck(
    platform,
    tenant,
    {
      mode: 'reported',
      accountId,
      source: 'receipt',
      externalId: `receipt-${receiptId}`,
      occurredAt: issuedAt,
      money: fiscal.sum,
      spend: 0n,
      number: fiscal.document,
      venueCode: venueCode ?? undefined,
    },
    {
      alongside: ({ checkId, sale, state }) => {
        const lot = state.lots.find((one) => sale.earnedLotIds.includes(one.id));
        const activatesAt = lot ? Temporal.Instant.fromEpochMilliseconds(lot.activatesAtMs) : null;
        const approval = { receiptId, checkId, fiscal, issuedAt, venueCode, points: sale.earned, activatesAt, by, now };
        return [(transaction) => approveWaiting(transaction, tenant.companyId, approval)];
      },
    },
  );
  if (sold.ok) return succeed((await selectReceipt(tenant, receiptId))!);
  // The row did not wait any more: somebody has decided it while the check was being written.
  const after = await selectReceipt(tenant, receiptId);
  if (after?.state === 'approved') return succeed(after);
  return after && !isWaiting(after) ? refuse('receipt_decided') : sold;
}

async function settingsAndRules(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  { accountId, programmeId }: StoredReceipt,
): Promise<{ settings: ReceiptSettings; rules: Rules } | null> {
  const [view, settings] = await Promise.all([
    viewAccount(platform, tenant, accountId),
    receiptSettingsOf(tenant, programmeId),
  ]);
  return view && settings ? { settings, rules: view.rules } : null;
}

/**
 * A person rejects a receipt, with a reason that the guest reads and, if he likes, a word of his own.
 * @returns receipt_not_found, receipt_decided
 */
export async function rejectReceipt(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  rejection: { receiptId: number; reason: ReceiptRejection; note: string | null; by: number | null },
): Promise<Result<StoredReceipt>> {
  const { receiptId, reason, note, by } = rejection;
  const receipt = await selectReceipt(tenant, receiptId);
  if (!receipt) return refuse('receipt_not_found');
  if (receipt.state === 'rejected' && receipt.reason === reason) return succeed(receipt);
  const row: JudgedReceipt = { ...rowOf(receipt), state: 'rejected', reason, review: null, dueAt: null };
  const now = platform.clock.now();
  const written = await updateWaiting(tenant, tenant.companyId, receiptId, row, { now, by, note });
  return written ? succeed((await selectReceipt(tenant, receiptId))!) : refuse('receipt_decided');
}

/** Approves a receipt whose hours of waiting are over, unless what has come in between speaks against it. */
export async function approveDueReceipt(platform: LoyaltyPlatform, tenant: Tenant, receiptId: number): Promise<void> {
  const receipt = await selectReceipt(tenant, receiptId);
  if (!receipt?.fiscal || !isWaiting(receipt) || !receipt.dueAt) return;
  const found = await settingsAndRules(platform, tenant, receipt);
  if (!found) return;
  const { accountId, fiscal, uploadedAt } = receipt;
  const { verdict, row } = await judge(tenant, { accountId, fiscal, uploadedAt, receiptId, ...found });
  const now = platform.clock.now();
  if (verdict.kind === 'approve') {
    const done = await register(platform, tenant, receipt, { fiscal, by: null });
    if (done.ok || done.refusal.code === 'receipt_decided') return;
  }
  // What cannot be approved by itself any more waits for a person.
  const next: JudgedReceipt = verdict.kind === 'approve' ? { ...row, review: 'always', dueAt: null } : row;
  await updateWaiting(tenant, tenant.companyId, receiptId, next, { now, by: null, note: null });
}

/** A till has told of a document that a receipt has brought points for: they are taken back, the till's word stays. */
export async function withdrawForCheck(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  document: Pick<FiscalReceipt, 'storage' | 'document'>,
): Promise<void> {
  const receipt = await selectReceiptOfDocument(tenant, document);
  if (!receipt) return;
  const now = platform.clock.now();
  if (receipt.state !== 'approved' || receipt.checkId === null) {
    const row: JudgedReceipt = { ...rowOf(receipt), state: 'rejected', reason: 'pos_check', review: null, dueAt: null };
    await updateWaiting(tenant, tenant.companyId, receipt.receiptId, row, { now, by: null, note: null });
    return;
  }
  const back = await returnCheck(platform, tenant, { checkId: receipt.checkId });
  if (!back.ok && back.refusal.code !== 'nothing_to_return') {
    throw new Error(`The check of a receipt could not be taken back: ${back.refusal.code}`);
  }
  await rejectApproved(tenant, receipt.receiptId, now);
}
