import { isUniqueViolation, type Queryable, type Tenant } from '../../../platform/database/index.ts';
import type { Role } from '../model.ts';

/** Somebody of the staff as the console lists him. */
export type StaffView = {
  userId: number;
  name: string;
  role: Role;
  email: string | null;
  hasPin: boolean;
  pinLockedUntil: Temporal.Instant | null;
  blocked: boolean;
  createdAt: Temporal.Instant;
};

type StaffRow = {
  user_id: number;
  name: string;
  role: Role;
  email: string | null;
  has_pin: boolean;
  pin_locked_until: Temporal.Instant | null;
  blocked: boolean;
  created_at: Temporal.Instant;
};

/** Everybody of a company, those who may work first, by name; one of them, or all. */
export async function selectStaff(
  tenant: Tenant,
  { now, most, userId = null }: { now: Temporal.Instant; most: number; userId?: number | null },
): Promise<StaffView[]> {
  const rows = await tenant.query<StaffRow>(
    `select user_id, name, role, email, pin_hash is not null as has_pin,
            case when pin_locked_until > $2 then pin_locked_until end as pin_locked_until,
            blocked_at is not null as blocked, created_at
     from users where company_id = $1 and ($4::integer is null or user_id = $4)
     order by blocked_at is not null, lower(name), user_id limit $3`,
    [tenant.companyId, now.toString(), most, userId],
  );
  return rows.map((row) => ({
    userId: row.user_id,
    name: row.name,
    role: row.role,
    email: row.email,
    hasPin: row.has_pin,
    pinLockedUntil: row.pin_locked_until,
    blocked: row.blocked,
    createdAt: row.created_at,
  }));
}

/** Whether somebody who is not blocked has this name: on the tiles of a till two of one name cannot be told apart. */
export async function isNameTaken(tenant: Tenant, name: string, butFor: number | null): Promise<boolean> {
  const rows = await tenant.query(
    `select 1 from users where company_id = $1 and lower(name) = lower($2) and blocked_at is null
       and ($3::integer is null or user_id <> $3) limit 1`,
    [tenant.companyId, name, butFor],
  );
  return rows.length > 0;
}

export type NewUser = {
  name: string;
  role: Role;
  email: string | null;
  passwordHash: string | null;
  now: Temporal.Instant;
};

/** Adds somebody; null when there are as many as may be, 'taken' when his name is, 'email_taken' when his address is. */
export async function insertStaff(
  tenant: Tenant,
  user: NewUser,
  most: number,
): Promise<number | null | 'taken' | 'email_taken'> {
  try {
    const rows = await tenant.query<{ user_id: number }>(
      `insert into users (company_id, email, name, role, password_hash, created_at)
       select $1, $2, $3, $4, $5, $6 where (select count(*) from users where company_id = $1) < $7 returning user_id`,
      [tenant.companyId, user.email, user.name, user.role, user.passwordHash, user.now.toString(), most],
    );
    return rows[0]?.user_id ?? null;
  } catch (error) {
    if (isUniqueViolation(error, 'users_name_without_email')) return 'taken';
    if (isUniqueViolation(error, 'users_company_id_email_key')) return 'email_taken';
    throw error;
  }
}

/** Sets or takes away a PIN: tries and lock are forgotten, and what the PIN before has opened ends. */
export async function updatePin(tenant: Tenant, userId: number, pinHash: Buffer | null): Promise<boolean> {
  const rows = await tenant.query(
    `with changed as (
       update users set pin_hash = $3, pin_tries = 0, pin_locked_until = null
       where company_id = $1 and user_id = $2 returning user_id),
     signed_out as (
       delete from sessions
       where company_id = $1 and user_id in (select user_id from changed) and station_id is not null
       returning token_hash),
     forgotten as (
       delete from directory where kind = 'session' and key in (select token_hash from signed_out))
     select user_id from changed`,
    [tenant.companyId, userId, pinHash],
  );
  return rows.length > 0;
}

export type Access = { name: string | null; role: Role | null; blocked: boolean | null };

/** Changes name, role and block within a transaction that has looked at the owners; who is blocked is signed out. */
export async function updateAccess(
  transaction: Queryable & { companyId: number },
  userId: number,
  { name, role, blocked }: Access,
  now: Temporal.Instant,
): Promise<void> {
  await transaction.query(
    `with changed as (
       update users set name = coalesce($3, name), role = coalesce($4, role),
         blocked_at = case when $5::boolean is null then blocked_at when $5 then coalesce(blocked_at, $6) end
       where company_id = $1 and user_id = $2 returning user_id),
     signed_out as (
       delete from sessions
       where company_id = $1 and $5 and user_id in (select user_id from changed) returning token_hash),
     locked_out as (
       delete from api_tokens
       where company_id = $1 and $5 and user_id in (select user_id from changed) returning token_hash)
     delete from directory
     where (kind = 'session' and key in (select token_hash from signed_out))
        or (kind = 'api_token' and key in (select token_hash from locked_out))`,
    [transaction.companyId, userId, name, role, blocked, now.toString()],
  );
}

export type Standing = { role: Role; email: string | null; blocked: boolean; otherOwners: number };

/**
 * Who somebody is, and how many owners may sign in besides him. The owners stay locked until the transaction ends: of
 * two that demote each other one waits, and finds that he is the last.
 */
export async function lockStanding(
  transaction: Queryable & { companyId: number },
  userId: number,
): Promise<Standing | null> {
  const owners = await transaction.query<{ user_id: number }>(
    `select user_id from users
     where company_id = $1 and role = 'owner' and blocked_at is null order by user_id for update`,
    [transaction.companyId],
  );
  const rows = await transaction.query<{ role: Role; email: string | null; blocked: boolean }>(
    `select role, email, blocked_at is not null as blocked from users
     where company_id = $1 and user_id = $2 for update`,
    [transaction.companyId, userId],
  );
  const otherOwners = owners.filter(({ user_id }) => user_id !== userId).length;
  return rows[0] ? { ...rows[0], otherOwners } : null;
}
