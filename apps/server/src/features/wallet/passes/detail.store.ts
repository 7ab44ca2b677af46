import type { PassDevice } from '@tessera/contract';
import type { Queryable, Tenant, TenantTransaction } from '../../../platform/database/index.ts';
import { HOLDS } from '../store/heard.ts';

export async function accountExists(tenant: Tenant, accountId: number): Promise<boolean> {
  const rows = await tenant.query('select from accounts where company_id = $1 and account_id = $2', [
    tenant.companyId,
    accountId,
  ]);
  return rows.length > 0;
}

/**
 * Whether a number is taken: by a card of this pass type (a tombstone too: a phone may hold it); in a coalition by any
 * card; by a plastic card of another guest, since a till would find two.
 */
export async function isSerialTaken(
  transaction: TenantTransaction,
  { serial, passTypeIdentifier, accountId }: { serial: string; passTypeIdentifier: string; accountId: number },
): Promise<boolean> {
  const rows = await transaction.query<{ taken: boolean }>(
    `select exists (select from passes p where p.company_id = $1 and p.serial = $2
         and (p.pass_type_identifier = $3 or exists (select from partners where company_id = $1)))
       or exists (select from guest_identifiers i
         where i.company_id = $1 and i.kind = 'card' and i.value = $2
           and i.guest_id <> (select guest_id from accounts where company_id = $1 and account_id = $4)) as taken`,
    [transaction.companyId, serial, passTypeIdentifier, accountId],
  );
  return rows[0]!.taken;
}

export type PassOwner = { name: string; phone: string | null; level: string; programmeId: number; points: bigint };

export async function selectOwner(tenant: Tenant, accountId: number): Promise<PassOwner | null> {
  const rows = await tenant.query<{
    name: string;
    phone: string | null;
    level: string;
    programme_id: number;
    available: bigint;
  }>(
    `select trim(g.first_name || ' ' || g.last_name) as name, a.level, a.programme_id, a.available,
       (select i.value from guest_identifiers i where i.company_id = $1 and i.guest_id = a.guest_id and i.kind = 'phone'
        order by i.main desc limit 1) as phone
     from accounts a join guests g on g.company_id = $1 and g.guest_id = a.guest_id
     where a.company_id = $1 and a.account_id = $2`,
    [tenant.companyId, accountId],
  );
  const row = rows[0];
  if (!row) return null;
  const { name, phone, level, programme_id: programmeId, available: points } = row;
  return { name, phone, level, programmeId, points };
}

export type HoldingDevice = {
  fingerprint: string;
  platform: string;
  registeredAt: Temporal.Instant;
  lastSeenAt: Temporal.Instant;
  /** What is known of the version that it has. */
  holds: PassDevice['holds'];
};

const DEVICES_SHOWN = 50;

/** The devices that hold a card, the newest first. Their ids are secrets: what is told is a fingerprint. */
export async function selectHoldingDevices(
  queryable: Queryable,
  companyId: number,
  { passTypeIdentifier, serial }: { passTypeIdentifier: string; serial: string },
): Promise<HoldingDevice[]> {
  const rows = await queryable.query<{
    fingerprint: string;
    platform: string;
    registered_at: Temporal.Instant;
    last_seen_at: Temporal.Instant;
    holds: PassDevice['holds'];
  }>(
    `select left(encode(sha256(convert_to(d.device_id, 'UTF8')), 'hex'), 12) as fingerprint, d.platform,
       r.registered_at, d.last_seen_at, ${HOLDS} as holds
     from apple_registrations r
     join apple_devices d on d.company_id = $1 and d.pass_type_identifier = r.pass_type_identifier and d.device_id = r.device_id
     join passes p on p.company_id = $1 and p.pass_type_identifier = r.pass_type_identifier and p.serial = r.serial
     where r.company_id = $1 and r.pass_type_identifier = $2 and r.serial = $3
     order by r.registered_at desc limit ${DEVICES_SHOWN}`,
    [companyId, passTypeIdentifier, serial],
  );
  return rows.map((row) => ({
    fingerprint: row.fingerprint,
    platform: row.platform,
    registeredAt: row.registered_at,
    lastSeenAt: row.last_seen_at,
    holds: row.holds,
  }));
}

export type StateAtGoogle = {
  installed: boolean;
  upToDate: boolean;
  savedAt: Temporal.Instant | null;
  removedAt: Temporal.Instant | null;
  problem: string | null;
};

export async function selectStateAtGoogle(tenant: Tenant, passId: number): Promise<StateAtGoogle | null> {
  const rows = await tenant.query<{
    installed: boolean;
    up_to_date: boolean;
    saved_at: Temporal.Instant | null;
    removed_at: Temporal.Instant | null;
    problem: string | null;
  }>(
    `select installed, settled >= wanted as up_to_date, saved_at, removed_at, problem
     from google_objects where company_id = $1 and pass_id = $2`,
    [tenant.companyId, passId],
  );
  const row = rows[0];
  if (!row) return null;
  const { installed, up_to_date: upToDate, saved_at: savedAt, removed_at: removedAt, problem } = row;
  return { installed, upToDate, savedAt, removedAt, problem };
}
