import { type Result, refuse, succeed } from '@tessera/contract';
import type { Platform } from '../../../platform/context.ts';
import type { Tenant } from '../../../platform/database/index.ts';
import { writeOutbox } from '../store/outbox.ts';
import { publishSaved, selectSavedDesign } from './designs.store.ts';

/**
 * Makes the saved revision the one that cards show, and tells every phone that holds one. Twice is once: a card whose
 * content is the same gets no new version. Refuses `not_found` and `design_changed` (another revision is saved by now).
 */
export async function pushDesign(
  platform: Platform,
  tenant: Tenant,
  { designId, revision }: { designId: number; revision: number | null },
): Promise<Result<{ designId: number }>> {
  const now = platform.clock.now();
  const published = await tenant.transaction(async (transaction) => {
    const design = await publishSaved(transaction, { designId, revision }, now);
    if (design) await writeOutbox(transaction, 'design_changed', { designId, after: 0 }, now);
    return design;
  });
  if (published) {
    platform.wake();
    return succeed({ designId });
  }
  const there = await selectSavedDesign(tenant, tenant.companyId, designId);
  return refuse(there ? 'design_changed' : 'not_found');
}
