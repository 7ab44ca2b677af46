import { type Static, Type } from 'typebox';
import { ExternalId } from './operations.ts';
import { AMOUNT_MAX, Amount, Id, InstantText, Nullable, SignedAmount, Strict } from './shapes.ts';

const Comment = Type.String({ maxLength: 500 });
const LevelName = Strict({ id: Type.String(), name: Type.String() });

// --- POST /api/v1/accounts/:accountId/pin-level: a level held by hand; a higher one by purchases still wins
export const PinLevelBody = Strict({
  externalId: ExternalId,
  /** Id of the level in the rules of the programme. */
  level: Type.String({ minLength: 1, maxLength: 200 }),
  /** The last day on which it holds; null until it is taken off. */
  lastDay: Nullable(Type.String({ format: 'date' })),
  /** Why, for those who read the history. */
  comment: Type.Optional(Comment),
});
export type PinLevelBody = Static<typeof PinLevelBody>;

// --- POST /api/v1/accounts/:accountId/unpin-level
export const UnpinLevelBody = Strict({ externalId: ExternalId, comment: Type.Optional(Comment) });
export type UnpinLevelBody = Static<typeof UnpinLevelBody>;

export const LevelAnswer = Strict({
  accountId: Id,
  /** The level that holds from now on. */
  level: LevelName,
  levelBefore: LevelName,
  /** At `until` the pin is over; null until it is taken off. */
  pinned: Nullable(Strict({ level: LevelName, until: Nullable(InstantText) })),
});
export type LevelAnswer = Static<typeof LevelAnswer>;

// --- POST /api/v1/accounts/:accountId/transfers: usable points to another member of the programme, with their expiry
export const TransferBody = Strict({
  externalId: ExternalId,
  /** The account that gets them. */
  to: Id,
  amount: Type.Integer({ minimum: 1, maximum: AMOUNT_MAX }),
  comment: Type.Optional(Comment),
});
export type TransferBody = Static<typeof TransferBody>;

export const TransferAnswer = Strict({
  accountId: Id,
  to: Id,
  amount: Amount,
  /** What is left on the account that gave. */
  available: Amount,
  /** The entries that tell of it, by their number in each account. */
  entry: Type.Integer({ minimum: 1 }),
  entryThere: Type.Integer({ minimum: 1 }),
  /** What was moved, by the instant at which it burns; `at` null for never. */
  lots: Type.Array(Strict({ amount: Amount, at: Nullable(InstantText) })),
});
export type TransferAnswer = Static<typeof TransferAnswer>;

// --- POST /api/v1/checks/:checkId/activate: the event came that the points of a check wait for
export const ActivateAnswer = Strict({
  checkId: Id,
  accountId: Id,
  /** Points that became usable by this call; 0 when none were waiting any more. */
  activated: Amount,
  available: Amount,
  pending: Amount,
});
export type ActivateAnswer = Static<typeof ActivateAnswer>;

/** What carries a guest up the ladder, in an account's detail. */
export const LadderStanding = Strict({
  measure: Type.Union([
    Type.Literal('turnover'),
    Type.Literal('visits'),
    Type.Literal('points_earned'),
    Type.Literal('points_balance'),
  ]),
  /** Minor units of money or points, or checks. */
  amount: SignedAmount,
  /** The level is lost then, unless the measure reaches it again; null when nothing threatens it. */
  graceUntil: Nullable(InstantText),
  pinned: Nullable(Strict({ level: LevelName, until: Nullable(InstantText) })),
  /** The levels of the programme, lowest first. */
  levels: Type.Array(LevelName),
});
export type LadderStanding = Static<typeof LadderStanding>;
