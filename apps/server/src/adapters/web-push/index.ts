/** Notifications to browsers: encrypted for one browser, signed for its push service. Every answer is a value. */
import { createECDH } from 'node:crypto';
import type { Random } from '../../platform/crypto/index.ts';
import { type BrowserKeys, encrypt } from './encrypt.ts';
import { serviceOf } from './services.ts';
import { createVapid, type VapidKeys } from './vapid.ts';

export { type BrowserKeys, PAYLOAD_BYTES_MAX, readBrowserKeys } from './encrypt.ts';
export { ENDPOINT_CHARACTERS_MAX, serviceOf } from './services.ts';
export { makeVapidKeys, type VapidKeys } from './vapid.ts';

export type WebPushMessage = {
  readonly endpoint: string;
  readonly keys: BrowserKeys;
  readonly payload: Buffer;
  /** How long a phone that is off may still want it. */
  readonly ttlSeconds: number;
  readonly urgency: 'low' | 'normal' | 'high';
  /** At most 32 characters of base64url: a message that still waits is replaced by one of the same topic. */
  readonly topic?: string;
};

/**
 * `gone`: the browser has left (404, 410), nothing more will reach it. `refused`: the service does not want this message or
 * these keys, and sending it again would not help. `later`: perhaps after so many seconds.
 */
export type WebPushOutcome =
  | { readonly status: 'sent' }
  | { readonly status: 'gone' }
  | { readonly status: 'refused'; readonly reason: string }
  | { readonly status: 'later'; readonly reason: string; readonly seconds: number | null };

export type WebPush = {
  /** The public half of the keys, for browsers to subscribe to. */
  readonly publicKey: string;
  readonly serviceOf: (endpoint: string) => string | null;
  readonly send: (message: WebPushMessage) => Promise<WebPushOutcome>;
};

export type WebPushOptions = {
  readonly keys: VapidKeys;
  readonly subject: string;
  readonly clock: () => Temporal.Instant;
  readonly random: Random;
  /** Waits for this service's turn among all processes; false: not within the patience. */
  readonly pace: (service: string, patienceMilliseconds: number) => Promise<boolean>;
  /** A test's own push service. */
  readonly also?: string | null;
  readonly timeoutMilliseconds?: number;
};

const PATIENCE_MILLISECONDS = 5_000;
const TIMEOUT_MILLISECONDS = 10_000;
const SALT_BYTES = 16;

export function createWebPush(options: WebPushOptions): WebPush {
  const { keys, subject, clock, random, pace, also = null } = options;
  const authorization = createVapid(keys, subject, clock);
  const find = (endpoint: string) => serviceOf(endpoint, also);
  return {
    publicKey: keys.publicKey,
    serviceOf: find,
    async send({ endpoint, keys: browser, payload, ttlSeconds, urgency, topic }) {
      const service = find(endpoint);
      if (service === null) return { status: 'refused', reason: 'UnknownService' };
      if (!(await pace(service, PATIENCE_MILLISECONDS))) return { status: 'later', reason: 'Pace', seconds: null };
      const one = createECDH('prime256v1');
      one.generateKeys();
      const body = encrypt(payload, browser, { privateKey: one.getPrivateKey(), salt: random(SALT_BYTES) });
      const headers = {
        authorization: authorization(endpoint),
        'content-encoding': 'aes128gcm',
        'content-type': 'application/octet-stream',
        ttl: String(ttlSeconds),
        urgency,
        ...(topic === undefined ? {} : { topic }),
      };
      const signal = AbortSignal.timeout(options.timeoutMilliseconds ?? TIMEOUT_MILLISECONDS);
      try {
        // A service that redirects would lead us past the list of services.
        const request = { method: 'POST', headers, body: new Uint8Array(body), redirect: 'manual', signal } as const;
        const answer = await fetch(endpoint, request);
        // What the service says of it stays unread: it may name the endpoint, which is a secret.
        await answer.body?.cancel();
        return read(answer);
      } catch (error) {
        return { status: 'later', reason: signal.aborted ? 'Timeout' : nameOf(error), seconds: null };
      }
    },
  };
}

function read({ status, headers }: Response): WebPushOutcome {
  if (status >= 200 && status < 300) return { status: 'sent' };
  if (status === 404 || status === 410) return { status: 'gone' };
  const reason = `Http${status}`;
  if (status !== 429 && status < 500) return { status: 'refused', reason };
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return { status: 'later', reason, seconds: Number.isFinite(seconds) ? seconds : null };
}

const nameOf = (error: unknown): string => {
  const cause = error instanceof Error && typeof error.cause === 'object' ? error.cause : null;
  return cause && 'code' in cause ? String(cause.code) : 'NetworkError';
};
