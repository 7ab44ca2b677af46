import { AMOUNT_MAX } from '@tessera/contract';
import { type Static, type TProperties, Type } from 'typebox';

/**
 * Bodies of the ProBonus-compatible API. Its vendor never published them, so these are ours: camelCase, sums in
 * kopecks, strict in the type of what is known, and blind to what is not (an integrator may send more than we read).
 * `x-unit` says what a field mapping may write another way.
 */
const Lenient = <T extends TProperties>(properties: T) => Type.Object(properties, { additionalProperties: true });

export const Kopecks = { 'x-unit': 'kopecks' } as const;
export const PhoneUnit = { 'x-unit': 'phone' } as const;

const Sum = Type.Integer({ minimum: 0, maximum: AMOUNT_MAX, examples: [15_000], ...Kopecks });
const PositiveSum = Type.Integer({ minimum: 1, maximum: AMOUNT_MAX, examples: [15_000], ...Kopecks });
const Code = Type.Integer({ minimum: 0, maximum: 2_147_483_647, examples: [999] });
const Text = (maxLength: number, example?: string) =>
  Type.String({ maxLength, ...(example === undefined ? {} : { examples: [example] }) });
const AccountId = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER, examples: [8000001] });
const CheckId = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER, examples: [1] });
const Guid = (example: string) => Type.String({ format: 'uuid', examples: [example] });
const CheckGuid = Guid('9f0c2e44-31a8-4d0b-8b0e-5f6f7d1f2a10');
/** PostgreSQL knows no year 0, and nobody's guest is older than this. */
const Birthday = Type.String({ format: 'date', pattern: '^(19|20)', examples: ['1990-05-17'] });
const Day = Type.String({ format: 'date', examples: ['2027-12-31'] });
const Phone = Type.String({ minLength: 1, maxLength: 40, examples: ['+7 916 123-45-67'], ...PhoneUnit });
const Card = Type.String({ minLength: 1, maxLength: 100, examples: ['2000000001'] });
const Cards = Type.Array(Card, { maxItems: 20 });
const BasisPoints = Type.Integer({ minimum: 0, maximum: 10_000, examples: [700] });
const LifetimeDays = Type.Integer({ minimum: 1, maximum: 36_500, examples: [90] });

const profile = {
  lastName: Type.Optional(Text(100, 'Петрова')),
  firstName: Type.Optional(Text(100, 'Мария')),
  middleName: Type.Optional(Text(100, 'Сергеевна')),
  birthday: Type.Optional(Type.Union([Birthday, Type.Null()])),
  sex: Type.Optional(Type.Union([Type.Literal('male'), Type.Literal('female'), Type.Null()])),
  email: Type.Optional(Type.Union([Text(254, 'guest@example.com'), Type.Null()])),
  identifiers: Type.Optional(Cards),
};

export const Login = Lenient({ login: Text(254, 'till@example.com'), password: Text(1_024, 'password') });
export const RefreshToken = Lenient({ refreshToken: Text(200, 'refresh-token') });
export const Nothing = Lenient({});
export const InsertByTemplate = Lenient({
  accountGroupId: Type.Integer({ minimum: 1, maximum: 2_147_483_647, examples: [3] }),
  phone: Phone,
  ...profile,
});
export type InsertByTemplate = Static<typeof InsertByTemplate>;
export const FindByPhone = Lenient({ phone: Phone });
export const ByAccount = Lenient({ accountId: AccountId });
export const ByCheck = Lenient({ checkId: CheckId });
export const Refill = Lenient({
  accountId: AccountId,
  sum: PositiveSum,
  comment: Type.Optional(Text(1_000, 'За отзыв в приложении')),
  lifetimeDays: Type.Optional(LifetimeDays),
  /** Our addition: with it a refill happens once, however often it is sent. */
  externalId: Type.Optional(Type.String({ minLength: 1, maxLength: 200, examples: ['review-1842'] })),
});
export const Transactions = Lenient({
  accountId: AccountId,
  dateFrom: Type.Optional(Text(40, '2026-01-01')),
  dateTo: Type.Optional(Text(40, '2026-12-31')),
  count: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000, examples: [10] })),
});
/** Absent stays. Of what was agreed with the guest, `null` is the programme's again. */
export const UpdateAccount = Lenient({
  accountId: AccountId,
  phone: Type.Optional(Phone),
  ...profile,
  removeIdentifiers: Type.Optional(Cards),
  bonusRate: Type.Optional(Type.Union([BasisPoints, Type.Null()])),
  discount: Type.Optional(Type.Union([BasisPoints, Type.Null()])),
  bonusLifetimeDays: Type.Optional(Type.Union([LifetimeDays, Type.Null()])),
  level: Type.Optional(Type.Union([Type.String({ minLength: 1, maxLength: 200, examples: ['silver'] }), Type.Null()])),
  levelLastDay: Type.Optional(Type.Union([Day, Type.Null()])),
  blocked: Type.Optional(Type.Boolean({ examples: [false] })),
});
export type UpdateAccount = Static<typeof UpdateAccount>;
/** The ten fields of the vendor's scenario page. */
export const RegisterCheckBody = Lenient({
  restCode: Type.Optional(Code),
  checkGuid: CheckGuid,
  accountId: AccountId,
  rkUnit: Type.Optional(Code),
  externalCheck: Type.Optional(Type.Union([Text(100, '1042'), Type.Integer()])),
  bonusSpentSum: Type.Optional(Sum),
  discountSum: Type.Optional(Sum),
  bonusAccruedSum: Type.Optional(Sum),
  moneySpentSum: Sum,
  checkData: Type.Optional(
    Type.String({
      maxLength: 100_000,
      examples: ['{"items":[{"code":"17","name":"Паста","quantity":1,"sum":15000}]}'],
    }),
  ),
});
export type RegisterCheckBody = Static<typeof RegisterCheckBody>;
const Quantity = Type.Number({ minimum: 0.001, maximum: 1_000_000, examples: [1] });
/** The fields behind `checkGuid` are our extension: a part of a check under a key of its own. */
export const ReturnCheckBody = Lenient({
  checkGuid: CheckGuid,
  returnGuid: Type.Optional(Guid('3b1d4f0e-6c1c-4b9a-9f43-0a4a3e0a7c55')),
  lines: Type.Optional(
    Type.Array(
      Lenient({
        id: Type.String({ minLength: 1, maxLength: 200, examples: ['1'] }),
        quantity: Type.Optional(Quantity),
        moneySum: Type.Optional(PositiveSum),
      }),
      { minItems: 1, maxItems: 1_000 },
    ),
  ),
  moneySum: Type.Optional(PositiveSum),
});
export type ReturnCheckBody = Static<typeof ReturnCheckBody>;
