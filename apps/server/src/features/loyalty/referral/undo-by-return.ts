import type { AccountState, Entry, Rules, SaleRecord } from '@tessera/loyalty';
import { decide, referralAfterReturn } from '@tessera/loyalty';
import type { Tenant } from '../../../platform/database/index.ts';
import { selectEntriesFrom } from '../checks.store.ts';
import type { CompanionWrite } from '../companions.ts';
import type { StoredReward } from './model.ts';
import type { ReferralPart } from './qualify-by-sale.ts';
import { moveReferral, selectReferralOfFriend } from './referrals.store.ts';
import { revokeReward, selectRewards } from './rewards.store.ts';

type ReturnOfFriend = {
  accountId: number;
  state: AccountState;
  /** The sale as the return leaves it, and the entries that the return writes. */
  sale: SaleRecord;
  entries: readonly Entry[];
  rules: Rules;
  now: Temporal.Instant;
};

/**
 * The return of goods by a guest whose check has brought rewards: when too little of the check is left, the friend's own
 * reward is taken back in the same write, and those above lose theirs by a job.
 * @returns null when nothing changes
 */
export async function undoByReturn(tenant: Tenant, friend: ReturnOfFriend): Promise<ReferralPart | null> {
  const stored = await selectReferralOfFriend(tenant, friend.accountId);
  if (!stored) return null;
  const { sale, now, accountId } = friend;
  const moneyLeft = sale.money - (sale.returned?.money ?? 0n);
  const facts = { checkId: sale.checkId, moneyLeft, at: now.epochMilliseconds };
  const undone = referralAfterReturn(stored.referral, facts);
  if (!undone) return null;
  const { referralId } = stored;
  const move: CompanionWrite = (transaction) =>
    moveReferral(
      transaction,
      tenant.companyId,
      { referralId, from: 'qualified', to: undone },
      { now, tells: 'referral_undone' },
    );
  const own = (await selectRewards(tenant, [referralId])).find((reward) => reward.level === 0);
  if (!own || own.points === 0n || own.revokedAt) return { state: friend.state, entries: [], companions: [move] };
  const before = await selectEntriesFrom(tenant, accountId, own.entrySequence!);
  const decision = decide(friend.state, revokeCommand(own, [...before, ...friend.entries]), friend.rules, now);
  if (!decision.ok) throw new Error(`A reward could not be taken back: ${decision.refusal.code}`);
  const revoke: CompanionWrite = (transaction) =>
    revokeReward(transaction, tenant.companyId, { referralId, level: 0, now });
  return { state: decision.state, entries: decision.entries, companions: [move, revoke] };
}

/** The command that takes a reward of a referral back. */
export const revokeCommand = (reward: StoredReward, entriesSince: readonly Entry[]) =>
  ({
    kind: 'revoke_reward',
    reason: 'referral',
    amount: reward.points,
    lotId: reward.lotId!,
    entryId: reward.entrySequence!,
    entriesSince,
  }) as const;
