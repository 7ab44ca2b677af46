import type { EpochMs } from '../business-day.ts';
import type { ReceiptSettings } from './settings.ts';

/** Why a receipt brings nothing. Told to the guest. */
export const RECEIPT_REJECTIONS = [
  'duplicate',
  'too_old',
  /** Its time has not come yet. */
  'in_future',
  'too_small',
  'wrong_venue',
  'unreadable',
  /** The till has told us of this purchase already, with the card. */
  'pos_check',
  /** A person has decided so, and says why in words. */
  'other',
] as const;
export type ReceiptRejection = (typeof RECEIPT_REJECTIONS)[number];

/** Why a receipt waits for a person. */
export const REVIEW_REASONS = [
  /** Only a photo came, and no code could be read from it. */
  'no_code',
  'always',
  'other_storage',
  'sum_above',
  'limit_of_day',
  'limit_of_month',
  /** Somebody else's check has the same sum and about the same time. */
  'like_pos_check',
] as const;
export type ReviewReason = (typeof REVIEW_REASONS)[number];

export const RECEIPT_STATES = ['uploaded', 'checking', 'approved', 'pending', 'active', 'rejected'] as const;
/**
 * Uploaded: a photo without numbers. Checking: the numbers are known and a person or the time decides. Approved: its
 * check is registered; it reads as pending until the points can be spent, and as active from then on.
 */
export type ReceiptState = (typeof RECEIPT_STATES)[number];

/** What is known of a receipt when it is judged. */
export type ReceiptFacts = {
  readonly uploadedAt: EpochMs;
  /** `null` when only a photo came. */
  readonly read: { readonly issuedAt: EpochMs; readonly sum: bigint; readonly storage: string } | null;
  /** Whether the same document is known from somebody else, or from before. */
  readonly duplicate: boolean;
  /**
   * Whether the purchase is known from a till with a card: for certain (its fiscal data, or the guest's own check of
   * this sum and time), perhaps (a check of another guest that looks like it), or not at all.
   */
  readonly posCheck: 'none' | 'perhaps' | 'certain';
  /** Receipts of this guest that were approved without a person, of the same day and of the same month. */
  readonly approvedOfDay: number;
  readonly approvedOfMonth: number;
};

export type ReceiptVerdict =
  | { readonly kind: 'reject'; readonly reason: ReceiptRejection }
  | { readonly kind: 'review'; readonly reason: ReviewReason }
  /** Approved by itself once `at` has come, and judged once more then. */
  | { readonly kind: 'approve'; readonly at: EpochMs };

const MS_PER_HOUR = 3_600_000;
const MS_PER_DAY = 24 * MS_PER_HOUR;
/** Till clocks go wrong; a receipt of the next hour is taken as one of now. */
const CLOCK_TOLERANCE_MS = MS_PER_HOUR;
/** How far the till's own word about a purchase and the time on its receipt may lie apart. */
export const SAME_PURCHASE_MS = 15 * 60_000;

/** Judges a receipt. What is certain rejects it; what is doubtful leaves it to a person. */
export function judgeReceipt(facts: ReceiptFacts, settings: ReceiptSettings): ReceiptVerdict {
  const { read, uploadedAt } = facts;
  if (read === null) return { kind: 'review', reason: 'no_code' };
  const reason = rejectionOf(facts, read, settings);
  if (reason !== null) return { kind: 'reject', reason };
  const doubt = doubtOf(facts, read, settings);
  if (doubt !== null) return { kind: 'review', reason: doubt };
  return { kind: 'approve', at: uploadedAt + settings.automatic!.afterHours * MS_PER_HOUR };
}

function rejectionOf(
  { uploadedAt, duplicate, posCheck }: ReceiptFacts,
  { issuedAt, sum, storage }: NonNullable<ReceiptFacts['read']>,
  settings: ReceiptSettings,
): ReceiptRejection | null {
  if (duplicate) return 'duplicate';
  if (posCheck === 'certain') return 'pos_check';
  if (issuedAt > uploadedAt + CLOCK_TOLERANCE_MS) return 'in_future';
  if (uploadedAt - issuedAt > settings.maxAgeDays * MS_PER_DAY) return 'too_old';
  if (sum < settings.minimumSum) return 'too_small';
  return settings.otherStorages === 'reject' && !isOurs(storage, settings) ? 'wrong_venue' : null;
}

function doubtOf(
  { posCheck, approvedOfDay, approvedOfMonth }: ReceiptFacts,
  { sum, storage }: NonNullable<ReceiptFacts['read']>,
  settings: ReceiptSettings,
): ReviewReason | null {
  const { automatic } = settings;
  if (posCheck === 'perhaps') return 'like_pos_check';
  if (automatic === null) return 'always';
  // Nothing in a receipt proves itself: without our own storages a stranger's receipt would be paid for.
  if (!isOurs(storage, settings)) return 'other_storage';
  if (automatic.maxSum !== null && sum > automatic.maxSum) return 'sum_above';
  if (approvedOfDay >= automatic.perDay) return 'limit_of_day';
  return approvedOfMonth >= automatic.perMonth ? 'limit_of_month' : null;
}

const isOurs = (storage: string, { storages }: ReceiptSettings): boolean =>
  storages.some((one) => one.storage === storage);

/** The state as it reads at `now`: an approved receipt is pending until its points can be spent. */
export function receiptStateAt(state: ReceiptState, activatesAt: EpochMs | null, now: EpochMs): ReceiptState {
  if (state !== 'approved') return state;
  return activatesAt !== null && now < activatesAt ? 'pending' : 'active';
}

/** Whether a check and a receipt can be the same purchase: the same sum, about the same time. */
export const looksLikeReceipt = (
  check: { readonly sum: bigint; readonly at: EpochMs },
  receipt: { readonly sum: bigint; readonly issuedAt: EpochMs },
): boolean => check.sum === receipt.sum && Math.abs(check.at - receipt.issuedAt) <= SAME_PURCHASE_MS;
