import { type Static, Type } from 'typebox';
import { AMOUNT_MAX, Amount, Id, InstantText, Nullable, NumberCursor, Strict } from './shapes.ts';

/** Cash-back by receipts that guests send. */

// --- GET, PUT /api/v1/programmes/:programmeId/receipts
export const ReceiptSettingsBody = Strict({
  enabled: Type.Boolean(),
  maxAgeDays: Type.Integer({ minimum: 1, maximum: 365 }),
  minimumSum: Amount,
  uploadsPerDay: Type.Integer({ minimum: 1, maximum: 100 }),
  storages: Type.Array(
    Strict({
      storage: Type.String({ pattern: '^\\d{16}$' }),
      venueCode: Nullable(Type.Integer({ minimum: 0, maximum: 999_999 })),
    }),
    { maxItems: 500 },
  ),
  otherStorages: Type.Union([Type.Literal('review'), Type.Literal('reject')]),
  /** null: every receipt is looked at by a person. */
  automatic: Nullable(
    Strict({
      afterHours: Type.Integer({ minimum: 0, maximum: 720 }),
      maxSum: Nullable(Type.Integer({ minimum: 1, maximum: AMOUNT_MAX })),
      perDay: Type.Integer({ minimum: 1, maximum: 100 }),
      perMonth: Type.Integer({ minimum: 1, maximum: 1000 }),
    }),
  ),
});
export type ReceiptSettingsBody = Static<typeof ReceiptSettingsBody>;

export const ReceiptReason = Type.Union([
  Type.Literal('duplicate'),
  Type.Literal('too_old'),
  Type.Literal('in_future'),
  Type.Literal('too_small'),
  Type.Literal('wrong_venue'),
  Type.Literal('unreadable'),
  Type.Literal('pos_check'),
  Type.Literal('other'),
]);

export const Receipt = Strict({
  receiptId: Id,
  accountId: Id,
  /** '' when the guest left no name. */
  name: Type.String(),
  programmeId: Id,
  source: Type.Union([Type.Literal('card'), Type.Literal('api')]),
  state: Type.Union([
    Type.Literal('uploaded'),
    Type.Literal('checking'),
    Type.Literal('pending'),
    Type.Literal('active'),
    Type.Literal('rejected'),
  ]),
  /** Why it was rejected; null otherwise. */
  reason: Nullable(ReceiptReason),
  /** Why a person has to look; null when nobody has to. */
  review: Nullable(Type.String()),
  note: Nullable(Type.String()),
  /** What its code says; null as long as there is only a photo. */
  fiscal: Nullable(
    Strict({
      storage: Type.String(),
      document: Type.String(),
      sign: Type.String(),
      sum: Amount,
      /** The till's local time, `2026-11-03T14:05`. */
      localTime: Type.String(),
    }),
  ),
  venueCode: Nullable(Type.Integer()),
  /** A check that may be the same purchase. */
  likeCheckId: Nullable(Id),
  checkId: Nullable(Id),
  points: Nullable(Amount),
  activatesAt: Nullable(InstantText),
  /** When it is approved by itself; null when a person decides. */
  dueAt: Nullable(InstantText),
  uploadedAt: InstantText,
  decidedAt: Nullable(InstantText),
  hasPhoto: Type.Boolean(),
});
export type Receipt = Static<typeof Receipt>;

// --- GET /api/v1/receipts: those that wait oldest first, all others newest first
export const ReceiptQuery = Strict({
  state: Type.Optional(Type.Union([Type.Literal('waiting'), Type.Literal('approved'), Type.Literal('rejected')])),
  after: Type.Optional(NumberCursor),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
});
export const ReceiptPage = Strict({
  items: Type.Array(Receipt),
  next: Nullable(Type.String()),
  /** How many wait for a person, on all pages. */
  waiting: Type.Integer(),
});
export type ReceiptPage = Static<typeof ReceiptPage>;

/** POST /api/v1/receipts: the document is its own key; the same one of the same guest gets the first receipt. */
export const NewReceiptBody = Strict({
  accountId: Id,
  /** The text of the receipt's QR code. */
  qr: Type.String({ minLength: 1, maxLength: 500 }),
});
export type NewReceiptBody = Static<typeof NewReceiptBody>;

/** POST /api/v1/receipts/:receiptId/approve: `qr` gives or corrects the numbers. */
export const ApproveReceipt = Strict({ qr: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })) });
export type ApproveReceipt = Static<typeof ApproveReceipt>;

/** POST /api/v1/receipts/:receiptId/reject: `note` is shown to the guest. */
export const RejectReceipt = Strict({
  reason: ReceiptReason,
  note: Type.Optional(Type.String({ maxLength: 300 })),
});
export type RejectReceipt = Static<typeof RejectReceipt>;
