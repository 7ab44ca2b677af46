import { type Static, Type } from 'typebox';
import { Id, InstantText, Nullable, SmallCursor, SmallId, Strict } from './shapes.ts';

/** Sets of cards: several designs that a guest gets by one link. */

export const PASS_BUNDLE_CARDS_MAX = 10;
const Name = Type.String({ minLength: 1, maxLength: 100, pattern: '^(?=.*\\S)[^\\p{Cc}]*$' });
/** In the order in which a phone shows the cards; all of one programme. */
const DesignIds = Type.Array(SmallId, { minItems: 1, maxItems: PASS_BUNDLE_CARDS_MAX });

/** POST /api/v1/pass-bundles: the name is the key; the same name with the same designs answers with the set that there is. */
export const NewPassBundle = Strict({ name: Name, designIds: DesignIds });
export type NewPassBundle = Static<typeof NewPassBundle>;

/** PATCH /api/v1/pass-bundles/:bundleId. An archived set gives no new links; those that guests have still open. */
export const ChangePassBundle = Strict({
  name: Type.Optional(Name),
  designIds: Type.Optional(DesignIds),
  archived: Type.Optional(Type.Boolean()),
});
export type ChangePassBundle = Static<typeof ChangePassBundle>;

export const PassBundle = Strict({
  bundleId: SmallId,
  name: Type.String(),
  programmeId: SmallId,
  designs: Type.Array(Strict({ designId: SmallId, name: Type.String() })),
  archivedAt: Nullable(InstantText),
  createdAt: InstantText,
  /** Guests who have a link, those of them who have opened it, and how often it was opened in all. */
  links: Type.Integer(),
  opened: Type.Integer(),
  opens: Type.Integer(),
  /** How often its file for Apple Wallet was fetched, and how often somebody went on to Google Wallet. */
  appleFiles: Type.Integer(),
  googleLinks: Type.Integer(),
});
export type PassBundle = Static<typeof PassBundle>;

const Limit = Type.Optional(Type.Integer({ minimum: 1, maximum: 200 }));
export const PassBundleParams = Strict({ bundleId: SmallId });
/** GET /api/v1/pass-bundles: the newest first. */
export const PassBundlesQuery = Strict({
  archived: Type.Optional(Type.Boolean()),
  after: Type.Optional(SmallCursor),
  limit: Limit,
});
export const PassBundlePage = Strict({ items: Type.Array(PassBundle), next: Nullable(Type.String()) });
export type PassBundlePage = Static<typeof PassBundlePage>;

/** POST /api/v1/pass-bundles/:bundleId/links: a guest's own link; asked again, the same one. */
export const NewPassBundleLink = Strict({ accountId: Id });
export type NewPassBundleLink = Static<typeof NewPassBundleLink>;
export const PassBundleLink = Strict({
  accountId: Id,
  /** '' for one who left no name. */
  guestName: Type.String(),
  /** Whoever knows it may have the cards. */
  url: Type.String(),
  opens: Type.Integer(),
  lastOpenedAt: Nullable(InstantText),
});
export type PassBundleLink = Static<typeof PassBundleLink>;
/** The link with its QR code, to show to a guest. */
export const GivenPassBundleLink = Strict({ ...PassBundleLink.properties, qr: Type.String() });
export type GivenPassBundleLink = Static<typeof GivenPassBundleLink>;

/** GET /api/v1/pass-bundles/:bundleId/links: the last opened first. */
export const PassBundleLinksQuery = Strict({ after: Type.Optional(Type.String({ maxLength: 60 })), limit: Limit });
export const PassBundleLinkPage = Strict({ items: Type.Array(PassBundleLink), next: Nullable(Type.String()) });
export type PassBundleLinkPage = Static<typeof PassBundleLinkPage>;
