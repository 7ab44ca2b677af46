import { createSmsRuClient, type SmsRuSendResult } from './adapters/sms-ru/index.ts';
import type {
  AccountCheck,
  CallOutcome,
  CallSender,
  SmsOutcome,
  SmsRuSettings,
  SmsSender,
} from './features/messaging/index.ts';

// sms.ru as the messaging feature asks for it.

/** A code is worthless after its minutes: the provider need not try longer. */
const SMS_LIFETIME_MINUTES = 5;

function smsRuClient(baseUrl: string, { apiId, from }: SmsRuSettings) {
  return createSmsRuClient({ baseUrl, apiId, ...(from === null ? {} : { from }) });
}

/** Sends messages through an account. */
export function smsRuSender(baseUrl: string, account: SmsRuSettings): SmsSender {
  const client = smsRuClient(baseUrl, account);
  return async ({ phone, text, address, lifetimeMinutes = SMS_LIFETIME_MINUTES }): Promise<SmsOutcome> => {
    const sent = await client.send({ phone, text, lifetimeMinutes, ...(address === null ? {} : { ip: address }) });
    return sent.status === 'accepted' ? { status: 'accepted', providerId: sent.messageId } : notAccepted(sent);
  };
}

/** Rings phones through an account. */
export function smsRuCaller(baseUrl: string, account: SmsRuSettings): CallSender {
  const client = smsRuClient(baseUrl, account);
  return async ({ phone, address }): Promise<CallOutcome> => {
    const called = await client.call(phone, address ?? undefined);
    if (called.status !== 'accepted') return notAccepted(called);
    return { status: 'accepted', providerId: called.callId, code: called.code };
  };
}

/** Asks how an account stands. */
export async function smsRuCheck(baseUrl: string, account: SmsRuSettings): Promise<AccountCheck> {
  const found = await smsRuClient(baseUrl, account).balance();
  switch (found.status) {
    case 'ok':
      return found.kopecks > 0n
        ? { status: 'ready', kopecks: found.kopecks }
        : { status: 'halted', reason: 'no_money' };
    case 'stop_and_alert':
      return { status: 'halted', reason: found.reason };
    case 'retry_later':
      return { status: 'unreachable' };
  }
}

function notAccepted(
  result: Exclude<SmsRuSendResult, { status: 'accepted' }>,
): Exclude<SmsOutcome, { status: 'accepted' }> {
  switch (result.status) {
    case 'refused':
      return { status: 'failed', reason: result.reason };
    case 'duplicate':
      return { status: 'failed', reason: 'duplicate' };
    case 'stop_and_alert':
      return { status: 'halted', reason: result.reason };
    case 'retry_later':
      return { status: 'retry', reason: result.reason };
    case 'unknown':
      return { status: 'unknown' };
  }
}
