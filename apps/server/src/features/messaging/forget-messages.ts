import type { Platform } from '../../platform/context.ts';
import type { TenantTransaction } from '../../platform/database/index.ts';
import type { ForgottenGuest } from '../guests/index.ts';
import { deleteDeliveries, selectSealed } from './forget.store.ts';
import { phoneHint } from './model.ts';
import { sealContext } from './send-sms.ts';

const PAGE = 500;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/** Forgets the messages to a guest. Numbers lie sealed, so those with his last digits are opened and looked at. */
export async function forgetMessages(
  { vault }: Pick<Platform, 'vault'>,
  transaction: TenantTransaction,
  { phones }: ForgottenGuest,
): Promise<void> {
  if (phones.length === 0) return;
  const hints = phones.map(phoneHint);
  for (let after = BEFORE_ALL; ; ) {
    const page = await selectSealed(transaction, { hints, after, limit: PAGE });
    const own = page.filter(({ deliveryId, recipientSealed }) => {
      const opened = vault.open(recipientSealed, sealContext(transaction, deliveryId)).toString();
      return phones.includes((JSON.parse(opened) as { phone: string }).phone);
    });
    await deleteDeliveries(
      transaction,
      own.map(({ deliveryId }) => deliveryId),
    );
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    after = last.deliveryId;
  }
}
