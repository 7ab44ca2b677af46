import { type Static, Type } from 'typebox';
import { InstantText, Nullable, SmallId, Strict } from './shapes.ts';

/** Tills of our own: stations with their pairing, and the people who sign in there. */

/** What a person reads on a tile or in a list: something to see in it, no line breaks. */
const Name = Type.String({ minLength: 1, maxLength: 60, pattern: '^(?=.*\\S)[^\\p{Cc}]*$' });
export const StaffRole = Type.Union([Type.Literal('owner'), Type.Literal('manager'), Type.Literal('cashier')]);
export type StaffRole = Static<typeof StaffRole>;
/** Four to eight digits. */
export const Pin = Type.String({ pattern: '^[0-9]{4,8}$' });
const VenueCode = Type.Integer({ minimum: 0, maximum: 2_147_483_647 });

// --- venues: GET /api/v1/venues, PUT /api/v1/venues/:code
export const Venue = Strict({ code: VenueCode, name: Type.String() });
export type Venue = Static<typeof Venue>;
export const VenueList = Strict({ items: Type.Array(Venue) });
export type VenueList = Static<typeof VenueList>;
export const VenueParams = Strict({ code: VenueCode });
export const VenueName = Strict({ name: Name });

// --- stations, for the console: GET, POST /api/v1/stations; PATCH, DELETE /api/v1/stations/:stationId
export const StationSettings = Strict({
  /** Minutes without a touch until the till asks for a PIN again; 0 is never. */
  lockMinutes: Type.Integer({ minimum: 0, maximum: 240 }),
  /** Hours that a sign-in by PIN lasts. */
  shiftHours: Type.Integer({ minimum: 1, maximum: 24 }),
});
export type StationSettings = Static<typeof StationSettings>;
const SomeSettings = Type.Partial(StationSettings, { additionalProperties: false });

export const NewStation = Strict({
  name: Name,
  venueCode: Type.Optional(Nullable(VenueCode)),
  settings: Type.Optional(SomeSettings),
});
export type NewStation = Static<typeof NewStation>;
export const StationChange = Type.Partial(NewStation, { additionalProperties: false });
export type StationChange = Static<typeof StationChange>;
export const StationParams = Strict({ stationId: SmallId });

export const Station = Strict({
  stationId: SmallId,
  name: Type.String(),
  venueCode: Nullable(VenueCode),
  /** null while nobody has named the venue. */
  venueName: Nullable(Type.String()),
  settings: StationSettings,
  /** Whether a device holds the key of this station. */
  paired: Type.Boolean(),
  /** What the device calls itself; '' where it says nothing. */
  deviceName: Type.String(),
  createdAt: InstantText,
  pairedAt: Nullable(InstantText),
  lastSeenAt: Nullable(InstantText),
  /** Until when the pairing address that was made last works; null when there is none. */
  pairingExpiresAt: Nullable(InstantText),
});
export type Station = Static<typeof Station>;
export const StationList = Strict({ items: Type.Array(Station) });
export type StationList = Static<typeof StationList>;

/** POST /api/v1/stations/:stationId/pairing: an address for a QR code. It works once; a new one ends the one before. */
export const StationPairing = Strict({
  url: Type.String(),
  /** The address as an SVG picture, drawn here: a secret goes to nobody's picture service. */
  qr: Type.String(),
  expiresAt: InstantText,
});
export type StationPairing = Static<typeof StationPairing>;

/** POST /api/v1/stations/:stationId/token: pairs a program instead of a page. Shown once; what was paired before is out. */
export const StationToken = Strict({ token: Type.String() });
export type StationToken = Static<typeof StationToken>;

// --- staff: GET, POST /api/v1/staff; PATCH /api/v1/staff/:userId
export const StaffMember = Strict({
  userId: SmallId,
  name: Type.String(),
  role: StaffRole,
  /** null for who has a PIN only. */
  email: Nullable(Type.String()),
  hasPin: Type.Boolean(),
  /** Until when the PIN is refused, after too many wrong ones; a new PIN ends that. */
  pinLockedUntil: Nullable(InstantText),
  blocked: Type.Boolean(),
  createdAt: InstantText,
});
export type StaffMember = Static<typeof StaffMember>;
export const StaffList = Strict({ items: Type.Array(StaffMember) });
export type StaffList = Static<typeof StaffList>;
export const StaffParams = Strict({ userId: SmallId });

/** E-mail and password go together; without them there must be a PIN, and an owner needs them. */
export const NewStaffMember = Strict({
  name: Name,
  role: StaffRole,
  email: Type.Optional(Type.String({ format: 'email', maxLength: 254 })),
  password: Type.Optional(Type.String({ minLength: 8, maxLength: 1024 })),
  pin: Type.Optional(Pin),
});
export type NewStaffMember = Static<typeof NewStaffMember>;
/** `pin: null` takes the PIN away. Managers may send `pin` alone, for cashiers and themselves. */
export const StaffChange = Strict({
  name: Type.Optional(Name),
  role: Type.Optional(StaffRole),
  pin: Type.Optional(Nullable(Pin)),
  blocked: Type.Optional(Type.Boolean()),
});
export type StaffChange = Static<typeof StaffChange>;

// --- at the till itself: GET, DELETE /api/v1/station; POST /api/v1/station/pair; POST /api/v1/station/session
export const StationHere = Strict({
  /** null while this device is paired with nothing. */
  station: Nullable(
    Strict({
      stationId: SmallId,
      name: Type.String(),
      venue: Nullable(Venue),
      company: Strict({
        id: SmallId,
        name: Type.String(),
        language: Type.Union([Type.Literal('ru'), Type.Literal('en')]),
      }),
      settings: StationSettings,
      /** Who may sign in with a PIN, by name. */
      staff: Type.Array(Strict({ userId: SmallId, name: Type.String() })),
    }),
  ),
});
export type StationHere = Static<typeof StationHere>;
export const PairStation = Strict({
  code: Type.String({ minLength: 1, maxLength: 100 }),
  deviceName: Type.Optional(Type.String({ maxLength: 100 })),
});
export type PairStation = Static<typeof PairStation>;
export const PinSignIn = Strict({ userId: SmallId, pin: Pin });
export type PinSignIn = Static<typeof PinSignIn>;
