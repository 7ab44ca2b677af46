import { type Result, succeed } from '@tessera/contract';
import type { Tenant } from '../../../platform/database/index.ts';
import type { Actor } from '../../../platform/http/index.ts';
import { returnCheck } from '../../loyalty/index.ts';
import type { TillPlatform } from '../find-guest.ts';
import { LATENESS_HOURS } from './model.ts';
import { parkReturn, selectWaitingReturns, settleReturn, settleSale } from './queue.store.ts';

export type LateReturnAnswer =
  | { state: 'returned'; moneyBack: number | null }
  | { state: 'parked'; waitsUntil: Temporal.Instant };

/**
 * Takes back a whole sale of a till by the key of that sale. One that a manager is to look at is withdrawn; for one that is
 * not here yet the return is parked and applied when it comes (EX-X10).
 * @returns the first answer to a repeated call; or what returning refuses
 */
export async function takeQueuedReturn(
  platform: TillPlatform,
  { tenant, userId, station }: Pick<Actor, 'tenant' | 'userId' | 'station'>,
  { saleKey, returnKey }: { saleKey: string; returnKey: string },
): Promise<Result<LateReturnAnswer>> {
  const now = platform.clock.now();
  const returned = await returnSale(platform, tenant, saleKey);
  if (returned.ok || returned.refusal.code !== 'check_not_found') return returned;
  if (await settleSale(tenant, saleKey, { state: 'withdrawn', userId, now })) {
    return succeed({ state: 'returned', moneyBack: null });
  }
  const expiresAt = now.add({ hours: LATENESS_HOURS });
  const parked = await parkReturn(tenant, {
    saleKey,
    returnKey,
    stationId: station?.stationId ?? null,
    userId,
    now,
    expiresAt,
  });
  platform.metrics.tillQueue.inc({ kind: 'return', result: 'parked' });
  // The sale may have come between the look and the parking.
  if (await applyParkedReturn(platform, tenant, saleKey)) return returnSale(platform, tenant, saleKey);
  return succeed({ state: 'parked', waitsUntil: parked.expiresAt });
}

async function returnSale(platform: TillPlatform, tenant: Tenant, saleKey: string): Promise<Result<LateReturnAnswer>> {
  const returned = await returnCheck(platform, tenant, { source: 'till', externalId: saleKey });
  return returned.ok ? succeed({ state: 'returned', moneyBack: returned.value.moneyBack }) : returned;
}

/** Applies the return that waits for this sale, if one does; false when there is none or the sale is not here. */
export async function applyParkedReturn(platform: TillPlatform, tenant: Tenant, saleKey: string): Promise<boolean> {
  const [parked] = await selectWaitingReturns(tenant, { saleKey, limit: 1 });
  if (!parked) return false;
  const returned = await returnSale(platform, tenant, saleKey);
  // Already returned by hand is returned.
  if (!returned.ok && returned.refusal.code !== 'nothing_to_return') return false;
  if (await settleReturn(tenant, saleKey, 'applied', platform.clock.now())) {
    platform.metrics.tillQueue.inc({ kind: 'return', result: 'applied' });
  }
  return true;
}

const BATCH = 500;

/**
 * Looks at the returns that wait: those whose sale has come by another way are applied, those whose time is over are given
 * up and reported, in the log, in the metrics and in the manager's list.
 */
export async function settleParkedReturns(platform: TillPlatform, tenant: Tenant): Promise<void> {
  const now = platform.clock.now();
  for (const { saleKey, expiresAt } of await selectWaitingReturns(tenant, { limit: BATCH })) {
    if (await applyParkedReturn(platform, tenant, saleKey)) continue;
    if (Temporal.Instant.compare(expiresAt, now) > 0) continue;
    if (!(await settleReturn(tenant, saleKey, 'over', now))) continue;
    platform.metrics.tillQueue.inc({ kind: 'return', result: 'over' });
    platform.log.warn({ companyId: tenant.companyId, saleKey }, 'a parked return was given up: its sale never came');
  }
}
