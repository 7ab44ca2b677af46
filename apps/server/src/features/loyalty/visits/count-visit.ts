import type { Result } from '@tessera/contract';
import { type CountVisit, levelOf } from '@tessera/loyalty';
import type { Tenant } from '../../../platform/database/index.ts';
import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import { carryOut } from '../operations/carry-out.ts';
import { keyed } from '../operations/keyed.ts';
import { selectLastSaleAt } from './visits.store.ts';

export type VisitCall = {
  readonly accountId: number;
  readonly source: string;
  /** The caller's key, unique for ever within the source. */
  readonly externalId: string;
  readonly userId?: number | null | undefined;
};

export type VisitAnswer = { accountId: number; visits: number; level: string; levelReached: string | null };

/**
 * Counts a visit of a guest who buys nothing, once a business day and once for its key.
 * @returns account_not_found, account_blocked, already_visited; idempotency_mismatch, in_progress
 */
export async function countVisit(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  call: VisitCall,
): Promise<Result<VisitAnswer>> {
  const { accountId } = call;
  return keyed<VisitAnswer>(platform, tenant, { ...call, kind: 'visit', facts: [] }, async (bind) => {
    const command: CountVisit = { kind: 'visit', lastSaleAt: await selectLastSaleAt(tenant, accountId) };
    return carryOut<CountVisit, VisitAnswer>(
      { platform, tenant, accountId },
      command,
      ({ state, outcome }, rules) => {
        const level = levelOf(state, rules).name;
        const levelReached = outcome.levelAfter === outcome.levelBefore ? null : level;
        return { accountId, visits: outcome.visits, level, levelReached };
      },
      bind,
    );
  });
}
