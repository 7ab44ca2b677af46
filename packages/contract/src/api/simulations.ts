import { type Static, Type } from 'typebox';
import { ProgrammeParams } from './earning.ts';
import { DateText, Id, InstantText, Nullable, Strict } from './shapes.ts';

/** Rules tried on past checks: `/api/v1/programmes/:programmeId/simulations…`. */

/** A sum over many accounts: may pass the largest single amount, stays exact. */
const Sum = Type.Integer({ minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER });
const Count = Type.Integer({ minimum: 0 });

export const AskSimulation = Strict({
  /** The rules to try; absent is the saved draft of the programme. */
  rules: Type.Optional(Type.Record(Type.String({ maxLength: 100 }), Type.Unknown())),
  /** Business days of the programme, both inclusive, by the time of sale. */
  from: DateText,
  to: DateText,
  /** Codes of venues; absent is all. */
  venues: Type.Optional(
    Type.Array(Type.Integer({ minimum: 0, maximum: 2_147_483_647 }), { minItems: 1, maxItems: 1000 }),
  ),
  /** How much more guests are assumed to buy: nothing unless it is said. */
  upliftBasisPoints: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000 })),
});
export type AskSimulation = Static<typeof AskSimulation>;

const Version = Strict({
  /** Points. */
  issued: Sum,
  rules: Type.Array(Strict({ ruleId: Type.String(), checks: Count, points: Sum })),
  /** Limits that left less. */
  cuts: Type.Array(Strict({ cut: Type.String(), checks: Count })),
});

export const SimulationReport = Strict({
  checks: Count,
  /** To whom the draft gives another number of points. */
  checksTouched: Count,
  members: Count,
  membersTouched: Count,
  /** Paid in money, minor units. */
  turnover: Sum,
  live: Version,
  draft: Version,
  /** Points that the draft gives more, and what they are worth in minor units of money. */
  delta: Sum,
  cost: Sum,
  costBasisPoints: Nullable(Type.Integer()),
  levelChanges: Type.Array(Strict({ from: Type.String(), to: Type.String(), members: Count })),
  /** The twenty who gain most. */
  gainers: Type.Array(Strict({ accountId: Id, name: Type.String(), live: Sum, draft: Sum })),
  /** Exclusions of the draft that no check has met. */
  idleExclusions: Type.Array(Type.String()),
  /** Sales that the live version priced, and how many of them came out otherwise than they are stored: 0 is right. */
  selfCheck: Strict({ checked: Count, different: Count }),
  /** What the assumed uplift adds. */
  uplift: Strict({ turnover: Sum, points: Sum }),
});
export type SimulationReport = Static<typeof SimulationReport>;

export const SimulationParams = Strict({ ...ProgrammeParams.properties, simulationId: Id });
export const SimulationView = Strict({
  simulationId: Id,
  programmeId: Id,
  status: Type.Union([Type.Literal('waiting'), Type.Literal('running'), Type.Literal('done'), Type.Literal('failed')]),
  from: DateText,
  to: DateText,
  accountsDone: Count,
  /** null before it is known. */
  accountsTotal: Nullable(Count),
  createdAt: InstantText,
  report: Nullable(SimulationReport),
});
export type SimulationView = Static<typeof SimulationView>;
export const SimulationList = Strict({ items: Type.Array(SimulationView) });
