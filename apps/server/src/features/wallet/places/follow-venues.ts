import type { Tenant } from '../../../platform/database/index.ts';
import { selectDesignsWithVenues } from '../store/designs.ts';
import { writeOutbox } from '../store/outbox.ts';
import type { Wallet } from '../wallet.ts';

/** Lets the cards of all designs that carry the company's venues follow a change of these. */
export async function followVenues(wallet: Wallet, tenant: Tenant): Promise<void> {
  const designIds = await selectDesignsWithVenues(tenant, tenant.companyId);
  const now = wallet.clock.now();
  await tenant.transaction(async (transaction) => {
    for (const designId of designIds) await writeOutbox(transaction, 'design_changed', { designId, after: 0 }, now);
  });
  wallet.wake();
}
