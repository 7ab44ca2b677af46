import type { Platform } from '../../platform/context.ts';
import type { Tenant, TenantTransaction } from '../../platform/database/index.ts';
import type { ForgottenGuest } from '../guests/index.ts';
import { deleteDeliveries, type SealedDelivery, selectSealed } from './messages-to.store.ts';
import { type DeliveryStatus, type PhoneChannel, phoneHint } from './model.ts';
import { sealContext } from './send-sms.ts';

const PAGE = 500;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

type Opened = SealedDelivery & { readonly phone: string };

/** Messages to some phones, page by page. Numbers lie sealed, so those with the same last digits are opened and looked at. */
async function* messagesTo(
  { vault }: Pick<Platform, 'vault'>,
  queryable: Tenant | TenantTransaction,
  phones: readonly string[],
): AsyncGenerator<Opened[]> {
  if (phones.length === 0) return;
  const hints = phones.map(phoneHint);
  for (let after = BEFORE_ALL; ; ) {
    const page = await selectSealed(queryable, { hints, after, limit: PAGE });
    yield page.flatMap((sealed) => {
      const opened = vault.open(sealed.recipientSealed, sealContext(queryable, sealed.deliveryId)).toString();
      const { phone } = JSON.parse(opened) as { phone: string };
      return phones.includes(phone) ? [{ ...sealed, phone }] : [];
    });
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    after = last.deliveryId;
  }
}

/** Forgets the messages to a guest. */
export async function forgetMessages(
  platform: Pick<Platform, 'vault'>,
  transaction: TenantTransaction,
  { phones }: ForgottenGuest,
): Promise<void> {
  for await (const own of messagesTo(platform, transaction, phones)) {
    await deleteDeliveries(
      transaction,
      own.map(({ deliveryId }) => deliveryId),
    );
  }
}

export type HeldSms = {
  readonly channel: PhoneChannel;
  readonly purpose: string;
  readonly status: DeliveryStatus;
  readonly at: Temporal.Instant;
  readonly phone: string;
  readonly text: string;
};

/** Purposes of messages that carry a code. */
const CODES: ReadonlySet<string> = new Set(['phone_code', 'till_pin']);

/**
 * The messages and calls to a guest's phones, newest first. Codes are left out of their texts: whoever hands the file to the
 * guest could confirm something in his place with one that still holds.
 */
export async function heldSmsOf(
  platform: Pick<Platform, 'vault'>,
  tenant: Tenant,
  { phones }: Pick<ForgottenGuest, 'phones'>,
  limit: number,
): Promise<HeldSms[]> {
  const found: HeldSms[] = [];
  for await (const own of messagesTo(platform, tenant, phones)) {
    for (const { deliveryId, channel, purpose, status, createdAt: at, phone, bodySealed } of own) {
      const text = platform.vault.open(bodySealed, sealContext(tenant, deliveryId)).toString();
      found.push({ channel, purpose, status, at, phone, text: CODES.has(purpose) ? text.replace(/\d/g, '•') : text });
    }
  }
  return found.sort((one, other) => Temporal.Instant.compare(other.at, one.at)).slice(0, limit);
}
