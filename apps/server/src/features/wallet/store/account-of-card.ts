import type { Tenant } from '../../../platform/database/index.ts';
import type { EventCard } from '../../journal/index.ts';

/** The card with this serial number, or null; whether its code changes. A voided card leads nowhere. */
export async function selectCardOfSerial(
  tenant: Tenant,
  serial: string,
): Promise<(EventCard & { changing: boolean }) | null> {
  const rows = await tenant.query<{ pass_id: bigint; design_id: number; account_id: bigint; changing: boolean }>(
    {
      name: 'card-of-serial',
      text: `select p.pass_id, p.design_id, p.account_id, d.body ? 'changingCode' as changing
             from passes p join designs d on d.company_id = $1 and d.design_id = p.design_id
             where p.company_id = $1 and p.serial = $2 and not p.voided limit 1`,
    },
    [tenant.companyId, serial],
  );
  const row = rows[0];
  if (!row) return null;
  const { changing } = row;
  return { passId: Number(row.pass_id), designId: row.design_id, accountId: Number(row.account_id), changing };
}
