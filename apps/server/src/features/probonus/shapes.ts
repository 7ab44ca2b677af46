import { AMOUNT_MAX } from '@tessera/contract';
import { type Static, type TProperties, Type } from 'typebox';

/**
 * Bodies of the ProBonus-compatible API. Its vendor never published them, so these are ours: camelCase, sums in
 * kopecks, strict in the type of what is known, and blind to what is not (an integrator may send more than we read).
 */
const Lenient = <T extends TProperties>(properties: T) => Type.Object(properties, { additionalProperties: true });

const Sum = Type.Integer({ minimum: 0, maximum: AMOUNT_MAX });
const Number_ = Type.Integer({ minimum: 0, maximum: 2_147_483_647 });
const Text = (maxLength: number) => Type.String({ maxLength });
const AccountId = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER });
/** PostgreSQL knows no year 0, and nobody's guest is older than this. */
const Birthday = Type.String({ format: 'date', pattern: '^(19|20)' });
const Phone = Type.String({ minLength: 1, maxLength: 40 });

export const Login = Lenient({ login: Text(254), password: Text(1_024) });
export const RefreshToken = Lenient({ refreshToken: Text(200) });
export const InsertByTemplate = Lenient({
  accountGroupId: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }),
  phone: Phone,
  lastName: Type.Optional(Text(100)),
  firstName: Type.Optional(Text(100)),
  middleName: Type.Optional(Text(100)),
  birthday: Type.Optional(Type.Union([Birthday, Type.Null()])),
  sex: Type.Optional(Type.Union([Type.Literal('male'), Type.Literal('female'), Type.Null()])),
  email: Type.Optional(Type.Union([Text(254), Type.Null()])),
  identifiers: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { maxItems: 20 })),
});
export type InsertByTemplate = Static<typeof InsertByTemplate>;
export const FindByPhone = Lenient({ phone: Phone });
export const ByAccount = Lenient({ accountId: AccountId });
export const Refill = Lenient({
  accountId: AccountId,
  sum: Type.Integer({ minimum: 1, maximum: AMOUNT_MAX }),
  comment: Type.Optional(Text(1_000)),
  lifetimeDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 36_500 })),
  /** Our addition: with it a refill happens once, however often it is sent. */
  externalId: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
});
export type Refill = Static<typeof Refill>;
export const Transactions = Lenient({
  accountId: AccountId,
  dateFrom: Type.Optional(Text(40)),
  dateTo: Type.Optional(Text(40)),
  count: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000 })),
});
/** The ten fields of the vendor's scenario page. */
export const RegisterCheckBody = Lenient({
  restCode: Type.Optional(Number_),
  checkGuid: Type.String({ format: 'uuid' }),
  accountId: AccountId,
  rkUnit: Type.Optional(Number_),
  externalCheck: Type.Optional(Type.Union([Text(100), Type.Integer()])),
  bonusSpentSum: Type.Optional(Sum),
  discountSum: Type.Optional(Sum),
  bonusAccruedSum: Type.Optional(Sum),
  moneySpentSum: Sum,
  checkData: Type.Optional(Type.String({ maxLength: 100_000 })),
});
export type RegisterCheckBody = Static<typeof RegisterCheckBody>;
export const ReturnCheckBody = Lenient({ checkGuid: Type.String({ format: 'uuid' }) });

/** Answers. */
export const Tokens = Type.Object({
  accessToken: Type.String(),
  refreshToken: Type.String(),
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
  birthday: Type.Union([Type.String(), Type.Null()]),
  sex: Type.Union([Type.String(), Type.Null()]),
  phones: Type.Array(Type.Object({ phone: Type.String(), main: Type.Boolean() })),
  emails: Type.Array(Type.String()),
  balance: Type.Integer(),
  pending: Type.Integer(),
  debt: Type.Integer(),
  level: Type.Object({ id: Type.String(), name: Type.String() }),
  /** Basis points that a check earns on this level. */
  bonusRate: Type.Integer(),
  /** Basis points off a check, where the programme gives a discount; otherwise 0. */
  discount: Type.Integer(),
  turnover: Type.Integer(),
  blocked: Type.Boolean(),
  /** The guest's own coupons that are still good, the soonest to end first. */
  coupons: Type.Array(
    Type.Object({
      id: Type.Integer(),
      code: Type.String(),
      name: Type.String(),
      kind: Type.String(),
      usesLeft: Type.Union([Type.Integer(), Type.Null()]),
      expiresAt: Type.Union([Type.String(), Type.Null()]),
    }),
  ),
  cards: Type.Array(Type.Object({ number: Type.String() })),
});
export type Account = Static<typeof Account>;
export const BalanceExtended = Type.Object({
  balance: Type.Integer(),
  pending: Type.Integer(),
  debt: Type.Integer(),
  items: Type.Array(Type.Object({ sum: Type.Integer(), expiresAt: Type.Union([Type.String(), Type.Null()]) })),
});
export const TransactionList = Type.Array(
  Type.Object({
    id: Type.Integer(),
    kind: Type.String(),
    date: Type.String(),
    sum: Type.Integer(),
    balance: Type.Integer(),
    checkId: Type.Union([Type.Integer(), Type.Null()]),
    text: Type.String(),
  }),
);
export const RegisteredCheck = Type.Object({
  checkId: Type.Integer(),
  balance: Type.Integer(),
  level: Type.String(),
  accrued: Type.Integer(),
  spent: Type.Integer(),
});
export const ReturnedCheck = Type.Object({
  checkId: Type.Integer(),
  balance: Type.Integer(),
  debt: Type.Integer(),
  level: Type.String(),
  accruedBack: Type.Integer(),
  spentBack: Type.Integer(),
});
