import type { CallbackRefusal } from '../../../adapters/google-wallet/index.ts';
import { issuerOf } from '../../../adapters/google-wallet/index.ts';
import { sha256 } from '../../../platform/crypto/index.ts';
import { writeEvent } from '../../journal/index.ts';
import { writeOutbox } from '../store/outbox.ts';
import type { Wallet } from '../wallet.ts';
import { selectGoogleCredential } from './credentials.store.ts';
import { countEvent, insertCallback, markWanted } from './objects.store.ts';

export type CallbackResult = 'counted' | 'repeated' | 'unknown' | CallbackRefusal;

/**
 * Takes Google's word that a card was saved or removed. Each nonce counts once, in one transaction with the count.
 * An object that nobody knows (a card of an erased guest) is no trouble of the caller's.
 */
export async function receiveCallback(wallet: Wallet, body: unknown): Promise<CallbackResult> {
  const verified = await wallet.google.callbacks.verify(body);
  if (!verified.ok) return verified.reason;
  const { objectId, event, nonce, expiresAt } = verified.event;
  const companyId = await wallet.directory.find('google_object', objectId);
  if (companyId === null) return 'unknown';
  const tenant = wallet.database.tenant(companyId);
  const credential = await selectGoogleCredential(tenant, companyId);
  if (credential?.issuerId !== issuerOf(objectId)) return 'unknown';
  const now = wallet.clock.now();
  const result = await tenant.transaction(async (transaction): Promise<CallbackResult> => {
    if (!(await insertCallback(transaction, sha256(nonce), expiresAt))) return 'repeated';
    const counted = await countEvent(transaction, objectId, event, now);
    if (!counted) return 'unknown';
    const kind = event === 'save' ? 'device_registered' : 'device_unregistered';
    await writeEvent(transaction, { kind, card: counted, platform: 'google' }, now);
    if (counted.unsure) {
      await markWanted(transaction, [counted.passId], { urgent: false, now });
      await writeOutbox(transaction, 'google_wanted', {}, now);
    }
    return 'counted';
  });
  if (result === 'counted') wallet.wake();
  wallet.log.info({ companyId, event, result }, 'Google told of a card');
  return result;
}
