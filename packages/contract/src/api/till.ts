import { type Static, Type } from 'typebox';
import { TillLines } from './counter.ts';
import { CouponCode } from './coupons.ts';
import { AMOUNT_MAX, Amount, Id, InstantText, Nullable, Strict } from './shapes.ts';
import { CardAfterCheck, CardAfterReturn, CardReward, DepositPayment, SideWallet } from './wallets.ts';

/** The till page's API, `/api/v1/till/…`: a staff session cookie. Amounts in minor units. */

/** POST /api/v1/till/find: a phone as people write it, or the code of the card (scanned or typed). 404 account_not_found. */
export const TillFind = Strict({ query: Type.String({ minLength: 1, maxLength: 200 }) });
export type TillFind = Static<typeof TillFind>;

export const TillGuest = Strict({
  accountId: Id,
  name: Type.String(),
  /** Last digits only, e.g. «•• 45-67»: a queue can read the screen. */
  phoneHint: Type.String(),
  level: Type.String(),
  rateBasisPoints: Type.Integer(),
  /** The discount of the card; `alone` where no check earns points, so that there is nothing else to show. */
  discount: Nullable(Strict({ basisPoints: Type.Integer(), alone: Type.Boolean() })),
  balance: Amount,
  debt: Amount,
  /** Points that expire soonest, if any within 30 days. */
  expiring: Nullable(Strict({ amount: Amount, expiresAt: InstantText })),
  birthdayToday: Type.Boolean(),
  blocked: Type.Boolean(),
  /** What whoever serves the guest should know; '' for nothing. */
  note: Type.String(),
  /** The last check that was not returned: when, and for how much. */
  lastVisit: Nullable(Strict({ occurredAt: InstantText, amount: Amount })),
  /** Cards of stamps and deposits. */
  wallets: Type.Array(SideWallet),
  /** The cards of stamps that the till may stamp without a sale. */
  stampable: Type.Array(Type.String()),
});
export type TillGuest = Static<typeof TillGuest>;

/** The venue of the till, as rules and reports know it. */
const VenueCode = Type.Integer({ minimum: 0, maximum: 2_147_483_647 });

/** POST /api/v1/till/quote: what this sale would do; the same rules as the sale itself. */
export const TillQuote = Strict({
  accountId: Id,
  amount: Amount,
  /** The lines, which add up to `amount`: rules about goods then apply. */
  lines: Type.Optional(TillLines),
  spend: Type.Optional(Amount),
  venueCode: Type.Optional(VenueCode),
  coupons: Type.Optional(Type.Array(CouponCode, { maxItems: 10 })),
  certificate: Type.Optional(CouponCode),
  deposit: Type.Optional(DepositPayment),
});
export type TillQuote = Static<typeof TillQuote>;
export const TillQuoteAnswer = Strict({
  spendMax: Amount,
  spend: Amount,
  /** In money, after points and the certificate. */
  toPay: Amount,
  earn: Amount,
  /** Taken off by coupons and by the programme itself. */
  discount: Type.Optional(Amount),
  /** Coupons that were named, and what holds without a code; `message` says why one gives nothing. */
  coupons: Type.Optional(
    Type.Array(
      Strict({ code: Type.String(), name: Type.String(), discount: Amount, message: Nullable(Type.String()) }),
    ),
  ),
  certificate: Type.Optional(Strict({ code: Type.String(), balance: Amount, pays: Amount })),
  /** What the deposits hold, and how much of this check each could pay. */
  deposits: Type.Array(Strict({ wallet: Type.String(), name: Type.String(), available: Amount, most: Amount })),
  cards: Type.Array(CardAfterCheck),
  rewards: Type.Array(CardReward),
  /** Why spending or earning is limited, each a sentence. */
  reasons: Type.Array(Strict({ code: Type.String(), message: Type.String() })),
  /** What a little more on the check would bring, each a sentence, nearest first. */
  hints: Type.Array(Strict({ code: Type.String(), message: Type.String() })),
});
export type TillQuoteAnswer = Static<typeof TillQuoteAnswer>;

/** POST /api/v1/till/sales: `operationKey` is made by the page before the first attempt; the same key gives the first answer. */
export const TillSale = Strict({
  operationKey: Type.String({ format: 'uuid' }),
  accountId: Id,
  amount: Type.Integer({ minimum: 1, maximum: AMOUNT_MAX }),
  /** The lines, which add up to `amount`: rules about goods then apply, and a return can name them. */
  lines: Type.Optional(TillLines),
  spend: Amount,
  /** Paid from a deposit of the guest; the rest of the money is paid in money. */
  deposit: Type.Optional(DepositPayment),
  number: Type.Optional(Type.String({ maxLength: 50 })),
  venueCode: Type.Optional(VenueCode),
  /** Each is used, or the sale is refused. */
  coupons: Type.Optional(Type.Array(CouponCode, { maxItems: 10 })),
  certificate: Type.Optional(CouponCode),
  /** The text of the fiscal receipt's QR code: the same purchase then brings nothing as an uploaded receipt. */
  fiscalQr: Type.Optional(Type.String({ maxLength: 500 })),
});
export type TillSale = Static<typeof TillSale>;
export const TillSaleAnswer = Strict({
  checkId: Id,
  amount: Amount,
  spent: Amount,
  /** Taken off by coupons and by the programme itself. */
  discount: Type.Optional(Amount),
  certificate: Type.Optional(Strict({ code: Type.String(), paid: Amount, left: Amount })),
  toPay: Amount,
  accrued: Amount,
  cards: Type.Array(CardAfterCheck),
  rewards: Type.Array(CardReward),
  balance: Amount,
  level: Type.String(),
  /** The level name when this sale lifted the guest. */
  levelReached: Nullable(Type.String()),
});
export type TillSaleAnswer = Static<typeof TillSaleAnswer>;

/** GET /api/v1/till/sales: the last 20 sales rung up on till pages, newest first; with `number` those of that number. */
export const TillRecent = Strict({
  items: Type.Array(
    Strict({
      checkId: Id,
      accountId: Id,
      /** As people know the check; ours where nobody gave it one. */
      number: Type.String(),
      name: Type.String(),
      amount: Amount,
      spent: Amount,
      accrued: Amount,
      occurredAt: InstantText,
      status: Type.Union([Type.Literal('sold'), Type.Literal('partly_returned'), Type.Literal('returned')]),
    }),
  ),
});
export type TillRecent = Static<typeof TillRecent>;

/** POST /api/v1/till/sales/:checkId/return: takes the whole sale back; repeated, gives the first answer. */
export const TillReturnAnswer = Strict({
  checkId: Id,
  /** Money to hand back. */
  moneyBack: Amount,
  /** Money that went back onto the certificate instead. */
  certificateBack: Type.Optional(Amount),
  /** Coupons that the guest may use again. */
  couponsBack: Type.Optional(Type.Integer()),
  /** Money that went back on a deposit, beside `moneyBack`. */
  depositBack: Amount,
  cards: Type.Array(CardAfterReturn),
  /** Rewards of stamps that are void now. */
  rewardsWithdrawn: Type.Integer({ minimum: 0 }),
  pointsBack: Amount,
  clawedBack: Amount,
  balance: Amount,
  debt: Amount,
});
export type TillReturnAnswer = Static<typeof TillReturnAnswer>;
