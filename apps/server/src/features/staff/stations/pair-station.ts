import { type Result, refuse, succeed } from '@tessera/contract';
import type { Platform } from '../../../platform/context.ts';
import { newToken, sha256 } from '../../../platform/crypto/index.ts';
import type { Tenant } from '../../../platform/database/index.ts';
import { PAIRING_MINUTES, type Station } from './model.ts';
import { putPairing, replaceKey, selectStationByKey, spendPairing, unpairStation } from './stations.store.ts';

export type Pairing = { url: string; expiresAt: Temporal.Instant };

/**
 * Makes the address that pairs a device with a station, for a QR code. The secret stands behind the `#`, which no browser
 * sends to a server and no proxy writes into a log. The address made before is dead.
 * @returns station_not_found
 */
export async function beginPairing(platform: Platform, tenant: Tenant, stationId: number): Promise<Result<Pairing>> {
  const code = newToken(platform.random);
  const expiresAt = platform.clock.now().add({ minutes: PAIRING_MINUTES });
  if (!(await putPairing(tenant, { stationId, codeHash: sha256(code), expiresAt }))) return refuse('station_not_found');
  await platform.directory.enter('station_pairing', code, tenant.companyId);
  return succeed({ url: `${platform.publicUrl}/till/#pair=${code}`, expiresAt });
}

export type Paired = { tenant: Tenant; station: Station; token: string };

/**
 * Trades a pairing code for the key of its station. What was paired with it before is out, with everybody signed in there.
 * @returns the key, to be kept by the device; or pairing_over, the same for unknown, spent and late codes
 */
export async function pairStation(
  platform: Platform,
  { code, deviceName }: { code: string; deviceName: string },
): Promise<Result<Paired>> {
  const over = refuse('pairing_over', { minutes: PAIRING_MINUTES });
  const companyId = await platform.directory.find('station_pairing', code);
  if (companyId === null) return over;
  const tenant = platform.database.tenant(companyId);
  const token = newToken(platform.random);
  const key = { tokenHash: sha256(token), deviceName: deviceName.trim(), now: platform.clock.now() };
  const station = await spendPairing(tenant, sha256(code), key);
  if (!station) return over;
  await platform.directory.remove('station_pairing', code);
  await platform.directory.enter('station', token, companyId);
  return succeed({ tenant, station, token });
}

/**
 * Gives a program the key of a station, to be shown once; what was paired before is out.
 * @returns station_not_found
 */
export async function issueStationToken(
  platform: Platform,
  tenant: Tenant,
  stationId: number,
): Promise<Result<string>> {
  const token = newToken(platform.random);
  const key = { tokenHash: sha256(token), deviceName: '', now: platform.clock.now() };
  if (!(await replaceKey(tenant, stationId, key))) return refuse('station_not_found');
  await platform.directory.enter('station', token, tenant.companyId);
  return succeed(token);
}

export type FoundStation = { tenant: Tenant; station: Station };

/** The station whose key this is, with its company; null for unknown keys and disconnected stations. */
export async function findStation(platform: Platform, token: string): Promise<FoundStation | null> {
  const companyId = await platform.directory.find('station', token);
  if (companyId === null) return null;
  const tenant = platform.database.tenant(companyId);
  const station = await selectStationByKey(tenant, sha256(token), platform.clock.now());
  return station && { tenant, station };
}

/** Lets a device forget its station; it may be paired again. */
export async function leaveStation(platform: Platform, token: string): Promise<void> {
  const found = await findStation(platform, token);
  if (!found) return;
  await unpairStation(found.tenant, found.station.stationId, null);
  await platform.directory.remove('station', token);
}
