import { BlockList, isIP } from 'node:net';
import type { Platform } from '../../platform/context.ts';
import { newToken, sha256 } from '../../platform/crypto/index.ts';
import type { Tenant } from '../../platform/database/index.ts';
import { createRemembered } from '../../platform/remembered.ts';
import type { FarCardsSettings } from './model.ts';
import { type StoredSettings, selectSettings, updateLastCall, upsertSettings } from './store.ts';

const CALL_NOTED_EVERY_MILLISECONDS = 60_000;

/** Settings of r_keeper and when a station has called last, to the minute; null while it is not connected. */
export async function farCardsOf(
  tenant: Tenant,
): Promise<{ settings: FarCardsSettings; lastCalledAt: Temporal.Instant | null } | null> {
  const found = await selectSettings(tenant);
  return found && { settings: found.settings, lastCalledAt: found.lastCalledAt };
}

/**
 * Notes that a station has called, so that its owner sees that it reaches us. A sale must not pay for that: what was noted
 * is remembered, and written at most once a minute.
 */
export function createCallNotes(platform: Pick<Platform, 'clock'>): (tenant: Tenant) => Promise<void> {
  const noted = new Map<number, number>();
  return async (tenant) => {
    const now = platform.clock.now();
    const last = noted.get(tenant.companyId);
    if (last !== undefined && now.epochMilliseconds - last < CALL_NOTED_EVERY_MILLISECONDS) return;
    noted.set(tenant.companyId, now.epochMilliseconds);
    await updateLastCall(tenant, now);
  };
}

/**
 * Connects r_keeper, or changes its settings. A new secret is made the first time and whenever it is asked for; the old
 * address ends with it.
 * @returns the secret when a new one was made: it is shown once, and stored as a hash
 */
export async function saveFarCards(
  platform: Platform,
  tenant: Tenant,
  settings: FarCardsSettings,
  { newSecret }: { newSecret: boolean },
): Promise<string | null> {
  const known = await selectSettings(tenant);
  const secret = known === null || newSecret ? newToken(platform.random) : null;
  const secretHash = secret === null ? known!.secretHash : sha256(secret);
  if (secret !== null) await platform.directory.enter('farcards', secret, tenant.companyId);
  await upsertSettings(tenant, { settings, secretHash, now: platform.clock.now() });
  return secret;
}

export type FarCardsCaller = { tenant: Tenant; settings: FarCardsSettings };

export type FarCardsCallers = {
  /** Who calls with this secret; null for an unknown or an outdated one, or from an address that is not on the list. */
  find(secret: string, address: string): Promise<FarCardsCaller | null>;
  /** Has the company's settings read again at the next call. */
  forget(tenant: Tenant): void;
};

const REMEMBERED = { milliseconds: 5_000, max: 10_000 };

/** A station asks several times for each check: its settings are believed for a few seconds before they are read again. */
export function createFarCardsCallers(platform: Platform): FarCardsCallers {
  const remembered = createRemembered<StoredSettings>(REMEMBERED);
  return {
    async find(secret, address) {
      const companyId = await platform.directory.find('farcards', secret);
      if (companyId === null) return null;
      const tenant = platform.database.tenant(companyId);
      const found = await remembered.of(String(companyId), () => selectSettings(tenant));
      if (!found?.secretHash.equals(sha256(secret))) return null;
      return isAllowed(found.settings.addresses, address) ? { tenant, settings: found.settings } : null;
    },
    forget: ({ companyId }) => remembered.forget(String(companyId)),
  };
}

/** Whether an address or a network (`10.1.0.0/16`) can be read at all. */
export function isAddress(text: string): boolean {
  const [address = '', bits, more] = text.split('/');
  const version = isIP(address);
  if (version === 0 || more !== undefined) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}

export function isAllowed(addresses: readonly string[], caller: string): boolean {
  if (addresses.length === 0) return true;
  const list = new BlockList();
  for (const one of addresses) {
    const [address = '', bits] = one.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  // A socket that listens for both tells an IPv4 caller as ::ffff:10.1.2.3.
  const plain = caller.replace(/^::ffff:(?=\d+\.)/i, '');
  return list.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4');
}
