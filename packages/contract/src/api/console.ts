import { type Static, Type } from 'typebox';
import { BarcodeFormat, DesignStyle } from './design-body.ts';
import { LadderStanding } from './levels.ts';
import { Amount, DateText, Id, InstantText, Nullable, SignedAmount, SmallId, Strict } from './shapes.ts';
import { SideWallet, WalletName } from './wallets.ts';

/** The console's API, `/api/v1/…`: a staff session cookie, JSON, refusals as `ErrorBody`. */

// --- session: GET, POST, DELETE /api/v1/session
export const SignIn = Strict({
  email: Type.String({ minLength: 3, maxLength: 254 }),
  password: Type.String({ minLength: 1, maxLength: 1024 }),
});
export type SignIn = Static<typeof SignIn>;

export const Session = Strict({
  user: Strict({ id: Id, name: Type.String(), email: Nullable(Type.String()), role: Type.String() }),
  company: Strict({
    id: Id,
    name: Type.String(),
    currency: Type.String(),
    timeZone: Type.String(),
    language: Type.Union([Type.Literal('ru'), Type.Literal('en')]),
    demo: Type.Boolean(),
  }),
  /** The server's clock, by which pages say «today»: a demo's may be far ahead of the reader's. */
  now: InstantText,
});
export type Session = Static<typeof Session>;

// --- guests and their accounts: GET /api/v1/accounts?search=&after=&limit=
export const PageQuery = Strict({
  search: Type.Optional(Type.String({ maxLength: 100 })),
  after: Type.Optional(Type.String({ maxLength: 200 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
});
export type PageQuery = Static<typeof PageQuery>;

export const AccountRow = Strict({
  accountId: Id,
  /** '' when the guest left no name. */
  name: Type.String(),
  /** E.164 digits without plus, main phone. */
  phone: Nullable(Type.String()),
  level: Type.String(),
  balance: SignedAmount,
  turnover: SignedAmount,
  cards: Type.Integer(),
  lastSaleAt: Nullable(InstantText),
  createdAt: InstantText,
  blocked: Type.Boolean(),
});
export type AccountRow = Static<typeof AccountRow>;
export const AccountPage = Strict({
  items: Type.Array(AccountRow),
  next: Nullable(Type.String()),
  /** Whether the search fits more guests than it looks at. */
  more: Type.Boolean(),
});
export type AccountPage = Static<typeof AccountPage>;

// --- one account: GET /api/v1/accounts/:accountId
export const Lot = Strict({
  lotId: Type.Integer(),
  amount: Amount,
  remaining: Amount,
  reason: Type.String(),
  activatesAt: InstantText,
  expiresAt: Nullable(InstantText),
  /** Points that become usable by an event alone, cancelled without it at an instant; null where time decides. */
  awaits: Nullable(Strict({ cancelsAt: Nullable(InstantText) })),
  /** pending until activatesAt (or the event), usable afterwards. */
  status: Type.Union([Type.Literal('pending'), Type.Literal('usable')]),
});
export type Lot = Static<typeof Lot>;

// --- a card as a person sees it
const Field = Strict({
  key: Type.String(),
  label: Type.String(),
  value: Type.String(),
  alignment: Type.Optional(
    Type.Union([Type.Literal('left'), Type.Literal('center'), Type.Literal('right'), Type.Literal('natural')]),
  ),
  /** Of the auxiliary fields of an event ticket. */
  row: Type.Optional(Type.Union([Type.Literal(0), Type.Literal(1)])),
});
/** What the card renderer of @tessera/look draws. */
export const CardPicture = Strict({
  style: DesignStyle,
  organizationName: Type.String(),
  logoText: Type.String(),
  images: Strict({
    logo: Type.Optional(Type.String()),
    strip: Type.Optional(Type.String()),
    icon: Type.Optional(Type.String()),
    thumbnail: Type.Optional(Type.String()),
    background: Type.Optional(Type.String()),
    artwork: Type.Optional(Type.String()),
    primaryLogo: Type.Optional(Type.String()),
  }),
  colours: Strict({ background: Type.String(), foreground: Type.String(), label: Type.String() }),
  headerFields: Type.Array(Field),
  primaryFields: Type.Array(Field),
  secondaryFields: Type.Array(Field),
  auxiliaryFields: Type.Array(Field),
  backFields: Type.Array(Field),
  /** The full-bleed card of newer iPhones, where the design has one. */
  poster: Type.Optional(
    Strict({
      /** A large line above all. */
      title: Type.Optional(Type.String()),
      headerFields: Type.Array(Field),
      primaryFields: Type.Array(Field),
      footerFields: Type.Array(Field),
    }),
  ),
  barcode: Type.Optional(
    Strict({
      format: BarcodeFormat,
      svg: Type.String(),
      altText: Type.Optional(Type.String()),
    }),
  ),
  links: Type.Optional(Type.Array(Strict({ label: Type.String(), url: Type.String() }))),
  /** Tiles under the card of newer iPhones: kinds of actions such as `order`. */
  actions: Type.Optional(Type.Array(Type.String())),
  /** Keys of the fields that still hold tomorrow: only these are printed. Absent: not asked for. */
  lasting: Type.Optional(Type.Array(Type.String())),
  /** The last moment of the card. */
  expiresAt: Type.Optional(InstantText),
  voided: Type.Optional(Type.Boolean()),
});
export type CardPicture = Static<typeof CardPicture>;

export const PassSummary = Strict({
  serial: Type.String(),
  guid: Type.String(),
  designId: Id,
  designName: Type.String(),
  devices: Type.Integer(),
  version: Type.Integer(),
  updatedAt: InstantText,
  voided: Type.Boolean(),
  picture: CardPicture,
});
export type PassSummary = Static<typeof PassSummary>;

export const AccountDetail = Strict({
  accountId: Id,
  guest: Strict({
    guestId: Id,
    firstName: Type.String(),
    lastName: Type.String(),
    middleName: Type.String(),
    birthday: Nullable(DateText),
    sex: Nullable(Type.Union([Type.Literal('male'), Type.Literal('female')])),
    email: Nullable(Type.String()),
    language: Type.String(),
    /** What whoever serves the guest should know; '' for nothing. */
    note: Type.String(),
    identifiers: Type.Array(
      Strict({ kind: Type.String(), value: Type.String(), main: Type.Boolean(), verifiedAt: Nullable(InstantText) }),
    ),
    consents: Type.Array(
      Strict({ purpose: Type.String(), textVersion: Type.String(), givenAt: InstantText, source: Type.String() }),
    ),
  }),
  group: Strict({ id: Id, name: Type.String() }),
  programme: Strict({ id: Id, name: Type.String() }),
  balance: Strict({ available: Amount, pending: Amount, held: Amount, debt: Amount }),
  level: Strict({ id: Type.String(), name: Type.String(), rateBasisPoints: Type.Integer() }),
  nextLevel: Nullable(Strict({ name: Type.String(), fromTurnover: Amount, missing: Amount })),
  /** What carries the guest up the ladder; `fromTurnover` and `missing` are in its unit. */
  ladder: LadderStanding,
  turnover: SignedAmount,
  blocked: Type.Boolean(),
  /** The guest was erased: the account is nobody's and stays so. */
  closed: Type.Boolean(),
  createdAt: InstantText,
  lots: Type.Array(Lot),
  /** Cards of stamps and deposits of the programme. */
  wallets: Type.Array(SideWallet),
  passes: Type.Array(PassSummary),
});
export type AccountDetail = Static<typeof AccountDetail>;

// --- GET /api/v1/accounts/:accountId/entries?after=&limit=, newest first
export const EntryRow = Strict({
  sequence: Type.Integer(),
  kind: Type.String(),
  /** The side wallet that it is booked in: `change` and `balance` are stamps or money then. */
  wallet: Nullable(WalletName),
  /** Change of the available balance, minor units. */
  change: SignedAmount,
  /** Available balance after the entry. */
  balance: SignedAmount,
  occurredAt: InstantText,
  recordedAt: InstantText,
  checkId: Nullable(Id),
  /** Why it was done, in the words of whoever did it by hand; '' where nobody said so. */
  comment: Type.String(),
  /** The name of whoever did it by hand in the console. */
  author: Nullable(Type.String()),
  /** The entry told in one sentence in the asked language. */
  text: Type.String(),
});
export type EntryRow = Static<typeof EntryRow>;
/** What stands behind one entry: GET /api/v1/accounts/:accountId/entries/:sequence */
export const EntryStory = Strict({
  sequence: Type.Integer(),
  occurredAt: InstantText,
  recordedAt: InstantText,
  text: Type.String(),
  checkId: Nullable(Id),
  wallet: Nullable(WalletName),
  /** The version of the rules that decided. */
  rulesId: Id,
  /** Sentences: rules that gave points, lots, parts of a clawback, the bound of a level. */
  details: Type.Array(Type.String()),
  /** Earlier entries of this account that led to this one. */
  parents: Type.Array(Strict({ sequence: Type.Integer(), occurredAt: InstantText, text: Type.String() })),
  /** The double entry: debits equal credits. */
  postings: Type.Array(Strict({ account: Type.String(), name: Type.String(), debit: Amount, credit: Amount })),
});
export type EntryStory = Static<typeof EntryStory>;
export const EntryPage = Strict({ items: Type.Array(EntryRow), next: Nullable(Type.String()) });
export type EntryPage = Static<typeof EntryPage>;

// --- GET /api/v1/accounts/:accountId/checks?after=&limit=, newest first
export const CheckRow = Strict({
  checkId: Id,
  source: Type.String(),
  externalId: Type.String(),
  number: Type.String(),
  venue: Type.String(),
  money: Amount,
  spent: Amount,
  accrued: Amount,
  discount: Amount,
  status: Type.Union([Type.Literal('sold'), Type.Literal('partly_returned'), Type.Literal('returned')]),
  occurredAt: InstantText,
});
export type CheckRow = Static<typeof CheckRow>;
export const CheckPage = Strict({ items: Type.Array(CheckRow), next: Nullable(Type.String()) });
export type CheckPage = Static<typeof CheckPage>;

// --- GET /api/v1/devices?type=&state=&designId=&after=&limit=
/** iPhones and Apple Watches; programs of Android that read Apple's cards; Google Wallet; browsers that hear of news. */
export const DeviceType = Type.Union([
  Type.Literal('apple'),
  Type.Literal('google'),
  Type.Literal('walletpasses'),
  Type.Literal('pass2u'),
  Type.Literal('passwallet'),
  Type.Literal('passworks'),
  Type.Literal('other'),
  Type.Literal('web'),
]);
export type DeviceType = Static<typeof DeviceType>;
export const DeviceQuery = Strict({
  type: Type.Optional(DeviceType),
  /** `behind`: a card on it waits for its newest version. Browsers have no state and are in neither list. */
  state: Type.Optional(Type.Union([Type.Literal('behind'), Type.Literal('current')])),
  designId: Type.Optional(SmallId),
  after: Type.Optional(Type.String({ maxLength: 200 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
});
export type DeviceQuery = Static<typeof DeviceQuery>;
export const DeviceRow = Strict({
  /** A short fingerprint: the device id itself is a secret. */
  fingerprint: Type.String(),
  platform: DeviceType,
  /** Twenty at most. */
  cards: Type.Array(
    Strict({
      passId: Id,
      serial: Type.String(),
      accountId: Id,
      guestName: Type.String(),
      designName: Type.String(),
    }),
  ),
  registeredAt: InstantText,
  /** null: Google does not say, and a browser has not taken a message yet. */
  lastSeenAt: Nullable(InstantText),
  /** Whether every card on it has its newest version; null for browsers, which fetch it when they are opened. */
  upToDate: Nullable(Type.Boolean()),
});
export type DeviceRow = Static<typeof DeviceRow>;
export const DevicePage = Strict({ items: Type.Array(DeviceRow), next: Nullable(Type.String()) });
export type DevicePage = Static<typeof DevicePage>;

// --- certificates: /api/v1/credentials
export const CredentialProblem = Strict({
  code: Type.String(),
  severity: Type.Union([Type.Literal('error'), Type.Literal('warning')]),
  message: Type.String(),
});
export type CredentialProblem = Static<typeof CredentialProblem>;
export const CredentialRow = Strict({
  credentialId: Id,
  name: Type.String(),
  passTypeIdentifier: Type.String(),
  teamIdentifier: Type.String(),
  /** requested: key and request made, Apple's certificate still missing. */
  status: Type.Union([Type.Literal('requested'), Type.Literal('active'), Type.Literal('expired')]),
  demo: Type.Boolean(),
  notBefore: Nullable(InstantText),
  notAfter: Nullable(InstantText),
  issuer: Nullable(Type.String()),
  passes: Type.Integer(),
  /** Whether cards with NFC can be signed with it: Apple grants such certificates on request. */
  nfc: Type.Boolean(),
  pushes: Strict({
    /** Pushes stand still until somebody has looked: too many tokens were wrong, or dead, at once. */
    halted: Nullable(Type.Union([Type.Literal('bad_tokens'), Type.Literal('dead_tokens')])),
    haltedAt: Nullable(InstantText),
    /** Apple's word when it last refused our pushes; null since one got through. */
    refused: Nullable(Type.String()),
    /** Cards in phones whose newest version nobody has fetched; those of them that will be pushed again by themselves. */
    unfetched: Type.Integer(),
    pushedAgain: Type.Integer(),
  }),
  problems: Type.Array(CredentialProblem),
});
export type CredentialRow = Static<typeof CredentialRow>;
export const CredentialList = Strict({ items: Type.Array(CredentialRow) });
export type CredentialList = Static<typeof CredentialList>;

/** POST /api/v1/credentials: the server makes the key and the request; GET …/:id/request.csr downloads it. */
export const NewCredential = Strict({
  name: Type.String({ minLength: 1, maxLength: 100 }),
  passTypeIdentifier: Type.String({ pattern: '^pass\\.[A-Za-z0-9.-]{1,200}$' }),
  teamIdentifier: Type.String({ pattern: '^[A-Z0-9]{10}$' }),
});
export type NewCredential = Static<typeof NewCredential>;
/** POST /api/v1/credentials/:id/certificate: files as base64 of PEM or DER. Answers the CredentialRow, or 400 credential_refused with the problems in `fields`. */
export const UploadCertificate = Strict({
  certificate: Type.String({ minLength: 1, maxLength: 40_000 }),
  privateKey: Type.Optional(Type.String({ maxLength: 40_000 })),
  passphrase: Type.Optional(Type.String({ maxLength: 1024 })),
  intermediate: Type.Optional(Type.String({ maxLength: 40_000 })),
});
export type UploadCertificate = Static<typeof UploadCertificate>;
/** POST /api/v1/credentials/:id/resume-pushes, for a certificate whose pushes stand still. */
export const ResumePushes = Strict({
  /** true: the phones with dead tokens are really gone and may be forgotten. */
  deadTokensAreRight: Type.Boolean(),
});
export type ResumePushes = Static<typeof ResumePushes>;
