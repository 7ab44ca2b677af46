import { type Static, Type } from 'typebox';
import { AMOUNT_MAX, Amount, Id, InstantText, Nullable, Strict } from './shapes.ts';
import { CardAfterReturn, CardReward } from './wallets.ts';

/** What else happens at the counter, `/api/v1/till/…`: names, lines, stamps, visits, returns in part. Amounts in minor units. */

const OperationKey = Type.String({ format: 'uuid' });
const Quantity = Type.Integer({ minimum: 1, maximum: 1_000_000_000 });

/** A line of a check as a cashier enters it; its number in the list, from 1, is what a return names it by. */
export const TillLine = Strict({
  name: Type.String({ maxLength: 200 }),
  /** Price of the whole line. */
  amount: Amount,
  /** 1000 is one piece, and what an absent quantity means. */
  quantityThousandths: Type.Optional(Quantity),
  /** What rules know the goods or their group by. */
  category: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
});
export type TillLine = Static<typeof TillLine>;
export const TillLines = Type.Array(TillLine, { minItems: 1, maxItems: 200 });

/** POST /api/v1/till/search: beginnings of the words of a name, at least two letters in each but the last. */
export const TillSearch = Strict({ name: Type.String({ minLength: 2, maxLength: 100 }) });
export type TillSearch = Static<typeof TillSearch>;
export const TillFoundGuest = Strict({
  accountId: Id,
  name: Type.String(),
  phoneHint: Type.String(),
  level: Type.String(),
  blocked: Type.Boolean(),
});
export type TillFoundGuest = Static<typeof TillFoundGuest>;
/** At most ten, who came last stands first. `more`: there are others; a further letter would part them. */
export const TillSearchAnswer = Strict({ items: Type.Array(TillFoundGuest), more: Type.Boolean() });
export type TillSearchAnswer = Static<typeof TillSearchAnswer>;

/** POST /api/v1/till/visits: the guest is here and buys nothing. 409 already_visited on a day that has been counted. */
export const TillVisit = Strict({ operationKey: OperationKey, accountId: Id });
export type TillVisit = Static<typeof TillVisit>;
export const TillVisitAnswer = Strict({
  accountId: Id,
  /** Visits of the guest, this one included. */
  visits: Type.Integer(),
  level: Type.String(),
  levelReached: Nullable(Type.String()),
});
export type TillVisitAnswer = Static<typeof TillVisitAnswer>;

/** POST /api/v1/till/stamps: one stamp without a sale, on a card that gives one for a visit. */
export const TillStamp = Strict({
  operationKey: OperationKey,
  accountId: Id,
  wallet: Type.String({ minLength: 1, maxLength: 64 }),
});
export type TillStamp = Static<typeof TillStamp>;
export const TillStampAnswer = Strict({
  accountId: Id,
  wallet: Type.String(),
  name: Type.String(),
  slots: Type.Integer(),
  stamps: Amount,
  rewards: Type.Array(CardReward),
});
export type TillStampAnswer = Static<typeof TillStampAnswer>;

const Share = { quantityThousandths: Type.Integer({ minimum: 0 }), money: Amount, paidByPoints: Amount };

/** GET /api/v1/till/sales/:checkId: the lines of a sale, and what of each can still go back. */
export const TillSaleDetail = Strict({
  checkId: Id,
  number: Type.String(),
  name: Type.String(),
  occurredAt: InstantText,
  status: Type.Union([Type.Literal('sold'), Type.Literal('partly_returned'), Type.Literal('returned')]),
  money: Amount,
  spent: Amount,
  accrued: Amount,
  /** Money that can still go back. */
  left: Amount,
  lines: Type.Array(Strict({ id: Type.String(), name: Type.String(), amount: Amount, ...Share, left: Strict(Share) }), {
    maxItems: 1_000,
  }),
});
export type TillSaleDetail = Static<typeof TillSaleDetail>;

const returned = {
  lines: Type.Optional(
    Type.Array(Strict({ id: Type.String({ minLength: 1, maxLength: 200 }), quantityThousandths: Quantity }), {
      minItems: 1,
      maxItems: 1_000,
    }),
  ),
  amount: Type.Optional(Type.Integer({ minimum: 1, maximum: AMOUNT_MAX })),
};

/** POST /api/v1/till/sales/:checkId/return-preview: some lines, an amount, or everything that is left. Writes nothing. */
export const TillReturnWish = Strict(returned);
export type TillReturnWish = Static<typeof TillReturnWish>;

/** POST /api/v1/till/sales/:checkId/returns: the same, done once for its key. */
export const TillReturn = Strict({ operationKey: OperationKey, ...returned });
export type TillReturn = Static<typeof TillReturn>;

/** What goes back, or would. */
export const TillReturnPart = Strict({
  checkId: Id,
  /** Money to hand back. */
  moneyBack: Amount,
  /** Money that goes back onto the certificate instead. */
  certificateBack: Type.Optional(Amount),
  /** Coupons that the guest may use again. */
  couponsBack: Type.Optional(Type.Integer()),
  /** Money that goes back on a deposit, beside `moneyBack`. */
  depositBack: Amount,
  cards: Type.Array(CardAfterReturn),
  /** Rewards of stamps that are void now. */
  rewardsWithdrawn: Type.Integer({ minimum: 0 }),
  pointsBack: Amount,
  clawedBack: Amount,
  balance: Amount,
  debt: Amount,
  /** Whether nothing of the sale is left then. */
  whole: Type.Boolean(),
});
export type TillReturnPart = Static<typeof TillReturnPart>;

/** GET /api/v1/till/forms: where a guest without a card registers himself; `qr` is the address as a QR code, SVG. */
export const TillForms = Strict({
  items: Type.Array(Strict({ address: Type.String(), programme: Type.String(), qr: Type.String() })),
});
export type TillForms = Static<typeof TillForms>;

/** PUT /api/v1/guests/:guestId/note: what whoever serves the guest should know; '' takes it away. */
export const GuestNote = Strict({ note: Type.String({ maxLength: 500 }) });
export type GuestNote = Static<typeof GuestNote>;

// --- DELETE /api/v1/guests/:guestId/advertising: the guest's agreement to advertising is taken back; twice is once
export const GuestAdvertising = Strict({
  /** Whether there was something to take back. */
  withdrawn: Type.Boolean(),
});
export type GuestAdvertising = Static<typeof GuestAdvertising>;
