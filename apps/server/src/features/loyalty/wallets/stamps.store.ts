import type { Tenant } from '../../../platform/database/index.ts';

/** How many stamps were given to a card by hand since an instant. */
export async function countStampsGiven(
  tenant: Tenant,
  { accountId, source, wallet, since }: { accountId: number; source: string; wallet: string; since: Temporal.Instant },
): Promise<number> {
  const rows = await tenant.query<{ given: number }>(
    `select count(*)::integer as given from operations
     where company_id = $1 and account_id = $2 and entry_sequence is not null and source = $3 and kind = 'stamp'
       and recorded_at >= $4 and answer ->> 'wallet' = $5`,
    [tenant.companyId, accountId, source, since.toString(), wallet],
  );
  return rows[0]?.given ?? 0;
}
