import { newUuid } from '../../platform/crypto/index.ts';
import type { Tenant } from '../../platform/database/index.ts';
import { type CallOutcome, type PhoneChannel, phoneHint, type SmsOutcome } from './model.ts';
import { type MessagingPlatform, sealContext, smsRuAccount } from './send-sms.ts';
import { insertSending, markDelivery, noteChannel, selectFailing } from './store.ts';

/** What became of a code. A call's is chosen by the provider; `unknown`: it may have arrived. */
export type CodeSent = { status: 'sent' | 'unknown'; code: string | null } | { status: 'failed'; reason: string };

/** A way that has just failed for everybody is not promised to the next one for so long. */
const FAILING_MINUTES = 2;

/** The ways by which codes can reach phones now. */
export async function readyChannels(platform: MessagingPlatform, tenant: Tenant): Promise<PhoneChannel[]> {
  if (!(await smsRuAccount(platform, tenant))) return [];
  const failing = await selectFailing(tenant, platform.clock.now().subtract({ minutes: FAILING_MINUTES }));
  return (['sms', 'call'] as const).filter((channel) => !failing.includes(channel));
}

/** Sends an SMS at once and says what became of it: for a code that has another way if this one fails. */
export function sendSmsNow(
  platform: MessagingPlatform,
  tenant: Tenant,
  message: { phone: string; text: string; lifetimeMinutes: number },
): Promise<CodeSent> {
  return deliver(platform, tenant, 'sms', message, async (account) =>
    platform.smsRu(account)({ ...message, address: null }),
  );
}

/** Rings a phone at once; the code is the end of the number that rings. */
export function sendCallNow(platform: MessagingPlatform, tenant: Tenant, phone: string): Promise<CodeSent> {
  return deliver(platform, tenant, 'call', { phone, text: '' }, async (account) =>
    platform.smsRuCall(account)({ phone, address: null }),
  );
}

type Account = NonNullable<Awaited<ReturnType<typeof smsRuAccount>>>;

async function deliver(
  platform: MessagingPlatform,
  tenant: Tenant,
  channel: PhoneChannel,
  { phone, text }: { phone: string; text: string },
  send: (account: Account) => Promise<SmsOutcome | CallOutcome>,
): Promise<CodeSent> {
  const account = await smsRuAccount(platform, tenant);
  if (!account) return { status: 'failed', reason: 'no_account' };
  const deliveryId = newUuid(platform.random);
  const context = sealContext(tenant, deliveryId);
  await insertSending(tenant, channel, {
    deliveryId,
    purpose: 'till_pin',
    recipientSealed: platform.vault.seal(JSON.stringify({ phone, address: null }), context),
    recipientHint: phoneHint(phone),
    bodySealed: platform.vault.seal(text, context),
    now: platform.clock.now(),
  });
  const outcome = await twice(() => send(account));
  platform.metrics.messages.inc({ channel, result: outcome.status });
  await noteFate(platform, tenant, deliveryId, outcome);
  await noteWay(platform, tenant, channel, outcome);
  if (outcome.status === 'accepted') return { status: 'sent', code: 'code' in outcome ? outcome.code : null };
  return outcome.status === 'unknown'
    ? { status: 'unknown', code: null }
    : { status: 'failed', reason: outcome.reason };
}

const PAUSE_MILLISECONDS = 500;

/** A provider that is busy for a moment is asked once more: a guest stands at the till. */
async function twice<T extends { status: string }>(send: () => Promise<T>): Promise<T> {
  const first = await send();
  if (first.status !== 'retry') return first;
  await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS));
  return send();
}

function noteFate(platform: MessagingPlatform, tenant: Tenant, deliveryId: string, outcome: SmsOutcome | CallOutcome) {
  const now = platform.clock.now();
  if (outcome.status === 'accepted') {
    return markDelivery(tenant, deliveryId, { status: 'accepted', providerId: outcome.providerId, now });
  }
  if (outcome.status === 'unknown') return markDelivery(tenant, deliveryId, { status: 'unknown', now });
  return markDelivery(tenant, deliveryId, { status: 'failed', failure: outcome.reason, now });
}

/** A bad number is the guest's own matter; no money, or a provider that does not answer, is everybody's. */
async function noteWay(
  platform: MessagingPlatform,
  tenant: Tenant,
  channel: PhoneChannel,
  outcome: SmsOutcome | CallOutcome,
): Promise<void> {
  if (outcome.status === 'accepted') return noteChannel(tenant, channel, null);
  if (outcome.status !== 'halted' && outcome.status !== 'retry') return;
  const { reason } = outcome;
  if (outcome.status === 'halted') {
    platform.log.error({ companyId: tenant.companyId, channel, reason }, 'the SMS account needs its owner');
  }
  await noteChannel(tenant, channel, { reason, now: platform.clock.now() });
}
