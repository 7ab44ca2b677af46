import { type Static, Type } from 'typebox';
import { AMOUNT_MAX, Amount, Id, InstantText, Nullable, Strict } from './shapes.ts';

/** A caller's own key: made before the first attempt, kept until an answer has come, unique for ever. */
export const ExternalId = Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' });

const Comment = Type.String({ maxLength: 500 });

/**
 * POST /api/v1/accounts/:accountId/operations: points given or taken by hand, a block or its end. The same
 * `externalId` with the same sums gets the first answer.
 */
export const AccountOperation = Strict({
  externalId: ExternalId,
  kind: Type.Union([Type.Literal('refill'), Type.Literal('deduct'), Type.Literal('block'), Type.Literal('unblock')]),
  /** For `refill` and `deduct`, minor units. */
  amount: Type.Optional(Type.Integer({ minimum: 1, maximum: AMOUNT_MAX })),
  /** For `refill`: last day inclusive; null never expires; absent is the programme's term. */
  lifetimeDays: Type.Optional(Nullable(Type.Integer({ minimum: 1, maximum: 36_500 }))),
  /** For `deduct`: what the balance does not cover becomes a debt. Refused otherwise. */
  allowDebt: Type.Optional(Type.Boolean()),
  /** For `refill` and `deduct`: a side wallet of the programme; absent is the main one. */
  wallet: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
  /** For `refill`: under which heading the points are issued; `manual` when absent. No part of the key's comparison. */
  reason: Type.Optional(Type.Union([Type.Literal('manual'), Type.Literal('goodwill'), Type.Literal('campaign')])),
  /** Why, for those who read the history. No part of the key's comparison. */
  comment: Type.Optional(Comment),
});
export type AccountOperation = Static<typeof AccountOperation>;

export const AccountOperationAnswer = Strict({
  kind: Type.String(),
  accountId: Id,
  amount: Amount,
  available: Amount,
  pending: Amount,
  held: Amount,
  debt: Amount,
  blocked: Type.Boolean(),
  /** Usable points by the instant at which they burn; `at` null for never. */
  expiries: Type.Array(Strict({ amount: Amount, at: Nullable(InstantText) })),
});
export type AccountOperationAnswer = Static<typeof AccountOperationAnswer>;
