import type { PostedAnswer } from './post-json.ts';

/** What became of a push through a relay. `accepted` is the relay's word alone: none tells whether a phone got it. */
export type RelayResult =
  | { readonly status: 'accepted' }
  /** The key is missing, wrong or withdrawn. */
  | { readonly status: 'key_refused' }
  /** The relay takes this request never: a redirect, a wrong address, a request that it does not like. */
  | { readonly status: 'rejected'; readonly reason: string }
  | { readonly status: 'retry_later'; readonly reason: string; readonly afterSeconds?: number };

const LONGEST_PAUSE_SECONDS = 3_600;

/** The meaning that all three relays give to HTTP's numbers. */
export function readRelayAnswer(answer: PostedAnswer): RelayResult {
  if (answer.kind === 'failure') return { status: 'retry_later', reason: answer.code };
  const { status } = answer;
  if (status >= 200 && status < 300) return { status: 'accepted' };
  if (status === 401 || status === 403) return { status: 'key_refused' };
  const reason = `Http${status}`;
  if (status === 408 || status === 429 || status >= 500) {
    const seconds = /^\d{1,6}$/.test(answer.retryAfter ?? '') ? Number(answer.retryAfter) : undefined;
    const pause = seconds === undefined ? {} : { afterSeconds: Math.min(seconds, LONGEST_PAUSE_SECONDS) };
    return { status: 'retry_later', reason, ...pause };
  }
  return { status: 'rejected', reason };
}
