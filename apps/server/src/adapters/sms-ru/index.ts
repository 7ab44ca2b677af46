/** Messages through sms.ru. Its HTTP status is always 200; what happened stands in two levels of codes inside. */
import { type AlertReason, type DeliveryState, type RefusalReason, readDeliveryCode, readSendCode } from './codes.ts';
import { isObject, type PostOutcome, type PostSettings, postForm } from './post.ts';

export { parseSmsRuCallback, type SmsRuCallback, type SmsRuEvent, smsRuCallbackAnswer } from './callback.ts';
export type { AlertReason, DeliveryState, RefusalReason } from './codes.ts';

export type SmsRuOptions = {
  /** `https://sms.ru/` in life. */
  readonly baseUrl: string;
  readonly apiId: string;
  /** Approved sender name; without one many operators delay or drop codes. */
  readonly from?: string;
  readonly fetch?: typeof fetch;
  readonly timeoutMilliseconds?: number;
};

/** One message. `phone`: digits of E.164 without plus. */
export type SmsRuMessage = {
  readonly phone: string;
  readonly text: string;
  /** Address of the guest who asked; pass it with every code, sms.ru uses it against abuse. */
  readonly ip?: string;
  /** 1 to 1440; a code is worthless after minutes. */
  readonly lifetimeMinutes?: number;
  /** Validate fully, send and charge nothing. */
  readonly test?: boolean;
};

/** `code` is the number that sms.ru gave, absent when it gave none. Money in kopecks. */
export type SmsRuSendResult =
  | { readonly status: 'accepted'; readonly messageId: string; readonly costKopecks?: bigint }
  /** Will not work for this message; do not repeat. */
  | { readonly status: 'refused'; readonly reason: RefusalReason; readonly code: number }
  /** Will not work for any message until somebody acts: stop the campaign, tell the owner. */
  | { readonly status: 'stop_and_alert'; readonly reason: AlertReason; readonly code: number }
  /** Certainly not sent; the same message may be sent again after a pause. */
  | { readonly status: 'retry_later'; readonly reason: string }
  /** The same text went to this number a moment ago (or today); after an `unknown` this says that it had been taken. */
  | { readonly status: 'duplicate'; readonly code: number }
  /** May or may not have been sent. There is no way to ask: do not repeat by oneself, let the guest press "again". */
  | { readonly status: 'unknown'; readonly reason: string };

/** A call that tells a code: the last four digits of the number that rings. sms.ru chooses them. */
export type SmsRuCallResult =
  | { readonly status: 'accepted'; readonly callId: string; readonly code: string; readonly costKopecks?: bigint }
  | Exclude<SmsRuSendResult, { readonly status: 'accepted' }>;

/** A failure of a question (not of a message). Every question may be repeated. */
export type SmsRuFailure =
  | { readonly status: 'stop_and_alert'; readonly reason: AlertReason; readonly code: number }
  | { readonly status: 'retry_later'; readonly reason: string };

export type SmsRuDelivery = {
  readonly messageId: string;
  readonly state: DeliveryState;
  readonly code: number;
  readonly costKopecks?: bigint;
};

export type SmsRuClient = {
  send(message: SmsRuMessage): Promise<SmsRuSendResult>;
  /** Rings once; nobody need answer. `ip` as for a message. */
  call(phone: string, ip?: string): Promise<SmsRuCallResult>;
  /** At most 100 ids; ids that sms.ru does not know come back as `unknown`. Throws on more. */
  status(
    messageIds: readonly string[],
  ): Promise<{ readonly status: 'ok'; readonly deliveries: readonly SmsRuDelivery[] } | SmsRuFailure>;
  balance(): Promise<{ readonly status: 'ok'; readonly kopecks: bigint } | SmsRuFailure>;
  checkAuth(): Promise<{ readonly status: 'ok' } | SmsRuFailure>;
};

const mostIds = 100;
const isPhone = (phone: string): boolean => /^[1-9]\d{6,14}$/.test(phone);

/** A client without state and without retries: when to try again is the outbox's business. */
export function createSmsRuClient(options: SmsRuOptions): SmsRuClient {
  const settings: PostSettings = {
    baseUrl: options.baseUrl,
    apiId: options.apiId,
    fetch: options.fetch ?? fetch,
    timeoutMilliseconds: options.timeoutMilliseconds ?? 10_000,
  };
  return {
    async send(message) {
      if (!isPhone(message.phone)) return { status: 'refused', reason: 'bad_recipient', code: 202 };
      const outcome = await postForm(settings, 'sms/send', toFields(message, options.from));
      return readSent(outcome, message.phone);
    },
    async call(phone, ip) {
      if (!isPhone(phone)) return { status: 'refused', reason: 'bad_recipient', code: 202 };
      return readCall(await postForm(settings, 'code/call', { phone, ...(ip === undefined ? {} : { ip }) }));
    },
    async status(messageIds) {
      if (messageIds.length > mostIds) throw new RangeError(`at most ${mostIds} message ids in one question`);
      if (messageIds.length === 0) return { status: 'ok', deliveries: [] };
      const answer = readQuestion(await postForm(settings, 'sms/status', { sms_id: messageIds.join(',') }));
      if (answer.status !== 'ok') return answer;
      return { status: 'ok', deliveries: messageIds.map((id) => readDelivery(id, answer.body.sms)) };
    },
    async balance() {
      const answer = readQuestion(await postForm(settings, 'my/balance', {}));
      if (answer.status !== 'ok') return answer;
      const kopecks = readKopecks(answer.body.balance);
      return kopecks === undefined ? { status: 'retry_later', reason: 'UnreadableAnswer' } : { status: 'ok', kopecks };
    },
    async checkAuth() {
      const answer = readQuestion(await postForm(settings, 'auth/check', {}));
      return answer.status === 'ok' ? { status: 'ok' } : answer;
    },
  };
}

function toFields(message: SmsRuMessage, from: string | undefined): Readonly<Record<string, string>> {
  return {
    to: message.phone,
    msg: message.text,
    ...(from === undefined ? {} : { from }),
    ...(message.ip === undefined ? {} : { ip: message.ip }),
    ...(message.lifetimeMinutes === undefined ? {} : { ttl: String(message.lifetimeMinutes) }),
    ...(message.test === true ? { test: '1' } : {}),
  };
}

/** A good envelope may hold a failed phone; a bad envelope holds none. */
function readSent(outcome: PostOutcome, phone: string): SmsRuSendResult {
  if (outcome.status === 'not_sent') return { status: 'retry_later', reason: outcome.reason };
  if (outcome.status === 'unknown') return outcome;
  const { body } = outcome;
  const envelopeCode = readCode(body.status_code);
  const items = isObject(body.sms) ? body.sms : undefined;
  const item = items?.[phone] ?? (items === undefined ? undefined : Object.values(items)[0]);
  const code = isObject(item) ? readCode(item.status_code) : envelopeCode === 100 ? undefined : envelopeCode;
  if (code === undefined) return { status: 'unknown', reason: 'UnreadableAnswer' };
  const verdict = readSendCode(code);
  if (verdict.status === 'retry_later') return { status: 'retry_later', reason: `Code${code}` };
  if (verdict.status !== 'accepted') return { ...verdict, code };
  const messageId = isObject(item) ? item.sms_id : undefined;
  if (typeof messageId !== 'string' || messageId === '') return { status: 'unknown', reason: 'UnreadableAnswer' };
  const costKopecks = isObject(item) ? readKopecks(item.cost) : undefined;
  return { status: 'accepted', messageId, ...(costKopecks === undefined ? {} : { costKopecks }) };
}

/** Here the envelope is all there is; on success it carries no code of its own. */
function readCall(outcome: PostOutcome): SmsRuCallResult {
  if (outcome.status === 'not_sent') return { status: 'retry_later', reason: outcome.reason };
  if (outcome.status === 'unknown') return outcome;
  const { body } = outcome;
  if (body.status === 'OK') {
    const code = String(body.code ?? '').padStart(4, '0');
    if (!/^\d{4}$/.test(code)) return { status: 'unknown', reason: 'UnreadableAnswer' };
    const costKopecks = readKopecks(body.cost);
    const callId = String(body.call_id ?? '').slice(0, 100);
    return { status: 'accepted', callId, code, ...(costKopecks === undefined ? {} : { costKopecks }) };
  }
  const code = readCode(body.status_code);
  if (code === undefined) return { status: 'refused', reason: 'bad_request', code: 0 };
  const verdict = readSendCode(code);
  if (verdict.status === 'accepted') return { status: 'unknown', reason: 'UnreadableAnswer' };
  return verdict.status === 'retry_later' ? { status: 'retry_later', reason: `Code${code}` } : { ...verdict, code };
}

function readQuestion(
  outcome: PostOutcome,
): { readonly status: 'ok'; readonly body: Readonly<Record<string, unknown>> } | SmsRuFailure {
  if (outcome.status !== 'answered') return { status: 'retry_later', reason: outcome.reason };
  const code = readCode(outcome.body.status_code);
  if (code === undefined) return { status: 'retry_later', reason: 'UnreadableAnswer' };
  if (code === 100) return { status: 'ok', body: outcome.body };
  const verdict = readSendCode(code);
  return verdict.status === 'stop_and_alert' ? { ...verdict, code } : { status: 'retry_later', reason: `Code${code}` };
}

function readDelivery(messageId: string, items: unknown): SmsRuDelivery {
  const item = isObject(items) ? items[messageId] : undefined;
  const code = isObject(item) ? readCode(item.status_code) : undefined;
  const costKopecks = isObject(item) ? readKopecks(item.cost) : undefined;
  const cost = costKopecks === undefined ? {} : { costKopecks };
  if (code === undefined) return { messageId, state: 'unknown', code: -1 };
  return { messageId, state: readDeliveryCode(code), code, ...cost };
}

function readCode(value: unknown): number | undefined {
  const code = typeof value === 'string' && /^-?\d{1,4}$/.test(value) ? Number(value) : value;
  return typeof code === 'number' && Number.isInteger(code) ? code : undefined;
}

/** Roubles as a JSON number or text ("3.50") to kopecks, a third decimal rounded half up. */
function readKopecks(value: unknown): bigint | undefined {
  const match = /^(-?)(\d{1,12})(?:\.(\d{1,9}))?$/.exec(
    typeof value === 'number' ? String(value) : String(value ?? ''),
  );
  if (match === null) return undefined;
  const [, sign, whole = '0', fraction = ''] = match;
  const thousandths = BigInt(whole) * 1000n + BigInt(fraction.padEnd(3, '0').slice(0, 3));
  const kopecks = (thousandths + 5n) / 10n;
  return sign === '-' ? -kopecks : kopecks;
}
