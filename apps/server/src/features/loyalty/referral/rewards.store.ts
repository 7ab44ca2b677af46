import type { NoRewardReason } from '@tessera/loyalty';
import type { Queryable, Tenant } from '../../../platform/database/index.ts';
import type { StoredReward } from './model.ts';

type RewardRow = {
  referral_id: bigint;
  level: number;
  account_id: bigint;
  points: bigint;
  reason: NoRewardReason | null;
  lot_id: number | null;
  entry_sequence: number | null;
  earned_at: Temporal.Instant;
  activates_at: Temporal.Instant;
  revoked_at: Temporal.Instant | null;
};

const toReward = (row: RewardRow): StoredReward => ({
  referralId: Number(row.referral_id),
  level: row.level,
  accountId: Number(row.account_id),
  points: row.points,
  reason: row.reason,
  lotId: row.lot_id,
  entrySequence: row.entry_sequence,
  earnedAt: row.earned_at,
  activatesAt: row.activates_at,
  revokedAt: row.revoked_at,
});

/**
 * Writes what somebody got. The referral is locked meanwhile, so that a return either comes first, and nothing is
 * written, or finds the reward and undoes it.
 * @returns false when the referral has been rejected
 */
export async function insertReward(
  queryable: Queryable,
  companyId: number,
  reward: Omit<StoredReward, 'revokedAt'>,
): Promise<boolean> {
  const rows = await queryable.query(
    `with alive as (
       select referral_id from referrals
       where company_id = $1 and referral_id = $2 and state in ('qualified', 'rewarded') for update)
     insert into referral_rewards (company_id, referral_id, level, account_id, points, reason, lot_id, entry_sequence,
                                   earned_at, activates_at)
     select $1, referral_id, $3, $4, $5, $6, $7, $8, $9, $10 from alive returning level`,
    [
      companyId,
      reward.referralId,
      reward.level,
      reward.accountId,
      reward.points,
      reward.reason,
      reward.lotId,
      reward.entrySequence,
      reward.earnedAt.toString(),
      reward.activatesAt.toString(),
    ],
  );
  return rows.length > 0;
}

/** Marks a reward as taken back; false when it is already. */
export async function revokeReward(
  queryable: Queryable,
  companyId: number,
  { referralId, level, now }: { referralId: number; level: number; now: Temporal.Instant },
): Promise<boolean> {
  const rows = await queryable.query(
    `update referral_rewards set revoked_at = $4
     where company_id = $1 and referral_id = $2 and level = $3 and revoked_at is null returning level`,
    [companyId, referralId, level, now.toString()],
  );
  return rows.length > 0;
}

export async function selectRewards(tenant: Tenant, referralIds: readonly number[]): Promise<StoredReward[]> {
  const rows = await tenant.query<RewardRow>(
    `select referral_id, level, account_id, points, reason, lot_id, entry_sequence, earned_at, activates_at, revoked_at
     from referral_rewards where company_id = $1 and referral_id = any ($2) order by referral_id, level`,
    [tenant.companyId, referralIds],
  );
  return rows.map(toReward);
}

/** How many friends of a level have brought an account points between two instants, not counting those undone. */
export async function countRewards(
  tenant: Tenant,
  query: { accountId: number; level: number; from: Temporal.Instant; to: Temporal.Instant },
): Promise<number> {
  const rows = await tenant.query<{ rewards: number }>(
    `select count(*)::integer as rewards from referral_rewards
     where company_id = $1 and account_id = $2 and level = $3 and earned_at >= $4 and earned_at < $5
       and points > 0 and revoked_at is null`,
    [tenant.companyId, query.accountId, query.level, query.from.toString(), query.to.toString()],
  );
  return rows[0]!.rewards;
}
