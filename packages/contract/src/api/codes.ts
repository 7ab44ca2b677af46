import { type Static, Type } from 'typebox';
import { Id, InstantText, SmallId, Strict } from './shapes.ts';

/** Short-lived codes, and how tills ask for them. */

/** By a phone alone a till finds a guest: never a PIN, a PIN before points are spent, or always a PIN. */
export const PinMode = Type.Union([Type.Literal('never'), Type.Literal('to_spend'), Type.Literal('always')]);
export type PinMode = Static<typeof PinMode>;

/** How a PIN reaches a guest. A channel that a guest or the company does not have is passed over. */
export const PinChannel = Type.Union([Type.Literal('bot'), Type.Literal('call'), Type.Literal('sms')]);
export type PinChannel = Static<typeof PinChannel>;

const whole = (minimum: number, maximum: number) => Type.Integer({ minimum, maximum });
const EXCEPTIONS_MAX = 1_000;

/** GET, PUT /api/v1/till-settings. Whole: what is not sent is refused, not kept. */
export const TillSettings = Strict({
  /** Codes that are sent to a phone: the proof at registration and the PIN at a till. */
  pin: Strict({
    mode: PinMode,
    /** Stations and staff members for whom another mode holds; a staff member goes before his station. */
    stations: Type.Array(Strict({ stationId: SmallId, mode: PinMode }), { maxItems: EXCEPTIONS_MAX }),
    staff: Type.Array(Strict({ userId: SmallId, mode: PinMode }), { maxItems: EXCEPTIONS_MAX }),
    /** Tried in this order until one has taken the code. */
    channels: Type.Array(PinChannel, { minItems: 1, maxItems: 3, uniqueItems: true }),
    /** A call brings four digits, whatever stands here. */
    digits: whole(4, 8),
    lifetimeMinutes: whole(1, 30),
    tries: whole(2, 10),
    pauseSeconds: whole(10, 600),
    /** How long a confirmed phone lets the same till spend. */
    proofMinutes: whole(5, 240),
  }),
  /** Codes found by themselves: the virtual card of a bot, the changing code of a wallet card. */
  card: Strict({
    /** At least so many; they grow while many codes live at once. */
    digits: whole(8, 12),
    lifetimeMinutes: whole(1, 60),
    /** How long the code before a new one still works. */
    overlapSeconds: whole(0, 300),
  }),
  /** How many codes are made in an hour. */
  limits: Strict({
    perPhone: whole(1, 60),
    perAccount: whole(1, 600),
    perAddress: whole(10, 10_000),
    perStation: whole(5, 2_000),
    perCompany: whole(10, 100_000),
  }),
  /** Wrong tries, whatever code they were for: then a till, a company or a phone waits. */
  wrong: Strict({
    perStationAnHour: whole(3, 60),
    perCompanyAnHour: whole(10, 300),
    perPhoneADay: whole(3, 50),
  }),
});
export type TillSettings = Static<typeof TillSettings>;

/** POST /api/v1/accounts/:accountId/codes: the code ends the one before it, of the same purpose. */
export const NewAccountCode = Strict({
  purpose: Type.Optional(Type.Union([Type.Literal('virtual_card'), Type.Literal('wallet_card')])),
});
export type NewAccountCode = Static<typeof NewAccountCode>;
export const AccountCode = Strict({
  /** Digits, to be read out; a till takes them with or without spaces. */
  code: Type.String(),
  /** In groups, for the eye: «4821 0937». */
  spoken: Type.String(),
  /** What a QR code of it holds. */
  qr: Type.String(),
  expiresAt: InstantText,
});
export type AccountCode = Static<typeof AccountCode>;

/**
 * POST /api/v1/till/authorize: begins by a phone, or for a guest whom the till shows already: then the PIN goes to his own
 * phone. The answer to a phone is the same whether anybody has it.
 */
export const TillAuthorise = Type.Union([
  Strict({ phone: Type.String({ minLength: 1, maxLength: 40 }) }),
  Strict({ accountId: Id }),
]);
export type TillAuthorise = Static<typeof TillAuthorise>;
export const TillAuthorised = Strict({
  /** To be named with the PIN. */
  request: Type.String(),
  expiresAt: InstantText,
  /** Seconds before another PIN may be asked for. */
  pauseSeconds: Type.Integer(),
});
export type TillAuthorised = Static<typeof TillAuthorised>;

/** POST /api/v1/till/authorize/confirm → TillGuest. 400 code_wrong, code_expired; 429 code_spent, codes_wait. */
export const TillConfirm = Strict({
  request: Type.String({ minLength: 1, maxLength: 40 }),
  pin: Type.String({ minLength: 1, maxLength: 20 }),
});
export type TillConfirm = Static<typeof TillConfirm>;
