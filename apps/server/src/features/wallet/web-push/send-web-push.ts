import { type Result, refuse, succeed } from '@tessera/contract';
import type { Tenant, TenantTransaction } from '../../../platform/database/index.ts';
import { writeOutbox } from '../store/outbox.ts';
import type { Wallet } from '../wallet.ts';
import {
  insertWebMessage,
  type SubscriptionKey,
  selectSubscriptionKeys,
  selectWebMessage,
  type WebMessage,
} from './subscriptions.store.ts';

export type WebPushInput = WebMessage & {
  readonly passId: number;
  /** The caller's own name for this message (of a campaign, say), at most 100 characters: sent again under it, it is said once. */
  readonly key: string;
};

/** Browsers of one row of the outbox. */
const BROWSERS_PER_ROW = 200;

/** Has browsers told of their cards after this transaction; `message`: in somebody's words. */
export async function wantTold(
  transaction: TenantTransaction,
  keys: readonly SubscriptionKey[],
  { message, now }: { message: string | null; now: Temporal.Instant },
): Promise<void> {
  for (let at = 0; at < keys.length; at += BROWSERS_PER_ROW) {
    const browsers = keys
      .slice(at, at + BROWSERS_PER_ROW)
      .map(({ passId, subscriptionId }) => [passId, subscriptionId]);
    await writeOutbox(transaction, 'web_push', { browsers, message }, now);
  }
}

/** Has the browsers of cards told that there is a new version. */
export async function tellBrowsersOf(
  transaction: TenantTransaction,
  passIds: readonly number[],
  now: Temporal.Instant,
): Promise<void> {
  const keys = await selectSubscriptionKeys(transaction, transaction.companyId, passIds);
  await wantTold(transaction, keys, { message: null, now });
}

/**
 * Says something to the browsers that want to hear of a card, as a campaign does. It leaves soon; `wanted` is how many
 * browsers it is meant for (none: nobody listens), `sent` how many push services have taken it so far.
 * Refuses `idempotency_mismatch`: another text under the same key.
 */
export async function sendWebPush(
  wallet: Wallet,
  tenant: Tenant,
  { passId, key, ...message }: WebPushInput,
): Promise<Result<{ readonly wanted: number; readonly sent: number }>> {
  const now = wallet.clock.now();
  const outcome = await tenant.transaction(async (transaction): Promise<Result<{ wanted: number; sent: number }>> => {
    const keys = await selectSubscriptionKeys(transaction, transaction.companyId, [passId]);
    const wanted = keys.length;
    if (await insertWebMessage(transaction, { ...message, passId, key, wanted }, now)) {
      await wantTold(transaction, keys, { message: key, now });
      return succeed({ wanted, sent: 0 });
    }
    const known = (await selectWebMessage(transaction, passId, key))!;
    const same = known.title === message.title && known.body === message.body;
    return same ? succeed({ wanted: known.wanted, sent: known.sent }) : refuse('idempotency_mismatch');
  });
  wallet.wake();
  return outcome;
}
