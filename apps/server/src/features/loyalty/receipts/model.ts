import type { FiscalReceipt, ReceiptRejection, ReceiptState, ReviewReason } from '@tessera/loyalty';

export type ReceiptSource = 'card' | 'api';

/** A receipt as it is kept. Approved, it has its check; whether its points are usable yet is a matter of time. */
export type StoredReceipt = {
  readonly receiptId: number;
  readonly programmeId: number;
  readonly accountId: number;
  readonly source: ReceiptSource;
  readonly state: Exclude<ReceiptState, 'pending' | 'active'>;
  readonly reason: ReceiptRejection | null;
  readonly review: ReviewReason | null;
  /** What staff has written for the guest. */
  readonly note: string | null;
  /** What its code says; null while only a photo is there. */
  readonly fiscal: FiscalReceipt | null;
  readonly issuedAt: Temporal.Instant | null;
  readonly venueCode: number | null;
  /** A check of another guest that may be the same purchase. */
  readonly likeCheckId: number | null;
  readonly checkId: number | null;
  readonly points: bigint | null;
  readonly activatesAt: Temporal.Instant | null;
  readonly dueAt: Temporal.Instant | null;
  readonly uploadedAt: Temporal.Instant;
  readonly decidedAt: Temporal.Instant | null;
  readonly hasPhoto: boolean;
};

/** A picture that has been made harmless: re-encoded, of bounded size, without what a camera writes beside it. */
export type Photo = { readonly mediaType: 'image/jpeg'; readonly bytes: Buffer };
