import type { Tenant, TenantTransaction } from '../../platform/database/index.ts';
import { markWanted } from './google/objects.store.ts';
import { nextLastModified, type PassRecord } from './model.ts';
import { firstRepush } from './push-again-plan.ts';
import { forgetCodes, noteCodes } from './store/card-codes.ts';
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
    await writeEdits(transaction, { versions, passIds, also, now });
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
  wallet: Wallet,
  tenant: Tenant,
  { versions, also }: { versions: readonly VersionOf[]; also: Also },
): Promise<number[]> =>
  tenant.transaction(async (transaction) => {
    const passIds = await updateSnapshots(transaction, versions);
    await writeEdits(transaction, { versions, passIds, also, now: wallet.clock.now() });
    return passIds;
  });

type Written = {
  readonly versions: readonly VersionOf[];
  readonly passIds: readonly number[];
  readonly also: Also;
  readonly now: Temporal.Instant;
};

/** What tills and searches find cards by, and what belongs to changes by hand. */
async function writeEdits(transaction: TenantTransaction, { versions, passIds, also, now }: Written): Promise<void> {
  const isWritten = new Set(passIds);
  const written = versions.filter(({ pass }) => isWritten.has(pass.passId));
  await noteCodes(
    transaction,
    written.map(({ pass: { passId }, codes }) => ({ passId, codes })),
    now,
  );
  const changes = written.flatMap(({ pass, edited }): Edited[] => (edited ? [{ before: pass, after: edited }] : []));
  if (changes.length === 0) return;
  const retold = changes.filter(
    ({ before, after }) => before.own !== after.own || before.ownValues !== after.ownValues,
  );
  if (retold.length > 0)
    await replaceTexts(
      transaction,
      retold.map(({ after }) => after),
    );
  const deleted = changes.filter(({ after }) => after.deletedAt);
  await forgetCodes(
    transaction,
    deleted.map(({ after }) => after.passId),
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
