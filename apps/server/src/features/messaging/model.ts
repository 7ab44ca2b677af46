/** What became of handing a message to a provider. */
export type SmsOutcome =
  /** Taken; the provider's own number of it. */
  | { status: 'accepted'; providerId: string }
  /** Will never arrive: a bad number, a refused text. */
  | { status: 'failed'; reason: string }
  /** Not taken now: busy, not reachable before anything was sent. */
  | { status: 'retry'; reason: string }
  /** Sent, but no answer came: it may have arrived, so it is not sent again. */
  | { status: 'unknown' }
  /** The account is out of money or closed: nothing more goes out until someone looks. */
  | { status: 'halted'; reason: string };

/** What became of a call that tells a code: the provider chooses it. */
export type CallOutcome =
  | { status: 'accepted'; providerId: string; code: string }
  | Exclude<SmsOutcome, { status: 'accepted' }>;
export type CallSender = (call: { phone: string; address: string | null }) => Promise<CallOutcome>;

/** Ways to a phone that a company's account offers. */
export type PhoneChannel = 'sms' | 'call';

export type SmsMessage = { phone: string; text: string; address: string | null; lifetimeMinutes?: number };
export type SmsSender = (message: SmsMessage) => Promise<SmsOutcome>;

/** What a provider says of an account: kopecks on it; or why nothing goes out; or nothing now. */
export type AccountCheck =
  | { status: 'ready'; kopecks: bigint }
  | { status: 'halted'; reason: string }
  | { status: 'unreachable' };

/** Settings of a company's sms.ru account. */
export type SmsRuSettings = { apiId: string; from: string | null };

export type DeliveryStatus = 'queued' | 'sending' | 'accepted' | 'unknown' | 'failed';

export const PHONE_CODE_ATTEMPTS_MAX = 4;

/** «•• 45-67» of a phone: enough to recognise one's own. */
export const phoneHint = (phone: string): string => `•• ${phone.slice(-4, -2)}-${phone.slice(-2)}`;
