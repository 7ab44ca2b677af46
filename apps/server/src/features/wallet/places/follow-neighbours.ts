import type { Tenant } from '../../../platform/database/index.ts';
import { selectDesignsWithGroupName, selectDesignsWithVenues } from '../store/designs.ts';
import { writeOutbox } from '../store/outbox.ts';
import type { Wallet } from '../wallet.ts';

/** Lets the cards of all designs that carry the company's venues follow a change of these. */
export async function followVenues(wallet: Wallet, tenant: Tenant): Promise<void> {
  await followWith(wallet, tenant, await selectDesignsWithVenues(tenant, tenant.companyId));
}

/** Lets the cards of all designs that say the name of an account group follow a new one. */
export async function followGroupNames(wallet: Wallet, tenant: Tenant): Promise<void> {
  await followWith(wallet, tenant, await selectDesignsWithGroupName(tenant, tenant.companyId));
}

async function followWith(wallet: Wallet, tenant: Tenant, designIds: readonly number[]): Promise<void> {
  const now = wallet.clock.now();
  await tenant.transaction(async (transaction) => {
    for (const designId of designIds) await writeOutbox(transaction, 'design_changed', { designId, after: 0 }, now);
  });
  wallet.wake();
}
