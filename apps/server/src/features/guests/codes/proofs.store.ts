import type { Tenant } from '../../../platform/database/index.ts';

const PROOFS_KEPT_HOURS = 24;

/** Notes that a guest has shown a card or a code at a till. */
export async function upsertProof(
  tenant: Tenant,
  { asker, accountId, now }: { asker: string; accountId: number; now: Temporal.Instant },
): Promise<void> {
  await tenant.query('delete from till_proofs where company_id = $1 and proved_at < $2', [
    tenant.companyId,
    now.subtract({ hours: PROOFS_KEPT_HOURS }).toString(),
  ]);
  await tenant.query(
    `insert into till_proofs (company_id, asker, account_id, proved_at) values ($1, $2, $3, $4)
     on conflict (company_id, asker, account_id) do update set proved_at = $4`,
    [tenant.companyId, asker, accountId, now.toString()],
  );
}

/** Whether he has, since an instant. */
export async function hasProof(
  tenant: Tenant,
  { asker, accountId, since }: { asker: string; accountId: number; since: Temporal.Instant },
): Promise<boolean> {
  const rows = await tenant.query(
    'select from till_proofs where company_id = $1 and asker = $2 and account_id = $3 and proved_at >= $4',
    [tenant.companyId, asker, accountId, since.toString()],
  );
  return rows.length > 0;
}
