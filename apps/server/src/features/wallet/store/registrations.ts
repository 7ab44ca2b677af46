import type { Queryable, TenantTransaction } from '../../../platform/database/index.ts';
import type { MarkerGap } from '../apple/tags.ts';
import type { DevicePlatform } from '../model.ts';
import { GAPS_SETTING } from './markers.ts';

export type DeviceKey = { readonly passTypeIdentifier: string; readonly deviceId: string };

/** Writes the device with its newest push token: phones tell of a new token by registering again. */
export async function upsertDevice(
  transaction: TenantTransaction,
  { passTypeIdentifier, deviceId }: DeviceKey,
  device: { pushToken: string; platform: DevicePlatform; relayUrl: string | null; now: Temporal.Instant },
): Promise<void> {
  await transaction.query(
    `insert into apple_devices (company_id, pass_type_identifier, device_id, push_token, platform, created_at, updated_at, last_seen_at,
       relay_url)
     values ($1, $2, $3, $4, $5, $6, $6, $6, $7)
     on conflict (company_id, pass_type_identifier, device_id)
     do update set push_token = excluded.push_token, platform = excluded.platform, updated_at = excluded.updated_at,
       last_seen_at = excluded.last_seen_at, relay_url = excluded.relay_url`,
    [
      transaction.companyId,
      passTypeIdentifier,
      deviceId,
      device.pushToken,
      device.platform,
      device.now.toString(),
      device.relayUrl,
    ],
  );
}

/** True when this is a new registration. A repeated one counts as fresh: its push token lives. */
export async function upsertRegistration(
  transaction: TenantTransaction,
  { passTypeIdentifier, deviceId }: DeviceKey,
  serial: string,
  now: Temporal.Instant,
): Promise<boolean> {
  const rows = await transaction.query<{ inserted: boolean }>(
    `insert into apple_registrations (company_id, pass_type_identifier, device_id, serial, update_sequence, registered_at)
     values ($1, $2, $3, $4, 0, $5)
     on conflict (company_id, pass_type_identifier, device_id, serial) do update set registered_at = excluded.registered_at
     returning (xmax = 0) as inserted`,
    [transaction.companyId, passTypeIdentifier, deviceId, serial, now.toString()],
  );
  return rows[0]!.inserted;
}

/** Makes the registration itself an update, so that the phone's next list names the card whatever its tag is. */
export async function markRegistration(
  transaction: TenantTransaction,
  { passTypeIdentifier, deviceId }: DeviceKey,
  serial: string,
): Promise<void> {
  await transaction.query(
    `update apple_registrations set update_sequence = nextval('pass_update_sequence')
     where company_id = $1 and pass_type_identifier = $2 and device_id = $3 and serial = $4`,
    [transaction.companyId, passTypeIdentifier, deviceId, serial],
  );
}

/** The device registered with the version of this marker. */
export async function noteHeard(
  transaction: TenantTransaction,
  { passTypeIdentifier, deviceId }: DeviceKey,
  { serial, marker }: { serial: string; marker: bigint },
): Promise<void> {
  await transaction.query(
    `update apple_registrations set heard_sequence = greatest(heard_sequence, $5)
     where company_id = $1 and pass_type_identifier = $2 and device_id = $3 and serial = $4`,
    [transaction.companyId, passTypeIdentifier, deviceId, serial, marker],
  );
}

/** The registration took the download into account: what is downloaded from now on counts for the next one. */
export async function settleInstall(transaction: TenantTransaction, passId: number): Promise<void> {
  await transaction.query(
    `update passes set fetched_version = greatest(fetched_version, coalesce(install_version, 0)), install_version = null
     where company_id = $1 and pass_id = $2 and install_version is not null`,
    [transaction.companyId, passId],
  );
}

/** Ends a registration, and forgets the device with its last one. Whose push service it spoke to; null: there was none. */
export async function deleteRegistration(
  transaction: TenantTransaction,
  key: DeviceKey,
  serial: string,
): Promise<{ platform: DevicePlatform } | null> {
  const gone = await transaction.query<{ platform: DevicePlatform }>(
    `delete from apple_registrations r using apple_devices d
     where r.company_id = $1 and r.pass_type_identifier = $2 and r.device_id = $3 and r.serial = $4
       and d.company_id = $1 and d.pass_type_identifier = r.pass_type_identifier and d.device_id = r.device_id
     returning d.platform`,
    [transaction.companyId, key.passTypeIdentifier, key.deviceId, serial],
  );
  await transaction.query(
    `delete from apple_devices d where d.company_id = $1 and d.pass_type_identifier = $2 and d.device_id = $3
       and not exists (select from apple_registrations r where r.company_id = $1
         and r.pass_type_identifier = d.pass_type_identifier and r.device_id = d.device_id)`,
    [transaction.companyId, key.passTypeIdentifier, key.deviceId],
  );
  return gone[0] ?? null;
}

export type DeviceRecord = { pushToken: string; platform: string; updatedAt: Temporal.Instant };

/** The devices of one pass type that are (still) there, by their ids. */
export async function selectDevices(
  queryable: Queryable,
  companyId: number,
  passTypeIdentifier: string,
  deviceIds: readonly string[],
): Promise<(DeviceRecord & { deviceId: string })[]> {
  const rows = await queryable.query<{
    device_id: string;
    push_token: string;
    platform: string;
    updated_at: Temporal.Instant;
  }>(
    `select device_id, push_token, platform, updated_at from apple_devices
     where company_id = $1 and pass_type_identifier = $2 and device_id = any ($3)`,
    [companyId, passTypeIdentifier, deviceIds],
  );
  return rows.map((row) => ({
    deviceId: row.device_id,
    pushToken: row.push_token,
    platform: row.platform,
    updatedAt: row.updated_at,
  }));
}

export async function selectDevice(
  queryable: Queryable,
  companyId: number,
  { passTypeIdentifier, deviceId }: DeviceKey,
): Promise<DeviceRecord | null> {
  const rows = await queryable.query<{ push_token: string; platform: string; updated_at: Temporal.Instant }>(
    `select push_token, platform, updated_at from apple_devices
     where company_id = $1 and pass_type_identifier = $2 and device_id = $3`,
    [companyId, passTypeIdentifier, deviceId],
  );
  const row = rows[0];
  return row ? { pushToken: row.push_token, platform: row.platform, updatedAt: row.updated_at } : null;
}

/** Forgets a device and its registrations, unless it registered again with another token or after `until`. */
export async function deleteDevice(
  queryable: Queryable,
  companyId: number,
  { passTypeIdentifier, deviceId }: DeviceKey,
  { pushToken, until }: { pushToken: string; until: Temporal.Instant | null },
): Promise<boolean> {
  const rows = await queryable.query(
    `delete from apple_devices where company_id = $1 and pass_type_identifier = $2 and device_id = $3
       and push_token = $4 and ($5::timestamptz is null or updated_at < $5) returning device_id`,
    [companyId, passTypeIdentifier, deviceId, pushToken, until?.toString() ?? null],
  );
  return rows.length > 0;
}

/** The cards that a device holds, by their numbers. */
export async function selectCardsOfDevice(
  queryable: Queryable,
  companyId: number,
  { passTypeIdentifier, deviceId }: DeviceKey,
): Promise<{ passId: number; designId: number; accountId: number }[]> {
  const rows = await queryable.query<{ pass_id: bigint; design_id: number; account_id: bigint }>(
    `select p.pass_id, p.design_id, p.account_id
     from apple_registrations r join passes p on p.company_id = $1
       and p.pass_type_identifier = r.pass_type_identifier and p.serial = r.serial
     where r.company_id = $1 and r.pass_type_identifier = $2 and r.device_id = $3 order by p.pass_id`,
    [companyId, passTypeIdentifier, deviceId],
  );
  return rows.map((row) => ({
    passId: Number(row.pass_id),
    designId: row.design_id,
    accountId: Number(row.account_id),
  }));
}

export type TellableDevice = {
  readonly passTypeIdentifier: string;
  readonly deviceId: string;
  readonly platform: DevicePlatform;
};

/** The devices that hold any of these cards: one for each push token of a pass type, and which type it is. */
export async function selectDevicesOfPasses(
  queryable: Queryable,
  companyId: number,
  passIds: readonly number[],
): Promise<TellableDevice[]> {
  const rows = await queryable.query<{ pass_type_identifier: string; device_id: string; platform: DevicePlatform }>(
    `select distinct on (d.pass_type_identifier, d.platform, d.push_token) d.pass_type_identifier, d.device_id, d.platform
     from passes p
     join apple_registrations r on r.company_id = $1
       and r.pass_type_identifier = p.pass_type_identifier and r.serial = p.serial
     join apple_devices d on d.company_id = $1
       and d.pass_type_identifier = r.pass_type_identifier and d.device_id = r.device_id
     where p.company_id = $1 and p.pass_id = any ($2)
     order by d.pass_type_identifier, d.platform, d.push_token, d.updated_at desc`,
    [companyId, passIds],
  );
  return rows.map((row) => ({
    passTypeIdentifier: row.pass_type_identifier,
    deviceId: row.device_id,
    platform: row.platform,
  }));
}

/** Notes that relays shall be told of these devices. Returns the platforms among them that a relay in use serves. */
export async function wantRelayed(
  transaction: TenantTransaction,
  passTypeIdentifier: string,
  deviceIds: readonly string[],
  now: Temporal.Instant,
): Promise<DevicePlatform[]> {
  const rows = await transaction.query<{ platform: DevicePlatform }>(
    `with wanted as (
       update apple_devices d set push_wanted_at = $4
       where d.company_id = $1 and d.pass_type_identifier = $2 and d.device_id = any($3)
         and exists (select from wallet_relays w where w.company_id = $1 and w.kind = d.platform and w.enabled)
       returning d.platform)
     select distinct platform from wanted`,
    [transaction.companyId, passTypeIdentifier, deviceIds, now.toString()],
  );
  return rows.map((row) => row.platform);
}

/** Notes that a device asked for its list and up to which marker it was told; seldom, when nothing is new. */
export async function touchDevice(
  queryable: Queryable,
  companyId: number,
  { passTypeIdentifier, deviceId }: DeviceKey,
  { now, told }: { now: Temporal.Instant; told: bigint },
): Promise<void> {
  await queryable.query(
    `update apple_devices set last_seen_at = greatest(last_seen_at, $4), told_sequence = greatest(told_sequence, $5)
     where company_id = $1 and pass_type_identifier = $2 and device_id = $3
       and (last_seen_at < $4::timestamptz - interval '10 seconds' or told_sequence < $5)`,
    [companyId, passTypeIdentifier, deviceId, now.toString(), told],
  );
}

export async function selectNewestMarker(
  queryable: Queryable,
  companyId: number,
  { passTypeIdentifier, deviceId }: DeviceKey,
): Promise<{ newest: bigint; gaps: MarkerGap[]; known: boolean }> {
  const rows = await queryable.query<{ last_value: bigint; gaps: MarkerGap[] | null; known: boolean }>(
    {
      name: 'wallet-newest-marker',
      text: `select last_value, (select value from settings where name = $4) as gaps,
               exists (select from apple_devices where company_id = $1 and pass_type_identifier = $2 and device_id = $3) as known
             from pass_update_sequence`,
    },
    [companyId, passTypeIdentifier, deviceId, GAPS_SETTING],
  );
  const row = rows[0]!;
  return { newest: row.last_value, gaps: row.gaps ?? [], known: row.known };
}

/** In the order of their markers, so that a list that is cut ends where the next one goes on. */
export async function selectUpdatedSerials(
  queryable: Queryable,
  companyId: number,
  { passTypeIdentifier, deviceId }: DeviceKey,
  page: { after: bigint; limit: number },
): Promise<{ serial: string; marker: bigint }[]> {
  return queryable.query<{ serial: string; marker: bigint }>(
    {
      name: 'wallet-updated-serials',
      text: `select r.serial, greatest(p.update_sequence, r.update_sequence) as marker
             from apple_registrations r join passes p on p.company_id = $1
               and p.pass_type_identifier = r.pass_type_identifier and p.serial = r.serial
             where r.company_id = $1 and r.pass_type_identifier = $2 and r.device_id = $3
               and greatest(p.update_sequence, r.update_sequence) > $4
             order by marker limit $5`,
    },
    [companyId, passTypeIdentifier, deviceId, page.after, page.limit],
  );
}
