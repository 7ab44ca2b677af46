import { type Static, Type } from 'typebox';
import { Id, InstantText, Nullable, SmallId, Strict } from './shapes.ts';

/** Cards on many devices, and where venues are. */

const DevicesMax = Type.Integer({ minimum: 1, maximum: 100 });

/** GET /api/v1/card-sharing: cards on more devices than `devicesMax`, those on the most first, 200 at most. */
export const CardSharing = Strict({
  devicesMax: DevicesMax,
  items: Type.Array(
    Strict({
      guid: Type.String(),
      serial: Type.String(),
      accountId: Id,
      /** '' for one who left no name. */
      guestName: Type.String(),
      designName: Type.String(),
      /** Whether the design hides the share button: then the card went on in some other way. */
      sharingProhibited: Type.Boolean(),
      devices: Type.Integer(),
      firstAt: InstantText,
      lastAt: InstantText,
    }),
  ),
});
export type CardSharing = Static<typeof CardSharing>;
/** PUT /api/v1/card-sharing */
export const SaveCardSharing = Strict({ devicesMax: DevicesMax });
export type SaveCardSharing = Static<typeof SaveCardSharing>;

/** POST /api/v1/card-sharing/replacements: a card under a new number; the old one ends everywhere. Again: the same new one. */
export const ReplaceCard = Strict({ guid: Type.String({ format: 'uuid' }) });
export type ReplaceCard = Static<typeof ReplaceCard>;
export const ReplacedCard = Strict({
  passId: Id,
  guid: Type.String(),
  serial: Type.String(),
  /** To show to the guest, and to nobody else. */
  url: Type.String(),
  qr: Type.String(),
});
export type ReplacedCard = Static<typeof ReplacedCard>;

const Place = Strict({
  latitude: Type.Number({ minimum: -90, maximum: 90 }),
  longitude: Type.Number({ minimum: -180, maximum: 180 }),
  /** What the lock screen says near it; phones add the company's name themselves. */
  text: Type.String({ maxLength: 200, pattern: '^[^\\p{Cc}]*$' }),
});

/** GET /api/v1/venue-places: venues with where they are. */
export const VenuePlace = Strict({ code: Type.Integer(), name: Type.String(), place: Nullable(Place) });
export const VenuePlaceList = Strict({ items: Type.Array(VenuePlace) });
export type VenuePlaceList = Static<typeof VenuePlaceList>;
/** PUT /api/v1/venue-places/:code */
export const VenuePlaceParams = Strict({ code: SmallId });
export const SaveVenuePlace = Strict({ place: Nullable(Place) });
export type SaveVenuePlace = Static<typeof SaveVenuePlace>;
