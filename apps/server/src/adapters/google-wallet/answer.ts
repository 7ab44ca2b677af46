import { isObject } from './service-account.ts';
import type { Reply } from './transport.ts';

/** What went wrong, sorted by what is to be done about it. `reason` is a word of Google's or ours, never a value. */
export type GoogleFailure =
  /** Nothing is wrong with the call: the same may be sent again, after a pause. */
  | { readonly status: 'retry'; readonly reason: string; readonly afterMilliseconds: number | null }
  /** This resource will not be taken as it is. `message` is Google's sentence, which may quote a value. */
  | { readonly status: 'refused'; readonly reason: string; readonly message: string }
  /** Nothing of this account will be taken until a person acts: key, permission, issuer. */
  | { readonly status: 'halted'; readonly reason: HaltReason };

export type HaltReason = 'key_refused' | 'not_invited' | 'api_disabled';

export type GoogleAnswer =
  | { readonly status: 'done'; readonly body: Readonly<Record<string, unknown>> }
  | { readonly status: 'absent'; readonly reason: string }
  | { readonly status: 'exists' }
  /** Three messages of a day were told already (`QuotaExceededException`). */
  | { readonly status: 'spent' }
  /** The token is not taken: ask for another one. */
  | { readonly status: 'unauthorized' }
  | GoogleFailure;

const MESSAGE_CHARACTERS_MAX = 300;
const RATE = /rate.?limit|userRateLimitExceeded|RESOURCE_EXHAUSTED|quotaExceeded/i;

/** Reads an answer of the API. The codes are those of Google's error body (`error.errors[].reason`). */
export function readAnswer(reply: Reply): GoogleAnswer {
  if (reply.status === 'lost') return retry(reply.reason);
  const { code, text } = reply;
  const body = parse(text);
  if (code >= 200 && code < 300) return body ? { status: 'done', body } : retry('UnreadableAnswer');
  const { reason, message, status } = readError(body);
  if (message.includes('QuotaExceededException')) return { status: 'spent' };
  const after = readRetryAfter(reply.headers['retry-after']);
  switch (code) {
    case 401:
      return { status: 'unauthorized' };
    case 403:
      if (RATE.test(`${reason} ${status}`)) return retry('RateLimited', after);
      return { status: 'halted', reason: isDisabled(reason, message) ? 'api_disabled' : 'not_invited' };
    case 404:
      return { status: 'absent', reason };
    case 409:
      return { status: 'exists' };
    case 408:
    case 429:
      return retry(code === 429 ? 'RateLimited' : 'Http408', after);
    default:
      // Also a redirect and what only a gateway on the way says.
      if (code < 400 || code >= 500) return retry(`Http${code}`, after);
      return { status: 'refused', reason, message: message.slice(0, MESSAGE_CHARACTERS_MAX) };
  }
}

export const retry = (reason: string, afterMilliseconds: number | null = null): GoogleFailure => ({
  status: 'retry',
  reason,
  afterMilliseconds,
});

const isDisabled = (reason: string, message: string): boolean =>
  reason === 'accessNotConfigured' || /API has not been used|is disabled/i.test(message);

function readError(body: Readonly<Record<string, unknown>> | null): Record<'reason' | 'message' | 'status', string> {
  const error = isObject(body?.error) ? body.error : {};
  const [first] = Array.isArray(error.errors) ? (error.errors as unknown[]) : [];
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  const status = text(error.status);
  const reason = isObject(first) ? text(first.reason) : '';
  return { reason: word(reason || status || 'Unknown'), message: text(error.message), status };
}

/** A word that may stand in a log: no value of ours can hide in it. */
const word = (text: string): string => (/^[A-Za-z_]{1,60}$/.test(text) ? text : 'Unknown');

const LONGEST_PAUSE_SECONDS = 3600;

/** Seconds in life; the other form of the header, a date, is left to our own pauses. */
function readRetryAfter(header: string | string[] | undefined): number | null {
  if (typeof header !== 'string' || !/^\d{1,6}$/.test(header)) return null;
  return Math.min(Number(header), LONGEST_PAUSE_SECONDS) * 1_000;
}

function parse(text: string): Readonly<Record<string, unknown>> | null {
  if (text.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}
