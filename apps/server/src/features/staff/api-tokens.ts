import { type Result, refuse, succeed } from '@tessera/contract';
import type { Platform } from '../../platform/context.ts';
import { newToken, sha256 } from '../../platform/crypto/index.ts';
import type { Tenant } from '../../platform/database/index.ts';
import { createRemembered } from '../../platform/remembered.ts';
import { ACCESS_TOKEN_SECONDS, type ApiClient, may, REFRESH_TOKEN_DAYS, type TokenKind } from './model.ts';
import { checkPassword } from './sign-in.ts';
import { deleteExpired, insertApiToken, revokeApiToken, revokeOtherTokens, selectApiToken } from './store.ts';

/**
 * Enters a permanent token (way 2 of the ProBonus API); the same token twice is one.
 * @returns false when it opens another company: then nothing is written
 */
export async function addPermanentToken(
  platform: Platform,
  tenant: Tenant,
  name: string,
  token: string,
): Promise<boolean> {
  if (!(await platform.directory.enter('api_token', token, tenant.companyId))) return false;
  await insertApiToken(tenant, tenant.companyId, {
    kind: 'permanent',
    name,
    tokenHash: sha256(token),
    userId: null,
    now: platform.clock.now(),
    expiresAt: null,
  });
  return true;
}

/** The name of the token that TESSERA_API_TOKEN sets. */
export const CONFIGURED_TOKEN = 'TESSERA_API_TOKEN';

/**
 * Enters the token of the configuration and ends the one it replaces: who changes it, because it has leaked, means that.
 * @returns false when the token belongs to another company; then nothing is changed
 */
export async function keepConfiguredToken(platform: Platform, tenant: Tenant, token: string): Promise<boolean> {
  if (!(await addPermanentToken(platform, tenant, CONFIGURED_TOKEN, token))) return false;
  await revokeOtherTokens(tenant, { name: CONFIGURED_TOKEN, tokenHash: sha256(token), now: platform.clock.now() });
  return true;
}

export type TokenPair = { accessToken: string; refreshToken: string; expiresInSeconds: number };

/**
 * Lets a user in by his password (way 1 of the ProBonus API).
 * @returns a pair of tokens; or wrong_credentials, forbidden (a cashier: this API gives points away)
 */
export async function logInToApi(platform: Platform, login: string, password: string): Promise<Result<TokenPair>> {
  const checked = await checkPassword(platform, login, password);
  if (!checked.ok) return checked;
  const { tenant, user } = checked.value;
  if (!may(user.role, 'api.use')) return refuse('forbidden');
  return succeed(await issueTokenPair(platform, tenant, user.userId));
}

/** Makes a pair of tokens for a user who has shown his password. */
export async function issueTokenPair(platform: Platform, tenant: Tenant, userId: number | null): Promise<TokenPair> {
  const now = platform.clock.now();
  await deleteExpired(tenant, now);
  const issue = async (kind: TokenKind, seconds: number) => {
    const token = newToken(platform.random);
    const expiresAt = now.add({ seconds });
    await insertApiToken(tenant, tenant.companyId, {
      kind,
      name: '',
      tokenHash: sha256(token),
      userId,
      now,
      expiresAt,
    });
    await platform.directory.enter('api_token', token, tenant.companyId);
    return token;
  };
  return {
    accessToken: await issue('access', ACCESS_TOKEN_SECONDS),
    refreshToken: await issue('refresh', REFRESH_TOKEN_DAYS * 86_400),
    expiresInSeconds: ACCESS_TOKEN_SECONDS,
  };
}

/** Trades a refresh token for a new pair; the old one dies, and of two racing calls one wins. */
export async function refreshTokenPair(platform: Platform, refreshToken: string): Promise<Result<TokenPair>> {
  const client = await findApiToken(platform, refreshToken);
  if (client?.kind !== 'refresh') return refuse('unauthorized');
  const tenant = platform.database.tenant(client.companyId);
  const won = await revokeApiToken(tenant, tenant.companyId, sha256(refreshToken), platform.clock.now());
  if (!won) return refuse('unauthorized');
  await platform.directory.remove('api_token', refreshToken);
  return succeed(await issueTokenPair(platform, tenant, client.userId));
}

async function findApiToken(platform: Platform, token: string): Promise<ApiClient | null> {
  const companyId = await platform.directory.find('api_token', token);
  if (companyId === null) return null;
  const found = await selectApiToken(platform.database.tenant(companyId), sha256(token), platform.clock.now());
  if (!found) return null;
  const { kind, userId, role } = found;
  // A role may change while a token lives. A permanent token is nobody's: the owner gave it to a program.
  return role === null || may(role, 'api.use') ? { companyId, kind, userId, role } : null;
}

export type ApiClients = {
  /** Whom a bearer or permanent token stands for; a refresh token opens nothing. */
  find(token: string): Promise<ApiClient | null>;
};

const REMEMBERED = { milliseconds: 5_000, max: 10_000 };

/** A till sends one token with every call: a found one is believed for a few seconds before it is asked for again. */
export function createApiClients(platform: Platform): ApiClients {
  const remembered = createRemembered<ApiClient>(REMEMBERED);
  return {
    async find(token) {
      const client = await remembered.of(sha256(token).toString('latin1'), () => findApiToken(platform, token));
      return client?.kind === 'refresh' ? null : client;
    },
  };
}
