import { walletIn } from '@tessera/loyalty';
import type { Tenant } from '../../../platform/database/index.ts';
import { viewAccount } from '../account-view.ts';
import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import { selectProgrammeNames } from '../reads.store.ts';
import { countTraces } from './forget.store.ts';

/** What a guest has in one programme: `points` usable, pending and held, `deposit` money of his own; minor units. */
export type Holding = {
  readonly accountId: number;
  readonly programme: string;
  readonly points: bigint;
  readonly deposit: bigint;
  readonly closed: boolean;
};

/** What accounts of a guest hold now, and what else goes with them. */
export async function holdingsOf(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  accountIds: readonly number[],
): Promise<{ holdings: Holding[]; coupons: number; photos: number }> {
  const names = await selectProgrammeNames(tenant);
  const holdings: Holding[] = [];
  for (const accountId of accountIds) {
    const view = await viewAccount(platform, tenant, accountId);
    if (!view) continue;
    const { state, rules, balance } = view;
    const deposits = rules.wallets.filter(({ kind }) => kind === 'deposit').map(({ id }) => walletIn(state, id));
    holdings.push({
      accountId,
      programme: names.get(view.programmeId) ?? '',
      points: balance.available + balance.pending + balance.held,
      deposit: deposits.reduce((sum, { available, pending }) => sum + available + pending, 0n),
      closed: state.closed,
    });
  }
  const traces = await tenant.transaction((transaction) => countTraces(transaction, accountIds));
  return { holdings, ...traces };
}
