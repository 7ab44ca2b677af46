import { type Static, Type } from 'typebox';
import { InstantText, Nullable, Strict } from './shapes.ts';

/** GET /api/v1/wallet-relays; PUT answers it, too. */
export const WalletRelayList = Strict({
  items: Type.Array(
    Strict({
      kind: Type.Union([Type.Literal('walletpasses'), Type.Literal('pass2u'), Type.Literal('passwallet')]),
      /** Whether phones of this program are told of news. */
      enabled: Type.Boolean(),
      /** Whether the relay needs a key. */
      key: Type.Union([Type.Literal('needed'), Type.Literal('optional'), Type.Literal('none')]),
      /** The key itself never leaves the server. */
      hasKey: Type.Boolean(),
      /** Why the relay takes nothing: the key, our requests, or it does not answer and is asked again by itself. */
      trouble: Nullable(Type.Union([Type.Literal('key_refused'), Type.Literal('rejected'), Type.Literal('away')])),
      /** When it last took a push. */
      acceptedAt: Nullable(InstantText),
      /** Phones with this program, and those that wait for the relay to be told. */
      devices: Type.Integer(),
      waiting: Type.Integer(),
    }),
  ),
  /** Phones with programs that nobody can push: they ask by themselves, or their guest does. */
  unreachable: Type.Integer(),
});
export type WalletRelayList = Static<typeof WalletRelayList>;

/** PUT /api/v1/wallet-relays/:kind */
export const SaveWalletRelay = Strict({
  enabled: Type.Boolean(),
  /** Absent: the key stays as it is; null: it is forgotten. */
  key: Type.Optional(Nullable(Type.String({ minLength: 1, maxLength: 500, pattern: '^[!-~]+$' }))),
});
export type SaveWalletRelay = Static<typeof SaveWalletRelay>;
