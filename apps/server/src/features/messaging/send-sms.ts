import type { Platform } from '../../platform/context.ts';
import { newUuid } from '../../platform/crypto/index.ts';
import type { Tenant } from '../../platform/database/index.ts';
import {
  type AccountCheck,
  type CallSender,
  phoneHint,
  type SmsOutcome,
  type SmsRuSettings,
  type SmsSender,
} from './model.ts';
import { insertDelivery, markDelivery, selectChannel, takeDelivery, upsertChannel } from './store.ts';

export type MessagingPlatform = Platform & {
  /** Makes the sender of an account at sms.ru. */
  readonly smsRu: (settings: SmsRuSettings) => SmsSender;
  /** The same for calls that tell a code. */
  readonly smsRuCall: (settings: SmsRuSettings) => CallSender;
  /** Asks sms.ru how an account stands. */
  readonly smsRuCheck: (settings: SmsRuSettings) => Promise<AccountCheck>;
};

export const sealContext = (tenant: Pick<Tenant, 'companyId'>, deliveryId: string): string =>
  `delivery:${tenant.companyId}:${deliveryId}`;
const channelContext = (tenant: Tenant): string => `channel:${tenant.companyId}:sms_ru`;

/** Keeps a company's sms.ru account. */
export async function saveSmsRuSettings(platform: Platform, tenant: Tenant, settings: SmsRuSettings): Promise<void> {
  const settingsSealed = platform.vault.seal(JSON.stringify(settings), channelContext(tenant));
  await upsertChannel(tenant, { kind: 'sms_ru', settingsSealed, now: platform.clock.now() });
}

/**
 * Hands a message to the queue. Phone and text lie sealed: a backup of the database shows neither codes nor numbers.
 * @param sms phone as E.164 digits; `address` of the guest who asked, for the provider's own guard against fraud
 */
export async function queueSms(
  platform: Platform,
  tenant: Tenant,
  sms: { phone: string; text: string; purpose: string; address: string | null },
): Promise<string> {
  const deliveryId = newUuid(platform.random);
  const context = sealContext(tenant, deliveryId);
  await insertDelivery(tenant, tenant.companyId, {
    deliveryId,
    purpose: sms.purpose,
    recipientSealed: platform.vault.seal(JSON.stringify({ phone: sms.phone, address: sms.address }), context),
    recipientHint: phoneHint(sms.phone),
    bodySealed: platform.vault.seal(sms.text, context),
    now: platform.clock.now(),
  });
  platform.wake();
  return deliveryId;
}

/** Thrown so that the job is tried again later; the message waits as before. */
class NotNowError extends Error {}

/**
 * Sends one waiting message. It is marked before it goes out: after a crash in between its fate is unknown and it stays
 * unsent rather than going out twice.
 * @param lastTry a provider that is still busy then means that the message has failed
 */
export async function sendSms(
  platform: MessagingPlatform,
  tenant: Tenant,
  deliveryId: string,
  { lastTry }: { lastTry: boolean },
): Promise<void> {
  // Before it is taken: what fails up to there may be tried again.
  const account = await smsRuAccount(platform, tenant);
  const sender = account && platform.smsRu(account);
  const taken = await takeDelivery(tenant, deliveryId, platform.clock.now());
  if (!taken) {
    await markDelivery(tenant, deliveryId, { status: 'unknown', now: platform.clock.now() });
    return;
  }
  const context = sealContext(tenant, deliveryId);
  const recipient: { phone: string; address: string | null } = JSON.parse(
    platform.vault.open(taken.recipientSealed, context).toString(),
  );
  const text = platform.vault.open(taken.bodySealed, context).toString();
  const outcome: SmsOutcome = sender
    ? await sender({ ...recipient, text })
    : { status: 'failed', reason: 'no_account' };
  platform.metrics.messages.inc({ channel: 'sms', result: outcome.status });
  const final: SmsOutcome =
    outcome.status === 'retry' && lastTry ? { status: 'failed', reason: outcome.reason } : outcome;
  await note(platform, tenant, deliveryId, final);
}

/** A company's account at sms.ru, or null. */
export async function smsRuAccount(platform: Pick<Platform, 'vault'>, tenant: Tenant): Promise<SmsRuSettings | null> {
  const sealed = await selectChannel(tenant, 'sms_ru');
  return sealed && JSON.parse(platform.vault.open(sealed, channelContext(tenant)).toString());
}

async function note(platform: Platform, tenant: Tenant, deliveryId: string, outcome: SmsOutcome): Promise<void> {
  const now = platform.clock.now();
  switch (outcome.status) {
    case 'accepted':
      return markDelivery(tenant, deliveryId, { status: 'accepted', providerId: outcome.providerId, now });
    case 'unknown':
      return markDelivery(tenant, deliveryId, { status: 'unknown', now });
    case 'failed':
      return markDelivery(tenant, deliveryId, { status: 'failed', failure: outcome.reason, now });
    case 'halted':
      platform.log.error({ companyId: tenant.companyId, reason: outcome.reason }, 'the SMS account needs its owner');
      return markDelivery(tenant, deliveryId, { status: 'failed', failure: outcome.reason, now });
    case 'retry':
      await markDelivery(tenant, deliveryId, { status: 'queued', failure: outcome.reason, now });
      throw new NotNowError(outcome.reason);
  }
}
