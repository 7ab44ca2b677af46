import type { Tenant } from '../../platform/database/index.ts';
import { markWanted } from './google/objects.store.ts';
import { type Design, designFor, nextLastModified, type PassRecord, type Snapshot } from './model.ts';
import { contentOf, hashContent, identityOf, takeSnapshot } from './render-pass.ts';
import { selectDesign } from './store/designs.ts';
import { writeOutbox } from './store/outbox.ts';
import { insertVersion, lockMarkers, selectPass, updateSnapshot } from './store/passes.ts';
import { selectDevicesOfPass } from './store/registrations.ts';
import type { Wallet } from './wallet.ts';

/** More rounds than this means that the account changes faster than it can be read: the job tries again later. */
const ROUNDS_MAX = 10;
/** Devices in one row of the outbox; a card has one to three. */
const DEVICES_PER_ROW = 200;

/** How a change is pushed: at once after a sale, gently when a whole design changes. */
export type PushMode = 'immediate' | 'bulk';

/**
 * Brings a card to what its account and design say now. The same content makes no new version. After each version it
 * looks again: of two refreshes at once the slower one might else write what has already passed.
 * @returns the card as it is then, or null when there is none
 */
export async function refreshPass(
  wallet: Wallet,
  tenant: Tenant,
  { passId, mode }: { passId: number; mode: PushMode },
): Promise<PassRecord | null> {
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const pass = await selectPass(tenant, tenant.companyId, passId);
    if (!pass) return null;
    const subject = await wallet.loadSubject(tenant, pass.accountId);
    const design = await designOf(wallet, tenant, pass, designFor(pass.designId, subject));
    const snapshot = takeSnapshot(design, pass, subject);
    const contentHash = hashContent(contentOf(design, pass, snapshot, identityOf(pass)));
    if (!contentHash.equals(pass.contentHash)) {
      await writeVersion(wallet, tenant, pass, { designId: design.designId, snapshot, contentHash, mode });
      continue;
    }
    if (design.designId === pass.designId && snapshot.revision === pass.snapshot.revision) return pass;
    await updateSnapshot(tenant, tenant.companyId, pass, { designId: design.designId, snapshot });
  }
  throw new Error(`Pass ${passId} did not come to rest in ${ROUNDS_MAX} rounds.`);
}

/** The design that a card takes; the one it wears where the level names a design that is not there. */
async function designOf(wallet: Wallet, tenant: Tenant, pass: PassRecord, wanted: number): Promise<Design> {
  const { companyId } = tenant;
  const design = await selectDesign(tenant, companyId, wanted);
  if (design) return design;
  wallet.log.warn({ companyId, passId: pass.passId, designId: wanted }, 'a level names a design that is not there');
  const worn = await selectDesign(tenant, companyId, pass.designId);
  if (!worn) throw new Error(`A pass has no design ${pass.designId}.`);
  return worn;
}

/** The new version and the pushes that tell of it, in one transaction: no lost push and none too early. */
async function writeVersion(
  wallet: Wallet,
  tenant: Tenant,
  pass: PassRecord,
  { mode, ...version }: { designId: number; snapshot: Snapshot; contentHash: Buffer; mode: PushMode },
): Promise<void> {
  const now = wallet.clock.now();
  const lastModified = nextLastModified(pass.lastModified, now);
  const written = await tenant.transaction(async (transaction) => {
    await lockMarkers(transaction);
    const next = await insertVersion(transaction, pass, { ...version, lastModified });
    if (!next) return false;
    const { passTypeIdentifier, serial } = pass;
    const devices = await selectDevicesOfPass(transaction, tenant.companyId, passTypeIdentifier, serial);
    for (let at = 0; at < devices.length; at += DEVICES_PER_ROW) {
      const deviceIds = devices.slice(at, at + DEVICES_PER_ROW);
      await writeOutbox(transaction, 'push_devices', { passTypeIdentifier, deviceIds, mode }, now);
    }
    // Google has one copy for all phones: it hears of the card once, however many versions wait.
    if (await markWanted(transaction, pass.passId, { urgent: mode === 'immediate', now })) {
      await writeOutbox(transaction, 'google_wanted', {}, now);
    }
    return true;
  });
  if (written) wallet.wake();
}
