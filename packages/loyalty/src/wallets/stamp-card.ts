import type { HoldUse } from '../hold.ts';
import { lockedBy } from '../hold.ts';
import type { Lot, LotAmount } from '../lots.ts';

/** Points that a milestone gave: their amount, their lot and their entry in the main wallet. */
export type RewardPoints = { readonly amount: bigint; readonly lotId: number; readonly entryId: number };

/** A reward that a card has brought. The last ones are kept, because a return may take them back. */
export type CardReward = {
  /** The entry that gave it; the caller keeps it with the coupon that he issues. */
  readonly id: number;
  /** Which card of the guest it was, counted from 0. */
  readonly round: number;
  /** The slot of the milestone. */
  readonly at: number;
  readonly couponKindId: string | null;
  readonly points: RewardPoints | null;
  /** The stamps that the full card took; empty for a milestone on the way. */
  readonly uses: readonly HoldUse[];
};

/** Where a guest stands with his cards. Absent from a ledger until the first reward or the first burned card. */
export type CardState = {
  /** Cards that are done with: full, or burned down to nothing. */
  readonly round: number;
  /** Oldest first. */
  readonly rewards: readonly CardReward[];
};

/** What an entry does to a card. */
export type CardChange =
  | {
      readonly reached: number;
      /** The card is full: the stamps of this entry's lots are used up, and the next card begins. */
      readonly full: boolean;
      readonly couponKindId: string | null;
      readonly points: RewardPoints | null;
    }
  /**
   * The gift of `withdrawn` is void, and the place that is given up is the one of `place`: another reward of the same
   * milestone when the gift of that one is used already. It then stands for the withdrawn one.
   */
  | { readonly withdrawn: number; readonly place: number };

export const NEW_CARD: CardState = { round: 0, rewards: [] };
const MOST_REWARDS = 20;

/** The card after an entry that changes it. `lots` are those before the entry. */
export function changeCard(
  card: CardState,
  lots: readonly Lot[],
  entry: { readonly id: number; readonly lots: readonly LotAmount[] },
  change: CardChange,
): CardState {
  if ('withdrawn' in change) return withdrawn(card, change);
  const { reached, full, couponKindId, points } = change;
  const uses = full ? entry.lots.map(({ lotId, amount }) => lockedBy(lotId, -amount, lots)) : [];
  const reward: CardReward = { id: entry.id, round: card.round, at: reached, couponKindId, points, uses };
  return { round: full ? card.round + 1 : card.round, rewards: [...card.rewards, reward].slice(-MOST_REWARDS) };
}

function withdrawn(card: CardState, change: { readonly withdrawn: number; readonly place: number }): CardState {
  const gone = card.rewards.find((reward) => reward.id === change.place);
  if (gone === undefined) throw new Error(`The card knows no reward ${change.place}`);
  const rewards = card.rewards.flatMap((reward) => {
    if (reward.id === change.place) return [];
    return [reward.id === change.withdrawn ? { ...reward, id: gone.id } : reward];
  });
  return { round: gone.uses.length > 0 ? gone.round : card.round, rewards };
}

/** Stamps that are all burned end a card that has brought something: the next stamp begins a new one. */
export function cardBurned(card: CardState): CardState {
  const begun = card.rewards.some((reward) => reward.round === card.round);
  return begun ? { ...card, round: card.round + 1 } : card;
}
