import type { Tenant } from '../../../platform/database/index.ts';

/** When the last check of an account was registered; null for none. */
export async function selectLastSaleAt(tenant: Tenant, accountId: number): Promise<Temporal.Instant | null> {
  const rows = await tenant.query<{ last_sale_at: Temporal.Instant | null }>(
    'select last_sale_at from accounts where company_id = $1 and account_id = $2',
    [tenant.companyId, accountId],
  );
  return rows[0]?.last_sale_at ?? null;
}

/** The last check of an account that has not gone back whole: when, and what it came to in minor units. */
export async function selectLastCheck(
  tenant: Tenant,
  accountId: number,
): Promise<{ occurredAt: Temporal.Instant; amount: bigint } | null> {
  const rows = await tenant.query<{ occurred_at: Temporal.Instant; amount: bigint }>(
    {
      name: 'last-check',
      text: `select occurred_at, money + spent as amount from (
               select occurred_at, money, spent, status, check_id from checks
               where company_id = $1 and account_id = $2 order by check_id desc limit 20) recent
             where status <> 'returned' order by check_id desc limit 1`,
    },
    [tenant.companyId, accountId],
  );
  return rows[0] ? { occurredAt: rows[0].occurred_at, amount: rows[0].amount } : null;
}
