import { type Referral, type ReferralRejection, referralDueAt, referralSettingsToJson } from '@tessera/loyalty';
import type { Queryable, Tenant } from '../../../platform/database/index.ts';
import type { StoredReferral } from './model.ts';
import { storedReferralSettings } from './settings.ts';

export type ReferralRow = {
  referral_id: bigint;
  programme_id: number;
  referrer_account_id: bigint;
  account_id: bigint;
  state: Referral['state'];
  reason: ReferralRejection | null;
  settings: unknown;
  valid_until: Temporal.Instant;
  check_id: bigint | null;
  qualified_at: Temporal.Instant | null;
  confirms_at: Temporal.Instant | null;
};

const COLUMNS = `r.referral_id, r.programme_id, r.referrer_account_id, r.account_id, r.state, r.reason, r.settings,
  r.valid_until, r.check_id, r.qualified_at, r.confirms_at`;

const toStored = (row: ReferralRow): StoredReferral => ({
  referralId: Number(row.referral_id),
  programmeId: row.programme_id,
  referrerAccountId: Number(row.referrer_account_id),
  accountId: Number(row.account_id),
  referral: toReferral(row),
});

const toReferral = (row: ReferralRow): Referral => ({
  state: row.state,
  reason: row.reason,
  settings: storedReferralSettings(row.settings),
  validUntil: row.valid_until.epochMilliseconds,
  checkId: row.check_id === null ? null : String(row.check_id),
  qualifiedAt: row.qualified_at?.epochMilliseconds ?? null,
  confirmsAt: row.confirms_at?.epochMilliseconds ?? null,
});

const instantText = (at: number | null): string | null =>
  at === null ? null : Temporal.Instant.fromEpochMilliseconds(at).toString();

export type NewReferral = {
  programmeId: number;
  referrerAccountId: number;
  accountId: number;
  touchedAt: Temporal.Instant;
  referral: Referral;
};

/** Writes how a referral begins, and marks the friend's account while it waits for a check. The same twice is once. */
export async function insertReferral(
  queryable: Queryable,
  companyId: number,
  { programmeId, referrerAccountId, accountId, touchedAt, referral }: NewReferral,
  now: Temporal.Instant,
): Promise<void> {
  await queryable.query(
    `with begun as (
       insert into referrals (company_id, programme_id, referrer_account_id, account_id, state, reason, settings,
                              touched_at, registered_at, valid_until, due_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
       on conflict do nothing returning account_id, state)
     update accounts set referral = 'registered'
     from begun where company_id = $1 and accounts.account_id = begun.account_id and begun.state = 'registered'`,
    [
      companyId,
      programmeId,
      referrerAccountId,
      accountId,
      referral.state,
      referral.reason,
      JSON.stringify(referralSettingsToJson(referral.settings)),
      touchedAt.toString(),
      now.toString(),
      instantText(referral.validUntil),
      instantText(referralDueAt(referral)),
    ],
  );
}

export async function selectReferral(tenant: Tenant, referralId: number): Promise<StoredReferral | null> {
  const rows = await tenant.query<ReferralRow>(
    `select ${COLUMNS} from referrals r where r.company_id = $1 and r.referral_id = $2`,
    [tenant.companyId, referralId],
  );
  return rows[0] ? toStored(rows[0]) : null;
}

/** The referral of a friend that has not been rejected. */
export async function selectReferralOfFriend(tenant: Tenant, accountId: number): Promise<StoredReferral | null> {
  const rows = await tenant.query<ReferralRow>(
    {
      name: 'referral-of-friend',
      text: `select ${COLUMNS} from referrals r where r.company_id = $1 and r.account_id = $2 and r.state <> 'rejected'`,
    },
    [tenant.companyId, accountId],
  );
  return rows[0] ? toStored(rows[0]) : null;
}

export async function selectDueReferrals(
  tenant: Tenant,
  now: Temporal.Instant,
  limit: number,
): Promise<StoredReferral[]> {
  const rows = await tenant.query<ReferralRow>(
    `select ${COLUMNS} from referrals r where r.company_id = $1 and r.due_at <= $2 order by r.due_at limit $3`,
    [tenant.companyId, now.toString(), limit],
  );
  return rows.map(toStored);
}

/**
 * Moves a referral on, over the state that was decided on, and the mark at the friend's account with it.
 * @param tells what to put into the outbox: the referral is qualified, or its rewards have to be undone
 */
export async function moveReferral(
  queryable: Queryable,
  companyId: number,
  { referralId, from, to }: { referralId: number; from: Referral['state']; to: Referral },
  { now, tells }: { now: Temporal.Instant; tells: 'referral_qualified' | 'referral_undone' | null },
): Promise<boolean> {
  const rows = await queryable.query(
    `with moved as (
       update referrals set state = $4, reason = $5, check_id = $6, qualified_at = $7, confirms_at = $8, due_at = $9
       where company_id = $1 and referral_id = $2 and state = $3 returning referral_id, account_id),
     marked as (
       update accounts set referral = case when $4 in ('registered', 'qualified') then $4 end
       from moved where company_id = $1 and accounts.account_id = moved.account_id),
     told as (
       insert into outbox (company_id, kind, payload, created_at)
       select $1, $10, jsonb_build_object('referralId', referral_id), $11 from moved where $10::text is not null)
     select referral_id from moved`,
    [
      companyId,
      referralId,
      from,
      to.state,
      to.reason,
      to.checkId,
      instantText(to.qualifiedAt),
      instantText(to.confirmsAt),
      instantText(referralDueAt(to)),
      tells,
      now.toString(),
    ],
  );
  return rows.length > 0;
}
