/** Apple's push service for Wallet passes: HTTP/2, one kept connection per pass certificate, every answer a value. */
import { createHash, randomUUID } from 'node:crypto';
import type { PushResult } from './answer.ts';
import type { RequestHeaders } from './connection.ts';
import { createLane, type Lane, type LaneSettings } from './lane.ts';

export type { PushResult } from './answer.ts';

/** A pass certificate with its key (PEM). `topic` is its pass type identifier. */
export type ApnsCredential = {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
  readonly topic: string;
};

/**
 * One push: "something changed, ask". `immediate` (priority 10) after a sale, `bulk` (background, priority 5) for
 * refreshing many cards. `id` (UUID) shows in Apple's answers; made here when absent.
 */
export type PushRequest = {
  readonly credential: ApnsCredential;
  readonly pushToken: string;
  readonly mode?: 'immediate' | 'bulk';
  readonly id?: string;
};

/** A log that takes fields and a sentence, as pino does. */
export type ApnsLog = {
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
  error(fields: Readonly<Record<string, unknown>>, message: string): void;
};

export type ApnsClientOptions = {
  /** `https://api.push.apple.com` unless told; there is no sandbox for passes. */
  readonly url?: string;
  /** PEM of the authority to trust instead of the system's. */
  readonly ca?: string;
  readonly log?: ApnsLog;
  readonly clock: () => Temporal.Instant;
  /** From 0 to below 1, for the jitter of pauses. */
  readonly random: () => number;
  readonly sleep?: (milliseconds: number) => Promise<void>;
  readonly requestTimeoutMilliseconds?: number;
  readonly openTimeoutMilliseconds?: number;
  readonly pingWhenSilentMilliseconds?: number;
  readonly pingWhenIdleMilliseconds?: number;
  readonly pingTimeoutMilliseconds?: number;
  readonly maximumTries?: number;
  readonly firstPauseMilliseconds?: number;
  readonly holdSeconds?: number;
  /** Beyond so many certificates, the connection that was idle longest is closed. */
  readonly maximumConnections?: number;
};

export type ApnsClient = {
  /** Sends one push and tells how it ended; never throws for what the network or Apple does. */
  push(request: PushRequest): Promise<PushResult>;
  /**
   * Sends many with a bounded window, so that neither the source nor the memory is overrun. Each result goes to
   * `onResult`; when that returns a promise, the window waits for it. `signal` stops taking more from the source.
   */
  pushAll(
    requests: Iterable<PushRequest> | AsyncIterable<PushRequest>,
    onResult: (result: PushResult, request: PushRequest) => void | Promise<void>,
    options?: { readonly window?: number; readonly signal?: AbortSignal },
  ): Promise<void>;
  /** Lets open requests end, refuses the rest as `retry_later`, closes all connections. */
  close(): Promise<void>;
};

/** Long enough for a phone that is off over a weekend; only the fact that something changed is kept, not the content. */
const expirationSeconds = 3 * 24 * 3600;
const defaultWindow = 2000;

/** A client for all certificates of this process. Keep it for the life of the process: Apple dislikes short connections. */
export function createApnsClient(options: ApnsClientOptions): ApnsClient {
  const settings = completeSettings(options);
  const maximumConnections = options.maximumConnections ?? 100;
  const lanes = new Map<string, { readonly lane: Lane; usedAt: number }>();
  let uses = 0;
  let closed = false;

  function laneOf(credential: ApnsCredential): Lane {
    let entry = lanes.get(credential.certificatePem);
    if (entry === undefined) {
      if (lanes.size >= maximumConnections) closeLongestIdle(lanes);
      const lane = createLane(settings, credential, { onResult: createReporter(options.log, credential.topic) });
      entry = { lane, usedAt: 0 };
      lanes.set(credential.certificatePem, entry);
    }
    uses += 1;
    entry.usedAt = uses;
    return entry.lane;
  }

  async function push(request: PushRequest): Promise<PushResult> {
    if (closed) return { status: 'retry_later', reason: 'Closed' };
    // Readers on Android register tokens of other services; Apple must not see them.
    if (!/^[0-9a-f]{32,200}$/i.test(request.pushToken)) return { status: 'bad_token', reason: 'NotHexadecimal' };
    if (!/^pass\.[A-Za-z0-9.-]{1,200}$/.test(request.credential.topic)) {
      return { status: 'misconfigured', reason: 'BadTopic' };
    }
    const id = request.id ?? randomUUID();
    return laneOf(request.credential).send(request.pushToken, () => writeHeaders(request, id, settings.clock()));
  }

  return {
    push,
    pushAll: (requests, onResult, { window = defaultWindow, signal } = {}) =>
      runWindow(requests, async (request) => onResult(await push(request), request), window, signal),
    async close() {
      closed = true;
      await Promise.all([...lanes.values()].map(({ lane }) => lane.close()));
      lanes.clear();
    },
  };
}

function completeSettings(options: ApnsClientOptions): LaneSettings {
  return {
    url: new URL(options.url ?? 'https://api.push.apple.com'),
    ca: options.ca,
    clock: options.clock,
    random: options.random,
    sleep: options.sleep ?? ((milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))),
    requestTimeoutMilliseconds: options.requestTimeoutMilliseconds ?? 15_000,
    openTimeoutMilliseconds: options.openTimeoutMilliseconds ?? 10_000,
    pingWhenSilentMilliseconds: options.pingWhenSilentMilliseconds ?? 5_000,
    pingWhenIdleMilliseconds: options.pingWhenIdleMilliseconds ?? 3_600_000,
    pingTimeoutMilliseconds: options.pingTimeoutMilliseconds ?? 5_000,
    maximumTries: options.maximumTries ?? 4,
    firstPauseMilliseconds: options.firstPauseMilliseconds ?? 200,
    holdSeconds: options.holdSeconds ?? 30,
  };
}

/** Apple recommends a push type for apps; for passes both ways are in use, and none with priority 10 is the quick one. */
function writeHeaders({ pushToken, credential, mode }: PushRequest, id: string, now: Temporal.Instant): RequestHeaders {
  const expiration = Math.floor(now.epochMilliseconds / 1000) + expirationSeconds;
  return [
    ':method',
    'POST',
    ':path',
    `/3/device/${pushToken}`,
    'apns-id',
    id,
    'apns-topic',
    credential.topic,
    'apns-expiration',
    String(expiration),
    ...(mode === 'bulk' ? bulkHeaders : immediateHeaders),
  ];
}

const bulkHeaders = ['apns-push-type', 'background', 'apns-priority', '5'] as const;
const immediateHeaders = ['apns-priority', '10'] as const;

/** Says each trouble of a certificate once, until a push gets through again: a million equal lines help nobody. */
function createReporter(log: ApnsLog | undefined, topic: string): (result: PushResult, pushToken: string) => void {
  let lastSaid = '';
  return (result, pushToken) => {
    if (result.status === 'accepted') {
      lastSaid = '';
      return;
    }
    if (log === undefined || result.status === 'unregistered') return;
    const said = `${result.status} ${result.reason}`;
    if (said === lastSaid) return;
    lastSaid = said;
    const fields = { topic, status: result.status, reason: result.reason, token: hashPrefix(pushToken) };
    if (result.status === 'misconfigured' || result.status === 'rejected_credential') {
      log.error(fields, 'APNs refuses our pushes');
    } else {
      log.warn(fields, 'APNs push did not get through');
    }
  };
}

function hashPrefix(pushToken: string): string {
  return createHash('sha256').update(pushToken).digest('hex').slice(0, 8);
}

function closeLongestIdle(lanes: Map<string, { readonly lane: Lane; readonly usedAt: number }>): void {
  const idle = [...lanes].filter(([, { lane }]) => lane.isIdle()).sort(([, a], [, b]) => a.usedAt - b.usedAt)[0];
  if (idle === undefined) return;
  lanes.delete(idle[0]);
  void idle[1].lane.close();
}

async function runWindow<T>(
  source: Iterable<T> | AsyncIterable<T>,
  task: (item: T) => Promise<void>,
  window: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  let running = 0;
  let wake: (() => void) | undefined;
  let failure: { readonly error: unknown } | undefined;
  const roomFor = async (most: number) => {
    while (running > most) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  for await (const item of source) {
    if (signal?.aborted || failure !== undefined) break;
    running += 1;
    task(item)
      .catch((error: unknown) => {
        failure ??= { error };
      })
      .finally(() => {
        running -= 1;
        wake?.();
      });
    await roomFor(window - 1);
  }
  await roomFor(0);
  if (failure !== undefined) throw failure.error;
}
