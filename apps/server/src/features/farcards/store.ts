import type { Tenant } from '../../platform/database/index.ts';
import type { FarCardsSettings } from './model.ts';

export type StoredSettings = { settings: FarCardsSettings; secretHash: Buffer; lastCalledAt: Temporal.Instant | null };

export async function selectSettings(tenant: Tenant): Promise<StoredSettings | null> {
  const rows = await tenant.query<{
    body: FarCardsSettings;
    secret_hash: Buffer;
    last_called_at: Temporal.Instant | null;
  }>(
    {
      name: 'farcards-settings',
      text: 'select body, secret_hash, last_called_at from farcards_settings where company_id = $1',
    },
    [tenant.companyId],
  );
  const row = rows[0];
  return row ? { settings: row.body, secretHash: row.secret_hash, lastCalledAt: row.last_called_at } : null;
}

export async function updateLastCall(tenant: Tenant, at: Temporal.Instant): Promise<void> {
  await tenant.query('update farcards_settings set last_called_at = $2 where company_id = $1', [
    tenant.companyId,
    at.toString(),
  ]);
}

export async function upsertSettings(
  tenant: Tenant,
  { settings, secretHash, now }: { settings: FarCardsSettings; secretHash: Buffer; now: Temporal.Instant },
): Promise<void> {
  await tenant.query(
    `insert into farcards_settings (company_id, secret_hash, body, updated_at) values ($1, $2, $3, $4)
     on conflict (company_id) do update set secret_hash = $2, body = $3, updated_at = $4`,
    [tenant.companyId, secretHash, JSON.stringify(settings), now.toString()],
  );
}
