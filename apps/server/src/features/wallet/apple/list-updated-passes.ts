import { selectNewestMarker, selectUpdatedSerials, touchDevice } from '../store/registrations.ts';
import type { Wallet } from '../wallet.ts';
import { readTag, writeTag } from './tags.ts';

/** So many serials at most in one answer; the tag of a cut list leads to the rest. */
const SERIALS_MAX = 1_000;

export type UpdatedPasses = { readonly serialNumbers: readonly string[]; readonly lastUpdated: string };

/**
 * The cards of a device that changed since its tag (Apple, "Get the list of updatable passes"); null: nothing changed,
 * or nobody knows the device. The tag is the highest marker of the answer, not the time: what is committed while this
 * answer travels has a higher one.
 */
export async function listUpdatedPasses(
  wallet: Wallet,
  { passTypeIdentifier, deviceId }: { passTypeIdentifier: string; deviceId: string },
  tag: string | undefined,
): Promise<UpdatedPasses | null> {
  const companyId = await wallet.directory.find('pass_type', passTypeIdentifier);
  if (companyId === null) return null;
  const tenant = wallet.database.tenant(companyId);
  const key = { passTypeIdentifier, deviceId };
  const { newest, gaps, known } = await selectNewestMarker(tenant, companyId, key);
  if (!known) return null;
  const after = readTag(tag, newest, gaps);
  const updated = await selectUpdatedSerials(tenant, companyId, key, { after, limit: SERIALS_MAX });
  const last = updated.at(-1);
  await touchDevice(tenant, companyId, key, { now: wallet.clock.now(), told: last?.marker ?? 0n });
  return last ? { serialNumbers: updated.map(({ serial }) => serial), lastUpdated: writeTag(last.marker) } : null;
}
