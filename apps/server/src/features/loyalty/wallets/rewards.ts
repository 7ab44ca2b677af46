import type { AccountState, ReachedMilestone, Rules, SaleRecord, WithdrawnReward } from '@tessera/loyalty';
import { rewardsAtStake } from '@tessera/loyalty';
import type { Tenant } from '../../../platform/database/index.ts';
import type { CompanionWrite } from '../companions.ts';
import { issueAsCompanion, voidCoupon } from '../offers/issue-coupon.ts';
import { kindIdOf } from './describe-wallets.ts';
import { selectUsedOrigins } from './rewards.store.ts';

/** The coupon of a reward is known by the entry that gave the reward, which is one for ever. */
const originOf = (accountId: number, rewardId: number): string => `stamps:${accountId}:${rewardId}`;

type Issue = {
  readonly accountId: number;
  readonly now: Temporal.Instant;
  readonly rules: Rules;
  readonly random: (bytes: number) => Uint8Array;
};

/** Issues the coupons of the milestones that a card has reached, each once. Points stand in the account already. */
export function companionsOfRewards(rewards: readonly ReachedMilestone[], issue: Issue): CompanionWrite[] {
  const { accountId, now, rules, random } = issue;
  return rewards.flatMap(({ rewardId, couponKindId }) => {
    const kindId = kindIdOf(couponKindId);
    if (kindId === null) return [];
    const origin = originOf(accountId, rewardId);
    return [issueAsCompanion({ kindId, accountId, origin, now, calendar: rules, random })];
  });
}

/** Rewards that a return of this sale may withdraw, because nobody has used their coupons. Read only where there are any. */
export async function unusedRewardsOf(
  tenant: Tenant,
  accountId: number,
  state: AccountState,
  sale: SaleRecord,
): Promise<readonly number[]> {
  const atStake = rewardsAtStake(state, sale);
  if (atStake.length === 0) return [];
  const used = await selectUsedOrigins(
    tenant,
    atStake.map((id) => originOf(accountId, id)),
  );
  return atStake.filter((id) => !used.has(originOf(accountId, id)));
}

/** Voids the coupons of withdrawn rewards. One that was used in this very moment lets the return be decided again. */
export function companionsOfWithdrawn(withdrawn: readonly WithdrawnReward[], accountId: number): CompanionWrite[] {
  return withdrawn.flatMap(({ rewardId, couponKindId }) => {
    if (couponKindId === null) return [];
    const origin = originOf(accountId, rewardId);
    return [async (transaction) => (await voidCoupon(transaction, transaction.companyId, origin)) !== 'used'];
  });
}
