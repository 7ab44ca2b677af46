import { type Static, Type } from 'typebox';
import { PageQuery } from './console.ts';
import { DateText, Id, InstantText, Nullable, NumberCursor, SmallId, Strict } from './shapes.ts';

/** The coalition, `/api/v1/partners` and `/api/v1/clearing`: partners with their venues, and what they owe each other. */

const Name = Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' });
/** What tills call a venue (restCode). */
const VenueCode = Type.Integer({ minimum: 0, maximum: 2_147_483_647 });
/** A sum of a period: may pass the largest single amount, stays exact. */
const Sum = Type.Integer({ minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER });

// --- GET, POST /api/v1/partners; PUT /api/v1/partners/:partnerId; PUT, DELETE …/venues/:code
export const PartnerName = Strict({ name: Name });
export const PartnerParams = Strict({ partnerId: SmallId });
export const PartnerVenueParams = Strict({ ...PartnerParams.properties, code: VenueCode });
export const Partner = Strict({ partnerId: Id, name: Type.String() });
export type Partner = Static<typeof Partner>;
export const PartnerVenue = Strict({
  code: VenueCode,
  name: Type.String(),
  /** null for a venue that is nobody's yet: points spent there are settled with nobody. */
  partnerId: Nullable(Id),
});
export type PartnerVenue = Static<typeof PartnerVenue>;
export const PartnerList = Strict({
  partners: Type.Array(Partner),
  venues: Type.Array(PartnerVenue),
  /** Codes that checks have named and that nobody has entered. */
  unknownVenues: Type.Array(Strict({ code: VenueCode, checks: Type.Integer(), lastSeenAt: InstantText })),
});
export type PartnerList = Static<typeof PartnerList>;

// --- GET /api/v1/clearing?from=&to=: days of the company, both inclusive, by the time of writing
const Period = { from: DateText, to: DateText };
/** Absent: the month that is. */
const AskedPeriod = { from: Type.Optional(DateText), to: Type.Optional(DateText) };
export const ClearingQuery = Strict(AskedPeriod);
/** A partner of the coalition; null for the common pool. */
const Party = Nullable(Strict({ id: Type.String(), name: Type.String() }));
export const ClearingStatement = Strict({
  ...Period,
  /** After claims in both directions are set off: who pays whom. Minor units of money. */
  net: Type.Array(Strict({ debtor: Party, creditor: Party, amount: Sum })),
  /** What is behind it, each direction by itself; points in minor units. */
  claims: Type.Array(Strict({ debtor: Party, creditor: Party, points: Sum, amount: Sum, checks: Type.Integer() })),
});
export type ClearingStatement = Static<typeof ClearingStatement>;

// --- GET /api/v1/clearing/lines?from=&to=&one=&other=&after=&limit=, and the same as lines.csv
const PartyId = Type.String({ maxLength: 200 });
/** `one` and `other`: the claims between these two, in both directions; `pool` is the common pool. */
const Between = { one: Type.Optional(PartyId), other: Type.Optional(PartyId) };
export const ClearingFileQuery = Strict({ ...AskedPeriod, ...Between });
export const ClearingLinesQuery = Strict({
  ...AskedPeriod,
  ...Between,
  after: Type.Optional(NumberCursor),
  limit: PageQuery.properties.limit,
});
export const ClearingLine = Strict({
  claimId: Id,
  checkId: Id,
  checkNumber: Type.String(),
  accountId: Id,
  venue: Type.String(),
  /** A return reduces what its sale made owed: negative numbers. */
  operation: Type.Union([Type.Literal('sale'), Type.Literal('return')]),
  /** Points that were taken, or, settled at issue, points that were given. */
  cause: Type.Union([Type.Literal('redemption'), Type.Literal('issue')]),
  debtor: Party,
  creditor: Party,
  points: Sum,
  basisPoints: Type.Integer(),
  amount: Sum,
  occurredAt: InstantText,
  recordedAt: InstantText,
});
export type ClearingLine = Static<typeof ClearingLine>;
export const ClearingLines = Strict({ items: Type.Array(ClearingLine), next: Nullable(Type.String()) });
export type ClearingLines = Static<typeof ClearingLines>;
