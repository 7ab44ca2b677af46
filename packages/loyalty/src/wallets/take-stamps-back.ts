import type { AccountState } from '../account.ts';
import { walletIn } from '../account.ts';
import { smallest } from '../amounts.ts';
import type { TakenBack } from '../claw-back.ts';
import { burnedOf, clawBack } from '../claw-back.ts';
import type { DayCount } from '../day-counts.ts';
import { applyDue } from '../due.ts';
import type { Entry } from '../entry.ts';
import { giveBack } from '../give-back.ts';
import type { Operation } from '../operation.ts';
import { inWallet, ledgerOf, record } from '../operation.ts';
import type { SaleLine, SaleRecord } from '../sale-record.ts';
import { NO_CLAWBACK } from '../sale-record.ts';
import type { StampLine } from './count-stamps.ts';
import { stampsDeserved } from './count-stamps.ts';
import type { StampsReturned, WithdrawnReward } from './outcomes.ts';
import type { SaleStamps } from './sale-wallets.ts';
import type { CardReward } from './stamp-card.ts';
import { NEW_CARD } from './stamp-card.ts';

export type TakenStamps = {
  readonly stamps: readonly SaleStamps[];
  readonly cards: readonly StampsReturned[];
  readonly withdrawn: readonly WithdrawnReward[];
};

export type StampsReturn = {
  readonly sale: SaleRecord;
  /** As the return leaves them. */
  readonly lines: readonly SaleLine[];
  /** Rewards whose coupons nobody has used. The caller knows. */
  readonly unused: ReadonlySet<number>;
  readonly entriesSinceSale: readonly Entry[];
};

/**
 * Takes back the stamps that what remains of a sale no longer deserves. A reward that the stamps no longer reach is
 * withdrawn while its gift is unused, and the stamps of that card return; what a used gift has cost is owed.
 */
export function takeStampsBack(operation: Operation, back: StampsReturn): TakenStamps {
  const remaining = back.lines.map(remainderOf);
  const cards: StampsReturned[] = [];
  const withdrawn: WithdrawnReward[] = [];
  const stamps = (back.sale.wallets?.stamps ?? []).map((given) => {
    const surplus = given.given - given.back - stampsDeserved(given, remaining);
    if (surplus <= 0n) return given;
    const within = inWallet(operation, given.wallet);
    const burned = willHaveBurned(within, given, surplus, back.entriesSinceSale);
    withdrawn.push(...withdrawRewards(operation, within, surplus - burned, back));
    const issue = { ...issueOf(given, back.sale.checkId), counts: countsOf(given, surplus) };
    const clawback = clawBack(within, issue, surplus, 0n, back.entriesSinceSale);
    applyDue(operation);
    const { available, debt } = ledgerOf(within);
    cards.push({ wallet: given.wallet, takenBack: surplus, stamps: available, debt });
    return { ...given, back: given.back + surplus, burned: given.burned + clawback.burned };
  });
  return { stamps, cards, withdrawn };
}

function remainderOf(line: SaleLine): StampLine {
  const back = line.returned?.done;
  return {
    money: line.money - (back?.money ?? 0n),
    quantityThousandths: line.quantityThousandths - (back?.quantityThousandths ?? 0),
  };
}

function issueOf({ lotId, entryId, burned }: SaleStamps, checkId: string | null): TakenBack {
  return {
    checkId,
    earnedLotIds: lotId === null ? [] : [lotId],
    earnEntryId: entryId,
    returned: { clawback: { ...NO_CLAWBACK, burned } },
  };
}

function countsOf({ day, given, back }: SaleStamps, surplus: bigint): readonly DayCount[] {
  if (day === null) return [];
  return [{ day, earned: -surplus, accruals: given - back === surplus ? -1 : 0, spent: 0n, spends: 0 }];
}

/** Stamps that burned meanwhile count as taken back: they have left the card already. */
function willHaveBurned(within: Operation, given: SaleStamps, surplus: bigint, entries: readonly Entry[]): bigint {
  const left = ledgerOf(within).lots.find((lot) => lot.id === given.lotId)?.remaining ?? 0n;
  const gone = surplus > left ? surplus - left : 0n;
  return smallest(gone, burnedOf(given.lotId, given.burned, [...entries, ...within.entries]));
}

/** Withdraws the rewards that the card no longer reaches once `leaving` stamps are gone, newest first. */
function withdrawRewards(
  operation: Operation,
  within: Operation,
  leaving: bigint,
  back: StampsReturn,
): readonly WithdrawnReward[] {
  const withdrawn: WithdrawnReward[] = [];
  const kept = new Set<number>();
  for (;;) {
    const { available, debt, card } = ledgerOf(within);
    const { round, rewards } = card ?? NEW_CARD;
    const left = available - debt - leaving;
    // A full card that keeps its used gift keeps the cards before it too: their stamps are no longer missing, but owed.
    const owes = rewards.some((reward) => kept.has(reward.id) && isFull(reward));
    const last = rewards.findLast(
      (reward) => !kept.has(reward.id) && !(owes && isFull(reward)) && isUndeserved(reward, round, left),
    );
    if (last === undefined) return withdrawn;
    const gift = unusedLike(last, rewards, kept, back.unused);
    if (gift === null) kept.add(last.id);
    else withdrawn.push(withdraw(operation, within, gift, last, back));
  }
}

/** A milestone on the way counts by the stamps of its own card, a full card by what is missing on the next one. */
function isUndeserved(reward: CardReward, round: number, left: bigint): boolean {
  if (isFull(reward)) return left < 0n;
  return reward.round > round || (reward.round === round && BigInt(reward.at) > left);
}

function isFull(reward: CardReward): boolean {
  return reward.uses.length > 0;
}

/** The reward itself while it is unused; else an unused one of the same milestone, which it then stands for. */
function unusedLike(
  wanted: CardReward,
  rewards: readonly CardReward[],
  kept: ReadonlySet<number>,
  unused: ReadonlySet<number>,
): CardReward | null {
  const isUnused = (reward: CardReward): boolean => reward.couponKindId === null || unused.has(reward.id);
  if (isUnused(wanted)) return wanted;
  const like = rewards.findLast(
    (reward) =>
      !kept.has(reward.id) &&
      isUnused(reward) &&
      reward.at === wanted.at &&
      reward.couponKindId === wanted.couponKindId &&
      isFull(reward) === isFull(wanted),
  );
  return like ?? null;
}

function withdraw(
  operation: Operation,
  within: Operation,
  gift: CardReward,
  place: CardReward,
  { sale, entriesSinceSale }: StampsReturn,
): WithdrawnReward {
  const { wallet } = within;
  if (wallet === null) throw new Error('Only a side wallet has a card');
  const stamps = place.uses.reduce((sum, use) => sum + use.amount, 0n);
  const spent = { checkId: sale.checkId, spendEntryId: gift.id };
  const facts = {
    kind: 'withdraw_reward',
    card: { withdrawn: gift.id, place: place.id },
    numbers: { milestone: BigInt(gift.at), stamps },
  } as const;
  const uses = place.uses.map((use) => ({ ...use, givenBack: 0n }));
  if (isFull(place)) giveBack(within, { ...spent, uses }, stamps, facts);
  else record(within, { ...facts, checkId: sale.checkId, parents: [gift.id] });
  if (gift.points !== null) {
    const { lotId, entryId, amount } = gift.points;
    const issue = { checkId: sale.checkId, earnedLotIds: [lotId], earnEntryId: entryId, returned: null };
    clawBack(operation, { ...issue, reason: 'campaign' }, amount, 0n, entriesSinceSale);
  }
  const { at: milestone, couponKindId } = gift;
  return { rewardId: gift.id, wallet, milestone, couponKindId, points: gift.points?.amount ?? 0n };
}

/** Whether stamps of this sale have left their lot, or points that a card gave may have burned. */
export function stampsNeedHistory(state: AccountState, sale: SaleRecord): boolean {
  return (sale.wallets?.stamps ?? []).some(({ wallet, lotId, given, back }) => {
    const { lots, card } = walletIn(state, wallet);
    const left = lots.find((lot) => lot.id === lotId)?.remaining ?? 0n;
    return left < given - back || (card?.rewards ?? []).some((reward) => reward.points !== null);
  });
}

/** Rewards of the cards of this sale whose coupons a return may withdraw: what the caller has to look up. */
export function rewardsAtStake(state: AccountState, sale: SaleRecord): readonly number[] {
  return (sale.wallets?.stamps ?? []).flatMap(({ wallet }) => {
    const rewards = walletIn(state, wallet).card?.rewards ?? [];
    return rewards.flatMap(({ id, couponKindId }) => (couponKindId === null ? [] : [id]));
  });
}
