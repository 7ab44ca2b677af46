import type { Tenant } from '../../../platform/database/index.ts';

/** The stored settings of a programme; `body` is null for one that has none, and the answer for an unknown one. */
export async function selectReceiptSettings(
  tenant: Tenant,
  programmeId: number,
): Promise<{ body: unknown | null } | null> {
  const rows = await tenant.query<{ body: unknown | null }>(
    {
      name: 'receipt-settings',
      text: `select s.body from programmes p
             left join receipt_settings s on s.company_id = p.company_id and s.programme_id = p.programme_id
             where p.company_id = $1 and p.programme_id = $2`,
    },
    [tenant.companyId, programmeId],
  );
  return rows[0] ?? null;
}

export async function upsertReceiptSettings(
  tenant: Tenant,
  programmeId: number,
  body: unknown,
  now: Temporal.Instant,
): Promise<void> {
  await tenant.query(
    `insert into receipt_settings (company_id, programme_id, body, updated_at) values ($1, $2, $3, $4)
     on conflict (company_id, programme_id) do update set body = $3, updated_at = $4`,
    [tenant.companyId, programmeId, JSON.stringify(body), now.toString()],
  );
}
