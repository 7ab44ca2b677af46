import type { Tenant } from '../../../platform/database/index.ts';
import type { User } from '../model.ts';
import { PIN_LOCK_MINUTES, PIN_TRIES, STATION_PIN_MINUTES, STATION_PIN_TRIES } from './model.ts';

export type PinTry = {
  /** Until when the station waits; then nothing was counted or looked at. */
  stationWaitsUntil: Temporal.Instant | null;
  /** Until when this person is locked; then nothing may be compared. */
  lockedUntil: Temporal.Instant | null;
  /** Whom the PIN is to fit; null when nobody like that may sign in here. */
  user: (User & { pinHash: Buffer }) | null;
};

type Row = {
  since: Temporal.Instant | null;
  counted: boolean;
  user_id: number | null;
  email: string | null;
  name: string;
  role: User['role'];
  pin_hash: Buffer | null;
  locked_until: Temporal.Instant | null;
};

/**
 * Counts a try before anything is compared, so that many at once get no more tries than one after another: the rows of
 * the station and of the person are locked while they count. A try of somebody who is locked counts for the station alone.
 */
export async function countPinTry(
  tenant: Tenant,
  { stationId, userId }: { stationId: number; userId: number },
  now: Temporal.Instant,
): Promise<PinTry> {
  const rows = await tenant.query<Row>(
    `with here as (
       select station_id, pin_tries, pin_tries_since,
              pin_tries_since is not null and pin_tries_since > $4::timestamptz - make_interval(mins => $5) as running
       from stations where company_id = $1 and station_id = $2 and revoked_at is null for update),
     at_station as (
       update stations s set
         pin_tries = case when here.running then here.pin_tries + 1 else 1 end,
         pin_tries_since = case when here.running then here.pin_tries_since else $4 end
       from here
       where s.company_id = $1 and s.station_id = here.station_id and not (here.running and here.pin_tries >= $6)
       returning s.station_id),
     person as (
       select user_id, email, name, role, pin_hash, pin_locked_until from users
       where company_id = $1 and user_id = $3 and pin_hash is not null and blocked_at is null
         and exists (select from at_station) for update),
     tried as (
       update users u set pin_tries = u.pin_tries + 1,
         pin_locked_until = case when (u.pin_tries + 1) % $7 = 0
           then $4::timestamptz + make_interval(mins => $8 * (2 ^ least((u.pin_tries + 1) / $7 - 1, 16))::integer) end
       from person
       where u.company_id = $1 and u.user_id = person.user_id
         and (person.pin_locked_until is null or person.pin_locked_until <= $4)
       returning u.user_id)
     select here.pin_tries_since as since, exists (select from at_station) as counted, p.user_id, p.email, p.name, p.role,
            p.pin_hash, case when not exists (select from tried) then p.pin_locked_until end as locked_until
     from here left join person p on true`,
    [
      tenant.companyId,
      stationId,
      userId,
      now.toString(),
      STATION_PIN_MINUTES,
      STATION_PIN_TRIES,
      PIN_TRIES,
      PIN_LOCK_MINUTES,
    ],
  );
  const row = rows[0];
  if (!row) return { stationWaitsUntil: null, lockedUntil: null, user: null };
  const waits = row.counted ? null : (row.since?.add({ minutes: STATION_PIN_MINUTES }) ?? now);
  const { user_id, email, name, role, pin_hash } = row;
  const user = user_id && pin_hash ? { userId: user_id, email, name, role, blocked: false, pinHash: pin_hash } : null;
  return { stationWaitsUntil: waits, lockedUntil: row.locked_until, user };
}

/** Takes back what a right PIN was counted as: the person begins anew, the station has one try less. */
export async function forgivePinTry(
  tenant: Tenant,
  { stationId, userId }: { stationId: number; userId: number },
): Promise<void> {
  await tenant.query(
    // The station first, as above: two that lock in one order never wait for each other.
    `with here as (
       update stations set pin_tries = greatest(pin_tries - 1, 0) where company_id = $1 and station_id = $2
       returning station_id)
     update users set pin_tries = 0, pin_locked_until = null
     where company_id = $1 and user_id = $3 and exists (select from here)`,
    [tenant.companyId, stationId, userId],
  );
}

/** Who may sign in with a PIN, by name. */
export async function selectStaffWithPin(tenant: Tenant): Promise<{ userId: number; name: string }[]> {
  const rows = await tenant.query<{ user_id: number; name: string }>(
    `select user_id, name from users where company_id = $1 and pin_hash is not null and blocked_at is null
     order by lower(name), user_id limit 500`,
    [tenant.companyId],
  );
  return rows.map((row) => ({ userId: row.user_id, name: row.name }));
}
