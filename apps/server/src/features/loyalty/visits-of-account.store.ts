import type { Tenant } from '../../platform/database/index.ts';

/**
 * Venues of an account's checks, the one it comes to first: most checks since `since`, of equally many the one seen last;
 * then those of older checks, the last first.
 */
export async function selectVenuesOfAccount(
  tenant: Tenant,
  accountId: number,
  since: Temporal.Instant,
): Promise<number[]> {
  const rows = await tenant.query<{ venue_code: number }>(
    `select venue_code from checks where company_id = $1 and account_id = $2 and venue_code is not null
     group by venue_code
     order by count(*) filter (where occurred_at >= $3) desc, max(occurred_at) desc limit 20`,
    [tenant.companyId, accountId, since.toString()],
  );
  return rows.map((row) => row.venue_code);
}
