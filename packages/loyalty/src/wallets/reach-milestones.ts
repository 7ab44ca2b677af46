import { transfer } from '../entry.ts';
import { takeFromLots } from '../lots.ts';
import type { Operation } from '../operation.ts';
import { inWallet, ledgerOf, record } from '../operation.ts';
import { reward } from '../reward.ts';
import type { ReachedMilestone } from './outcomes.ts';
import type { RewardPoints } from './stamp-card.ts';
import { NEW_CARD } from './stamp-card.ts';
import type { Milestone, StampsWallet } from './wallet-rules.ts';

/**
 * Hands out every milestone that the stamps on the card reach and that this card has not brought yet. A full card gives
 * its stamps up and the next one begins with those that are over, as often as they suffice.
 */
export function reachMilestones(
  operation: Operation,
  wallet: StampsWallet,
  checkId: string | null,
  parents: readonly number[],
): readonly ReachedMilestone[] {
  const within = inWallet(operation, wallet.id);
  const reached: ReachedMilestone[] = [];
  for (;;) {
    const { available, card } = ledgerOf(within);
    const { round, rewards } = card ?? NEW_CARD;
    const next = wallet.milestones.find(
      ({ at }) => available >= BigInt(at) && !rewards.some((given) => given.round === round && given.at === at),
    );
    if (next === undefined) return reached;
    reached.push(reach(operation, within, wallet, next, { checkId, parents }));
  }
}

type Cause = { readonly checkId: string | null; readonly parents: readonly number[] };

function reach(
  operation: Operation,
  within: Operation,
  wallet: StampsWallet,
  milestone: Milestone,
  { checkId, parents }: Cause,
): ReachedMilestone {
  const full = milestone.at === wallet.slots;
  const couponKindId = milestone.reward.kind === 'coupon' ? milestone.reward.couponKindId : null;
  const points = givePoints(operation, wallet, milestone, checkId);
  const taken = full ? takeFromLots(ledgerOf(within).lots, BigInt(wallet.slots)) : [];
  const entry = record(within, {
    kind: 'stamp_reward',
    checkId,
    postings: full ? transfer('available', 'redeemed', BigInt(wallet.slots)) : [],
    lots: taken.map(({ lotId, amount }) => ({ lotId, amount: -amount })),
    card: { reached: milestone.at, full, couponKindId, points },
    parents: points === null ? parents : [...parents, points.entryId],
    numbers: { milestone: BigInt(milestone.at), slots: BigInt(wallet.slots), points: points?.amount ?? 0n },
    texts: { name: milestone.name },
  });
  const { at, name } = milestone;
  return { rewardId: entry.id, wallet: wallet.id, milestone: at, name, couponKindId, points: points?.amount ?? 0n };
}

function givePoints(
  operation: Operation,
  wallet: StampsWallet,
  { reward: wish }: Milestone,
  checkId: string | null,
): RewardPoints | null {
  if (wish.kind === 'coupon') return null;
  const entryId = operation.state.nextEntryId;
  const given = reward(operation, {
    kind: 'reward',
    reason: 'campaign',
    amount: wish.points,
    side: 'stamps',
    lifetimeDays: wish.lifetimeDays ?? undefined,
    checkId: checkId ?? undefined,
  });
  if ('code' in given) throw new Error(`The reward of wallet ${wallet.id} was refused: ${given.code}`);
  return { amount: wish.points, lotId: given.lotId, entryId };
}
