import { referralAt } from '@tessera/loyalty';
import type { Tenant } from '../../../platform/database/index.ts';
import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import { moveReferral, selectDueReferrals } from './referrals.store.ts';
import { deleteTouches } from './touches.store.ts';

const BATCH = 200;
const BATCHES_MAX = 50;
/** Longer than the longest window of attribution. */
const TOUCHES_KEPT_DAYS = 400;

/**
 * Writes down what time has done to referrals: those that no check has come for are closed, those whose check can no
 * longer come back are done. Nobody's points depend on it: a reward ripens by itself, and a late check is judged by its
 * own time.
 */
export async function settleReferrals(platform: LoyaltyPlatform, tenant: Tenant): Promise<number> {
  const now = platform.clock.now();
  let moved = 0;
  for (let batch = 0; batch < BATCHES_MAX; batch++) {
    const due = await selectDueReferrals(tenant, now, BATCH);
    for (const { referralId, referral } of due) {
      const at = referralAt(referral, now.epochMilliseconds);
      const to = at.state === 'confirmed' ? ({ ...at, state: 'rewarded' } as const) : at;
      const move = { referralId, from: referral.state, to };
      if (await moveReferral(tenant, tenant.companyId, move, { now, tells: null })) moved += 1;
    }
    if (due.length < BATCH) break;
  }
  await deleteTouches(tenant, now.subtract({ hours: 24 * TOUCHES_KEPT_DAYS }));
  return moved;
}
