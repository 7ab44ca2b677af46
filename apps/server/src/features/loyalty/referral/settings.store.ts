import type { Tenant } from '../../../platform/database/index.ts';

/** The programme that a group belongs to. */
export async function selectProgrammeOfGroup(tenant: Tenant, groupId: number): Promise<number | null> {
  const rows = await tenant.query<{ programme_id: number }>(
    'select programme_id from account_groups where company_id = $1 and group_id = $2',
    [tenant.companyId, groupId],
  );
  return rows[0]?.programme_id ?? null;
}
