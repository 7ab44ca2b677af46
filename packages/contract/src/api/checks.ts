import { type Static, Type } from 'typebox';
import { ExternalId } from './operations.ts';
import { AMOUNT_MAX, Amount, Id, InstantText, Nullable, Strict } from './shapes.ts';
import { CardAfterCheck, CardAfterReturn, CardReward, DepositPayment } from './wallets.ts';

/** Sales as an integrator reports them, `/api/v1/quotes`, `/checks`, `/accounts/:accountId/holds`. Amounts in minor units. */

const Quantity = Type.Integer({ minimum: 1, maximum: 1_000_000_000 });
const LineId = Type.String({ minLength: 1, maxLength: 200 });
const Name = Type.String({ maxLength: 200 });
/** Chosen by the caller, once for each payment. */
const HoldKey = Type.String({ minLength: 1, maxLength: 150, pattern: '\\S' });

/** A line of a check, after discounts and before points. */
export const CheckLineBody = Strict({
  /** Unique within the check; a return names it. */
  id: LineId,
  name: Type.Optional(Name),
  /** Price of the whole line. */
  amount: Amount,
  /** 1000 is one piece, and what an absent quantity means. */
  quantityThousandths: Type.Optional(Quantity),
  /** What rules know the goods by. */
  itemId: Type.Optional(LineId),
  groups: Type.Optional(Type.Array(LineId, { maxItems: 100 })),
  /** `goods` when absent. */
  kind: Type.Optional(
    Type.Union([Type.Literal('goods'), Type.Literal('tips'), Type.Literal('service'), Type.Literal('delivery')]),
  ),
  /** What was taken off the price before. */
  discount: Type.Optional(Amount),
  /** Absent means yes. */
  eligibleForEarn: Type.Optional(Type.Boolean()),
  eligibleForSpend: Type.Optional(Type.Boolean()),
});
export type CheckLineBody = Static<typeof CheckLineBody>;
const Lines = Type.Array(CheckLineBody, { minItems: 1, maxItems: 1_000 });

/** Where and by which way a check is sold, as far as rules ask: the code of a venue, and a name such as `kiosk`. */
export const CheckPlaceBody = Strict({
  venue: Type.Optional(Type.Integer({ minimum: 0, maximum: 2_147_483_647 })),
  channel: Type.Optional(Type.String({ minLength: 1, maxLength: 50 })),
});
export type CheckPlaceBody = Static<typeof CheckPlaceBody>;

/** Codes as they were typed or scanned. A check uses every coupon that it names, or is refused. */
const offers = {
  coupons: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { maxItems: 10 })),
  /** A gift certificate that pays; `amount` absent: as much as it can. */
  certificate: Type.Optional(
    Strict({ code: Type.String({ minLength: 1, maxLength: 100 }), amount: Type.Optional(Amount) }),
  ),
};

/** POST /api/v1/quotes: what a check would do, by the code that registers it; nothing is written. `total` or `lines`. */
export const QuoteBody = Strict({
  accountId: Id,
  total: Type.Optional(Amount),
  lines: Type.Optional(Lines),
  spend: Type.Optional(Amount),
  deposit: Type.Optional(DepositPayment),
  discount: Type.Optional(Amount),
  holdKey: Type.Optional(HoldKey),
  context: Type.Optional(CheckPlaceBody),
  ...offers,
});
export type QuoteBody = Static<typeof QuoteBody>;

export const QuoteAnswer = Strict({
  available: Amount,
  /** The most points that may be spent on this basket, and the limit that decided. */
  maxSpend: Amount,
  maxSpendReason: Type.String(),
  /** For the reason `below_minimum`: points that are missing to the least spend. */
  missingToMinimum: Amount,
  spend: Amount,
  /** Taken off by the discount of the card. */
  discount: Amount,
  /** Left to pay in money. */
  money: Amount,
  /** The part of `money` that the deposit pays. */
  deposit: Amount,
  /** What the guest's deposits hold, and how much of this check each could pay. */
  deposits: Type.Array(Strict({ wallet: Type.String(), name: Type.String(), available: Amount, most: Amount })),
  /** What the check would do to the guest's cards of stamps. */
  cards: Type.Array(CardAfterCheck),
  rewards: Type.Array(CardReward),
  earn: Amount,
  lines: Type.Array(Strict({ id: Type.String(), amount: Amount, money: Amount, paidByPoints: Amount, earned: Amount })),
  /** What each rule of earning gave, or why it did not. */
  rules: Type.Array(Strict({ ruleId: Type.String(), points: Amount, reason: Nullable(Type.String()) })),
  /** The limits that left less. */
  cuts: Type.Array(Type.String()),
  /** The coupons that were named: what each takes off, or why it gives nothing. */
  coupons: Type.Array(
    Strict({
      code: Type.String(),
      discount: Amount,
      refusal: Nullable(Strict({ code: Type.String(), message: Type.String() })),
    }),
  ),
  /** What the certificate would pay, a part of `money`. */
  certificate: Nullable(Strict({ code: Type.String(), pays: Amount, balance: Amount })),
  level: Strict({ id: Type.String(), name: Type.String() }),
  nextLevel: Nullable(Strict({ id: Type.String(), name: Type.String() })),
});
export type QuoteAnswer = Static<typeof QuoteAnswer>;

/**
 * POST /api/v1/checks: exactly one of `total`, `lines` and `money`. With `money` another system has settled the check
 * (so much was paid, `spend` on top; `lines` may stand beside it and add up to both), otherwise it is priced here.
 * The same `externalId` with the same sums gets the first answer.
 */
export const CheckBody = Strict({
  externalId: ExternalId,
  accountId: Id,
  total: Type.Optional(Amount),
  lines: Type.Optional(Lines),
  money: Type.Optional(Amount),
  /** Points to spend, all or nothing; with `holdKey` out of that hold, the rest of which goes back. */
  spend: Type.Optional(Amount),
  /** Part of the money that a deposit of the guest pays, all or nothing. It counts as money. */
  deposit: Type.Optional(DepositPayment),
  holdKey: Type.Optional(HoldKey),
  /** Points to earn instead of what the rules give; 0 accrues nothing. */
  accrual: Type.Optional(Amount),
  /** A discount that was given before. */
  discount: Type.Optional(Amount),
  context: Type.Optional(CheckPlaceBody),
  /** The till's clock; now when absent. */
  occurredAt: Type.Optional(InstantText),
  /** As people know the check. */
  number: Type.Optional(Type.String({ maxLength: 50 })),
  /** The text of the fiscal receipt's QR code: the same purchase then brings nothing as an uploaded receipt. */
  fiscalQr: Type.Optional(Type.String({ maxLength: 500 })),
  ...offers,
});
export type CheckBody = Static<typeof CheckBody>;

export const CheckAnswer = Strict({
  checkId: Id,
  accountId: Id,
  money: Amount,
  spent: Amount,
  accrued: Amount,
  /** Taken off the check, where something was. */
  discount: Type.Optional(Amount),
  coupons: Type.Optional(Type.Array(Strict({ code: Type.String(), name: Type.String(), discount: Amount }))),
  certificate: Type.Optional(Strict({ code: Type.String(), paid: Amount, left: Amount })),
  /** Paid from the deposit, a part of `money`. */
  deposit: Type.Optional(Amount),
  /** Cards of stamps after the check, and the rewards that they brought. */
  cards: Type.Optional(Type.Array(CardAfterCheck)),
  rewards: Type.Optional(Type.Array(CardReward)),
  balance: Amount,
  level: Type.String(),
  /** The level's name when this check lifted the guest. */
  levelReached: Nullable(Type.String()),
});
export type CheckAnswer = Static<typeof CheckAnswer>;

const Share = {
  quantityThousandths: Type.Integer({ minimum: 0 }),
  money: Amount,
  paidByPoints: Amount,
  earned: Amount,
};
const ReturnFacts = { moneyBack: Amount, pointsBack: Amount, clawedBack: Amount };

/** GET /api/v1/checks/:checkId: the lines, and how much of each has gone back. */
export const CheckDetail = Strict({
  checkId: Id,
  accountId: Id,
  source: Type.String(),
  externalId: Type.String(),
  number: Type.String(),
  venue: Nullable(Type.Integer()),
  status: Type.Union([Type.Literal('sold'), Type.Literal('partly_returned'), Type.Literal('returned')]),
  occurredAt: InstantText,
  recordedAt: InstantText,
  money: Amount,
  spent: Amount,
  accrued: Amount,
  discount: Amount,
  lines: Type.Array(
    Strict({ id: Type.String(), name: Type.String(), amount: Amount, ...Share, returned: Strict(Share) }),
  ),
  /** Sums over all returns; `clawedBack` are earned points that were taken back. */
  returned: Strict({ money: Amount, points: Amount, clawedBack: Amount }),
  /** The last hundred returns with a key of their own, oldest first. */
  returns: Type.Array(Strict({ returnKey: Type.String(), recordedAt: InstantText, ...ReturnFacts })),
});
export type CheckDetail = Static<typeof CheckDetail>;

/**
 * POST /api/v1/checks/:checkId/returns: some lines (by quantity or by money), an amount, or with neither everything that
 * remains. More than remains is refused whole. The same `returnKey` with the same wish gets the first answer.
 */
export const ReturnBody = Strict({
  returnKey: ExternalId,
  lines: Type.Optional(
    Type.Array(
      Strict({
        id: LineId,
        quantityThousandths: Type.Optional(Quantity),
        amount: Type.Optional(Type.Integer({ minimum: 1, maximum: AMOUNT_MAX })),
      }),
      { minItems: 1, maxItems: 1_000 },
    ),
  ),
  amount: Type.Optional(Type.Integer({ minimum: 1, maximum: AMOUNT_MAX })),
  comment: Type.Optional(Type.String({ maxLength: 500 })),
});
export type ReturnBody = Static<typeof ReturnBody>;

export const ReturnPartAnswer = Strict({
  checkId: Id,
  accountId: Id,
  /** Money to hand back, the part of a certificate included. */
  ...ReturnFacts,
  certificateBack: Type.Optional(Amount),
  couponsBack: Type.Optional(Type.Integer()),
  /** Money back on the deposit, beside `moneyBack`. */
  depositBack: Type.Optional(Amount),
  cards: Type.Optional(Type.Array(CardAfterReturn)),
  /** Rewards of stamps that are void now. */
  rewardsWithdrawn: Type.Optional(Type.Integer()),
  balance: Amount,
  debt: Amount,
  level: Type.String(),
  /** Whether nothing of the check is left to return. */
  whole: Type.Boolean(),
  lines: Type.Array(Strict({ id: Type.String(), ...Share })),
});
export type ReturnPartAnswer = Static<typeof ReturnPartAnswer>;

/** POST /api/v1/accounts/:accountId/holds: points set aside for a payment under way; a new payment takes a new key. */
export const HoldBody = Strict({
  key: HoldKey,
  amount: Type.Integer({ minimum: 1, maximum: AMOUNT_MAX }),
  /** 15 minutes when absent, 30 days at the most. */
  ttlSeconds: Type.Optional(Type.Integer({ minimum: 1, maximum: 30 * 24 * 3_600 })),
});
export type HoldBody = Static<typeof HoldBody>;

export const HoldAnswer = Strict({
  key: Type.String(),
  amount: Amount,
  /** At exactly this instant the hold is over. */
  until: InstantText,
  available: Amount,
  held: Amount,
});
/** POST /api/v1/accounts/:accountId/holds/:key/release */
export const HoldReleaseAnswer = Strict({ key: Type.String(), released: Amount, available: Amount, held: Amount });
