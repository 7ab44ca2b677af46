import type { Tenant } from '../../../platform/database/index.ts';
import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import { approveDueReceipt } from './decide-receipt.ts';
import { deletePhotos } from './photos.store.ts';
import { selectDueReceipts } from './receipts.store.ts';

const BATCH = 200;
/** Long enough for a guest to ask why. */
const PHOTOS_KEPT_DAYS = 90;

/** Approves the receipts whose hours are over, and forgets the photos of those that were decided long ago. */
export async function settleReceipts(platform: LoyaltyPlatform, tenant: Tenant): Promise<void> {
  const now = platform.clock.now();
  for (const { receiptId } of await selectDueReceipts(tenant, now, BATCH)) {
    await approveDueReceipt(platform, tenant, receiptId);
  }
  await deletePhotos(tenant, now.subtract({ hours: 24 * PHOTOS_KEPT_DAYS }));
}
