import type { Resource } from '../../../adapters/google-wallet/index.ts';
import type { Tenant, TenantTransaction } from '../../../platform/database/index.ts';
import type { GoogleVertical } from '../model.ts';
import { PushLaterError } from '../push-devices.ts';
import { writeOutbox } from '../store/outbox.ts';
import type { Wallet } from '../wallet.ts';
import { openAccess } from './account.ts';
import { deleteObject } from './objects.store.ts';

export type RetiredObject = { readonly objectId: string; readonly classId: string; readonly vertical: GoogleVertical };

/**
 * Takes a card's data from Google: before its pass is deleted, in the same transaction. Google deletes nothing, so its
 * object is emptied and put away (`INACTIVE`).
 */
export async function forgetAtGoogle(
  transaction: TenantTransaction,
  passId: number,
  now: Temporal.Instant,
): Promise<void> {
  const object = await deleteObject(transaction, passId);
  if (object) await writeOutbox(transaction, 'google_retire', object, now);
}

/** What must stand on each kind of card, said without saying anything. */
const bare: Readonly<Record<GoogleVertical, Readonly<Record<string, unknown>>>> = {
  loyalty: {},
  offer: {},
  eventTicket: {},
  giftCard: { cardNumber: '-' },
  generic: {
    cardTitle: { defaultValue: { language: 'en', value: '-' } },
    header: { defaultValue: { language: 'en', value: '-' } },
  },
};

/** Replaces a whole object by nothing. Tried again until Google has heard of it. */
export async function retireObject(wallet: Wallet, tenant: Tenant, retired: RetiredObject): Promise<void> {
  const access = await openAccess(wallet, tenant);
  if (!access) return;
  const { objectId: id, classId, vertical } = retired;
  const body: Resource = { id, classId, state: 'INACTIVE', textModulesData: [], ...bare[vertical] };
  const written = await wallet.google.update(access.account, `${vertical}Object`, body);
  if (written.status === 'done' || written.status === 'absent') {
    await wallet.directory.remove('google_object', id);
    return;
  }
  throw new PushLaterError(written.reason);
}
