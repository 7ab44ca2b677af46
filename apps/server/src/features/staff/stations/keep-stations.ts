import {
  type NewStation,
  type Result,
  refuse,
  type StationChange,
  type Station as StationOfApi,
  succeed,
} from '@tessera/contract';
import type { Platform } from '../../../platform/context.ts';
import type { Tenant } from '../../../platform/database/index.ts';
import { STATIONS_MAX } from './model.ts';
import { insertStation, type StationView, selectStations, unpairStation, updateStation } from './stations.store.ts';

/** The stations of a company that are not disconnected. */
export async function listStations(platform: Platform, tenant: Tenant): Promise<StationOfApi[]> {
  return (await selectStations(tenant, platform.clock.now())).map(present);
}

/**
 * Adds a station, paired with nothing yet.
 * @returns name_taken (by one that is not disconnected), limit_reached
 */
export async function addStation(
  platform: Platform,
  tenant: Tenant,
  { name, venueCode = null, settings = {} }: NewStation,
): Promise<Result<StationOfApi>> {
  const facts = { name: name.trim(), venueCode, settings };
  const stationId = await insertStation(tenant, facts, { now: platform.clock.now(), most: STATIONS_MAX });
  if (stationId === 'taken') return refuse('name_taken');
  return stationId === null ? refuse('limit_reached') : viewStation(platform, tenant, stationId);
}

/**
 * Changes what is given of a station.
 * @returns name_taken, station_not_found
 */
export async function changeStation(
  platform: Platform,
  tenant: Tenant,
  stationId: number,
  { name, venueCode, settings = {} }: StationChange,
): Promise<Result<StationOfApi>> {
  const change = { name: name?.trim() ?? null, venueCode, settings };
  if ((await updateStation(tenant, stationId, change)) === 'taken') return refuse('name_taken');
  return viewStation(platform, tenant, stationId);
}

/**
 * Disconnects a station for good: its device and everybody signed in there are out at once. Checks keep its number.
 * @returns station_not_found
 */
export async function disconnectStation(platform: Platform, tenant: Tenant, stationId: number): Promise<Result<null>> {
  const gone = await unpairStation(tenant, stationId, platform.clock.now());
  return gone ? succeed(null) : refuse('station_not_found');
}

async function viewStation(platform: Platform, tenant: Tenant, stationId: number): Promise<Result<StationOfApi>> {
  const [station] = await selectStations(tenant, platform.clock.now(), stationId);
  return station ? succeed(present(station)) : refuse('station_not_found');
}

const present = (view: StationView): StationOfApi => ({
  stationId: view.stationId,
  name: view.name,
  venueCode: view.venueCode,
  venueName: view.venueName,
  settings: view.settings,
  paired: view.paired,
  deviceName: view.deviceName,
  createdAt: view.createdAt.toString(),
  pairedAt: view.pairedAt?.toString() ?? null,
  lastSeenAt: view.lastSeenAt?.toString() ?? null,
  pairingExpiresAt: view.pairingExpiresAt?.toString() ?? null,
});
