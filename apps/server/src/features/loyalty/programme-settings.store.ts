import type { Tenant } from '../../platform/database/index.ts';

/** Tables of one row for a programme: its number and a JSON document. */
export type SettingsTable = 'receipt_settings' | 'referral_settings';

/** The stored settings of a programme; `body` is null for one that has none, and the answer for an unknown one. */
export async function selectProgrammeSettings(
  tenant: Tenant,
  table: SettingsTable,
  programmeId: number,
): Promise<{ body: unknown | null } | null> {
  const rows = await tenant.query<{ body: unknown | null }>(
    {
      name: table,
      text: `select s.body from programmes p
             left join ${table} s on s.company_id = p.company_id and s.programme_id = p.programme_id
             where p.company_id = $1 and p.programme_id = $2`,
    },
    [tenant.companyId, programmeId],
  );
  return rows[0] ?? null;
}

export async function upsertProgrammeSettings(
  tenant: Tenant,
  table: SettingsTable,
  { programmeId, body, now }: { programmeId: number; body: unknown; now: Temporal.Instant },
): Promise<void> {
  await tenant.query(
    `insert into ${table} (company_id, programme_id, body, updated_at) values ($1, $2, $3, $4)
     on conflict (company_id, programme_id) do update set body = $3, updated_at = $4`,
    [tenant.companyId, programmeId, JSON.stringify(body), now.toString()],
  );
}
