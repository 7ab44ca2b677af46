import { type Static, Type } from 'typebox';
import { DateText, InstantText, Nullable, Strict } from './shapes.ts';

/**
 * A design as it is written: what every card of it looks like and says, on every phone. Texts may hold variables such as
 * `LoyaltyValue#` (GET /api/v1/design-variables lists them).
 */

const optional = Type.Optional;
const Colour = Type.String({ pattern: '^#[0-9a-fA-F]{6}$' });
const Language = Type.Union([Type.Literal('ru'), Type.Literal('en')]);
const Url = Type.String({ minLength: 4, maxLength: 2_000 });
const Short = Type.String({ maxLength: 200 });

/** The kinds of cards that Apple Wallet draws; the other forms follow them. */
export const DesignStyle = Type.Union([
  Type.Literal('storeCard'),
  Type.Literal('generic'),
  Type.Literal('coupon'),
  Type.Literal('eventTicket'),
]);
export type DesignStyle = Static<typeof DesignStyle>;

const DateStyle = Type.Union([
  Type.Literal('none'),
  Type.Literal('short'),
  Type.Literal('medium'),
  Type.Literal('long'),
  Type.Literal('full'),
]);

/**
 * How a phone writes a value in its owner's way. The value of the field is one variable, or a plain number or date:
 * `12.5`, `2026-12-31`, `2026-12-31T18:00:00+03:00`. What cannot be read so is shown as the text that it is.
 */
export const FieldFormat = Type.Union([
  Strict({
    kind: Type.Literal('date'),
    dateStyle: DateStyle,
    timeStyle: DateStyle,
    /** "in three days": on Apple phones alone. */
    relative: optional(Type.Boolean()),
  }),
  Strict({
    kind: Type.Literal('number'),
    /** `percent`: 5 is 5 %. `spellOut` and `scientific` are figures outside Apple's phones. */
    style: Type.Union([
      Type.Literal('decimal'),
      Type.Literal('percent'),
      Type.Literal('scientific'),
      Type.Literal('spellOut'),
    ]),
  }),
  Strict({ kind: Type.Literal('currency'), code: Type.String({ pattern: '^[A-Z]{3}$' }) }),
]);
export type FieldFormat = Static<typeof FieldFormat>;

export const FieldKey = Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' });

export const DesignField = Strict({
  /** Unique over the whole card and stable: phones find by it what has changed. */
  key: FieldKey,
  label: Short,
  value: Type.String({ maxLength: 10_000 }),
  /** What a phone says when the value changes; holds `%@` for the new value. */
  changeMessage: optional(Type.String({ maxLength: 300 })),
  /** Not in primary and back fields, where phones ignore it. */
  alignment: optional(
    Type.Union([Type.Literal('left'), Type.Literal('center'), Type.Literal('right'), Type.Literal('natural')]),
  ),
  format: optional(FieldFormat),
  /** The second row of auxiliary fields; event tickets alone have one. */
  row: optional(Type.Union([Type.Literal(0), Type.Literal(1)])),
});
export type DesignField = Static<typeof DesignField>;

const Fields = (maximum: number) => Type.Array(DesignField, { maxItems: maximum });

/** `ean13`, `code39`, `codabar` and `itf` are drawn since iOS 27: a QR code follows for older phones. */
export const BarcodeFormat = Type.Union([
  Type.Literal('qr'),
  Type.Literal('pdf417'),
  Type.Literal('aztec'),
  Type.Literal('code128'),
  Type.Literal('ean13'),
  Type.Literal('code39'),
  Type.Literal('codabar'),
  Type.Literal('itf'),
]);
export type BarcodeFormat = Static<typeof BarcodeFormat>;

/** The texts of one more language; a missing one is said in the first language. */
export const DesignTexts = Strict({
  organizationName: optional(Short),
  description: optional(Short),
  logoText: optional(Short),
  /** Under the code. */
  altText: optional(Short),
  /** The poster's big title. */
  title: optional(Short),
  /** By the keys of the fields. */
  fields: optional(
    Type.Record(
      FieldKey,
      Strict({
        label: optional(Short),
        value: optional(Type.String({ maxLength: 10_000 })),
        changeMessage: optional(Type.String({ maxLength: 300 })),
      }),
    ),
  ),
});
export type DesignTexts = Static<typeof DesignTexts>;

/** A text in the other languages of the design. */
const Translations = optional(Strict({ ru: optional(Short), en: optional(Short) }));

export const DesignPlace = Strict({
  latitude: Type.Number({ minimum: -90, maximum: 90 }),
  longitude: Type.Number({ minimum: -180, maximum: 180 }),
  /** Metres. */
  altitude: optional(Type.Number({ minimum: -1_000, maximum: 10_000 })),
  /** What the lock screen says near it; phones add the company's name themselves. */
  text: Short,
  texts: Translations,
});
export type DesignPlace = Static<typeof DesignPlace>;

export const DesignBeacon = Strict({
  uuid: Type.String({ pattern: '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' }),
  major: optional(Type.Integer({ minimum: 0, maximum: 65_535 })),
  minor: optional(Type.Integer({ minimum: 0, maximum: 65_535 })),
  text: Short,
  texts: Translations,
});
export type DesignBeacon = Static<typeof DesignBeacon>;

/** When a card comes to the lock screen by itself: a moment, or a span of at most 24 hours. */
export const RelevantDate = Type.Union([
  Strict({ at: InstantText }),
  Strict({ from: InstantText, until: InstantText }),
]);
export type RelevantDate = Static<typeof RelevantDate>;

/** What stands under the card since iOS 27; the wording is the phone's. */
export const FeaturedActionType = Type.Union([
  Type.Literal('membershipBenefits'),
  Type.Literal('viewOffersRewards'),
  Type.Literal('addToBalance'),
  Type.Literal('order'),
  Type.Literal('shop'),
  Type.Literal('bookAppointment'),
  Type.Literal('call'),
  Type.Literal('viewSchedule'),
]);

/** Apple's full-bleed card (iOS 27), beside the style for older phones. Its fields are those of the card, by their keys. */
export const DesignPoster = Strict({
  /** A large line above all; may hold variables. */
  title: optional(Short),
  header: Type.Array(FieldKey, { maxItems: 1 }),
  primary: Type.Array(FieldKey, { maxItems: 4 }),
  footer: Type.Array(FieldKey, { maxItems: 2 }),
  /** In the section below the card that the phone calls additional information; back fields may stand here, too. */
  additional: optional(Type.Array(FieldKey, { maxItems: 10 })),
});

/** Google's kinds of cards. */
export const GoogleVertical = Type.Union([
  Type.Literal('loyalty'),
  Type.Literal('generic'),
  Type.Literal('offer'),
  Type.Literal('eventTicket'),
  Type.Literal('giftCard'),
]);
export type GoogleVertical = Static<typeof GoogleVertical>;

/**
 * File name in the bundle (`logo@2x.png`) → SHA-256 of the picture, hex, as POST /api/v1/pictures answered. A picture in
 * another language of the design stands in the folder of that language, in all its sizes: `en.lproj/strip@2x.png`. Icon and
 * Google's wide picture are the same in all languages.
 */
export const DesignImages = Type.Record(
  Type.String({
    pattern: '^(icon|hero|((ru|en)\\.lproj/)?(logo|strip|thumbnail|background|artwork|primaryLogo))(@[23]x)?\\.png$',
  }),
  Type.String({ pattern: '^[0-9a-f]{64}$' }),
);

/** A design without its pictures. */
const draftProperties = {
  style: DesignStyle,
  poster: optional(DesignPoster),
  /** The first language: of the texts here, and for phones of every other language. */
  language: Language,
  texts: optional(Strict({ ru: optional(DesignTexts), en: optional(DesignTexts) })),
  organizationName: Short,
  /** What a screen reader says of the card. */
  description: Short,
  logoText: Short,
  colours: Strict({ background: Colour, foreground: Colour, label: Colour }),
  fields: Strict({
    header: Fields(10),
    primary: Fields(10),
    secondary: Fields(10),
    auxiliary: Fields(10),
    back: Fields(30),
  }),
  barcode: Nullable(
    Strict({
      format: BarcodeFormat,
      /** A template with variables, usually `Serial#`. */
      message: Type.String({ maxLength: 1_000 }),
      altText: Short,
      /** Absent: Latin-1 if the message fits, which every scanner reads, else UTF-8. */
      encoding: optional(Type.Union([Type.Literal('iso-8859-1'), Type.Literal('utf-8')])),
    }),
  ),
  /** Hides the share button; a file can be copied all the same. */
  sharingProhibited: Type.Boolean(),
  /** A card carries the ten nearest to its guest. */
  places: optional(Type.Array(DesignPlace, { maxItems: 500 })),
  /** The card carries the company's own venues that are on the map, the ten nearest to its guest, instead of `places`. */
  venuePlaces: optional(Type.Boolean()),
  /** How near is near; phones never take more than their style allows (100 m, tickets 1000 m). */
  maxDistanceMetres: optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
  beacons: optional(Type.Array(DesignBeacon, { maxItems: 10 })),
  relevantDates: optional(Type.Array(RelevantDate, { maxItems: 10 })),
  /** On the back of the card, in the app of the phone. */
  links: optional(Type.Array(Strict({ label: Short, url: Url, texts: Translations }), { maxItems: 10 })),
  /** The company's own programs. */
  apps: optional(
    Strict({
      appleStoreIds: optional(
        Type.Array(Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }), { maxItems: 10 }),
      ),
      appLaunchUrl: optional(Url),
      androidPackage: optional(
        Type.String({ pattern: '^[A-Za-z][A-Za-z0-9_]*(\\.[A-Za-z][A-Za-z0-9_]*)+$', maxLength: 200 }),
      ),
    }),
  ),
  featuredActions: optional(Type.Array(Strict({ type: FeaturedActionType, url: Url }), { maxItems: 2 })),
  /** The last day of its cards: one for all, or counted from the day of issue. A card's own day wins. */
  expiry: optional(
    Type.Union([
      Strict({ kind: Type.Literal('date'), on: DateText }),
      Strict({ kind: Type.Literal('days'), days: Type.Integer({ minimum: 1, maximum: 36_500 }) }),
    ]),
  ),
  /** Wants a certificate that Apple has opened for NFC: with any other the whole card is refused. */
  nfc: optional(
    Strict({
      /** At most 64 bytes; may hold variables. */
      message: Type.String({ minLength: 1, maxLength: 200 }),
      /** Base64 of a P-256 public key (X.509 SubjectPublicKeyInfo). */
      encryptionPublicKey: Type.String({ minLength: 1, maxLength: 400 }),
      requiresAuthentication: Type.Boolean(),
    }),
  ),
  /** The code of a card changes after use and with time, and the one before counts a little longer. */
  changingCode: optional(
    Strict({
      afterUse: Type.Boolean(),
      /** Null: with use alone. Below ten minutes pushes are slower than the codes. */
      minutes: Nullable(Type.Integer({ minimum: 10, maximum: 525_600 })),
      graceMinutes: Type.Integer({ minimum: 0, maximum: 10_080 }),
    }),
  ),
  /** Event tickets with the same word lie on one pile. */
  groupingIdentifier: optional(Type.String({ minLength: 1, maxLength: 100 })),
  /** What only Google Wallet can do with this card; absent: as its style asks for. */
  google: optional(
    Strict({
      vertical: optional(GoogleVertical),
      /** The code changes every so many seconds, so that a picture of it soon opens nothing. */
      rotatingSeconds: optional(Type.Integer({ minimum: 30, maximum: 300 })),
    }),
  ),
};

export const DesignBody = Strict({ ...draftProperties, images: DesignImages });
export type DesignBody = Static<typeof DesignBody>;

/** A design before its pictures were stored. */
export type DesignDraft = Omit<DesignBody, 'images'>;
