import { type Static, Type } from 'typebox';
import { CardPicture } from './console.ts';
import { OWN_TEXT_MAX, passFilters } from './passes.ts';
import { Id, InstantText, Nullable, SmallCursor, SmallId, Strict } from './shapes.ts';

/** Mailings over the cards of guests: `/api/v1/campaigns`. */

export const CAMPAIGN_PASSES_MAX = 1_000;
const ids = <Item extends typeof Id>(item: Item, maxItems: number) =>
  Type.Array(item, { minItems: 1, maxItems, uniqueItems: true });

/** Whose cards: of certificates, of designs, or single ones. */
export const CampaignScope = Type.Union([
  Strict({ kind: Type.Literal('certificates'), credentialIds: ids(SmallId, 100) }),
  Strict({ kind: Type.Literal('designs'), designIds: ids(SmallId, 500) }),
  Strict({ kind: Type.Literal('passes'), passIds: ids(Id, CAMPAIGN_PASSES_MAX) }),
]);
export type CampaignScope = Static<typeof CampaignScope>;

/** Which of these cards; what is absent is any. */
const { installed, platform, pointsOver, level, createdFrom, createdTo } = passFilters;
export const CampaignFilter = Strict({ installed, platform, pointsOver, level, createdFrom, createdTo });
export type CampaignFilter = Static<typeof CampaignFilter>;

/**
 * The field of a card by its place, as variables name it: `Back1` is the first one on the back. Cards of several designs
 * have it under several keys.
 */
export const FieldPlace = Type.String({ pattern: '^(Header|Primary|Second|Auxiliary|Back)[1-9][0-9]?$' });

const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' });
export const CampaignMessage = Strict({
  field: FieldPlace,
  /** What the field says from then on; variables are written in. */
  text: Type.String({ minLength: 1, maxLength: OWN_TEXT_MAX, pattern: '^[^\\u0000]*\\S[^\\u0000]*$' }),
  /** Stands with the links of the card, before those of its design. */
  url: Type.Optional(Type.String({ maxLength: 2_000, pattern: '^https?://[^\\s"<>\\\\^`{|}]+$' })),
  /** A new banner, as `POST /api/v1/pictures` has answered: file names in the bundle → SHA-256, hex. */
  banner: Type.Optional(Strict({ 'strip.png': Sha256, 'strip@2x.png': Sha256, 'strip@3x.png': Sha256 })),
});
export type CampaignMessage = Static<typeof CampaignMessage>;

/** `advertising` reaches only guests who agreed to it; `service` tells of the guest's own card and reaches all. */
export const CampaignPurpose = Type.Union([Type.Literal('advertising'), Type.Literal('service')]);
export type CampaignPurpose = Static<typeof CampaignPurpose>;

const plan = {
  purpose: CampaignPurpose,
  scope: CampaignScope,
  filter: CampaignFilter,
  message: CampaignMessage,
  /** Cards to which a campaign spoke in so many hours before are left alone; 0: none are. */
  quietHours: Type.Integer({ minimum: 0, maximum: 720 }),
};

// --- POST /api/v1/campaigns/preview
export const CampaignPlan = Strict(plan);
export type CampaignPlan = Static<typeof CampaignPlan>;
export const CampaignPreview = Strict({
  /** Cards that would be told, now. */
  cards: Type.Integer(),
  /** Cards that would be left out, and why: no agreement to advertising; told something a short while ago. */
  notAgreed: Type.Integer(),
  toldLately: Type.Integer(),
  /** Where the cards that would be told are; one may be in several places. `nowhere`: seen by nobody before the card is opened. */
  reach: Strict({
    apple: Type.Integer(),
    android: Type.Integer(),
    google: Type.Integer(),
    browsers: Type.Integer(),
    nowhere: Type.Integer(),
  }),
  /** Designs of these cards, with what the field says there today; `label` is null where the design has no such field. */
  designs: Type.Array(
    Strict({
      designId: Id,
      name: Type.String(),
      cards: Type.Integer(),
      label: Nullable(Type.String()),
      template: Type.String(),
      /** Whether its cards show a banner. */
      banner: Type.Boolean(),
    }),
  ),
  /** One of these cards with the message on it; null: there is none. */
  sample: Nullable(
    Strict({
      passId: Id,
      serial: Type.String(),
      picture: CardPicture,
      /** What its lock screen would say; null: nothing. */
      notice: Nullable(Type.String()),
    }),
  ),
  /** Names before a `#` that are no variables. */
  unknownVariables: Type.Array(Type.String()),
});
export type CampaignPreview = Static<typeof CampaignPreview>;

// --- POST /api/v1/campaigns
/** The same key again answers with the campaign that it made. */
export const NewCampaign = Strict({
  campaignKey: Type.String({ format: 'uuid' }),
  ...plan,
  /** In the company's time zone, `2026-11-23T14:00`; null: now. */
  at: Nullable(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}$' })),
});
export type NewCampaign = Static<typeof NewCampaign>;

/**
 * `scheduled`: its hour has not come. `waiting`: it has, and other changes of many cards come before it. `failed`: it could not
 * begin, `problem` says why. The others are those of the change of cards that it began.
 */
export const CampaignState = Type.Union([
  Type.Literal('scheduled'),
  Type.Literal('waiting'),
  Type.Literal('failed'),
  Type.Literal('running'),
  Type.Literal('paused'),
  Type.Literal('finished'),
  Type.Literal('cancelled'),
  Type.Literal('undoing'),
  Type.Literal('undone'),
]);
export type CampaignState = Static<typeof CampaignState>;

export const Campaign = Strict({
  campaignId: SmallId,
  state: CampaignState,
  ...plan,
  /** Address of the banner; null: the cards keep theirs. */
  bannerUrl: Nullable(Type.String()),
  /** Whether an hour was named; else it was sent at once. */
  scheduled: Type.Boolean(),
  at: InstantText,
  createdAt: InstantText,
  finishedAt: Nullable(InstantText),
  /** Why it could not begin: a code and a sentence. */
  problem: Nullable(Strict({ code: Type.String(), message: Type.String() })),
  /** Of `/api/v1/pass-operations`, where it can be paused, resumed and taken back; null before it began. */
  operationId: Nullable(SmallId),
  /** Cards at the beginning, told, that said so already, and without such a field. */
  counts: Strict({ total: Type.Integer(), done: Type.Integer(), same: Type.Integer(), failed: Type.Integer() }),
  undoable: Type.Boolean(),
});
export type Campaign = Static<typeof Campaign>;

export const CampaignsQuery = Strict({
  after: Type.Optional(SmallCursor),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
});
export const CampaignPage = Strict({ items: Type.Array(Campaign), next: Nullable(Type.String()) });
export type CampaignPage = Static<typeof CampaignPage>;
export const CampaignParams = Strict({ campaignId: SmallId });

// --- GET /api/v1/campaigns/:campaignId/results
/** What is known of the cards that were told. Nobody knows who has read it: phones do not say. */
export const CampaignResults = Strict({
  cards: Type.Integer(),
  /** Cards on phones that were pushed, and those of them whose newest version a phone has fetched. */
  phones: Strict({ cards: Type.Integer(), fetched: Type.Integer() }),
  /** Cards in Google Wallet: told aloud, told without a sound because the day's three were spent, still waiting, refused. */
  google: Strict({
    cards: Type.Integer(),
    notified: Type.Integer(),
    silent: Type.Integer(),
    waiting: Type.Integer(),
    refused: Type.Integer(),
  }),
  /** Cards whose guests listen in a browser. */
  browsers: Type.Integer(),
  /** Cards that are in no phone and no browser that is known. */
  nowhere: Type.Integer(),
});
export type CampaignResults = Static<typeof CampaignResults>;
