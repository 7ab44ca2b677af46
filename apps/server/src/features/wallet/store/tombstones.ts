import type { Tenant } from '../../../platform/database/index.ts';

/** Deletes the registrations of cards that were deleted before an instant, and devices that hold no other card. */
export async function deleteRegistrationsOfTombstones(tenant: Tenant, before: Temporal.Instant): Promise<void> {
  await tenant.transaction(async (transaction) => {
    const gone = await transaction.query<{ pass_type_identifier: string; device_id: string }>(
      `delete from apple_registrations r using passes p
       where r.company_id = $1 and p.company_id = $1 and p.deleted_at <= $2
         and p.pass_type_identifier = r.pass_type_identifier and p.serial = r.serial
       returning r.pass_type_identifier, r.device_id`,
      [tenant.companyId, before.toString()],
    );
    if (gone.length === 0) return;
    await transaction.query(
      `delete from apple_devices d using unnest($2::text[], $3::text[]) as n (pass_type_identifier, device_id)
       where d.company_id = $1 and d.pass_type_identifier = n.pass_type_identifier and d.device_id = n.device_id
         and not exists (select from apple_registrations r where r.company_id = $1
           and r.pass_type_identifier = d.pass_type_identifier and r.device_id = d.device_id)`,
      [tenant.companyId, gone.map((row) => row.pass_type_identifier), gone.map((row) => row.device_id)],
    );
  });
}
