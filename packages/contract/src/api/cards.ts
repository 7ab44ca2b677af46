import { type Static, Type } from 'typebox';
import { DateText, Id, InstantText, Nullable, SmallCursor, SmallId, Strict } from './shapes.ts';

/** Card numbers prepared beforehand, and the cards that tills hand out. */

export const CARDS_OF_RANGE_MAX = 100_000;
/** What r_keeper can read: a signed 64-bit number without leading zero. */
export const CardNumber = Type.String({ pattern: '^[1-9][0-9]{3,17}$' });
const Name = Type.String({ minLength: 1, maxLength: 100, pattern: '^(?=.*\\S)[^\\p{Cc}]*$' });

export const CardRangeSettings = Strict({
  /** The last day on which its cards are handed out, in the company's time zone; null for ever. */
  handOutUntil: Nullable(DateText),
  /** Whether tills may activate its cards. */
  atTill: Type.Boolean(),
  /** A guest who has a card of this range gets no other one. */
  onePerGuest: Type.Boolean(),
  /** Whether a card may be given to a guest who has an account: then it leads to that account. */
  toKnownGuests: Type.Boolean(),
  nameNeeded: Type.Boolean(),
  birthdayNeeded: Type.Boolean(),
});
export type CardRangeSettings = Static<typeof CardRangeSettings>;

export const CardNumbers = Type.Union([
  /** One after the other, both ends included: what is printed already. */
  Strict({ kind: Type.Literal('sequence'), from: CardNumber, to: CardNumber }),
  /** Numbers that nobody can guess: a prefix, random digits and a check digit (Luhn). */
  Strict({
    kind: Type.Literal('random'),
    count: Type.Integer({ minimum: 1, maximum: CARDS_OF_RANGE_MAX }),
    digits: Type.Integer({ minimum: 8, maximum: 18 }),
    prefix: Type.String({ pattern: '^([1-9][0-9]{0,7})?$' }),
  }),
  /** None yet: they come in a file, see PUT …/numbers. */
  Strict({ kind: Type.Literal('list') }),
]);
export type CardNumbers = Static<typeof CardNumbers>;

/** POST /api/v1/card-ranges: the same key again answers with the range that it made. */
export const NewCardRange = Strict({
  operationKey: Type.String({ format: 'uuid' }),
  name: Name,
  /** Its template gives level, discount and first points. */
  groupId: SmallId,
  settings: CardRangeSettings,
  numbers: CardNumbers,
});
export type NewCardRange = Static<typeof NewCardRange>;
/** PUT /api/v1/card-ranges/:rangeId: holds for cards that are still free. */
export const ChangeCardRange = Strict({ name: Name, settings: CardRangeSettings, closed: Type.Boolean() });
export type ChangeCardRange = Static<typeof ChangeCardRange>;

export const CardRange = Strict({
  rangeId: SmallId,
  name: Type.String(),
  groupId: SmallId,
  group: Type.String(),
  settings: CardRangeSettings,
  numbers: CardNumbers,
  /** A closed range hands out nothing. */
  closed: Type.Boolean(),
  free: Type.Integer(),
  active: Type.Integer(),
  blocked: Type.Integer(),
  createdAt: InstantText,
});
export type CardRange = Static<typeof CardRange>;
export const CardRangeParams = Strict({ rangeId: SmallId });
const Limit = Type.Optional(Type.Integer({ minimum: 1, maximum: 200 }));
export const CardRangesQuery = Strict({ after: Type.Optional(SmallCursor), limit: Limit });
export const CardRangePage = Strict({ items: Type.Array(CardRange), next: Nullable(Type.String()) });
export type CardRangePage = Static<typeof CardRangePage>;

export const CardState = Type.Union([Type.Literal('free'), Type.Literal('active'), Type.Literal('blocked')]);
export type CardState = Static<typeof CardState>;
export const Card = Strict({
  number: Type.String(),
  rangeId: SmallId,
  state: CardState,
  accountId: Nullable(Id),
  activatedAt: Nullable(InstantText),
});
export type Card = Static<typeof Card>;
/** GET /api/v1/card-ranges/:rangeId/cards: by number; `after` is the last one of the page above. */
export const CardsQuery = Strict({
  state: Type.Optional(CardState),
  after: Type.Optional(Type.String({ pattern: '^[0-9]{0,18}$' })),
  limit: Limit,
});
export const CardPage = Strict({ items: Type.Array(Card), next: Nullable(Type.String()) });
export type CardPage = Static<typeof CardPage>;

/**
 * PUT /api/v1/card-ranges/:rangeId/numbers, the file as application/octet-stream: a number a line, or the first column
 * of a CSV. Good numbers are taken, the others told by line; the same file again changes nothing.
 */
export const CardNumbersAnswer = Strict({
  added: Type.Integer(),
  /** In this range before. */
  known: Type.Integer(),
  wrong: Type.Integer(),
  /** The first 200 of the wrong lines. */
  problems: Type.Array(
    Strict({ line: Type.Integer(), number: Type.String(), code: Type.String(), message: Type.String() }),
  ),
});
export type CardNumbersAnswer = Static<typeof CardNumbersAnswer>;

/**
 * GET /api/v1/card-ranges/:rangeId/sheet.pdf: QR codes for A4 sheets, 24 labels (70 × 37 mm) or 10 business cards
 * (85 × 54 mm) a page.
 */
export const CardSheetQuery = Strict({
  layout: Type.Optional(Type.Union([Type.Literal('labels'), Type.Literal('cards')])),
  state: Type.Optional(CardState),
  after: Type.Optional(Type.String({ pattern: '^[0-9]{0,18}$' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 20_000 })),
});

/** POST /api/v1/cards/:number/block and …/unblock: a lost card leads to nobody. */
export const CardParams = Strict({ number: Type.String({ minLength: 1, maxLength: 40 }) });

/** POST /api/v1/till/cards: hands out a prepared card. The number is the natural key: twice is once. */
export const TillNewCard = Strict({
  number: Type.String({ minLength: 1, maxLength: 40 }),
  phone: Type.String({ minLength: 1, maxLength: 40 }),
  name: Type.Optional(Type.String({ maxLength: 200 })),
  birthday: Type.Optional(Nullable(DateText)),
});
export type TillNewCard = Static<typeof TillNewCard>;
export const TillCard = Strict({
  number: Type.String(),
  accountId: Id,
  name: Type.String(),
  level: Type.String(),
  /** Points to spend, in minor units. */
  balance: Type.Integer(),
  /** true: a new account was opened; false: the card leads to the account that the phone had. */
  opened: Type.Boolean(),
  /** true: it had been handed out to this guest before, nothing has changed. */
  already: Type.Boolean(),
});
export type TillCard = Static<typeof TillCard>;
