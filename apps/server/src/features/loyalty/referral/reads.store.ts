import type { ReferralRejection, ReferralState } from '@tessera/loyalty';
import type { Tenant } from '../../../platform/database/index.ts';
import type { ReferralLine } from './model.ts';
import { selectRewards } from './rewards.store.ts';

export type ReferralQuery = {
  programmeId?: number | undefined;
  state?: ReferralState | undefined;
  before: number | null;
  limit: number;
  now: Temporal.Instant;
};

type LineRow = {
  referral_id: bigint;
  state: ReferralState;
  reason: ReferralRejection | null;
  referrer_account_id: bigint;
  referrer_name: string;
  account_id: bigint;
  friend_name: string;
  registered_at: Temporal.Instant;
  valid_until: Temporal.Instant;
  check_id: bigint | null;
  qualified_at: Temporal.Instant | null;
  confirms_at: Temporal.Instant | null;
};

/** The state as it reads now, before any job has written it down. */
const STATE_NOW = `case when r.state = 'registered' and r.valid_until <= $2 then 'rejected'
  when r.state = 'qualified' and r.confirms_at <= $2 then 'rewarded' else r.state end`;

/** Referrals with both names, newest first. */
export async function selectReferrals(tenant: Tenant, query: ReferralQuery): Promise<ReferralLine[]> {
  const rows = await tenant.query<LineRow>(
    `select r.referral_id, ${STATE_NOW} as state,
       case when r.state = 'registered' and r.valid_until <= $2 then 'no_check' else r.reason end as reason,
       r.referrer_account_id, trim(rg.first_name || ' ' || rg.last_name) as referrer_name,
       r.account_id, trim(fg.first_name || ' ' || fg.last_name) as friend_name,
       r.registered_at, r.valid_until, r.check_id, r.qualified_at, r.confirms_at
     from referrals r
     join accounts ra on ra.company_id = r.company_id and ra.account_id = r.referrer_account_id
     join guests rg on rg.company_id = ra.company_id and rg.guest_id = ra.guest_id
     join accounts fa on fa.company_id = r.company_id and fa.account_id = r.account_id
     join guests fg on fg.company_id = fa.company_id and fg.guest_id = fa.guest_id
     where r.company_id = $1 and ($3::bigint is null or r.referral_id < $3)
       and ($4::integer is null or r.programme_id = $4) and ($5::text is null or ${STATE_NOW} = $5)
     order by r.referral_id desc limit $6`,
    [tenant.companyId, query.now.toString(), query.before, query.programmeId ?? null, query.state ?? null, query.limit],
  );
  const rewards = await selectRewards(
    tenant,
    rows.map((row) => Number(row.referral_id)),
  );
  return rows.map((row) => ({
    referralId: Number(row.referral_id),
    state: row.state,
    reason: row.reason,
    referrer: { accountId: Number(row.referrer_account_id), name: row.referrer_name },
    friend: { accountId: Number(row.account_id), name: row.friend_name },
    registeredAt: row.registered_at,
    validUntil: row.valid_until,
    checkId: row.check_id === null ? null : Number(row.check_id),
    qualifiedAt: row.qualified_at,
    confirmsAt: row.confirms_at,
    rewards: rewards.filter((reward) => reward.referralId === Number(row.referral_id)),
  }));
}

export type ReferralNumbers = {
  clicks: number;
  registered: number;
  qualified: number;
  rewarded: number;
  rejected: number;
  /** Points given to all sides and not taken back, minor units. */
  points: bigint;
};

/** How many came which way since an instant: links followed, and what became of those who registered since then. */
export async function selectReferralNumbers(
  tenant: Tenant,
  query: { programmeId: number | null; from: Temporal.Instant; now: Temporal.Instant },
): Promise<ReferralNumbers> {
  const rows = await tenant.query<ReferralNumbers>(
    `with chosen as (
       select r.referral_id, r.qualified_at, r.reason, ${STATE_NOW} as state from referrals r
       where r.company_id = $1 and r.registered_at >= $3 and ($4::integer is null or r.programme_id = $4))
     select
       (select count(*)::integer from referral_touches t
        join accounts a on a.company_id = t.company_id and a.account_id = t.account_id
        where t.company_id = $1 and t.touched_at >= $3 and ($4::integer is null or a.programme_id = $4)) as clicks,
       (select count(*)::integer from chosen where state <> 'rejected' or reason in ('no_check', 'check_returned') or reason is null)
         as registered,
       (select count(*)::integer from chosen where qualified_at is not null) as qualified,
       (select count(*)::integer from chosen where state = 'rewarded') as rewarded,
       (select count(*)::integer from chosen where state = 'rejected') as rejected,
       (select coalesce(sum(w.points), 0)::bigint from referral_rewards w
        where w.company_id = $1 and w.revoked_at is null and w.referral_id in (select referral_id from chosen)) as points`,
    [tenant.companyId, query.now.toString(), query.from.toString(), query.programmeId],
  );
  return rows[0]!;
}
