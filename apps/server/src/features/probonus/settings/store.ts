import type { ProbonusShadow } from '@tessera/contract';
import type { Tenant } from '../../../platform/database/index.ts';

export type StoredSettings = { mapping: unknown; shadow: ProbonusShadow | null; credentialsSealed: Buffer | null };

export async function selectSettings(tenant: Tenant): Promise<StoredSettings | null> {
  const rows = await tenant.query<{
    mapping: unknown;
    shadow: ProbonusShadow | null;
    credentials_sealed: Buffer | null;
  }>(
    {
      name: 'probonus-settings',
      text: 'select mapping, shadow, credentials_sealed from probonus_settings where company_id = $1',
    },
    [tenant.companyId],
  );
  const row = rows[0];
  return row ? { mapping: row.mapping, shadow: row.shadow, credentialsSealed: row.credentials_sealed } : null;
}

export async function upsertSettings(
  tenant: Tenant,
  { mapping, shadow, credentialsSealed }: StoredSettings,
  now: Temporal.Instant,
): Promise<void> {
  await tenant.query(
    `insert into probonus_settings (company_id, mapping, shadow, credentials_sealed, updated_at)
     values ($1, $2, $3, $4, $5)
     on conflict (company_id) do update set mapping = $2, shadow = $3, credentials_sealed = $4, updated_at = $5`,
    [tenant.companyId, JSON.stringify(mapping), shadow && JSON.stringify(shadow), credentialsSealed, now.toString()],
  );
}
