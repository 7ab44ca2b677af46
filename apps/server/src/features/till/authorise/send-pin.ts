import type { PinChannel } from '@tessera/contract';
import type { Tenant } from '../../../platform/database/index.ts';
import type { FeatureJobs } from '../../../platform/jobs/index.ts';
import { noteSent, noteTried, pinToSend, randomDigits, setTillPin, tillSettingsOf } from '../../guests/index.ts';
import { viewMember } from '../../loyalty/index.ts';
import { type CodeSent, sendCallNow, sendSmsNow } from '../../messaging/index.ts';
import { openWays } from './authorise-phone.ts';
import type { AuthorisePlatform } from './platform.ts';

type Sending = { codeId: string; phone: string; accountId: number; text: (code: string) => string; minutes: number };

/**
 * Sends the PIN of a request by the first way that takes it. It is made here, so that it lies nowhere in the clear. A way is
 * noted before it is tried: after a crash the next one is taken, and nobody gets a PIN twice by one.
 */
export async function sendTillPin(platform: AuthorisePlatform, tenant: Tenant, codeId: string): Promise<void> {
  const waiting = await pinToSend(tenant, codeId);
  if (!waiting || waiting.accountId === null) return;
  if (Temporal.Instant.compare(waiting.expiresAt, platform.clock.now()) <= 0) return;
  const member = await viewMember(platform, tenant, waiting.accountId);
  if (!member) return;
  const settings = await tillSettingsOf(tenant);
  const company = await platform.companies.of(tenant);
  const t = platform.texts(member.guest.language);
  const sending: Sending = {
    codeId,
    phone: waiting.phone,
    accountId: waiting.accountId,
    text: (code) => t('server:sms.till_pin', { code, company: company.name }),
    minutes: settings.pin.lifetimeMinutes,
  };
  const ways = await openWays(platform, tenant, settings);
  for (const way of ways.filter((one) => !waiting.tried.includes(one))) {
    await noteTried(tenant, codeId, way);
    if (await tryWay(platform, tenant, way, sending, settings.pin.digits)) return noteSent(tenant, codeId, way);
  }
  platform.log.warn({ companyId: tenant.companyId, ways: ways.length }, 'no way took the PIN of a till');
}

/** @returns whether the PIN is on its way, as far as anybody knows */
async function tryWay(
  platform: AuthorisePlatform,
  tenant: Tenant,
  way: PinChannel,
  sending: Sending,
  digits: number,
): Promise<boolean> {
  if (way === 'call') {
    const called = await sendCallNow(platform, tenant, sending.phone);
    // Without an answer nobody knows the code: the next way has to bring another one.
    if (called.status !== 'sent' || called.code === null) return false;
    await setTillPin(platform, tenant, sending.codeId, called.code);
    return true;
  }
  const code = randomDigits(platform.random, digits);
  await setTillPin(platform, tenant, sending.codeId, code);
  const sent = await sendText(platform, tenant, way, sending, sending.text(code));
  return sent !== null && sent.status !== 'failed';
}

async function sendText(
  platform: AuthorisePlatform,
  tenant: Tenant,
  way: 'bot' | 'sms',
  { phone, accountId, minutes }: Sending,
  text: string,
): Promise<CodeSent | null> {
  if (way === 'sms') return sendSmsNow(platform, tenant, { phone, text, lifetimeMinutes: minutes });
  return (await platform.pinBot?.send(tenant, { accountId, text })) ?? null;
}

const ATTEMPTS = 2;

export const authoriseJobs = (platform: AuthorisePlatform): FeatureJobs => ({
  outbox: {
    send_till_pin: (companyId, payload) => [{ task: 'send_till_pin', companyId, payload, attemptsMax: ATTEMPTS }],
  },
  tasks: {
    send_till_pin: ({ codeId }, companyId) =>
      sendTillPin(platform, platform.database.tenant(companyId), codeId as string),
  },
});
