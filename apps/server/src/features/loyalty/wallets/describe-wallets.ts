import type { CardAfterCheck, CardReward, SideWallet, WalletName } from '@tessera/contract';
import {
  type AccountState,
  balanceOf,
  type DepositOffer,
  type Entry,
  findWallet,
  type ReachedMilestone,
  type Rules,
  type StampsGiven,
  walletIn,
} from '@tessera/loyalty';

/** The wallets of a programme beside its points, as an account holds them now. */
export function describeWallets(state: AccountState, rules: Rules): SideWallet[] {
  return rules.wallets.map((wallet): SideWallet => {
    const { available, debt, lotsByExpiry } = balanceOf(walletIn(state, wallet.id));
    const next = lotsByExpiry.find(({ expiresAt }) => expiresAt !== null);
    const expiring = next?.expiresAt ? { amount: Number(next.amount), expiresAt: next.expiresAt.toString() } : null;
    const facts = { id: wallet.id, name: wallet.name, debt: Number(debt), expiring };
    if (wallet.kind === 'deposit') return { ...facts, kind: 'deposit', available: Number(available) };
    const milestones = wallet.milestones.map(({ at, name }) => ({ at, name }));
    return { ...facts, kind: 'stamps', stamps: Number(available), slots: wallet.slots, milestones };
  });
}

/** The wallet that an entry was booked in; null for the main one. */
export function walletNameOf(entry: Entry, rules: Rules | undefined): WalletName | null {
  if (entry.wallet === null) return null;
  const wallet = rules && findWallet(rules, entry.wallet);
  return { id: entry.wallet, name: wallet?.name ?? entry.wallet, kind: wallet?.kind ?? 'other' };
}

/** The engine knows a kind of coupon as a text; one that is no number of a kind gives no coupon. */
export const kindIdOf = (couponKindId: string | null): number | null =>
  couponKindId !== null && /^[1-9]\d{0,8}$/.test(couponKindId) ? Number(couponKindId) : null;

export const describeDeposits = (deposits: readonly DepositOffer[]) =>
  deposits.map((offer) => ({ ...offer, available: Number(offer.available), most: Number(offer.most) }));

export const describeCards = (cards: readonly StampsGiven[]): CardAfterCheck[] =>
  cards.map((card) => ({ ...card, given: Number(card.given), stamps: Number(card.stamps) }));

export const describeRewards = (rewards: readonly Omit<ReachedMilestone, 'rewardId'>[]): CardReward[] =>
  rewards.map(({ wallet, milestone, name, couponKindId, points }) => ({
    wallet,
    milestone,
    name,
    couponKindId: kindIdOf(couponKindId),
    points: Number(points),
  }));
