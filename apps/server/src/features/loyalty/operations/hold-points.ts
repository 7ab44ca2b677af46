import type { Result } from '@tessera/contract';
import type { Tenant } from '../../../platform/database/index.ts';
import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import { carryOut } from './carry-out.ts';
import { keyed } from './keyed.ts';

/** `key` names the hold within the account, once for each payment. */
export type HoldKey = { readonly accountId: number; readonly key: string };

/** `available` and `held` as they stood right after; at `until` the hold is over. */
export type HoldAnswer = { key: string; amount: number; until: string; available: number; held: number };
export type ReleaseAnswer = { key: string; released: number; available: number; held: number };

/**
 * Sets points aside for a payment until its check captures them, they are released or their time is over. Asked for
 * again it gives the first answer, also after the end of the hold: a new payment takes a new key.
 * @returns account_not_found, account_blocked, insufficient_points, over_spend_limit, daily_count, value_invalid;
 *   idempotency_mismatch, in_progress
 */
export function holdPoints(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  { accountId, key }: HoldKey,
  { amount, ttlSeconds }: { amount: bigint; ttlSeconds: number },
): Promise<Result<HoldAnswer>> {
  const operation = { source: 'hold', externalId: `${accountId}:${key}`, accountId, kind: 'hold', facts: [amount] };
  return keyed<HoldAnswer>(platform, tenant, operation, (bind) =>
    carryOut(
      { platform, tenant, accountId },
      { kind: 'hold', key, amount, ttlSeconds } as const,
      ({ outcome, state }) => ({
        key,
        amount: Number(amount),
        until: outcome.until.toString(),
        available: Number(state.available),
        held: Number(state.held),
      }),
      bind,
    ),
  );
}

/**
 * Gives the points of a hold back before its time. Repeated, it gives the first answer.
 * @returns account_not_found, hold_gone, hold_expired; in_progress
 */
export function releaseHold(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  { accountId, key }: HoldKey,
): Promise<Result<ReleaseAnswer>> {
  const operation = { source: 'release', externalId: `${accountId}:${key}`, accountId, kind: 'release', facts: [] };
  return keyed<ReleaseAnswer>(platform, tenant, operation, (bind) =>
    carryOut(
      { platform, tenant, accountId },
      { kind: 'release', key } as const,
      ({ outcome, state }) => ({
        key,
        released: Number(outcome.released),
        available: Number(state.available),
        held: Number(state.held),
      }),
      bind,
    ),
  );
}
