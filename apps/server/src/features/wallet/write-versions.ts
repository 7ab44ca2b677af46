import type { Tenant, TenantTransaction } from '../../platform/database/index.ts';
import { markWanted } from './google/objects.store.ts';
import { nextLastModified, type PassRecord } from './model.ts';
import { firstRepush } from './push-again-plan.ts';
import { writeOutbox } from './store/outbox.ts';
import { replaceTexts } from './store/pass-texts.ts';
import { insertVersions, lockMarkers, updateSnapshots, type VersionOf } from './store/passes.ts';
import { selectDevicesOfPasses } from './store/registrations.ts';
import { type PushMode, tellDevices } from './tell-devices.ts';
import type { Wallet } from './wallet.ts';
import { tellBrowsersOf } from './web-push/send-web-push.ts';

/** How phones are told of a version: pushed, or not until the next one or somebody's command. */
export type VersionMode = PushMode | 'silent';

/** A card before and after somebody changed it by hand. */
export type Edited = { readonly before: PassRecord; readonly after: PassRecord };
/** What belongs to changes by hand, in their transaction. */
export type Also = ((transaction: TenantTransaction, changes: readonly Edited[]) => Promise<void>) | undefined;

export type NewVersion = VersionOf & { readonly contentHash: Buffer };

/**
 * New versions and the pushes that tell of them, in one transaction: no lost push and none too early.
 * @returns the cards that were written; another process was first with the others
 */
export async function writeVersions(
  wallet: Wallet,
  tenant: Tenant,
  { versions, mode, also }: { versions: readonly NewVersion[]; mode: VersionMode; also?: Also },
): Promise<number[]> {
  const now = wallet.clock.now();
  const dated = versions.map((version) => ({
    ...version,
    lastModified: nextLastModified(version.pass.lastModified, now),
    repushAt: mode === 'silent' ? null : firstRepush(now),
  }));
  const written = await tenant.transaction(async (transaction) => {
    await lockMarkers(transaction);
    const passIds = await insertVersions(transaction, dated);
    if (passIds.length === 0) return passIds;
    await writeEdits(transaction, { versions, passIds, also });
    if (mode !== 'silent') {
      await writePushes(transaction, { passIds, mode, now });
      await tellBrowsersOf(transaction, passIds, now);
    }
    // Google has one copy for all phones: it hears of a card once, however many versions wait.
    if (await markWanted(transaction, passIds, { urgent: mode === 'immediate', now })) {
      await writeOutbox(transaction, 'google_wanted', {}, now);
    }
    return passIds;
  });
  if (written.length > 0) wallet.wake();
  return written;
}

/** What changes nothing that anybody sees. @returns the cards that were written */
export const writeSame = (
  tenant: Tenant,
  { versions, also }: { versions: readonly VersionOf[]; also: Also },
): Promise<number[]> =>
  tenant.transaction(async (transaction) => {
    const passIds = await updateSnapshots(transaction, versions);
    await writeEdits(transaction, { versions, passIds, also });
    return passIds;
  });

async function writeEdits(
  transaction: TenantTransaction,
  { versions, passIds, also }: { versions: readonly VersionOf[]; passIds: readonly number[]; also: Also },
): Promise<void> {
  const written = new Set(passIds);
  const changes = versions.flatMap(({ pass, edited }): Edited[] =>
    edited && written.has(pass.passId) ? [{ before: pass, after: edited }] : [],
  );
  if (changes.length === 0) return;
  const retold = changes.filter(
    ({ before, after }) => before.own !== after.own || before.ownValues !== after.ownValues,
  );
  if (retold.length > 0)
    await replaceTexts(
      transaction,
      retold.map(({ after }) => after),
    );
  await also?.(transaction, changes);
}

/** Wakes the devices that hold these cards. @returns how many they are */
export async function writePushes(
  transaction: TenantTransaction,
  { passIds, mode, now }: { passIds: readonly number[]; mode: PushMode; now: Temporal.Instant },
): Promise<number> {
  const devices = await selectDevicesOfPasses(transaction, transaction.companyId, passIds);
  await tellDevices(transaction, devices, { mode, now });
  return devices.length;
}
