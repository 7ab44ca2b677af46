import { Type } from 'typebox';

/** Largest amount on the wire: 10^12 minor units (architecture, section 4). */
export const AMOUNT_MAX = 1_000_000_000_000;

/** An amount of money or points in minor units (kopecks), never negative. */
export const Amount = Type.Integer({ minimum: 0, maximum: AMOUNT_MAX });
/** A balance or a change of one, in minor units; may be negative. */
export const SignedAmount = Type.Integer({ minimum: -AMOUNT_MAX, maximum: AMOUNT_MAX });
export const Id = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER });
/** An id of what a company has few of (programmes, groups, partners, kinds of coupons): kept as a 32-bit integer. */
export const SmallId = Type.Integer({ minimum: 1, maximum: 2_147_483_647 });
/** An instant, RFC 3339 in UTC. */
export const InstantText = Type.String({ format: 'date-time', maxLength: 40 });
export const DateText = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
/** The cursor of a list that goes by numbers: the last one of the page above; '' is the first page. */
export const NumberCursor = Type.String({ pattern: '^\\d{0,15}$' });
/** The same where the numbers are `SmallId`s. */
export const SmallCursor = Type.String({ pattern: '^\\d{0,9}$' });
export const Nullable = <T extends import('typebox').TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

/** Our own API refuses fields it does not know. */
export const Strict = <T extends import('typebox').TProperties>(properties: T) =>
  Type.Object(properties, { additionalProperties: false });

/** The one shape of an error on our own API. */
export const ErrorBody = Strict({
  error: Strict({
    code: Type.String(),
    message: Type.String(),
    retryable: Type.Boolean(),
    params: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    fields: Type.Optional(Type.Array(Strict({ path: Type.String(), message: Type.String() }))),
  }),
});
export type ErrorBody = import('typebox').Static<typeof ErrorBody>;
