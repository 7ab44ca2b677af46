import type { TillSettings } from '@tessera/contract';
import type { Queryable, Tenant } from '../../../platform/database/index.ts';

/** What a company has set; null while nobody has. Parts may be missing that are newer than the row. */
export async function selectTillSettings(
  queryable: Queryable,
  companyId: number,
): Promise<Partial<TillSettings> | null> {
  const rows = await queryable.query<{ body: Partial<TillSettings> }>(
    { name: 'till-settings', text: 'select body from till_settings where company_id = $1' },
    [companyId],
  );
  return rows[0]?.body ?? null;
}

export async function upsertTillSettings(tenant: Tenant, body: TillSettings, now: Temporal.Instant): Promise<void> {
  await tenant.query(
    `insert into till_settings (company_id, body, updated_at) values ($1, $2, $3)
     on conflict (company_id) do update set body = $2, updated_at = $3`,
    [tenant.companyId, JSON.stringify(body), now.toString()],
  );
}
