import { type Static, Type } from 'typebox';
import { CardPicture } from './console.ts';
import { BarcodeFormat, DesignBody, DesignImages, GoogleVertical } from './design-body.ts';
import { Id, InstantText, Nullable, SmallId, Strict } from './shapes.ts';

/** Designs of cards, `/api/v1/designs`, `/api/v1/design-variables`, `/api/v1/pictures`. */

const optional = Type.Optional;
const Language = Type.Union([Type.Literal('ru'), Type.Literal('en')]);
const Name = Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' });

// --- GET /api/v1/designs?archived=&statistics=
export const DesignQuery = Strict({
  /** Archived designs too. */
  archived: optional(Type.Boolean()),
  statistics: optional(Type.Boolean()),
});

export const DesignStatistics = Strict({
  /** All cards of the design, voided ones too. */
  cards: Type.Integer(),
  voided: Type.Integer(),
  /** Cards that stand on a phone now, in Apple Wallet, a reader of its files, or Google Wallet. */
  installed: Type.Integer(),
  /** Devices that hold one of its cards and have asked for news within 30 days. */
  activeDevices: Type.Integer(),
  /** When its cards were last told of a new look; null: never. */
  lastPushAt: Nullable(InstantText),
});
export type DesignStatistics = Static<typeof DesignStatistics>;

export const DesignRow = Strict({
  designId: Id,
  name: Type.String(),
  programme: Type.String(),
  credential: Nullable(Strict({ id: Id, name: Type.String() })),
  passes: Type.Integer(),
  /** The newest that was saved. */
  revision: Type.Integer(),
  /** Saved, and not pushed yet: cards still show an older revision. */
  unpublished: Type.Boolean(),
  archivedAt: Nullable(InstantText),
  /** Null unless asked for. */
  statistics: Nullable(DesignStatistics),
  /** The card as it is on phones now. */
  picture: CardPicture,
});
export type DesignRow = Static<typeof DesignRow>;
export const DesignList = Strict({ items: Type.Array(DesignRow) });
export type DesignList = Static<typeof DesignList>;

/** What is wrong, or will not be seen. Errors keep a design from being saved, warnings do not. */
export const DesignProblem = Strict({
  /** Where in the body: `fields/header/points/changeMessage`, `texts/en/fields/points/label`, `images/icon.png`. */
  path: Type.String(),
  code: Type.String(),
  severity: Type.Union([Type.Literal('error'), Type.Literal('warning')]),
  parameters: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])),
  /** The code as a sentence, in the language of the request. */
  message: Type.String(),
});
export type DesignProblem = Static<typeof DesignProblem>;

/** GET /api/v1/designs/:designId; POST, PUT, copy, push, archive and restore answer it, too. */
export const DesignDetail = Strict({
  designId: Id,
  name: Type.String(),
  programmeId: Id,
  programme: Type.String(),
  credentialId: Nullable(Id),
  /** The saved body, for editing. */
  body: DesignBody,
  /** Say it again with PUT and push: somebody else's change in between is a 409 then. */
  revision: Type.Integer(),
  /** The revision that cards show. */
  published: Type.Integer(),
  passes: Type.Integer(),
  savedAt: InstantText,
  lastPushAt: Nullable(InstantText),
  archivedAt: Nullable(InstantText),
  /** Warnings of the saved body. */
  problems: Type.Array(DesignProblem),
});
export type DesignDetail = Static<typeof DesignDetail>;

/** POST /api/v1/designs: 201. It is published at once: there are no cards yet. */
export const NewDesign = Strict({
  name: Name,
  programmeId: SmallId,
  /** Null: it waits for its certificate, and no card can be issued. */
  credentialId: Nullable(SmallId),
  body: DesignBody,
});
export type NewDesign = Static<typeof NewDesign>;

/** PUT /api/v1/designs/:designId. Cards keep what they have until `push`. */
export const DesignUpdate = Strict({
  name: Name,
  credentialId: Nullable(SmallId),
  body: DesignBody,
  /** The one that was read; another one meanwhile: 409 `design_changed`. */
  revision: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }),
  /** "Save and push". */
  push: optional(Type.Boolean()),
});
export type DesignUpdate = Static<typeof DesignUpdate>;

/** POST /api/v1/designs/:designId/copy: 201. */
export const DesignCopy = Strict({ name: Name });

/**
 * POST /api/v1/designs/:designId/push: cards take the saved revision and are told. Without `revision` whatever is saved.
 * Twice is once: cards that have it already are not told again.
 */
export const DesignPush = Strict({ revision: optional(Type.Integer({ minimum: 1, maximum: 2_147_483_647 })) });

/** DELETE /api/v1/designs/:designId?cards=void or ?cards=move&to=: with cards and without a word of them 409 `design_has_cards`. */
export const DesignRemoval = Strict({
  cards: optional(Type.Union([Type.Literal('move'), Type.Literal('void')])),
  /** The design that its cards become; of the same programme and certificate. */
  to: optional(SmallId),
});
export type DesignRemoval = Static<typeof DesignRemoval>;
/** 200: what happens to its cards, in the background, and the operation that tells how far it is (`pass-operations`). */
export const DesignRemoved = Strict({
  cards: Type.Integer(),
  operationId: Nullable(SmallId),
  fate: Nullable(Type.Union([Type.Literal('move'), Type.Literal('void')])),
});
export type DesignRemoved = Static<typeof DesignRemoved>;

/** GET /api/v1/designs/:designId/cards/:serial */
export const CardOfDesign = Strict({ passId: Id, serial: Type.String(), guid: Type.String(), accountId: Id });
export type CardOfDesign = Static<typeof CardOfDesign>;

// --- GET /api/v1/design-variables
export const DesignVariable = Strict({
  /** As it is written, with its `#`. */
  name: Type.String(),
  group: Type.Union([
    Type.Literal('guest'),
    Type.Literal('card'),
    Type.Literal('loyalty'),
    Type.Literal('custom'),
    Type.Literal('field'),
  ]),
  /** A sentence on what it says. */
  about: Type.String(),
  /** What it says of the guest of previews; '' where it has nothing to say. */
  sample: Type.String(),
  /** Which formats it can be written in, besides its text. */
  value: Type.Union([Type.Literal('text'), Type.Literal('number'), Type.Literal('date')]),
});
export type DesignVariable = Static<typeof DesignVariable>;
export const DesignVariableList = Strict({ items: Type.Array(DesignVariable) });
export type DesignVariableList = Static<typeof DesignVariableList>;

// --- POST /api/v1/designs/preview: an unsaved body as finished faces
export const DesignPreviewRequest = Strict({
  body: DesignBody,
  /** Checks what a certificate has to allow, such as NFC. */
  credentialId: optional(Nullable(SmallId)),
  /** The design that is being edited: with `serial`, one of its cards lends its guest and its own values. */
  designId: optional(SmallId),
  serial: optional(Type.String({ minLength: 1, maxLength: 64 })),
});
export type DesignPreviewRequest = Static<typeof DesignPreviewRequest>;

const TextLine = Strict({ label: Type.String(), value: Type.String() });
/** A card as Google Wallet draws it. */
export const GoogleFace = Strict({
  vertical: GoogleVertical,
  /** Above, small: whose card it is. */
  issuer: Type.String(),
  /** The large line. */
  title: Type.String(),
  colour: Type.String(),
  logo: optional(Type.String()),
  hero: optional(Type.String()),
  rows: Type.Array(Type.Array(TextLine)),
  /** Behind "Details". */
  details: Type.Array(TextLine),
  links: Type.Array(Strict({ label: Type.String(), url: Type.String() })),
  barcode: optional(
    Strict({
      format: BarcodeFormat,
      svg: Type.String(),
      altText: optional(Type.String()),
      /** Changes every so many seconds. */
      rotatingSeconds: optional(Type.Integer()),
    }),
  ),
  ended: Type.Boolean(),
});
export type GoogleFace = Static<typeof GoogleFace>;

export const DesignPreview = Strict({
  problems: Type.Array(DesignProblem),
  /** The first language first. */
  faces: Type.Array(
    Strict({
      language: Language,
      /** For Apple, web and print, which the card renderer of @tessera/look draws. */
      card: CardPicture,
      google: GoogleFace,
      /** What a phone says when the field changes. */
      messages: Type.Array(Strict({ field: Type.String(), text: Type.String() })),
      /** What the lock screen says near a place or a beacon. */
      nearby: Type.Array(Type.String()),
    }),
  ),
});
export type DesignPreview = Static<typeof DesignPreview>;

// --- POST /api/v1/pictures: 201, one picture cut and scaled for its place
export const PicturePurpose = Type.Union([
  Type.Literal('icon'),
  Type.Literal('logo'),
  Type.Literal('strip'),
  Type.Literal('thumbnail'),
  Type.Literal('background'),
  Type.Literal('artwork'),
  Type.Literal('primaryLogo'),
  Type.Literal('hero'),
]);
export type PicturePurpose = Static<typeof PicturePurpose>;

/** Base64 of at most 8 MB. */
export const PICTURE_BASE64_MAX = 11_200_000;
const Share = Type.Number({ minimum: 0, maximum: 1 });
export const NewPicture = Strict({
  purpose: PicturePurpose,
  /** Some purposes have other measures on another kind of card. */
  style: optional(
    Type.Union([
      Type.Literal('storeCard'),
      Type.Literal('generic'),
      Type.Literal('coupon'),
      Type.Literal('eventTicket'),
    ]),
  ),
  /** Base64 of a PNG, JPEG, WebP or SVG. */
  content: Type.String({ minLength: 8, maxLength: PICTURE_BASE64_MAX }),
  /** The part to take, as shares of width and height; absent: the middle, as large as fits. */
  crop: optional(Strict({ left: Share, top: Share, width: Share, height: Share })),
  /** For an icon, which must not be transparent: what is behind it. */
  background: optional(Type.String({ pattern: '^#[0-9a-fA-F]{6}$' })),
});
export type NewPicture = Static<typeof NewPicture>;

export const StoredPicture = Strict({
  purpose: PicturePurpose,
  /** For the body of a design: `strip.png`, `strip@2x.png`, `strip@3x.png`. */
  images: DesignImages,
  /** Where it can be seen. */
  url: Type.String(),
  /** Of the part that was taken, pixels. */
  source: Strict({ width: Type.Integer(), height: Type.Integer() }),
  /** It had to be enlarged: it will not be sharp. */
  enlarged: Type.Boolean(),
});
export type StoredPicture = Static<typeof StoredPicture>;
