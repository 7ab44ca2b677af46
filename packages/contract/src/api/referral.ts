import { type Static, Type } from 'typebox';
import { Amount, Id, InstantText, Nullable, NumberCursor, SmallId, Strict } from './shapes.ts';

/** How a programme rewards guests for the friends they bring. */

const Points = Type.Integer({ minimum: 1, maximum: 1_000_000_000_000 });
const Reward = Strict({
  points: Points,
  /** At once with the friend's check, or once that check can no longer come back. */
  moment: Type.Union([Type.Literal('at_once'), Type.Literal('after_return_window')]),
  /** Days from activation, last day inclusive; null is the programme's own term. */
  lifetimeDays: Nullable(Type.Integer({ minimum: 1, maximum: 36_500 })),
});

// --- GET, PUT /api/v1/programmes/:programmeId/referral
export const ReferralSettingsBody = Strict({
  enabled: Type.Boolean(),
  referrer: Nullable(Reward),
  referee: Nullable(Reward),
  /** For those above the referrer, nearest first. */
  upperLevels: Type.Array(Strict({ points: Points }), { maxItems: 4 }),
  minimumCheck: Amount,
  attributionDays: Type.Integer({ minimum: 1, maximum: 365 }),
  touch: Type.Union([Type.Literal('first'), Type.Literal('last')]),
  knownDevices: Type.Union([Type.Literal('reject'), Type.Literal('accept')]),
  monthlyCap: Nullable(Type.Integer({ minimum: 1, maximum: 10_000 })),
  returnWindowDays: Type.Integer({ minimum: 0, maximum: 180 }),
  pendingDays: Type.Integer({ minimum: 1, maximum: 180 }),
});
export type ReferralSettingsBody = Static<typeof ReferralSettingsBody>;

// --- GET /api/v1/referrals
export const ReferralStateText = Type.Union([
  Type.Literal('registered'),
  Type.Literal('qualified'),
  Type.Literal('rewarded'),
  Type.Literal('rejected'),
]);
export const ReferralQuery = Strict({
  programmeId: Type.Optional(SmallId),
  state: Type.Optional(ReferralStateText),
  after: Type.Optional(NumberCursor),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
});
const Person = Strict({ accountId: Id, name: Type.String() });
export const ReferralRow = Strict({
  referralId: Id,
  state: ReferralStateText,
  /** Why it was rejected; null otherwise. */
  reason: Nullable(Type.String()),
  referrer: Person,
  friend: Person,
  registeredAt: InstantText,
  /** Until when a check may qualify it. */
  validUntil: InstantText,
  checkId: Nullable(Id),
  qualifiedAt: Nullable(InstantText),
  /** From when on a return no longer undoes it. */
  confirmsAt: Nullable(InstantText),
  rewards: Type.Array(
    Strict({
      /** 0 is the friend, 1 the referrer, 2 the one above him. */
      level: Type.Integer({ minimum: 0, maximum: 10 }),
      accountId: Id,
      points: Amount,
      /** Why there are no points; null otherwise. */
      reason: Nullable(Type.String()),
      activatesAt: InstantText,
      revoked: Type.Boolean(),
    }),
  ),
});
export type ReferralRow = Static<typeof ReferralRow>;
export const ReferralPage = Strict({ items: Type.Array(ReferralRow), next: Nullable(Type.String()) });
export type ReferralPage = Static<typeof ReferralPage>;

// --- GET /api/v1/referrals/numbers
export const ReferralNumbersQuery = Strict({
  programmeId: Type.Optional(SmallId),
  days: Type.Optional(Type.Integer({ minimum: 1, maximum: 365 })),
});
export const ReferralNumbers = Strict({
  days: Type.Integer(),
  /** Links followed; the rest counts those who registered within these days. */
  clicks: Type.Integer(),
  registered: Type.Integer(),
  qualified: Type.Integer(),
  rewarded: Type.Integer(),
  rejected: Type.Integer(),
  /** Given to all sides and not taken back. */
  points: Amount,
});
export type ReferralNumbers = Static<typeof ReferralNumbers>;
