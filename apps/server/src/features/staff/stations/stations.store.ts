import type { StationSettings } from '@tessera/contract';
import { isUniqueViolation, type Tenant } from '../../../platform/database/index.ts';
import type { Station } from './model.ts';
import { settingsOf } from './model.ts';

type StationRow = {
  station_id: number;
  name: string;
  venue_code: number | null;
  settings: Partial<StationSettings>;
};

const toStation = (row: StationRow): Station => ({
  stationId: row.station_id,
  name: row.name,
  venueCode: row.venue_code,
  settings: settingsOf(row.settings),
});

/** A station as the console lists it. */
export type StationView = Station & {
  venueName: string | null;
  paired: boolean;
  deviceName: string;
  createdAt: Temporal.Instant;
  pairedAt: Temporal.Instant | null;
  lastSeenAt: Temporal.Instant | null;
  pairingExpiresAt: Temporal.Instant | null;
};

type ViewRow = StationRow & {
  venue_name: string | null;
  paired: boolean;
  device_name: string;
  created_at: Temporal.Instant;
  paired_at: Temporal.Instant | null;
  last_seen_at: Temporal.Instant | null;
  pairing_expires_at: Temporal.Instant | null;
};

/** The stations that are not disconnected, by name; one of them, or all. */
export async function selectStations(
  tenant: Tenant,
  now: Temporal.Instant,
  stationId: number | null = null,
): Promise<StationView[]> {
  const rows = await tenant.query<ViewRow>(
    `select s.station_id, s.name, s.venue_code, s.settings, v.name as venue_name, s.token_hash is not null as paired,
            s.device_name, s.created_at, s.paired_at, s.last_seen_at, p.expires_at as pairing_expires_at
     from stations s
       left join venues v on v.company_id = s.company_id and v.code = s.venue_code
       left join station_pairings p
         on p.company_id = s.company_id and p.station_id = s.station_id and p.expires_at > $2
     where s.company_id = $1 and s.revoked_at is null and ($3::integer is null or s.station_id = $3)
     order by lower(s.name), s.station_id`,
    [tenant.companyId, now.toString(), stationId],
  );
  return rows.map((row) => ({
    ...toStation(row),
    venueName: row.venue_name,
    paired: row.paired,
    deviceName: row.device_name,
    createdAt: row.created_at,
    pairedAt: row.paired_at,
    lastSeenAt: row.last_seen_at,
    pairingExpiresAt: row.pairing_expires_at,
  }));
}

export type StationFacts = { name: string; venueCode: number | null; settings: Partial<StationSettings> };

/** Adds a station; null when there are as many as may be, 'taken' when one has this name. */
export async function insertStation(
  tenant: Tenant,
  { name, venueCode, settings }: StationFacts,
  { now, most }: { now: Temporal.Instant; most: number },
): Promise<number | null | 'taken'> {
  try {
    const rows = await tenant.query<{ station_id: number }>(
      `insert into stations (company_id, name, venue_code, settings, created_at)
       select $1, $2, $3, $4, $5
       where (select count(*) from stations where company_id = $1 and revoked_at is null) < $6
       returning station_id`,
      [tenant.companyId, name, venueCode, JSON.stringify(settings), now.toString(), most],
    );
    return rows[0]?.station_id ?? null;
  } catch (error) {
    if (isUniqueViolation(error, 'stations_name')) return 'taken';
    throw error;
  }
}

/** Changes what is given, settings one by one; false when there is no such station, 'taken' as above. */
export async function updateStation(
  tenant: Tenant,
  stationId: number,
  change: { name: string | null; venueCode: number | null | undefined; settings: Partial<StationSettings> },
): Promise<boolean | 'taken'> {
  try {
    const rows = await tenant.query(
      `update stations set name = coalesce($3, name), venue_code = case when $4 then $5 else venue_code end,
         settings = settings || $6::jsonb
       where company_id = $1 and station_id = $2 and revoked_at is null returning station_id`,
      [
        tenant.companyId,
        stationId,
        change.name,
        change.venueCode !== undefined,
        change.venueCode ?? null,
        JSON.stringify(change.settings),
      ],
    );
    return rows.length > 0;
  } catch (error) {
    if (isUniqueViolation(error, 'stations_name')) return 'taken';
    throw error;
  }
}

/**
 * Takes a station's key away: its device, the sessions opened there and a pairing under way are out at once.
 * @returns false when there is no such station
 */
export async function unpairStation(
  tenant: Tenant,
  stationId: number,
  revokedAt: Temporal.Instant | null,
): Promise<boolean> {
  const rows = await tenant.query(
    `with known as (
       select station_id, token_hash from stations
       where company_id = $1 and station_id = $2 and revoked_at is null for update),
     changed as (
       update stations s set token_hash = null, device_name = '', paired_at = null, revoked_at = $3
       from known where s.company_id = $1 and s.station_id = known.station_id),
     unpaired as (
       delete from station_pairings
       where company_id = $1 and station_id in (select station_id from known) returning code_hash),
     signed_out as (
       delete from sessions
       where company_id = $1 and station_id in (select station_id from known) returning token_hash),
     forgotten as (
       delete from directory
       where (kind = 'session' and key in (select token_hash from signed_out))
          or (kind = 'station' and key in (select token_hash from known))
          or (kind = 'station_pairing' and key in (select code_hash from unpaired)))
     select station_id from known`,
    [tenant.companyId, stationId, revokedAt?.toString() ?? null],
  );
  return rows.length > 0;
}

/** Writes the one pairing of a station; false when there is no such station. */
export async function putPairing(
  tenant: Tenant,
  pairing: { stationId: number; codeHash: Buffer; expiresAt: Temporal.Instant },
): Promise<boolean> {
  const rows = await tenant.query(
    `with known as (
       select station_id from stations where company_id = $1 and station_id = $2 and revoked_at is null),
     before as (
       select code_hash from station_pairings where company_id = $1 and station_id = $2),
     forgotten as (
       delete from directory where kind = 'station_pairing' and key in (select code_hash from before))
     insert into station_pairings (company_id, station_id, code_hash, expires_at)
     select $1, station_id, $3, $4 from known
     on conflict (company_id, station_id) do update set code_hash = $3, expires_at = $4
     returning station_id`,
    [tenant.companyId, pairing.stationId, pairing.codeHash, pairing.expiresAt.toString()],
  );
  return rows.length > 0;
}

/** Gives a station a new key: that of whoever held one before, and the sessions there, end in the same statement. */
const GIVE_KEY = `
  signed_out as (
    delete from sessions where company_id = $1 and station_id in (select station_id from chosen) returning token_hash),
  forgotten as (
    delete from directory
    where (kind = 'session' and key in (select token_hash from signed_out))
       or (kind = 'station' and key in (
         select s.token_hash from stations s join chosen using (station_id) where s.company_id = $1)))
  update stations s set token_hash = $3, device_name = $4, paired_at = $5, last_seen_at = $5
  from chosen where s.company_id = $1 and s.station_id = chosen.station_id and s.revoked_at is null
  returning s.station_id, s.name, s.venue_code, s.settings`;

type NewKey = { tokenHash: Buffer; deviceName: string; now: Temporal.Instant };
const keyValues = ({ tokenHash, deviceName, now }: NewKey) => [tokenHash, deviceName, now.toString()];

/** Spends a pairing code for a key; null when there is none like it, it is over, or another was faster. */
export async function spendPairing(tenant: Tenant, codeHash: Buffer, key: NewKey): Promise<Station | null> {
  const rows = await tenant.query<StationRow>(
    `with chosen as (
       delete from station_pairings
       where company_id = $1 and code_hash = $2 and expires_at > $5 returning station_id),
     ${GIVE_KEY}`,
    [tenant.companyId, codeHash, ...keyValues(key)],
  );
  return rows[0] ? toStation(rows[0]) : null;
}

/** Gives a station a key without a code; null when there is no such station. */
export async function replaceKey(tenant: Tenant, stationId: number, key: NewKey): Promise<Station | null> {
  const rows = await tenant.query<StationRow>(
    `with chosen as (select station_id from stations where company_id = $1 and station_id = $2 and revoked_at is null),
     ${GIVE_KEY}`,
    [tenant.companyId, stationId, ...keyValues(key)],
  );
  return rows[0] ? toStation(rows[0]) : null;
}

/** The station that holds a key, or null; notes at most once a minute that it was here. */
export async function selectStationByKey(
  tenant: Tenant,
  tokenHash: Buffer,
  now: Temporal.Instant,
): Promise<Station | null> {
  const rows = await tenant.query<StationRow & { last_seen_at: Temporal.Instant | null }>(
    {
      name: 'station-by-key',
      text: `select station_id, name, venue_code, settings, last_seen_at from stations
             where company_id = $1 and token_hash = $2 and revoked_at is null`,
    },
    [tenant.companyId, tokenHash],
  );
  const row = rows[0];
  if (!row) return null;
  await noteSeen(tenant, { stationId: row.station_id, lastSeenAt: row.last_seen_at }, now);
  return toStation(row);
}

const SEEN_SECONDS = 60;

/** Notes that a station was here, unless it was noted less than a minute ago. */
export async function noteSeen(
  tenant: Tenant,
  { stationId, lastSeenAt }: { stationId: number; lastSeenAt: Temporal.Instant | null },
  now: Temporal.Instant,
): Promise<void> {
  if (lastSeenAt && Math.abs(lastSeenAt.until(now).total('seconds')) < SEEN_SECONDS) return;
  await tenant.query('update stations set last_seen_at = $3 where company_id = $1 and station_id = $2', [
    tenant.companyId,
    stationId,
    now.toString(),
  ]);
}
