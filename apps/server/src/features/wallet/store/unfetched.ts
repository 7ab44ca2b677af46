import type { Queryable, TenantTransaction } from '../../../platform/database/index.ts';
import type { DevicePlatform } from '../model.ts';
import type { TellableDevice } from './registrations.ts';

export type UnfetchedPass = {
  readonly passId: number;
  /** 0: it will be the first repeated push. */
  readonly step: number;
  /** Devices that were not told of the version, or have not fetched it; one for each push token. */
  readonly devices: readonly TellableDevice[];
};

/**
 * Cards whose repeated push is due, longest due first, with the devices that are behind. Cards of a certificate whose
 * pushes stand still are left out. Locks the cards; those that somebody else holds have their turn later.
 */
export async function lockUnfetched(
  transaction: TenantTransaction,
  { now, limit }: { now: Temporal.Instant; limit: number },
): Promise<UnfetchedPass[]> {
  const rows = await transaction.query<{
    pass_id: bigint;
    pass_type_identifier: string;
    repush_step: number;
    devices: [string, DevicePlatform][] | null;
  }>(
    `with due as (
       select p.pass_id, p.pass_type_identifier, p.serial, p.repush_step, p.update_sequence,
         p.fetched_version < p.content_version as unfetched
       from passes p
       where p.company_id = $1 and p.repush_at <= $2
         and not exists (select from apple_push_states s where s.company_id = $1
           and s.credential_id = p.credential_id and s.halted is not null)
       order by p.repush_at limit $3 for update skip locked)
     select due.pass_id, due.pass_type_identifier, due.repush_step,
       (select json_agg(json_build_array(b.device_id, b.platform)) from (
          select distinct on (d.platform, d.push_token) d.device_id, d.platform
          from apple_registrations r join apple_devices d on d.company_id = $1
            and d.pass_type_identifier = r.pass_type_identifier and d.device_id = r.device_id
          where r.company_id = $1 and r.pass_type_identifier = due.pass_type_identifier and r.serial = due.serial
            and (due.unfetched or greatest(due.update_sequence, r.update_sequence) > d.told_sequence)
          order by d.platform, d.push_token, d.updated_at desc) b) as devices
     from due`,
    [transaction.companyId, now.toString(), limit],
  );
  return rows.map((row) => ({
    passId: Number(row.pass_id),
    step: row.repush_step,
    devices: (row.devices ?? []).map(([deviceId, platform]) => ({
      passTypeIdentifier: row.pass_type_identifier,
      deviceId,
      platform,
    })),
  }));
}

/** Plans the next repeated push of each card; `at` null: there is none. */
export async function planRepushes(
  transaction: TenantTransaction,
  plans: readonly { passId: number; step: number; at: Temporal.Instant | null }[],
): Promise<void> {
  await transaction.query(
    `update passes p set repush_at = n.at, repush_step = n.step
     from unnest($2::bigint[], $3::smallint[], $4::timestamptz[]) as n (pass_id, step, at)
     where p.company_id = $1 and p.pass_id = n.pass_id`,
    [
      transaction.companyId,
      plans.map(({ passId }) => passId),
      plans.map(({ step }) => step),
      plans.map(({ at }) => at?.toString() ?? null),
    ],
  );
}

/** Cards in phones whose newest version nobody has fetched, by certificate; those that are still pushed again. */
export async function countUnfetched(
  queryable: Queryable,
  companyId: number,
): Promise<Map<number, { unfetched: number; again: number }>> {
  const rows = await queryable.query<{ credential_id: number; unfetched: number; again: number }>(
    `select p.credential_id, count(*)::integer as unfetched,
       (count(*) filter (where p.repush_at is not null))::integer as again
     from passes p
     where p.company_id = $1 and p.fetched_version < p.content_version
       and exists (select from apple_registrations r where r.company_id = $1
         and r.pass_type_identifier = p.pass_type_identifier and r.serial = p.serial)
     group by p.credential_id`,
    [companyId],
  );
  return new Map(rows.map(({ credential_id: id, unfetched, again }) => [id, { unfetched, again }]));
}
