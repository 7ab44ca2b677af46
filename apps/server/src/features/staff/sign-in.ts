import { type Result, refuse, succeed } from '@tessera/contract';
import type { Platform } from '../../platform/context.ts';
import { newToken, sha256 } from '../../platform/crypto/index.ts';
import type { Tenant } from '../../platform/database/index.ts';
import { SESSION_DAYS, type User } from './model.ts';
import { type Compare, verifyPassword } from './passwords.ts';
import { noteSeen } from './stations/stations.store.ts';
import {
  deleteExpired,
  deleteSession,
  insertSession,
  type OpenSession,
  selectSession,
  selectUserByEmail,
} from './store.ts';

export type SignedIn = { tenant: Tenant; user: User };

/**
 * Checks e-mail and password. Unknown e-mail, wrong password and blocked user give the same answer in the same time.
 * @returns the user and his company, or wrong_credentials
 */
export async function checkPassword(
  platform: Platform,
  email: string,
  password: string,
  compare?: Compare,
): Promise<Result<SignedIn>> {
  const address = email.trim().toLowerCase();
  const companyId = await platform.directory.find('email', address);
  const tenant = companyId === null ? null : platform.database.tenant(companyId);
  const found = tenant ? await selectUserByEmail(tenant, address) : null;
  const fits = await verifyPassword(found?.passwordHash ?? null, password, compare);
  if (!tenant || !found || !fits || found.user.blocked) return refuse('wrong_credentials');
  return succeed({ tenant, user: found.user });
}

/** Opens a session for the console or the till page; the token goes into a cookie, its hash into the database.
 * A session with a station lives at that station only. */
export async function openSession(
  platform: Platform,
  { tenant, user }: SignedIn,
  { stationId, hours }: { stationId: number | null; hours: number } = { stationId: null, hours: SESSION_DAYS * 24 },
): Promise<string> {
  const token = newToken(platform.random);
  const now = platform.clock.now();
  await deleteExpired(tenant, now);
  await insertSession(tenant, {
    tokenHash: sha256(token),
    userId: user.userId,
    stationId,
    now,
    expiresAt: now.add({ hours }),
  });
  await platform.directory.enter('session', token, tenant.companyId);
  return token;
}

export type FoundSession = { tenant: Tenant } & OpenSession;

/** Who a session token stands for, or null. What a PIN has opened is nothing without the key of its station beside it. */
export async function findSession(
  platform: Platform,
  token: string,
  stationKey: string | null = null,
): Promise<FoundSession | null> {
  const companyId = await platform.directory.find('session', token);
  if (companyId === null) return null;
  const tenant = platform.database.tenant(companyId);
  const now = platform.clock.now();
  const keys = { tokenHash: sha256(token), stationKeyHash: stationKey === null ? null : sha256(stationKey) };
  const session = await selectSession(tenant, keys, now);
  if (!session) return null;
  if (session.station) await noteSeen(tenant, session.station, now);
  return { tenant, ...session };
}

export async function closeSession(platform: Platform, token: string): Promise<void> {
  const companyId = await platform.directory.find('session', token);
  if (companyId === null) return;
  await deleteSession(platform.database.tenant(companyId), sha256(token));
  await platform.directory.remove('session', token);
}
