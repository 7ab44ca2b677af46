import { verify } from '@node-rs/argon2';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestHouse, type TestHouse } from '../../../test/platform.ts';
import { newToken, systemRandom } from '../../platform/crypto/index.ts';
import type { Tenant } from '../../platform/database/index.ts';
import { createCompany } from '../tenancy/index.ts';
import {
  addPermanentToken,
  addUser,
  changePassword,
  createApiClients,
  issueTokenPair,
  keepConfiguredToken,
  logInToApi,
  refreshTokenPair,
} from './index.ts';
import { ACCESS_TOKEN_SECONDS, REFRESH_TOKEN_DAYS, SESSION_DAYS } from './model.ts';
import { checkPassword, closeSession, findSession, openSession } from './sign-in.ts';

let house: TestHouse;
let tenant: Tenant;
let other: Tenant;
const company = { language: 'ru', currency: 'RUB', timeZone: 'Europe/Moscow', country: 'RU', demo: false } as const;
const PASSWORD = 'тише едешь';

beforeAll(async () => {
  house = await createTestHouse();
  tenant = await createCompany(house.platform, { ...company, name: 'Траттория' });
  other = await createCompany(house.platform, { ...company, name: 'Кофейня' });
  const user = { name: 'Анна', role: 'owner', password: PASSWORD } as const;
  await addUser(house.platform, tenant, { ...user, email: ' Anna@Example.com ' });
  await addUser(house.platform, tenant, { ...user, email: 'blocked@example.com' });
  await addUser(house.platform, tenant, { ...user, email: 'later@example.com' });
});
afterAll(() => house.close());

const signIn = async (email: string, password = PASSWORD) => {
  const checked = await checkPassword(house.platform, email, password);
  if (!checked.ok) throw new Error(checked.refusal.code);
  return checked.value;
};
const block = (email: string) =>
  tenant.query('update users set blocked_at = now() where company_id = $1 and email = $2', [tenant.companyId, email]);

describe('a password', () => {
  test('opens for its user, however he writes his address', async () => {
    const { user, tenant: found } = await signIn('  anna@EXAMPLE.com');
    expect(user).toMatchObject({ email: 'anna@example.com', role: 'owner', blocked: false });
    expect(found.companyId).toBe(tenant.companyId);
  });

  test('is kept as argon2id with the cost that was chosen, never as it is', async () => {
    const rows = await tenant.query<{ password_hash: string }>(
      'select password_hash from users where company_id = $1',
      [tenant.companyId],
    );
    for (const { password_hash } of rows) expect(password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  test('wrong, of a blocked user or of nobody: one answer, after the same work', async () => {
    await block('blocked@example.com');
    const attempts = [
      ['anna@example.com', 'falsch'],
      ['blocked@example.com', PASSWORD],
      ['nobody@example.com', PASSWORD],
      ['', ''],
    ] as const;
    for (const [email, password] of attempts) {
      const compared: string[] = [];
      const compare = (passwordHash: string, typed: string) => {
        compared.push(passwordHash);
        return verify(passwordHash, typed);
      };
      expect(await checkPassword(house.platform, email, password, compare)).toEqual({
        ok: false,
        refusal: { code: 'wrong_credentials' },
      });
      expect(compared).toHaveLength(1);
      expect(compared[0]).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    }
  });

  test('an address belongs to one company', async () => {
    const added = await addUser(house.platform, other, {
      email: 'anna@example.com',
      name: 'x',
      role: 'owner',
      password: 'anders anders',
    });
    expect(added).toBe(false);
    expect((await signIn('anna@example.com')).tenant.companyId).toBe(tenant.companyId);
  });

  test('a new one ends all sessions and tokens that the old one opened, and no others', async () => {
    const { platform } = house;
    const signedIn = await signIn('later@example.com');
    const session = await openSession(platform, signedIn);
    const pair = await issueTokenPair(platform, tenant, signedIn.user.userId);
    const colleague = await openSession(platform, await signIn('anna@example.com'));
    expect(await changePassword(platform, 'LATER@example.com', 'neues Passwort')).toBe(true);
    expect(await findSession(platform, session)).toBeNull();
    expect(await createApiClients(platform).find(pair.accessToken)).toBeNull();
    expect(await refreshTokenPair(platform, pair.refreshToken)).toMatchObject({ ok: false });
    expect(await findSession(platform, colleague)).not.toBeNull();
    expect((await checkPassword(platform, 'later@example.com', PASSWORD)).ok).toBe(false);
    await signIn('later@example.com', 'neues Passwort');
    expect(await changePassword(platform, 'nobody@example.com', 'neues Passwort')).toBe(false);
  });
});

describe('a session', () => {
  test('ends by itself, and not a second earlier', async () => {
    const { platform, clock } = house;
    const token = await openSession(platform, await signIn('anna@example.com'));
    clock.advance({ seconds: SESSION_DAYS * 86_400 - 1 });
    expect(await findSession(platform, token)).not.toBeNull();
    clock.advance({ seconds: 1 });
    expect(await findSession(platform, token)).toBeNull();
  });

  test('ends when it is closed, and when its user is blocked', async () => {
    const { platform } = house;
    const email = 'guest@example.com';
    await addUser(platform, tenant, { email, name: 'x', role: 'cashier', password: PASSWORD });
    const [closed, blocked] = [
      await openSession(platform, await signIn(email)),
      await openSession(platform, await signIn(email)),
    ];
    await closeSession(platform, closed);
    expect(await findSession(platform, closed)).toBeNull();
    expect(await findSession(platform, blocked)).not.toBeNull();
    await block(email);
    expect(await findSession(platform, blocked)).toBeNull();
  });

  test('that is over is forgotten with the next one, like a token, and so is the way to it', async () => {
    const { platform, clock } = house;
    const signedIn = await signIn('anna@example.com');
    await openSession(platform, signedIn);
    const pair = await issueTokenPair(platform, tenant, signedIn.user.userId);
    await addPermanentToken(platform, tenant, 'касса', 'a-token-that-stays');
    clock.advance({ hours: 24 * (Math.max(SESSION_DAYS, REFRESH_TOKEN_DAYS) + 1) });
    const token = await openSession(platform, signedIn);
    const count = (text: string) => tenant.query(text, [tenant.companyId]);
    expect(await count('select from sessions where company_id = $1')).toHaveLength(1);
    expect(await count(`select from api_tokens where company_id = $1 and kind <> 'permanent'`)).toEqual([]);
    expect(await count(`select from directory where company_id = $1 and kind = 'session'`)).toHaveLength(1);
    expect(await findSession(platform, token)).not.toBeNull();
    expect(await createApiClients(platform).find(pair.accessToken)).toBeNull();
    expect(await createApiClients(platform).find('a-token-that-stays')).not.toBeNull();
  });

  test('lies in the database as a hash only', async () => {
    const token = await openSession(house.platform, await signIn('anna@example.com'));
    const rows = await tenant.query<{ token_hash: Buffer }>('select token_hash from sessions where company_id = $1', [
      tenant.companyId,
    ]);
    for (const { token_hash } of rows) {
      expect(token_hash).toHaveLength(32);
      expect(token_hash.includes(token)).toBe(false);
    }
  });
});

describe('API tokens', () => {
  const find = (token: string) => createApiClients(house.platform).find(token);

  test('an access token opens for an hour, a refresh token opens nothing', async () => {
    const { platform, clock } = house;
    const pair = await issueTokenPair(platform, tenant, null);
    expect(pair.expiresInSeconds).toBe(ACCESS_TOKEN_SECONDS);
    expect(await find(pair.accessToken)).toMatchObject({ companyId: tenant.companyId, kind: 'access' });
    expect(await find(pair.refreshToken)).toBeNull();
    clock.advance({ seconds: ACCESS_TOKEN_SECONDS });
    expect(await find(pair.accessToken)).toBeNull();
  });

  test('a refresh token works once, also when ten callers use it at once', async () => {
    const { platform } = house;
    const pair = await issueTokenPair(platform, tenant, null);
    const results = await Promise.all(Array.from({ length: 10 }, () => refreshTokenPair(platform, pair.refreshToken)));
    const won = results.filter(({ ok }) => ok);
    expect(won).toHaveLength(1);
    const next = won[0];
    if (!next?.ok) throw new Error('nobody won');
    expect(await find(next.value.accessToken)).toMatchObject({ companyId: tenant.companyId });
    expect(await refreshTokenPair(platform, pair.refreshToken)).toMatchObject({ ok: false });
  });

  test('a refresh token dies after its days; an access token does not refresh', async () => {
    const { platform, clock } = house;
    const pair = await issueTokenPair(platform, tenant, null);
    expect(await refreshTokenPair(platform, pair.accessToken)).toMatchObject({ ok: false });
    clock.advance({ days: REFRESH_TOKEN_DAYS });
    expect(await refreshTokenPair(platform, pair.refreshToken)).toEqual({
      ok: false,
      refusal: { code: 'unauthorized' },
    });
  });

  test('a cashier gets none, and a manager’s open nothing once he is a cashier', async () => {
    const { platform } = house;
    const user = { name: 'Олег', password: PASSWORD } as const;
    await addUser(platform, tenant, { ...user, email: 'cashier@example.com', role: 'cashier' });
    await addUser(platform, tenant, { ...user, email: 'manager@example.com', role: 'manager' });
    expect(await logInToApi(platform, 'cashier@example.com', PASSWORD)).toMatchObject({
      refusal: { code: 'forbidden' },
    });
    const pair = await logInToApi(platform, 'manager@example.com', PASSWORD);
    if (!pair.ok) throw new Error(pair.refusal.code);
    const { accessToken, refreshToken } = pair.value;
    expect(await createApiClients(platform).find(accessToken)).toMatchObject({ companyId: tenant.companyId });
    await tenant.query(`update users set role = 'cashier' where company_id = $1 and email = 'manager@example.com'`, [
      tenant.companyId,
    ]);
    expect(await createApiClients(platform).find(accessToken)).toBeNull();
    expect(await refreshTokenPair(platform, refreshToken)).toMatchObject({ refusal: { code: 'unauthorized' } });
  });

  test('tokens of a blocked user open nothing', async () => {
    const email = 'api@example.com';
    await addUser(house.platform, tenant, { email, name: 'x', role: 'manager', password: PASSWORD });
    const pair = await issueTokenPair(house.platform, tenant, (await signIn(email)).user.userId);
    expect(await find(pair.accessToken)).not.toBeNull();
    await block(email);
    expect(await find(pair.accessToken)).toBeNull();
    expect(await refreshTokenPair(house.platform, pair.refreshToken)).toMatchObject({ ok: false });
  });

  test('a permanent token opens its own company, for good, until it is revoked', async () => {
    const { platform, clock } = house;
    const token = newToken(systemRandom);
    expect(await addPermanentToken(platform, tenant, 'касса', token)).toBe(true);
    expect(await addPermanentToken(platform, tenant, 'касса', token)).toBe(true);
    clock.advance({ hours: 24 * 365 * 5 });
    expect(await find(token)).toMatchObject({ companyId: tenant.companyId, kind: 'permanent', userId: null });
    await tenant.query(`update api_tokens set revoked_at = now() where company_id = $1 and kind = 'permanent'`, [
      tenant.companyId,
    ]);
    expect(await find(token)).toBeNull();
  });

  test('that the configuration replaces is dead; others live on', async () => {
    const { platform } = house;
    await addPermanentToken(platform, tenant, 'касса', 'a-token-of-another-name');
    await keepConfiguredToken(platform, tenant, 'the-first-configured-token');
    await keepConfiguredToken(platform, tenant, 'the-second-configured-token');
    await keepConfiguredToken(platform, tenant, 'the-second-configured-token');
    const clients = createApiClients(platform);
    expect(await clients.find('the-first-configured-token')).toBeNull();
    expect(await clients.find('the-second-configured-token')).not.toBeNull();
    expect(await clients.find('a-token-of-another-name')).not.toBeNull();
  });

  test('a token of one company cannot be entered for another, and nothing is written there', async () => {
    const token = newToken(systemRandom);
    await addPermanentToken(house.platform, tenant, 'касса', token);
    expect(await addPermanentToken(house.platform, other, 'чужая', token)).toBe(false);
    expect(await other.query('select 1 from api_tokens where company_id = $1', [other.companyId])).toEqual([]);
    expect(await find(token)).toMatchObject({ companyId: tenant.companyId });
  });

  test.each(['', 'x', `${'ä'.repeat(500)}`])('rubbish opens nothing: %j', async (token) => {
    expect(await find(token)).toBeNull();
    expect(await refreshTokenPair(house.platform, token)).toMatchObject({ ok: false });
  });
});
