/** Status reports that sms.ru posts to us. The answer must be exactly `100`, else it repeats them for days. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { type DeliveryState, readDeliveryCode } from './codes.ts';

export type SmsRuEvent =
  | {
      readonly type: 'message';
      readonly messageId: string;
      readonly code: number;
      readonly state: DeliveryState;
      readonly at: Temporal.Instant;
    }
  /** The guest rang the number he was shown (401), or did not in time (402). */
  | {
      readonly type: 'call_check';
      readonly checkId: string;
      readonly state: 'waiting' | 'confirmed' | 'expired';
      readonly at: Temporal.Instant;
    }
  | { readonly type: 'test' };

export type SmsRuCallback =
  | { readonly status: 'ok'; readonly events: readonly SmsRuEvent[] }
  | { readonly status: 'bad_signature' }
  | { readonly status: 'malformed' };

/** The body that stops the repeating. */
export const smsRuCallbackAnswer = '100';

const mostEntries = 100;
const longestEntryCharacters = 512;
const callCheckStates = new Map([
  [400, 'waiting'],
  [401, 'confirmed'],
  [402, 'expired'],
] as const);

/**
 * Checks the signature (SHA-256 of the key followed by all entries, compared in constant time) and reads the entries.
 * `form` is the posted form: its text, or its pairs in the order of arrival. Entries of unknown kinds are left out.
 * Reports come twice and in the wrong order: a delivered message must not go back to pending.
 */
export function parseSmsRuCallback(form: string | Iterable<readonly [string, string]>, apiId: string): SmsRuCallback {
  const pairs = typeof form === 'string' ? new URLSearchParams(form) : form;
  const entries: string[] = [];
  let signature: string | undefined;
  for (const [name, value] of pairs) {
    if (name === 'hash') signature = value;
    else if (/^data\[\d*\]$/.test(name)) entries.push(value);
    if (entries.length > mostEntries || value.length > longestEntryCharacters) return { status: 'malformed' };
  }
  if (signature === undefined || entries.length === 0) return { status: 'malformed' };
  if (!isSignedBy(apiId, entries, signature)) return { status: 'bad_signature' };
  return { status: 'ok', events: entries.flatMap(readEntry) };
}

function isSignedBy(apiId: string, entries: readonly string[], signature: string): boolean {
  const expected = createHash('sha256')
    .update(apiId + entries.join(''))
    .digest();
  if (!/^[0-9a-f]{64}$/i.test(signature)) return false;
  return timingSafeEqual(expected, Buffer.from(signature, 'hex'));
}

function readEntry(entry: string): SmsRuEvent[] {
  const [kind = '', id = '', codeText = '', secondsText = ''] = entry.split('\n').map((line) => line.trim());
  if (kind === 'test') return [{ type: 'test' }];
  if (!/^[\w-]{1,64}$/.test(id) || !/^-?\d{1,4}$/.test(codeText) || !/^\d{1,11}$/.test(secondsText)) return [];
  const code = Number(codeText);
  const at = Temporal.Instant.fromEpochMilliseconds(Number(secondsText) * 1000);
  if (kind === 'sms_status') return [{ type: 'message', messageId: id, code, state: readDeliveryCode(code), at }];
  if (kind !== 'callcheck_status') return [];
  const state = callCheckStates.get(code as 400 | 401 | 402);
  return state === undefined ? [] : [{ type: 'call_check', checkId: id, state, at }];
}
