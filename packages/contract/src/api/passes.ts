import { type Static, Type } from 'typebox';
import { CardPicture } from './console.ts';
import {
  AMOUNT_MAX,
  DateText,
  Id,
  InstantText,
  Nullable,
  NumberCursor,
  SignedAmount,
  SmallCursor,
  SmallId,
  Strict,
} from './shapes.ts';

/** Cards of guests, one by one and many at once: `/api/v1/passes` and `/api/v1/pass-operations`. */

const Text = (maxLength: number) => Type.String({ maxLength, pattern: '^[^\\u0000]*$' });
export const OWN_TEXT_MAX = 2_000;
export const OWN_VALUES_MAX = 100;
export const SERIAL_CHARACTERS_MAX = 64;
const FieldKey = Type.String({ minLength: 1, maxLength: 64 });

/** Which cards are meant; what is absent is any. */
export const passFilters = {
  /** The beginning of a serial, a phone, an e-mail address, a name, a guest's number, or a text of the card's own. */
  search: Type.Optional(Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' })),
  designId: Type.Optional(SmallId),
  credentialId: Type.Optional(SmallId),
  accountId: Type.Optional(Id),
  state: Type.Optional(Type.Union([Type.Literal('active'), Type.Literal('voided')])),
  /** Whether any phone is known to hold the card. */
  installed: Type.Optional(Type.Union([Type.Literal('yes'), Type.Literal('no')])),
  platform: Type.Optional(Type.Union([Type.Literal('apple'), Type.Literal('android'), Type.Literal('google')])),
  /** Accounts with more points than this, minor units. */
  pointsOver: Type.Optional(Type.Integer({ minimum: -AMOUNT_MAX, maximum: AMOUNT_MAX })),
  /** Id of a level. */
  level: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
  /** Days in the company's time zone, both included. */
  createdFrom: Type.Optional(DateText),
  createdTo: Type.Optional(DateText),
};
export const PassFilter = Strict(passFilters);
export type PassFilter = Static<typeof PassFilter>;

// --- GET /api/v1/passes
export const PassesQuery = Strict({
  ...passFilters,
  after: Type.Optional(NumberCursor),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
});
export type PassesQuery = Static<typeof PassesQuery>;
export const PassRow = Strict({
  passId: Id,
  serial: Type.String(),
  guid: Type.String(),
  designId: Id,
  designName: Type.String(),
  passTypeIdentifier: Type.String(),
  accountId: Id,
  /** '' when the guest left no name. */
  guestName: Type.String(),
  /** E.164 digits without plus. */
  phone: Nullable(Type.String()),
  /** Name of the level as it was last written. */
  level: Type.String(),
  /** Points to spend as they were last written, minor units. */
  points: SignedAmount,
  /** Devices that registered for the card: iPhones and Apple Watches, and readers of Apple's files on Android. */
  appleDevices: Type.Integer(),
  androidDevices: Type.Integer(),
  /** Whether somebody has it in Google Wallet. */
  google: Type.Boolean(),
  voided: Type.Boolean(),
  version: Type.Integer(),
  updatedAt: InstantText,
  createdAt: InstantText,
});
export type PassRow = Static<typeof PassRow>;
/** A page may be short, or empty, and have a next one: filters that ask about each card look at some thousand at a time. */
export const PassPage = Strict({
  items: Type.Array(PassRow),
  next: Nullable(Type.String()),
  /** The search fits more cards than it looks at: a longer text finds the others. */
  more: Type.Boolean(),
});
export type PassPage = Static<typeof PassPage>;

// --- GET /api/v1/passes/count
export const PassesCount = Strict({ count: Type.Integer() });
export type PassesCount = Static<typeof PassesCount>;

// --- what a card has of its own
const CustomFields = Strict({
  '5': Type.Optional(Text(OWN_TEXT_MAX)),
  '6': Type.Optional(Text(OWN_TEXT_MAX)),
  '7': Type.Optional(Text(OWN_TEXT_MAX)),
});
/** Own texts by field key; null or an empty one gives the field back to the design. */
const OwnValues = Type.Record(FieldKey, Nullable(Text(OWN_TEXT_MAX)), { maxProperties: OWN_VALUES_MAX });
/** Absent: as it is. '' or null: none of its own. */
const things = {
  values: Type.Optional(OwnValues),
  /** What the code says; variables are written in. */
  barcodeMessage: Type.Optional(Nullable(Text(500))),
  nfcMessage: Type.Optional(Nullable(Text(64))),
  /** The last day, in the company's time zone. */
  expiresOn: Type.Optional(Nullable(DateText)),
  /** What `CustomField5#` to `CustomField7#` say on this card. */
  customFields: Type.Optional(CustomFields),
  /** What `Notes#` says on this card. */
  notes: Type.Optional(Nullable(Text(OWN_TEXT_MAX))),
};
export const PassThings = Strict({
  values: Type.Record(Type.String(), Type.String()),
  barcodeMessage: Type.String(),
  nfcMessage: Type.String(),
  expiresOn: Nullable(Type.String()),
  customFields: Strict({ '5': Type.String(), '6': Type.String(), '7': Type.String() }),
  notes: Type.String(),
});
export type PassThings = Static<typeof PassThings>;

// --- GET /api/v1/passes/:passId
export const PassParams = Strict({ passId: Id });
export const PassField = Strict({
  key: Type.String(),
  group: Type.String(),
  label: Type.String(),
  /** The design's text with its variables, and with the texts of this guest in their places. */
  template: Type.String(),
  inherited: Type.String(),
});
export const PassDevice = Strict({
  /** A short fingerprint: the device id itself is a secret. */
  fingerprint: Type.String(),
  platform: Type.String(),
  registeredAt: InstantText,
  lastSeenAt: InstantText,
  /**
   * `current`: it has the newest version. `told`: it was told of it, and one of the devices has fetched it; they fetch without
   * a name. `not_fetched`: it was told, and nobody has fetched it. `not_asked`: it has not asked since the card changed.
   */
  holds: Type.Union([
    Type.Literal('current'),
    Type.Literal('told'),
    Type.Literal('not_fetched'),
    Type.Literal('not_asked'),
  ]),
});
export type PassDevice = Static<typeof PassDevice>;
export const PassDetail = Strict({
  passId: Id,
  /** Grows with every change by hand; a change names the one it saw. */
  revision: Type.Integer(),
  serial: Type.String(),
  guid: Type.String(),
  designId: Id,
  designName: Type.String(),
  passTypeIdentifier: Type.String(),
  voided: Type.Boolean(),
  createdAt: InstantText,
  owner: Strict({
    accountId: Id,
    name: Type.String(),
    phone: Nullable(Type.String()),
    level: Type.String(),
    points: SignedAmount,
  }),
  /** The page with every form of the card, and the file for Apple Wallet. */
  links: Strict({ page: Type.String(), file: Type.String(), qr: Type.String() }),
  own: PassThings,
  fields: Type.Array(PassField),
  /** What the code says without an own text; null where the design has no code. */
  inheritedBarcode: Nullable(Type.String()),
  picture: CardPicture,
  devices: Type.Array(PassDevice),
  /** On how many devices the card is, how many the company thinks right, and whether its design forbids sharing. */
  sharing: Strict({ devices: Type.Integer(), devicesMax: Type.Integer(), prohibited: Type.Boolean() }),
  google: Nullable(
    Strict({
      installed: Type.Boolean(),
      upToDate: Type.Boolean(),
      savedAt: Nullable(InstantText),
      removedAt: Nullable(InstantText),
      problem: Nullable(Type.String()),
    }),
  ),
  versions: Strict({
    current: Type.Integer(),
    /** The newest one that a phone has fetched; 0 for none. */
    fetched: Type.Integer(),
    updatedAt: InstantText,
  }),
  /** The prepared range of plastic cards that this number is of. */
  range: Nullable(Strict({ rangeId: SmallId, name: Type.String() })),
});
export type PassDetail = Static<typeof PassDetail>;

// --- POST /api/v1/passes/:passId/preview
export const PassPreviewBody = Strict(things);
export const PassPreview = Strict({
  picture: CardPicture,
  /** What a phone would say of the change; null: it would stay silent. */
  notice: Nullable(Type.String()),
});
export type PassPreview = Static<typeof PassPreview>;

// --- GET /api/v1/passes/choices
export const PassChoices = Strict({
  designs: Type.Array(
    Strict({
      designId: Id,
      name: Type.String(),
      programmeId: Id,
      credentialId: Nullable(Id),
      archived: Type.Boolean(),
      fields: Type.Array(Strict({ key: Type.String(), group: Type.String(), label: Type.String() })),
    }),
  ),
  /** Certificates that sign cards. */
  credentials: Type.Array(Strict({ credentialId: Id, name: Type.String() })),
  levels: Type.Array(
    Strict({ programmeId: Id, programme: Type.String(), levelId: Type.String(), name: Type.String() }),
  ),
});
export type PassChoices = Static<typeof PassChoices>;

// --- POST /api/v1/passes
export const NewPass = Strict({
  designId: SmallId,
  /** Absent: one is made that nobody can guess. */
  serial: Type.Optional(Type.String({ minLength: 1, maxLength: SERIAL_CHARACTERS_MAX })),
  /** For a guest who has an account, or for a new one. */
  accountId: Type.Optional(Id),
  guest: Type.Optional(
    Strict({
      phone: Type.String({ minLength: 1, maxLength: 40 }),
      groupId: SmallId,
      firstName: Type.Optional(Text(100)),
      lastName: Type.Optional(Text(100)),
    }),
  ),
  ...things,
});
export type NewPass = Static<typeof NewPass>;
export const AddedPass = Strict({
  passId: Id,
  serial: Type.String(),
  guid: Type.String(),
  accountId: Id,
  /** Whether it was there before. */
  known: Type.Boolean(),
  /** `serial_characters`: signs that some scanners and keyboards cannot give. */
  warnings: Type.Array(Strict({ code: Type.Literal('serial_characters'), message: Type.String() })),
});
export type AddedPass = Static<typeof AddedPass>;

// --- PATCH /api/v1/passes/:passId
export const PassPatch = Strict({
  revision: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }),
  /** true: phones are told at once. false: they see it when they ask, or with the next change. */
  push: Type.Boolean(),
  ...things,
});
export type PassPatch = Static<typeof PassPatch>;

// --- POST /api/v1/passes/:passId/void, …/restore, …/move, …/push, DELETE /api/v1/passes/:passId
export const PassMove = Strict({ designId: SmallId });
export const PassPushed = Strict({
  /** Devices that were woken, and whether Google was told. */
  devices: Type.Integer(),
  google: Type.Boolean(),
});
export type PassPushed = Static<typeof PassPushed>;
export const PassGone = Strict({ passId: Id, serial: Type.String() });
export type PassGone = Static<typeof PassGone>;

// --- many at once: /api/v1/pass-operations
export const PassOperationKind = Type.Union([
  Type.Literal('set_field'),
  Type.Literal('clear_field'),
  Type.Literal('move'),
  Type.Literal('void'),
  Type.Literal('restore'),
  Type.Literal('push'),
  Type.Literal('delete_design'),
  Type.Literal('announce'),
]);
export type PassOperationKind = Static<typeof PassOperationKind>;
export const PassOperationState = Type.Union([
  /** Begins by itself when those before it have ended. */
  Type.Literal('waiting'),
  Type.Literal('running'),
  Type.Literal('paused'),
  Type.Literal('finished'),
  Type.Literal('cancelled'),
  Type.Literal('undoing'),
  Type.Literal('undone'),
]);
export type PassOperationState = Static<typeof PassOperationState>;

/** What somebody may ask for. */
export const PassOperationWish = Type.Union([
  Strict({
    kind: Type.Literal('set_field'),
    field: FieldKey,
    value: Type.String({ minLength: 1, maxLength: OWN_TEXT_MAX }),
  }),
  Strict({ kind: Type.Literal('clear_field'), field: FieldKey }),
  Strict({ kind: Type.Literal('move'), designId: SmallId }),
  Strict({ kind: Type.Literal('void') }),
  Strict({ kind: Type.Literal('restore') }),
  Strict({ kind: Type.Literal('push') }),
]);
export type PassOperationWish = Static<typeof PassOperationWish>;
/** What a campaign does to cards: see `CampaignMessage`. It begins with the campaign, never by itself. */
export const Announcement = Strict({
  kind: Type.Literal('announce'),
  /** A place such as `Back1`. */
  field: Type.String(),
  text: Type.String(),
  url: Type.Optional(Type.String()),
  banner: Type.Optional(Type.Record(Type.String(), Type.String())),
});
export type Announcement = Static<typeof Announcement>;

export const PassOperationChange = Type.Union([
  PassOperationWish,
  /** Begun by DELETE /api/v1/designs/:designId. `to`: the design that the cards take; null: they end. */
  Strict({
    kind: Type.Literal('delete_design'),
    designId: SmallId,
    name: Type.String(),
    to: Nullable(Strict({ designId: SmallId, name: Type.String() })),
  }),
  Announcement,
]);
export type PassOperationChange = Static<typeof PassOperationChange>;

/** Which cards an operation means: the filter of a list, and what campaigns add to it. */
export const PassOperationFilter = Strict({
  ...passFilters,
  designIds: Type.Optional(Type.Array(Id)),
  credentialIds: Type.Optional(Type.Array(Id)),
  passIds: Type.Optional(Type.Array(Id)),
  /** Only cards of guests who agree to advertising at that moment. */
  agreed: Type.Optional(Type.Literal('yes')),
  /** Not the cards that these operations have changed. */
  notChangedBy: Type.Optional(Type.Array(Id)),
});
export type PassOperationFilter = Static<typeof PassOperationFilter>;

/** POST: the same key again answers with the operation that it began. */
export const NewPassOperation = Strict({
  operationKey: Type.String({ format: 'uuid' }),
  filter: PassFilter,
  change: PassOperationWish,
});
export type NewPassOperation = Static<typeof NewPassOperation>;
export const PassOperation = Strict({
  operationId: SmallId,
  kind: PassOperationKind,
  state: PassOperationState,
  change: PassOperationChange,
  filter: PassOperationFilter,
  /** Cards that the filter fitted at the start. */
  total: Type.Integer(),
  done: Type.Integer(),
  /** Cards that were so already. */
  same: Type.Integer(),
  /** Cards that could not be changed: of another pass type or programme, or with a design of their level. */
  failed: Type.Integer(),
  /** Of an operation that was taken back: cards that are as before, and cards left alone because of a later change. */
  undone: Type.Integer(),
  kept: Type.Integer(),
  /** Whether it can be taken back now. */
  undoable: Type.Boolean(),
  createdAt: InstantText,
  finishedAt: Nullable(InstantText),
});
export type PassOperation = Static<typeof PassOperation>;
export const PassOperationParams = Strict({ operationId: SmallId });
export const PassOperationsQuery = Strict({
  after: Type.Optional(SmallCursor),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
});
export const PassOperationPage = Strict({ items: Type.Array(PassOperation), next: Nullable(Type.String()) });
export type PassOperationPage = Static<typeof PassOperationPage>;
