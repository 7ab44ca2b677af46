import { type Static, Type } from 'typebox';
import { AMOUNT_MAX, Amount, Id, InstantText, Nullable, NumberCursor, SmallId, Strict } from './shapes.ts';

/** What a till without a network kept and sends later, `/api/v1/till/queued-…`, and what managers see of it, `/api/v1/till-queue/…`. */

const Key = Type.String({ format: 'uuid' });
const VenueCode = Type.Integer({ minimum: 0, maximum: 2_147_483_647 });

/**
 * POST /api/v1/till/queued-sales: a sale that only earns, at its own time. The guest is what the cashier typed or scanned, or
 * an account that was known already: one of both. The same key gives the first answer.
 */
export const QueuedSale = Strict({
  operationKey: Key,
  query: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  accountId: Type.Optional(Id),
  amount: Type.Integer({ minimum: 1, maximum: AMOUNT_MAX }),
  /** When it was rung up and when this is sent, both by the clock of the device: only the time between them counts. */
  occurredAt: InstantText,
  sentAt: InstantText,
  venueCode: Type.Optional(VenueCode),
});
export type QueuedSale = Static<typeof QueuedSale>;
export const QueuedSaleAnswer = Strict({
  /** `kept`: it could not be booked, `message` says why, and a manager has it in his list. */
  state: Type.Union([Type.Literal('booked'), Type.Literal('returned'), Type.Literal('kept')]),
  checkId: Nullable(Id),
  accrued: Nullable(Amount),
  message: Nullable(Type.String()),
});
export type QueuedSaleAnswer = Static<typeof QueuedSaleAnswer>;

/** POST /api/v1/till/queued-returns: takes back a whole sale of this till by its key, also one that has not arrived yet. */
export const QueuedReturn = Strict({ operationKey: Key, saleKey: Key });
export type QueuedReturn = Static<typeof QueuedReturn>;
export const QueuedReturnAnswer = Strict({
  /** `parked`: the sale is not here yet; the return waits for it until `waitsUntil`. */
  state: Type.Union([Type.Literal('returned'), Type.Literal('parked')]),
  /** Money to hand back, when it is known. */
  moneyBack: Nullable(Amount),
  waitsUntil: Nullable(InstantText),
});
export type QueuedReturnAnswer = Static<typeof QueuedReturnAnswer>;

// --- for managers: GET /api/v1/till-queue/sales, GET /api/v1/till-queue/returns, newest first
export const TillQueueQuery = Strict({
  after: Type.Optional(NumberCursor),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
});
export const KeptSale = Strict({
  operationKey: Key,
  station: Nullable(Type.String()),
  seller: Nullable(Type.String()),
  /** What the cashier typed or scanned; '' where `accountId` was known. */
  query: Type.String(),
  accountId: Nullable(Id),
  amount: Amount,
  occurredAt: InstantText,
  receivedAt: InstantText,
  problem: Strict({ code: Type.String(), message: Type.String() }),
});
export type KeptSale = Static<typeof KeptSale>;
export const KeptSalePage = Strict({ items: Type.Array(KeptSale), next: Nullable(Type.String()) });
export type KeptSalePage = Static<typeof KeptSalePage>;
export const KeptSaleParams = Strict({ operationKey: Type.String({ minLength: 1, maxLength: 36 }) });
/** POST /api/v1/till-queue/sales/:operationKey/book: for the guest that was meant. …/dismiss: it is nobody's. */
export const BookKeptSale = Strict({ accountId: Id });

export const ParkedReturn = Strict({
  saleKey: Key,
  station: Nullable(SmallId),
  parkedAt: InstantText,
  waitsUntil: InstantText,
  /** `over`: the sale never came. */
  state: Type.Union([Type.Literal('waiting'), Type.Literal('applied'), Type.Literal('over')]),
});
export type ParkedReturn = Static<typeof ParkedReturn>;
export const ParkedReturnPage = Strict({ items: Type.Array(ParkedReturn), next: Nullable(Type.String()) });
export type ParkedReturnPage = Static<typeof ParkedReturnPage>;
