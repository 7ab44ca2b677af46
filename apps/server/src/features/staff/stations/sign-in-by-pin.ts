import { type Result, refuse, succeed } from '@tessera/contract';
import type { Platform } from '../../../platform/context.ts';
import type { SignedIn } from '../sign-in.ts';
import type { FoundStation } from './pair-station.ts';
import { countPinTry, forgivePinTry } from './pins.store.ts';
import { pinFits } from './pins.ts';

/**
 * Checks a PIN at a station. Unknown people, blocked ones, those without a PIN and those of other companies get the
 * answer of a wrong PIN after the same work. A try is counted before it is looked at.
 * @returns who it is; or pin_wrong, pin_locked {minutes}, pin_station_waits {minutes}
 */
export async function checkPin(
  platform: Platform,
  { tenant, station }: FoundStation,
  { userId, pin }: { userId: number; pin: string },
): Promise<Result<SignedIn>> {
  const now = platform.clock.now();
  const where = { stationId: station.stationId, userId };
  const tried = await countPinTry(tenant, where, now);
  const minutesUntil = (until: Temporal.Instant) => Math.max(1, Math.ceil(now.until(until).total('minutes')));
  if (tried.stationWaitsUntil) {
    return refuse('pin_station_waits', { minutes: minutesUntil(tried.stationWaitsUntil) });
  }
  if (tried.lockedUntil) return refuse('pin_locked', { minutes: minutesUntil(tried.lockedUntil) });
  const whose = { companyId: tenant.companyId, userId };
  if (!pinFits(platform.vault, whose, tried.user?.pinHash ?? null, pin)) return refuse('pin_wrong');
  await forgivePinTry(tenant, where);
  const { pinHash: _, ...user } = tried.user!;
  return succeed({ tenant, user });
}
