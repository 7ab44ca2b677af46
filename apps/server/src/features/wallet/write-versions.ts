import type { Tenant } from '../../platform/database/index.ts';
import { markWanted } from './google/objects.store.ts';
import { nextLastModified } from './model.ts';
import { firstRepush } from './push-again-plan.ts';
import { writeOutbox } from './store/outbox.ts';
import { insertVersions, lockMarkers, type VersionOf } from './store/passes.ts';
import { selectDevicesOfPasses } from './store/registrations.ts';
import { type PushMode, tellDevices } from './tell-devices.ts';
import type { Wallet } from './wallet.ts';
import { tellBrowsersOf } from './web-push/send-web-push.ts';

export type NewVersion = VersionOf & { readonly contentHash: Buffer };

/** New versions and the pushes that tell of them, in one transaction: no lost push and none too early. */
export async function writeVersions(
  wallet: Wallet,
  tenant: Tenant,
  { versions, mode }: { versions: readonly NewVersion[]; mode: PushMode },
): Promise<void> {
  const now = wallet.clock.now();
  const dated = versions.map((version) => ({
    ...version,
    lastModified: nextLastModified(version.pass.lastModified, now),
    repushAt: firstRepush(now),
  }));
  const written = await tenant.transaction(async (transaction) => {
    await lockMarkers(transaction);
    const passIds = await insertVersions(transaction, dated);
    if (passIds.length === 0) return false;
    const devices = await selectDevicesOfPasses(transaction, tenant.companyId, passIds);
    await tellDevices(transaction, devices, { mode, now });
    await tellBrowsersOf(transaction, passIds, now);
    // Google has one copy for all phones: it hears of a card once, however many versions wait.
    if (await markWanted(transaction, passIds, { urgent: mode === 'immediate', now })) {
      await writeOutbox(transaction, 'google_wanted', {}, now);
    }
    return true;
  });
  if (written) wallet.wake();
}
