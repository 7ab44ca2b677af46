/**
 * What an answer of Apple's push service means for whoever asked for the push.
 * Source: Apple, "Handling notification responses from APNs".
 */

/** The end of one push. Only `accepted`, `unregistered` and `bad_token` say something about the device. */
export type PushResult =
  /** APNs took it; that is not yet delivery. */
  | { readonly status: 'accepted'; readonly apnsId: string }
  /** The token was dead since `at`. Forget registrations that are older; a newer one may have revived the token. */
  | { readonly status: 'unregistered'; readonly at: Temporal.Instant }
  /** Not a token of this service. Forget it, unless many of a batch fail so: then the configuration is wrong. */
  | { readonly status: 'bad_token'; readonly reason: string }
  /** Wrong topic, wrong header, wrong trust: ours to mend. Raise an alarm and keep all tokens. */
  | { readonly status: 'misconfigured'; readonly reason: string }
  /** The certificate is expired, revoked or wrong. Stop pushing with it and raise an alarm. */
  | { readonly status: 'rejected_credential'; readonly reason: string }
  /** Nothing is wrong with the token; try again later, after `afterSeconds` when given. */
  | { readonly status: 'retry_later'; readonly reason: string; readonly afterSeconds?: number };

export type ApnsAnswer = {
  readonly status: number;
  readonly apnsId: string;
  readonly body: string;
  readonly retryAfter?: string | undefined;
};

/** One device asked too often: Apple gives no figure, minutes are right. */
const tooManyRequestsPauseSeconds = 300;
const longestPauseSeconds = 3600;

/**
 * For how many seconds the service asks to be left alone as a whole, undefined when it does not. Too many pushes for one
 * device are a matter of that device alone, whatever pause is named.
 */
export function readServicePause(answer: ApnsAnswer, now: Temporal.Instant): number | undefined {
  if (answer.status !== 429 && answer.status !== 503) return undefined;
  if (readBody(answer.body).reason === 'TooManyRequests') return undefined;
  return readRetryAfter(answer.retryAfter, now);
}

/** Maps an answer to its meaning. `now` stands in when a 410 comes without a readable timestamp. */
export function readAnswer(answer: ApnsAnswer, now: Temporal.Instant): PushResult {
  const { status } = answer;
  if (status === 200) return { status: 'accepted', apnsId: answer.apnsId };
  const { reason, timestampMilliseconds } = readBody(answer.body);
  const named = reason ?? `Http${status}`;
  if (status === 410) return { status: 'unregistered', at: readInstant(timestampMilliseconds) ?? now };
  if (status === 403) return { status: 'rejected_credential', reason: named };
  if (status === 429) {
    const afterSeconds = readRetryAfter(answer.retryAfter, now) ?? tooManyRequestsPauseSeconds;
    return { status: 'retry_later', reason: named, afterSeconds };
  }
  if (status >= 500 || named === 'IdleTimeout') {
    const afterSeconds = readRetryAfter(answer.retryAfter, now);
    return { status: 'retry_later', reason: named, ...(afterSeconds === undefined ? {} : { afterSeconds }) };
  }
  if (named === 'BadDeviceToken') return { status: 'bad_token', reason: named };
  return { status: 'misconfigured', reason: named };
}

/** Whether the same push may be tried again at once on this or a new connection. */
export function isPassing(answer: Pick<ApnsAnswer, 'status'>): boolean {
  return answer.status === 500 || answer.status === 503;
}

/** The service announces that it is about to close this connection. */
export function isShutdown(answer: ApnsAnswer): boolean {
  return answer.status === 503 && readBody(answer.body).reason === 'Shutdown';
}

/**
 * The meaning of a TLS failure, undefined when it is no verdict on a certificate but a passing network trouble.
 * An alert is Apple's verdict on ours; a verification error is our verdict on theirs.
 */
export function readTlsFailure(code: string): PushResult | undefined {
  if (/ALERT_(\w*CERTIFICATE\w*|UNKNOWN_CA|ACCESS_DENIED|HANDSHAKE_FAILURE)/.test(code)) {
    return { status: 'rejected_credential', reason: `Tls ${code}` };
  }
  if (/^ERR_OSSL|^ERR_CRYPTO|^ERR_SSL_(EE_KEY|CA_MD|KEY_VALUES)/.test(code)) {
    return { status: 'rejected_credential', reason: `Unusable certificate or key ${code}` };
  }
  if (/^(UNABLE_TO|SELF_SIGNED|DEPTH_ZERO|CERT_|ERR_TLS_CERT)/.test(code)) {
    return { status: 'misconfigured', reason: `Untrusted server ${code}` };
  }
  return undefined;
}

function readBody(body: string): { reason?: string; timestampMilliseconds?: number } {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value !== 'object' || value === null) return {};
    const { reason, timestamp } = value as { reason?: unknown; timestamp?: unknown };
    return {
      // The word goes into logs: only what looks like one of Apple's words may pass.
      ...(typeof reason === 'string' && /^[A-Za-z]{1,64}$/.test(reason) ? { reason } : {}),
      ...(typeof timestamp === 'number' ? { timestampMilliseconds: timestamp } : {}),
    };
  } catch {
    return {};
  }
}

function readInstant(milliseconds: number | undefined): Temporal.Instant | undefined {
  if (milliseconds === undefined || !Number.isSafeInteger(milliseconds) || milliseconds < 0) return undefined;
  return milliseconds > 8.64e15 ? undefined : Temporal.Instant.fromEpochMilliseconds(milliseconds);
}

/** Seconds, or a date (RFC 9110, Retry-After); a longest pause keeps a slip of a digit from silencing us for weeks. */
function readRetryAfter(value: string | undefined, now: Temporal.Instant): number | undefined {
  if (value === undefined || value.length > 64) return undefined;
  if (/^\d{1,6}$/.test(value)) return Math.min(Number(value), longestPauseSeconds);
  const at = /^[A-Z][a-z]{2}, /.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(at)) return undefined;
  const seconds = Math.ceil((at - now.epochMilliseconds) / 1000);
  return Math.min(Math.max(seconds, 0), longestPauseSeconds);
}
