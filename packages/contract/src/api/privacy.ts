import { type Static, Type } from 'typebox';
import { Amount, DateText, Id, InstantText, Nullable, Strict } from './shapes.ts';

/** What the law gives a guest: to have himself erased, and to see what is kept of him. */

/** Why a guest is erased: he asked, he withdrew his consent, he was not seen for long, the operator's own decision. */
export const ErasureBasis = Type.Union([
  Type.Literal('request'),
  Type.Literal('consent_withdrawn'),
  Type.Literal('inactive'),
  Type.Literal('operator'),
]);
export type ErasureBasis = Static<typeof ErasureBasis>;

const ErasedThings = {
  /** Cards in use: each becomes a tombstone, which says nothing of anybody. */
  cards: Type.Integer(),
  /** Phones that hold them, and browsers that hear of them. */
  devices: Type.Integer(),
  browsers: Type.Integer(),
  /** Answers to questions of forms. */
  answers: Type.Integer(),
  /** Photographs of receipts. */
  photos: Type.Integer(),
  /** Coupons of the guest's own that nobody can use any more. */
  coupons: Type.Integer(),
  /** Points of all accounts, minor units. */
  points: Amount,
};

// --- GET, POST /api/v1/guests/:guestId/erasure
export const NewErasure = Strict({
  basis: ErasureBasis,
  /** When he asked; today when absent, never later. */
  requestedOn: Type.Optional(DateText),
});
export type NewErasure = Static<typeof NewErasure>;

export const GuestErasure = Strict({
  guestId: Id,
  /**
   * `none`: nothing has begun, and `goes` tells what would go. `running`: it goes on by itself. `finished`: the guest is
   * nobody; `goes` tells what has gone.
   */
  state: Type.Union([Type.Literal('none'), Type.Literal('running'), Type.Literal('finished')]),
  goes: Strict(ErasedThings),
  /** Money on the guest's deposits, minor units: it is paid out first. */
  deposit: Amount,
  /** The record that is kept instead of the guest. */
  record: Nullable(
    Strict({
      basis: ErasureBasis,
      requestedOn: DateText,
      /** Who did it; null for a program, or who is no user any more. */
      by: Nullable(Type.String()),
      startedAt: InstantText,
      finishedAt: Nullable(InstantText),
    }),
  ),
});
export type GuestErasure = Static<typeof GuestErasure>;

// --- GET /api/v1/guests/:guestId/export
/** All that is kept of a guest, to hand to him. Sums in minor units; newest first. */
export const GuestExport = Strict({
  exportedAt: InstantText,
  /** Lists are cut at ten thousand rows each; `true`: one of them was. */
  cut: Type.Boolean(),
  guest: Strict({
    guestId: Id,
    firstName: Type.String(),
    lastName: Type.String(),
    middleName: Type.String(),
    birthday: Nullable(DateText),
    sex: Nullable(Type.String()),
    email: Nullable(Type.String()),
    language: Type.String(),
    note: Type.String(),
    tags: Type.Array(Type.String()),
    identifiers: Type.Array(Strict({ kind: Type.String(), value: Type.String(), verifiedAt: Nullable(InstantText) })),
  }),
  consents: Type.Array(
    Strict({
      purpose: Type.String(),
      textVersion: Type.String(),
      language: Type.String(),
      source: Type.String(),
      address: Nullable(Type.String()),
      agent: Nullable(Type.String()),
      givenAt: InstantText,
      withdrawnAt: Nullable(InstantText),
    }),
  ),
  answers: Type.Array(Strict({ form: Type.String(), question: Type.String(), answer: Type.String(), at: InstantText })),
  accounts: Type.Array(
    Strict({
      accountId: Id,
      programme: Type.String(),
      level: Type.String(),
      available: Amount,
      pending: Amount,
      held: Amount,
      debt: Amount,
      entries: Type.Array(
        Strict({
          at: InstantText,
          kind: Type.String(),
          text: Type.String(),
          change: Type.Integer(),
          balance: Type.Integer(),
          comment: Type.String(),
        }),
      ),
      checks: Type.Array(
        Strict({
          at: InstantText,
          number: Type.String(),
          source: Type.String(),
          money: Type.Integer(),
          spent: Type.Integer(),
          accrued: Type.Integer(),
        }),
      ),
      receipts: Type.Array(
        Strict({
          at: InstantText,
          state: Type.String(),
          note: Type.String(),
          /** `address`: where the photograph is, for whoever is signed in and hands the file over. */
          photo: Nullable(
            Strict({ takenAt: InstantText, mediaType: Type.String(), bytes: Type.Integer(), address: Type.String() }),
          ),
        }),
      ),
      coupons: Type.Array(
        Strict({
          name: Type.String(),
          code: Type.String(),
          status: Type.String(),
          issuedAt: InstantText,
          expiresAt: Nullable(InstantText),
        }),
      ),
      couponUses: Type.Array(
        Strict({
          name: Type.String(),
          code: Nullable(Type.String()),
          at: InstantText,
          discount: Amount,
          returnedAt: Nullable(InstantText),
        }),
      ),
      certificates: Type.Array(
        Strict({ code: Type.String(), nominal: Amount, balance: Amount, note: Type.String(), issuedAt: InstantText }),
      ),
      /** What the guest and his phone did with cards: one row for the same thing within an hour. */
      events: Type.Array(
        Strict({
          kind: Type.String(),
          at: InstantText,
          lastAt: InstantText,
          count: Type.Integer(),
          platform: Nullable(Type.String()),
          source: Nullable(Type.String()),
          browser: Nullable(Type.String()),
          system: Nullable(Type.String()),
          network: Nullable(Type.String()),
          device: Nullable(Type.String()),
          venueCode: Nullable(Type.Integer()),
        }),
      ),
    }),
  ),
  cards: Type.Array(
    Strict({
      serial: Type.String(),
      design: Type.String(),
      createdAt: InstantText,
      ended: Type.Boolean(),
      devices: Type.Integer(),
      browsers: Type.Integer(),
      texts: Type.Record(Type.String(), Type.String()),
      notes: Type.String(),
    }),
  ),
  messages: Type.Array(Strict({ channel: Type.String(), at: InstantText, title: Type.String(), text: Type.String() })),
  /** Messages and calls to his phones. The digits of codes are left out. */
  sms: Type.Array(
    Strict({
      channel: Type.String(),
      purpose: Type.String(),
      status: Type.String(),
      at: InstantText,
      phone: Type.String(),
      text: Type.String(),
    }),
  ),
});
export type GuestExport = Static<typeof GuestExport>;
