import type { Tenant } from '../../../platform/database/index.ts';

/** Whether some device holds cards of both accounts. */
export async function selectSharedDevice(tenant: Tenant, accountId: number, other: number): Promise<boolean> {
  const rows = await tenant.query(
    `select 1 from passes mine
     join apple_registrations here on here.company_id = mine.company_id
       and here.pass_type_identifier = mine.pass_type_identifier and here.serial = mine.serial
     join apple_registrations there on there.company_id = here.company_id
       and there.pass_type_identifier = here.pass_type_identifier and there.device_id = here.device_id
     join passes theirs on theirs.company_id = there.company_id
       and theirs.pass_type_identifier = there.pass_type_identifier and theirs.serial = there.serial
     where mine.company_id = $1 and mine.account_id = $2 and theirs.account_id = $3 limit 1`,
    [tenant.companyId, accountId, other],
  );
  return rows.length > 0;
}
