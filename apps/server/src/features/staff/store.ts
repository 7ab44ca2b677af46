import type { Queryable, Tenant } from '../../platform/database/index.ts';
import type { Role, TokenKind, User } from './model.ts';

type UserRow = {
  user_id: number;
  email: string | null;
  name: string;
  role: Role;
  password_hash: string | null;
  blocked_at: Temporal.Instant | null;
};

const toUser = (row: Omit<UserRow, 'password_hash'>): User => ({
  userId: row.user_id,
  email: row.email,
  name: row.name,
  role: row.role,
  blocked: row.blocked_at !== null,
});

export async function insertUser(
  tenant: Tenant,
  user: { email: string; name: string; role: Role; passwordHash: string; now: Temporal.Instant },
): Promise<number> {
  const rows = await tenant.query<{ user_id: number }>(
    `insert into users (company_id, email, name, role, password_hash, created_at)
     values ($1, $2, $3, $4, $5, $6) returning user_id`,
    [tenant.companyId, user.email, user.name, user.role, user.passwordHash, user.now.toString()],
  );
  return rows[0]!.user_id;
}

export async function selectUserByEmail(
  tenant: Tenant,
  email: string,
): Promise<{ user: User; passwordHash: string | null } | null> {
  const rows = await tenant.query<UserRow>(
    `select user_id, email, name, role, password_hash, blocked_at from users where company_id = $1 and email = $2`,
    [tenant.companyId, email],
  );
  const row = rows[0];
  return row ? { user: toUser(row), passwordHash: row.password_hash } : null;
}

export async function insertSession(
  tenant: Tenant,
  session: {
    tokenHash: Buffer;
    userId: number;
    /** The station that it lives at; null for one that a password has opened. */
    stationId: number | null;
    now: Temporal.Instant;
    expiresAt: Temporal.Instant;
  },
): Promise<void> {
  const { tokenHash, userId, stationId, now, expiresAt } = session;
  await tenant.query(
    `insert into sessions (company_id, token_hash, user_id, station_id, created_at, expires_at)
     values ($1, $2, $3, $4, $5, $6)`,
    [tenant.companyId, tokenHash, userId, stationId, now.toString(), expiresAt.toString()],
  );
}

/** `station` is the one whose key came along; `byPin` says that the session lives there only. */
export type OpenSession = {
  user: User;
  byPin: boolean;
  station: { stationId: number; venueCode: number | null; lastSeenAt: Temporal.Instant | null } | null;
};

type SessionRow = Omit<UserRow, 'password_hash'> & {
  by_pin: boolean;
  station_id: number | null;
  venue_code: number | null;
  last_seen_at: Temporal.Instant | null;
};

/** The session behind a token. One that a PIN has opened is none without the key of its station. */
export async function selectSession(
  tenant: Tenant,
  { tokenHash, stationKeyHash }: { tokenHash: Buffer; stationKeyHash: Buffer | null },
  now: Temporal.Instant,
): Promise<OpenSession | null> {
  const rows = await tenant.query<SessionRow>(
    {
      name: 'session-user',
      text: `select u.user_id, u.email, u.name, u.role, u.blocked_at, s.station_id is not null as by_pin,
                    t.station_id, t.venue_code, t.last_seen_at
             from sessions s
               join users u on u.company_id = s.company_id and u.user_id = s.user_id
               left join stations t on t.company_id = s.company_id and t.token_hash = $4 and t.revoked_at is null
             where s.company_id = $1 and s.token_hash = $2 and s.expires_at > $3 and u.blocked_at is null
               and (s.station_id is null or s.station_id = t.station_id)`,
    },
    [tenant.companyId, tokenHash, now.toString(), stationKeyHash],
  );
  const row = rows[0];
  if (!row) return null;
  const { by_pin: byPin, station_id: stationId, venue_code: venueCode, last_seen_at: lastSeenAt } = row;
  return { user: toUser(row), byPin, station: stationId === null ? null : { stationId, venueCode, lastSeenAt } };
}

/** Lets everybody who is signed in stay so much longer: the demo's clock has moved, they have not. */
export async function prolongStay(tenant: Tenant, milliseconds: number): Promise<void> {
  await tenant.query(
    `with prolonged as (
       update sessions set expires_at = expires_at + make_interval(secs => $2) where company_id = $1)
     update api_tokens set expires_at = expires_at + make_interval(secs => $2)
     where company_id = $1 and expires_at is not null`,
    [tenant.companyId, milliseconds / 1_000],
  );
}

/** Forgets the sessions and tokens of a company that are over, with the way to them in the directory. */
export async function deleteExpired(tenant: Tenant, now: Temporal.Instant): Promise<void> {
  await tenant.query(
    `with ended as (
       delete from sessions where company_id = $1 and expires_at <= $2 returning token_hash),
     outlived as (
       delete from api_tokens where company_id = $1 and expires_at <= $2 returning token_hash)
     delete from directory
     where (kind = 'session' and key in (select token_hash from ended))
        or (kind = 'api_token' and key in (select token_hash from outlived))`,
    [tenant.companyId, now.toString()],
  );
}

export async function deleteSession(tenant: Tenant, tokenHash: Buffer): Promise<void> {
  await tenant.query('delete from sessions where company_id = $1 and token_hash = $2', [tenant.companyId, tokenHash]);
}

type NewToken = {
  kind: TokenKind;
  name: string;
  tokenHash: Buffer;
  userId: number | null;
  now: Temporal.Instant;
  expiresAt: Temporal.Instant | null;
};

export async function insertApiToken(queryable: Queryable, companyId: number, token: NewToken): Promise<void> {
  await queryable.query(
    `insert into api_tokens (company_id, kind, name, token_hash, user_id, created_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict (company_id, token_hash) do nothing`,
    [
      companyId,
      token.kind,
      token.name,
      token.tokenHash,
      token.userId,
      token.now.toString(),
      token.expiresAt?.toString() ?? null,
    ],
  );
}

export async function selectApiToken(
  tenant: Tenant,
  tokenHash: Buffer,
  now: Temporal.Instant,
): Promise<{ kind: TokenKind; userId: number | null; role: Role | null } | null> {
  const rows = await tenant.query<{ kind: TokenKind; user_id: number | null; role: Role | null }>(
    {
      name: 'api-token',
      text: `select t.kind, t.user_id, u.role
             from api_tokens t left join users u on u.company_id = t.company_id and u.user_id = t.user_id
             where t.company_id = $1 and t.token_hash = $2 and t.revoked_at is null
               and (t.expires_at is null or t.expires_at > $3) and u.blocked_at is null`,
    },
    [tenant.companyId, tokenHash, now.toString()],
  );
  const row = rows[0];
  return row ? { kind: row.kind, userId: row.user_id, role: row.role } : null;
}

/** Revokes a token once: false when it was dead already, so that of two racing refreshes one wins. */
export async function revokeApiToken(
  queryable: Queryable,
  companyId: number,
  tokenHash: Buffer,
  now: Temporal.Instant,
): Promise<boolean> {
  const rows = await queryable.query(
    `update api_tokens set revoked_at = $3 where company_id = $1 and token_hash = $2 and revoked_at is null
     returning token_id`,
    [companyId, tokenHash, now.toString()],
  );
  return rows.length > 0;
}

/** Revokes the permanent tokens of a name, all but one. */
export async function revokeOtherTokens(
  tenant: Tenant,
  { name, tokenHash, now }: { name: string; tokenHash: Buffer; now: Temporal.Instant },
): Promise<void> {
  await tenant.query(
    `update api_tokens set revoked_at = $4
     where company_id = $1 and kind = 'permanent' and name = $2 and token_hash <> $3 and revoked_at is null`,
    [tenant.companyId, name, tokenHash, now.toString()],
  );
}

/** Changes a password; the sessions and tokens opened with the old one end in the same statement. */
export async function updatePassword(tenant: Tenant, email: string, passwordHash: string): Promise<boolean> {
  const rows = await tenant.query(
    `with changed as (
       update users set password_hash = $3 where company_id = $1 and email = $2 returning user_id),
     signed_out as (
       delete from sessions where company_id = $1 and user_id in (select user_id from changed) returning token_hash),
     locked_out as (
       delete from api_tokens where company_id = $1 and user_id in (select user_id from changed) returning token_hash),
     forgotten as (
       delete from directory
       where (kind = 'session' and key in (select token_hash from signed_out))
          or (kind = 'api_token' and key in (select token_hash from locked_out)))
     select user_id from changed`,
    [tenant.companyId, email, passwordHash],
  );
  return rows.length > 0;
}
