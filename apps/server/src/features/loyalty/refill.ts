import { type Result, succeed } from '@tessera/contract';
import type { Tenant } from '../../platform/database/index.ts';
import type { LoyaltyPlatform } from './loyalty-platform.ts';
import type { GrantAnswer } from './model.ts';
import { adjustAccount } from './operations/adjust-account.ts';

/** Adds points without a key, for set-up and for what is bound by a key elsewhere. See `adjustAccount`. */
export async function refillAccount(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  { accountId, amount, lifetimeDays }: { accountId: number; amount: bigint; lifetimeDays?: number | null | undefined },
): Promise<Result<GrantAnswer>> {
  const call = { accountId, source: 'house', externalId: null };
  const refilled = await adjustAccount(platform, tenant, call, { kind: 'refill', amount, lifetimeDays });
  return refilled.ok ? succeed({ accountId, amount: Number(amount), balance: refilled.value.available }) : refilled;
}
