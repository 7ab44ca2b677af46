import type { Tenant, TenantTransaction } from '../../platform/database/index.ts';
import { markWanted } from './google/objects.store.ts';
import { nextLastModified } from './model.ts';
import { writeOutbox } from './store/outbox.ts';
import { insertVersions, lockMarkers, type VersionOf } from './store/passes.ts';
import { selectDevicesOfPasses } from './store/registrations.ts';
import type { Wallet } from './wallet.ts';

/** How a change is pushed: at once after a sale, gently when a whole design changes. */
export type PushMode = 'immediate' | 'bulk';

export type NewVersion = VersionOf & { readonly contentHash: Buffer };

/** Devices in one row of the outbox: a job that dies is done again as a whole. */
const DEVICES_PER_ROW = 500;

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
  }));
  const written = await tenant.transaction(async (transaction) => {
    await lockMarkers(transaction);
    const passIds = await insertVersions(transaction, dated);
    if (passIds.length === 0) return false;
    await writePushes(transaction, { passIds, mode, now });
    // Google has one copy for all phones: it hears of a card once, however many versions wait.
    if (await markWanted(transaction, passIds, { urgent: mode === 'immediate', now })) {
      await writeOutbox(transaction, 'google_wanted', {}, now);
    }
    return true;
  });
  if (written) wallet.wake();
}

async function writePushes(
  transaction: TenantTransaction,
  { passIds, mode, now }: { passIds: readonly number[]; mode: PushMode; now: Temporal.Instant },
): Promise<void> {
  const devices = await selectDevicesOfPasses(transaction, transaction.companyId, passIds);
  const byType = Map.groupBy(devices, ({ passTypeIdentifier }) => passTypeIdentifier);
  for (const [passTypeIdentifier, ofType] of byType) {
    for (let at = 0; at < ofType.length; at += DEVICES_PER_ROW) {
      const deviceIds = ofType.slice(at, at + DEVICES_PER_ROW).map(({ deviceId }) => deviceId);
      await writeOutbox(transaction, 'push_devices', { passTypeIdentifier, deviceIds, mode }, now);
    }
  }
}
