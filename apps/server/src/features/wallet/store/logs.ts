import type { Tenant } from '../../../platform/database/index.ts';
import type { DeviceLogEntry } from '../apple/device-log.ts';

const KEPT_MAX = 5_000;

/** Keeps the complaints of phones; only the newest few thousand of a company stay. */
export async function insertDeviceLogs(
  tenant: Tenant,
  entries: readonly DeviceLogEntry[],
  now: Temporal.Instant,
): Promise<void> {
  await tenant.query(
    `insert into apple_logs (company_id, kind, message, received_at)
     select $1, kind, message, $4 from unnest($2::text[], $3::text[]) as entry (kind, message)`,
    [tenant.companyId, entries.map(({ kind }) => kind), entries.map(({ message }) => message), now.toString()],
  );
  await tenant.query(
    `delete from apple_logs where company_id = $1
       and log_id <= (select log_id from apple_logs where company_id = $1 order by log_id desc offset $2 limit 1)`,
    [tenant.companyId, KEPT_MAX],
  );
}
