import { type Static, Type } from 'typebox';
import { Amount, Id, InstantText, Nullable, Strict } from './shapes.ts';

/** Wallets beside the points of a programme: cards of stamps and deposits. They stand in answers about an account. */

const WalletId = Type.String({ minLength: 1, maxLength: 50 });

/** What burns next. */
const Expiring = Nullable(Strict({ amount: Amount, expiresAt: InstantText }));

/** A card of stamps; `debt` is what the next stamps cover, and `stamps` is 0 while there is one. */
export const StampCard = Strict({
  kind: Type.Literal('stamps'),
  id: WalletId,
  name: Type.String(),
  stamps: Amount,
  debt: Amount,
  slots: Type.Integer({ minimum: 1 }),
  /** By rising slot. */
  milestones: Type.Array(Strict({ at: Type.Integer({ minimum: 1 }), name: Type.String() })),
  expiring: Expiring,
});
export type StampCard = Static<typeof StampCard>;

/** Money paid in beforehand, minor units of the currency. */
export const Deposit = Strict({
  kind: Type.Literal('deposit'),
  id: WalletId,
  name: Type.String(),
  available: Amount,
  debt: Amount,
  expiring: Expiring,
});
export type Deposit = Static<typeof Deposit>;

export const SideWallet = Type.Union([StampCard, Deposit]);
export type SideWallet = Static<typeof SideWallet>;

/** The wallet of an entry. `other` is one that the programme no longer has. */
export const WalletName = Strict({
  id: WalletId,
  name: Type.String(),
  kind: Type.Union([Type.Literal('stamps'), Type.Literal('deposit'), Type.Literal('other')]),
});
export type WalletName = Static<typeof WalletName>;

/** What a check does to a card: `given` stamps, `stamps` on it afterwards. */
export const CardAfterCheck = Strict({
  wallet: WalletId,
  name: Type.String(),
  slots: Type.Integer({ minimum: 1 }),
  given: Amount,
  stamps: Amount,
});
export type CardAfterCheck = Static<typeof CardAfterCheck>;

/** A milestone that a check reaches. `couponKindId` null: the reward is `points`, minor units. */
export const CardReward = Strict({
  wallet: WalletId,
  milestone: Type.Integer({ minimum: 1 }),
  name: Type.String(),
  couponKindId: Nullable(Id),
  points: Amount,
});
export type CardReward = Static<typeof CardReward>;

/** What a return does to a card. */
export const CardAfterReturn = Strict({ wallet: WalletId, takenBack: Amount, stamps: Amount, debt: Amount });
export type CardAfterReturn = Static<typeof CardAfterReturn>;

/** A part of a check that a deposit pays, minor units of money. */
export const DepositPayment = Strict({ wallet: WalletId, amount: Amount });
export type DepositPayment = Static<typeof DepositPayment>;
