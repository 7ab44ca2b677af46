import { type Static, Type } from 'typebox';
import { InstantText, Nullable, Strict } from './shapes.ts';

const Code = Type.Integer({ minimum: 1, maximum: 65_535 });

/** Settings of r_keeper 7 (FarCards). Codes are those of its own reference of discounts and bonuses, not percents. */
export const FarCards = Strict({
  /** Addresses or networks (`10.1.0.0/16`) that may call; empty: whoever knows the secret. */
  addresses: Type.Array(Type.String({ minLength: 2, maxLength: 50 }), { maxItems: 100 }),
  /** By the id of a level. */
  levels: Type.Record(
    Type.String({ maxLength: 200 }),
    Strict({ discount: Type.Optional(Code), bonus: Type.Optional(Code) }),
    { maxProperties: 50 },
  ),
  /** Restaurant code of r_keeper → code of the venue here; others keep their own number. */
  restaurants: Type.Record(Type.String({ maxLength: 50 }), Type.Integer({ minimum: 1, maximum: 999_999_999 }), {
    maxProperties: 1000,
  }),
  /** The language of screens and slips. */
  language: Type.Union([Type.Literal('ru'), Type.Literal('en')]),
});
export type FarCards = Static<typeof FarCards>;

/** What a station shows and prints, with sums for example; `{level}` stands where the guest's level comes. */
export const FarCardsExample = Strict({
  screen: Type.String(),
  slip: Type.String(),
  cancelled: Type.String(),
});
/** GET /api/v1/farcards; `settings` null while r_keeper is not connected. */
export const FarCardsAnswer = Strict({
  settings: Nullable(FarCards),
  /** When a station has called last, to the minute; null while none has. */
  lastCalledAt: Nullable(InstantText),
  examples: Strict({ ru: FarCardsExample, en: FarCardsExample }),
});
export type FarCardsAnswer = Static<typeof FarCardsAnswer>;

/** PUT /api/v1/farcards */
export const SaveFarCards = Strict({ settings: FarCards, newSecret: Type.Optional(Type.Boolean()) });
export type SaveFarCards = Static<typeof SaveFarCards>;
/** `address` is what the station's ini file gets; it is shown once, and null when it has not changed. */
export const SavedFarCards = Strict({ settings: FarCards, address: Nullable(Type.String()) });
export type SavedFarCards = Static<typeof SavedFarCards>;
