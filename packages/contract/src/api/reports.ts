import { type Static, Type } from 'typebox';
import { DateText, Id, SmallId, Strict } from './shapes.ts';

/** A sum over many accounts: may pass the largest single amount, stays exact. */
const Sum = Type.Integer({ minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER });

// --- GET /api/v1/reports/liability?programmeId=&from=&to=: business days of the programme, both inclusive, by the time of writing
export const LiabilityQuery = Strict({
  programmeId: SmallId,
  from: DateText,
  to: DateText,
});
const Columns = {
  opening: Sum,
  earned: Sum,
  earnedReversed: Sum,
  redeemed: Sum,
  redeemedGivenBack: Sum,
  expired: Sum,
  /** Given less taken by hand. */
  manual: Sum,
  /** Debts forgiven or met in money. */
  settled: Sum,
  closing: Sum,
};
export const LiabilityReport = Strict({
  programmeId: Id,
  from: DateText,
  to: DateText,
  days: Type.Array(Strict({ day: DateText, ...Columns })),
  total: Strict(Columns),
  /** What is owed as this is written, and what it is worth in minor units of money. */
  outstanding: Sum,
  worth: Sum,
});
export type LiabilityReport = Static<typeof LiabilityReport>;
