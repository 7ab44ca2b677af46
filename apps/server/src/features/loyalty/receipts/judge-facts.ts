import {
  businessDayOf,
  type FiscalReceipt,
  judgeReceipt,
  type ReceiptFacts,
  type ReceiptSettings,
  type ReceiptVerdict,
  type Rules,
  receiptInstant,
  SAME_PURCHASE_MS,
  startOfDay,
} from '@tessera/loyalty';
import type { Tenant } from '../../../platform/database/index.ts';
import { countAutomatic, selectCheckOfDocument, selectLikeChecks } from './facts.store.ts';
import type { StoredReceipt } from './model.ts';
import { type JudgedReceipt, selectReceiptOfDocument } from './receipts.store.ts';

export type Judging = {
  accountId: number;
  fiscal: FiscalReceipt | null;
  uploadedAt: Temporal.Instant;
  /** The receipt itself, when it is judged again. */
  receiptId: number | null;
  settings: ReceiptSettings;
  rules: Rules;
};

/** What is known of a receipt, what that makes of it, and the row that says so. */
export type Judged = { verdict: ReceiptVerdict; row: JudgedReceipt; twin: StoredReceipt | null };

/** Gathers what is known of a receipt and judges it. Reads only. */
export async function judge(tenant: Tenant, judging: Judging): Promise<Judged> {
  const { accountId, fiscal, settings, rules, uploadedAt, receiptId } = judging;
  const day = businessDayOf(uploadedAt.epochMilliseconds, rules);
  const [dayStart, monthStart] = [startOfDay(day, rules), startOfDay(day.with({ day: 1 }), rules)];
  const since = { day: toInstant(dayStart), month: toInstant(monthStart) };
  const issuedAt = fiscal && receiptInstant(fiscal, rules.timeZone);
  const venueCode = settings.storages.find((one) => one.storage === fiscal?.storage)?.venueCode ?? null;
  const [known, pos, automatic] = await Promise.all([
    fiscal && selectReceiptOfDocument(tenant, fiscal),
    fiscal && issuedAt ? posCheckOf(tenant, { accountId, fiscal, issuedAt, venueCode }) : NO_CHECK,
    countAutomatic(tenant, { accountId, except: receiptId, ...since }),
  ]);
  const twin = known && known.receiptId !== receiptId ? known : null;
  const facts: ReceiptFacts = {
    uploadedAt: uploadedAt.epochMilliseconds,
    read: fiscal && issuedAt && { issuedAt: issuedAt.epochMilliseconds, sum: fiscal.sum, storage: fiscal.storage },
    duplicate: twin !== null,
    posCheck: pos.certainty,
    approvedOfDay: automatic.day,
    approvedOfMonth: automatic.month,
  };
  const verdict = judgeReceipt(facts, settings);
  return { verdict, twin, row: rowOf(verdict, { fiscal, issuedAt, venueCode, likeCheckId: pos.checkId }) };
}

const toInstant = (at: number): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(at);

function rowOf(
  verdict: ReceiptVerdict,
  facts: Pick<JudgedReceipt, 'fiscal' | 'issuedAt' | 'venueCode' | 'likeCheckId'>,
): JudgedReceipt {
  const plain = { ...facts, reason: null, review: null, dueAt: null };
  switch (verdict.kind) {
    case 'reject':
      return { ...plain, state: 'rejected', reason: verdict.reason };
    case 'review':
      return { ...plain, state: facts.fiscal ? 'checking' : 'uploaded', review: verdict.reason };
    case 'approve':
      return { ...plain, state: 'checking', dueAt: toInstant(verdict.at) };
  }
}

type PosCheck = { certainty: ReceiptFacts['posCheck']; checkId: number | null };
const NO_CHECK: PosCheck = { certainty: 'none', checkId: null };

/** Whether a till has told of this purchase: by its document for certain, else by sum and time. */
async function posCheckOf(
  tenant: Tenant,
  receipt: { accountId: number; fiscal: FiscalReceipt; issuedAt: Temporal.Instant; venueCode: number | null },
): Promise<PosCheck> {
  const { accountId, fiscal, issuedAt, venueCode } = receipt;
  const told = await selectCheckOfDocument(tenant, fiscal);
  if (told !== null) return { certainty: 'certain', checkId: told };
  const [from, to] = [-SAME_PURCHASE_MS, SAME_PURCHASE_MS].map((shift) => issuedAt.add({ milliseconds: shift }));
  const [like] = await selectLikeChecks(tenant, { accountId, sum: fiscal.sum, venueCode, from: from!, to: to! });
  if (!like) return NO_CHECK;
  return { certainty: like.accountId === accountId ? 'certain' : 'perhaps', checkId: like.checkId };
}
