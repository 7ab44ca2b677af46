import type { Tenant } from '../../../platform/database/index.ts';

/** The account behind the code of a card (its serial number), or null. A voided card leads nowhere. */
export async function selectAccountOfCard(tenant: Tenant, serial: string): Promise<number | null> {
  const rows = await tenant.query<{ account_id: bigint }>(
    {
      name: 'account-of-card',
      text: 'select account_id from passes where company_id = $1 and serial = $2 and not voided limit 1',
    },
    [tenant.companyId, serial],
  );
  return rows[0] ? Number(rows[0].account_id) : null;
}
