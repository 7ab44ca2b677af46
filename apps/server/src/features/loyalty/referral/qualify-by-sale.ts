import type { AccountState, Entry, Rules, SaleRecord } from '@tessera/loyalty';
import { decide, qualifyReferral, type ReferralGrant } from '@tessera/loyalty';
import type { Tenant } from '../../../platform/database/index.ts';
import type { CompanionWrite } from '../companions.ts';
import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import { type StoredReferral, sideOf } from './model.ts';
import { moveReferral, selectReferralOfFriend } from './referrals.store.ts';
import { insertReward } from './rewards.store.ts';

/** What a referral adds to a sale or a return: further entries of the same account, and what is written beside it. */
export type ReferralPart = { state: AccountState; entries: readonly Entry[]; companions: readonly CompanionWrite[] };

type SaleOfFriend = { accountId: number; state: AccountState; sale: SaleRecord; rules: Rules; now: Temporal.Instant };

/**
 * The sale of an account that a referral waits for: when the check qualifies it, the friend's own reward belongs to the
 * same write, and those above get theirs by a job, so that a sale locks nobody else's account.
 * @returns null when nothing changes
 */
export async function qualifyBySale(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  friend: SaleOfFriend,
): Promise<ReferralPart | null> {
  const stored = await selectReferralOfFriend(tenant, friend.accountId);
  if (stored?.referral.state !== 'registered') return null;
  const { sale, rules, now } = friend;
  const check = { checkId: sale.checkId, money: sale.money, at: now.epochMilliseconds };
  const qualified = qualifyReferral(stored.referral, check, rules);
  if (!qualified) return null;
  if (await platform.shareDevice?.(tenant, friend.accountId, stored.referrerAccountId)) {
    return rejectForDevice(tenant, stored, friend);
  }
  const move: CompanionWrite = (transaction) =>
    moveReferral(
      transaction,
      tenant.companyId,
      { referralId: stored.referralId, from: 'registered', to: qualified.referral },
      { now, tells: 'referral_qualified' },
    );
  if (!qualified.referee) return { state: friend.state, entries: [], companions: [move] };
  return withReward(tenant, stored, friend, qualified.referee, move);
}

function withReward(
  tenant: Tenant,
  { referralId }: StoredReferral,
  { accountId, state, sale, rules, now }: SaleOfFriend,
  grant: ReferralGrant,
  move: CompanionWrite,
): ReferralPart {
  const decision = decide(state, { ...rewardCommand(grant, 0), checkId: sale.checkId }, rules, now);
  if (!decision.ok) return { state, entries: [], companions: [move] };
  const reward = {
    referralId,
    level: 0,
    accountId,
    points: grant.points,
    reason: null,
    lotId: decision.outcome.lotId,
    entrySequence: rewardEntryOf(decision.entries),
    ...instantsOf(grant),
  };
  const write: CompanionWrite = (transaction) => insertReward(transaction, tenant.companyId, reward);
  return { state: decision.state, entries: decision.entries, companions: [move, write] };
}

/** The command that gives a reward of a referral; `level` 0 is the friend. */
export const rewardCommand = (grant: ReferralGrant, level: number) =>
  ({
    kind: 'reward',
    reason: 'referral',
    amount: grant.points,
    side: sideOf(level),
    earnedAt: Temporal.Instant.fromEpochMilliseconds(grant.earnedAt),
    activatesAt: Temporal.Instant.fromEpochMilliseconds(grant.activatesAt),
    lifetimeDays: grant.lifetimeDays ?? undefined,
  }) as const;

/** The entry that gave the reward, among those that a decision writes. */
export const rewardEntryOf = (entries: readonly Entry[]): number =>
  entries.find((entry) => entry.kind === 'reward')!.id;

export const instantsOf = ({ earnedAt, activatesAt }: ReferralGrant) => ({
  earnedAt: Temporal.Instant.fromEpochMilliseconds(earnedAt),
  activatesAt: Temporal.Instant.fromEpochMilliseconds(activatesAt),
});

/** Both cards lie on one device: known only once both are installed, so it is asked when the check comes. */
function rejectForDevice(tenant: Tenant, stored: StoredReferral, { state, now }: SaleOfFriend): ReferralPart {
  const to = { ...stored.referral, state: 'rejected', reason: 'same_device' } as const;
  const { referralId } = stored;
  const move: CompanionWrite = (transaction) =>
    moveReferral(transaction, tenant.companyId, { referralId, from: 'registered', to }, { now, tells: null });
  return { state, entries: [], companions: [move] };
}
