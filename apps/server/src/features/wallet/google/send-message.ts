import { type Result, refuse, succeed } from '@tessera/contract';
import type { Tenant } from '../../../platform/database/index.ts';
import { writeOutbox } from '../store/outbox.ts';
import { selectPassByGuid } from '../store/passes.ts';
import type { Wallet } from '../wallet.ts';
import { insertMessage, type MessageState, selectMessage } from './messages.store.ts';
import { markWanted, selectObject } from './objects.store.ts';

export type GoogleMessageInput = {
  readonly guid: string;
  /** The caller's own name for this message: sent again under it, it is said once. */
  readonly key: string;
  readonly header: string;
  readonly body: string;
};

/**
 * Says something to the holder of a card in Google Wallet. It leaves soon; whether aloud depends on what was said today.
 * Refuses `not_found` (no such card, or Google does not have it) and `idempotency_mismatch`.
 */
export async function sendGoogleMessage(
  wallet: Wallet,
  tenant: Tenant,
  { guid, ...message }: GoogleMessageInput,
): Promise<Result<{ readonly state: MessageState }>> {
  const pass = await selectPassByGuid(tenant, tenant.companyId, guid);
  const object = pass && (await selectObject(tenant, pass.passId));
  if (!object) return refuse('not_found');
  const now = wallet.clock.now();
  const { passId } = object;
  const outcome = await tenant.transaction(async (transaction): Promise<Result<{ state: MessageState }>> => {
    // Takes the row's lock, so that the same key twice at once is seen here.
    await markWanted(transaction, [passId], { urgent: true, now });
    const known = await selectMessage(transaction, passId, message.key);
    if (known) {
      const same = known.header === message.header && known.body === message.body;
      return same ? succeed({ state: known.state }) : refuse('idempotency_mismatch');
    }
    await insertMessage(transaction, passId, message, now);
    await writeOutbox(transaction, 'google_wanted', {}, now);
    return succeed({ state: 'waiting' });
  });
  wallet.wake();
  return outcome;
}
