import type { Tenant, TenantTransaction } from '../../../platform/database/index.ts';
import type { Partner, PartnerVenue, UnknownVenue, VenueOwner } from './model.ts';
import { partnerKey } from './model.ts';

const PARTNERS_MAX = 500;
const VENUES_MAX = 5_000;
const UNKNOWN_VENUES_SHOWN = 50;

export async function selectPartners(tenant: Tenant): Promise<Partner[]> {
  const rows = await tenant.query<{ partner_id: number; name: string }>(
    'select partner_id, name from partners where company_id = $1 order by partner_id limit $2',
    [tenant.companyId, PARTNERS_MAX],
  );
  return rows.map((row) => ({ partnerId: row.partner_id, name: row.name }));
}

/** Every venue of the company with the partner whose it is. */
export async function selectPartnerVenues(tenant: Tenant): Promise<PartnerVenue[]> {
  const rows = await tenant.query<{ code: number; name: string; partner_id: number | null }>(
    `select v.code, v.name, p.partner_id from venues v
     left join partner_venues p on p.company_id = v.company_id and p.venue_code = v.code
     where v.company_id = $1 order by v.code limit $2`,
    [tenant.companyId, VENUES_MAX],
  );
  return rows.map((row) => ({ code: row.code, name: row.name, partnerId: row.partner_id }));
}

/** Venues that checks have named and that are not entered, the latest first. */
export async function selectUnknownVenues(tenant: Tenant): Promise<UnknownVenue[]> {
  const rows = await tenant.query<{ venue_code: number; checks: number; last_seen_at: Temporal.Instant }>(
    `select u.venue_code, u.checks, u.last_seen_at from unknown_venues u
     where u.company_id = $1
       and not exists (select from venues v where v.company_id = u.company_id and v.code = u.venue_code)
     order by u.last_seen_at desc limit $2`,
    [tenant.companyId, UNKNOWN_VENUES_SHOWN],
  );
  return rows.map((row) => ({ code: row.venue_code, checks: row.checks, lastSeenAt: row.last_seen_at }));
}

/** The partner of this name, new or known: the name is the key of the call. `null` when there are too many. */
export async function insertPartner(tenant: Tenant, name: string, now: Temporal.Instant): Promise<number | null> {
  const rows = await tenant.query<{ partner_id: number }>(
    `with added as (
       insert into partners (company_id, name, created_at)
       select $1, $2, $3 where (select count(*) from partners where company_id = $1) < $4
       on conflict do nothing returning partner_id)
     select partner_id from added
     union all select partner_id from partners where company_id = $1 and name = $2`,
    [tenant.companyId, name, now.toString(), PARTNERS_MAX],
  );
  return rows[0]?.partner_id ?? null;
}

/** false for an unknown partner. Fails with a unique violation when another partner bears the name. */
export async function renamePartner(tenant: Tenant, { partnerId, name }: Partner): Promise<boolean> {
  const rows = await tenant.query(
    'update partners set name = $3 where company_id = $1 and partner_id = $2 returning partner_id',
    [tenant.companyId, partnerId, name],
  );
  return rows.length > 0;
}

export async function partnerExists(tenant: Tenant, partnerId: number): Promise<boolean> {
  const rows = await tenant.query('select from partners where company_id = $1 and partner_id = $2', [
    tenant.companyId,
    partnerId,
  ]);
  return rows.length > 0;
}

/** Makes an entered venue a partner's, whoever had it before; what was noted of it as unknown is over. */
export async function assignVenue(tenant: Tenant, partnerId: number, code: number): Promise<void> {
  await tenant.query(
    `with forgotten as (delete from unknown_venues where company_id = $1 and venue_code = $2)
     insert into partner_venues (company_id, venue_code, partner_id) values ($1, $2, $3)
     on conflict (company_id, venue_code) do update set partner_id = excluded.partner_id`,
    [tenant.companyId, code, partnerId],
  );
}

/** false when the venue was not this partner's. */
export async function releaseVenue(tenant: Tenant, partnerId: number, code: number): Promise<boolean> {
  const rows = await tenant.query(
    `delete from partner_venues where company_id = $1 and venue_code = $2 and partner_id = $3 returning venue_code`,
    [tenant.companyId, code, partnerId],
  );
  return rows.length > 0;
}

/** Whose a venue is, for a sale in a coalition. */
export async function selectVenueOwner(tenant: Tenant, code: number): Promise<VenueOwner> {
  const rows = await tenant.query<{ partner_id: number | null }>(
    {
      name: 'venue-owner',
      text: `select p.partner_id from venues v
             left join partner_venues p on p.company_id = v.company_id and p.venue_code = v.code
             where v.company_id = $1 and v.code = $2`,
    },
    [tenant.companyId, code],
  );
  const row = rows[0];
  if (!row) return { known: false, partner: null };
  return { known: true, partner: row.partner_id === null ? null : partnerKey(row.partner_id) };
}

/** Notes for the operator that a check came from a venue that nobody has entered. */
export async function noteUnknownVenue(
  transaction: TenantTransaction,
  code: number,
  now: Temporal.Instant,
): Promise<void> {
  await transaction.query(
    `insert into unknown_venues (company_id, venue_code, checks, first_seen_at, last_seen_at) values ($1, $2, 1, $3, $3)
     on conflict (company_id, venue_code)
     do update set checks = unknown_venues.checks + 1, last_seen_at = excluded.last_seen_at`,
    [transaction.companyId, code, now.toString()],
  );
}
