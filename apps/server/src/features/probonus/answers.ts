import { type Static, Type } from 'typebox';
import { Kopecks, PhoneUnit } from './shapes.ts';

// What the methods of this API answer. A field is never taken away, and never changes its type.

const Sum = Type.Integer(Kopecks);
const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(one: T) => Type.Union([one, Type.Null()]);
const Moment = Type.String({ format: 'date-time' });

export const Tokens = Type.Object({
  accessToken: Type.String(),
  refreshToken: Type.String(),
  /** Seconds. */
  expiresIn: Type.Integer(),
});
export const GroupList = Type.Array(
  Type.Object({ id: Type.Integer(), name: Type.String(), haveTemplate: Type.Boolean() }),
);
export const Account = Type.Object({
  accountId: Type.Integer(),
  accountGroupId: Type.Integer(),
  lastName: Type.String(),
  firstName: Type.String(),
  middleName: Type.String(),
  birthday: Nullable(Type.String()),
  sex: Nullable(Type.String()),
  phones: Type.Array(Type.Object({ phone: Type.String(PhoneUnit), main: Type.Boolean() })),
  emails: Type.Array(Type.String()),
  balance: Sum,
  pending: Sum,
  debt: Sum,
  level: Type.Object({ id: Type.String(), name: Type.String() }),
  /** Basis points that a check earns: agreed with the guest, else those of the level. */
  bonusRate: Type.Integer(),
  /** Basis points off a check, agreed with the guest or the programme's; 0 where there is no discount. */
  discount: Type.Integer(),
  turnover: Sum,
  blocked: Type.Boolean(),
  /** What was agreed with this guest; null where the programme decides. */
  personal: Type.Object({
    bonusRate: Nullable(Type.Integer()),
    discount: Nullable(Type.Integer()),
    /** Days; null too where the group gives a term that is not told in days. */
    bonusLifetimeDays: Nullable(Type.Integer()),
    level: Nullable(Type.String()),
  }),
  /** The guest's own coupons that are still good, the soonest to end first. */
  coupons: Type.Array(
    Type.Object({
      id: Type.Integer(),
      code: Type.String(),
      name: Type.String(),
      kind: Type.String(),
      usesLeft: Nullable(Type.Integer()),
      expiresAt: Nullable(Moment),
    }),
  ),
  cards: Type.Array(Type.Object({ number: Type.String() })),
});
export type Account = Static<typeof Account>;
export const BalanceExtended = Type.Object({
  balance: Sum,
  pending: Sum,
  debt: Sum,
  items: Type.Array(Type.Object({ sum: Sum, expiresAt: Nullable(Moment) })),
});
export const TransactionList = Type.Array(
  Type.Object({
    id: Type.Integer(),
    kind: Type.String(),
    date: Moment,
    sum: Sum,
    balance: Sum,
    checkId: Nullable(Type.Integer()),
    text: Type.String(),
  }),
);
export const RegisteredCheck = Type.Object({
  checkId: Type.Integer(),
  balance: Sum,
  level: Type.String(),
  accrued: Sum,
  spent: Sum,
});
/** Pieces are decimal numbers of up to three places. */
const Share = { quantity: Type.Number(), moneySum: Sum, bonusSpentSum: Sum, bonusAccruedSum: Sum };
export const ReturnedCheck = Type.Object({
  checkId: Type.Integer(),
  balance: Sum,
  debt: Sum,
  level: Type.String(),
  accruedBack: Sum,
  spentBack: Sum,
  moneyBack: Sum,
  /** Only of a return that came with a `returnGuid`. */
  whole: Type.Optional(Type.Boolean()),
  lines: Type.Optional(Type.Array(Type.Object({ id: Type.String(), ...Share }))),
});
export const CheckDetails = Type.Object({
  checkId: Type.Integer(),
  accountId: Type.Integer(),
  /** Null for a check that has not come through this API. */
  checkGuid: Nullable(Type.String()),
  source: Type.String(),
  externalCheck: Type.String(),
  restCode: Nullable(Type.Integer()),
  rkUnit: Nullable(Type.Integer()),
  date: Moment,
  recordedAt: Moment,
  status: Type.Union([Type.Literal('registered'), Type.Literal('partly_returned'), Type.Literal('returned')]),
  moneySpentSum: Sum,
  bonusSpentSum: Sum,
  bonusAccruedSum: Sum,
  discountSum: Sum,
  checkData: Nullable(Type.String()),
  lines: Type.Array(
    Type.Object({
      id: Type.String(),
      code: Nullable(Type.String()),
      name: Type.String(),
      sum: Sum,
      ...Share,
      returned: Type.Object(Share),
    }),
  ),
  /** Together, over all returns. */
  returned: Type.Object({ moneySum: Sum, bonusSpentSum: Sum, bonusAccruedSum: Sum }),
  /** The last hundred that came with a key, the oldest first. */
  returns: Type.Array(
    Type.Object({ returnGuid: Type.String(), date: Moment, moneyBack: Sum, spentBack: Sum, accruedBack: Sum }),
  ),
});
export type CheckDetails = Static<typeof CheckDetails>;

/** How this API refuses. */
export const Refused = Type.Object(
  {
    code: Type.String(),
    message: Type.String(),
    retryable: Type.Boolean(),
    /** Of an invalid request. */
    fields: Type.Optional(Type.Array(Type.Object({ path: Type.String(), message: Type.String() }))),
    /** The account that is there already. */
    accountId: Type.Optional(Type.Integer()),
    /** What the key was first used for. */
    first: Type.Optional(Type.Object({}, { additionalProperties: true })),
  },
  { additionalProperties: true },
);
