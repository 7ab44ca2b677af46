import type { Tenant } from '../../../platform/database/index.ts';
import { searchKey } from '../../guests/index.ts';
import type { EventCard } from '../../journal/index.ts';
import { CODE_TEXT } from '../passes/model.ts';

/**
 * The card with this serial number, or with this code of its own if no other card shares it; or null. Whether its code
 * changes, and when its last day is over. A voided card leads nowhere.
 */
export async function selectCardOfSerial(
  tenant: Tenant,
  code: string,
): Promise<(EventCard & { changing: boolean; expiresAt: string | undefined }) | null> {
  const rows = await tenant.query<{
    pass_id: bigint;
    design_id: number;
    account_id: bigint;
    changing: boolean;
    expires_at: string | null;
  }>(
    {
      name: 'card-of-serial',
      text: `select p.pass_id, p.design_id, p.account_id, d.body ? 'changingCode' as changing,
               p.snapshot->>'expiresAt' as expires_at
             from passes p join designs d on d.company_id = $1 and d.design_id = p.design_id
             where p.company_id = $1 and not p.voided and p.pass_id = coalesce(
               (select pass_id from passes where company_id = $1 and serial = $2 and not voided limit 1),
               (select min(one.pass_id) from (
                  select o.pass_id from pass_texts t
                  join passes o on o.company_id = $1 and o.pass_id = t.pass_id
                  where t.company_id = $1 and t.text_key = $3 and t.name = $4
                    and o.own ->> 'barcodeMessage' = $2 and not o.voided limit 2) one
                having count(*) = 1))`,
    },
    [tenant.companyId, code, searchKey(code), CODE_TEXT],
  );
  const row = rows[0];
  if (!row) return null;
  return {
    passId: Number(row.pass_id),
    designId: row.design_id,
    accountId: Number(row.account_id),
    changing: row.changing,
    expiresAt: row.expires_at ?? undefined,
  };
}
