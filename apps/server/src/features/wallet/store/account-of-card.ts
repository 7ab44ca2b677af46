import type { Tenant } from '../../../platform/database/index.ts';
import type { EventCard } from '../../journal/index.ts';

/** The card behind a code (its serial number), or null. A voided card leads nowhere. */
export async function selectCardOfCode(tenant: Tenant, serial: string): Promise<EventCard | null> {
  const rows = await tenant.query<{ pass_id: bigint; design_id: number; account_id: bigint }>(
    {
      name: 'card-of-code',
      text: 'select pass_id, design_id, account_id from passes where company_id = $1 and serial = $2 and not voided limit 1',
    },
    [tenant.companyId, serial],
  );
  const row = rows[0];
  return row ? { passId: Number(row.pass_id), designId: row.design_id, accountId: Number(row.account_id) } : null;
}
