/** Apple's push service on localhost: HTTP/2 with client certificates, its limits, its refusals and its moods. */
import { randomUUID } from 'node:crypto';
import { createSecureServer, constants as http2, type IncomingHttpHeaders, type ServerHttp2Session } from 'node:http2';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { type ApnsAnswer, type ClientCertificate, findFault, tokenOf } from './apns-rules.ts';

export type { ApnsAnswer } from './apns-rules.ts';

export type FakeApnsOptions = {
  /** Certificate of the server itself, valid for 127.0.0.1; `rootPem` is what clients must trust (see `makeServerCertificate`). */
  readonly server: { readonly certificatePem: string; readonly privateKeyPem: string; readonly rootPem: string };
  /** PEM certificates (root and intermediate) under which pass certificates are issued. */
  readonly clientCa: string | readonly string[];
  /** 0 or absent: any free port. */
  readonly port?: number;
  readonly clock: () => Temporal.Instant;
  /** SETTINGS_MAX_CONCURRENT_STREAMS: at first, and once one request was answered with 200. */
  readonly streamLimit?: { readonly first: number; readonly later: number };
  /** How many accepted pushes `pushes()` remembers, newest last. */
  readonly remember?: number;
};

/** A push that was answered with 200. `expiration` in seconds since 1970. */
export type AcceptedPush = {
  readonly token: string;
  readonly topic: string;
  readonly id: string;
  readonly priority: number;
  readonly pushType?: string;
  readonly expiration?: number;
  readonly at: Temporal.Instant;
};

export type FakeApnsControl = {
  /** The next `times` otherwise acceptable requests get this answer. */
  answerNext(answer: ApnsAnswer, times?: number): void;
  /** The token is answered 410 from now on: the app or the card left the device at `at`. */
  banToken(token: string, at: Temporal.Instant, reason?: 'Unregistered' | 'ExpiredToken'): void;
  allowToken(token: string): void;
  /** Announces a stream limit on all connections, present and future. */
  setStreamLimit(limit: number): void;
  /** Says GOAWAY on every connection at once, or as soon as `afterRequests` more requests arrived. */
  goAway(options?: { readonly reason?: string; readonly afterRequests?: number }): void;
  /** While silent, requests are read and never answered. */
  setSilence(silent: boolean): void;
};

export type FakeApns = {
  readonly url: string;
  readonly port: number;
  readonly caPem: string;
  readonly control: FakeApnsControl;
  pushes(): readonly AcceptedPush[];
  /** How many requests arrived, whatever became of them. */
  requestCount(): number;
  /** How many connections were opened since the start. */
  connectionCount(): number;
  /** The greatest number of requests that were open at one time on one connection. */
  widestConcurrency(): number;
  onPush(listener: (push: AcceptedPush) => void): () => void;
  stop(): Promise<void>;
};

type State = {
  readonly clock: () => Temporal.Instant;
  readonly remember: number;
  readonly sessions: Set<ServerHttp2Session>;
  readonly listeners: Set<(push: AcceptedPush) => void>;
  readonly banned: Map<string, ApnsAnswer>;
  pushes: AcceptedPush[];
  planned: ApnsAnswer[];
  streamLimit: { first: number; later: number };
  /** What every new connection hears first; a later limit is announced on top. */
  readonly announcedLimit: number;
  goAwayAfter: { requests: number; reason: string } | undefined;
  silent: boolean;
  requestCount: number;
  connectionCount: number;
  widestConcurrency: number;
};

/** Starts the fake on 127.0.0.1. Memory is bounded by `remember`; tokens given to `banToken` are kept until the end. */
export async function startFakeApns(options: FakeApnsOptions): Promise<FakeApns> {
  const state = createState(options);
  const server = createSecureServer({
    key: options.server.privateKeyPem,
    cert: options.server.certificatePem,
    ca: typeof options.clientCa === 'string' ? [options.clientCa] : [...options.clientCa],
    requestCert: true,
    // Apple answers a wrong certificate with 403 in most cases; refusing inside TLS would hide the reason.
    rejectUnauthorized: false,
    settings: { maxConcurrentStreams: state.streamLimit.first, enablePush: false },
  });
  server.on('session', (session) => serveSession(state, session));
  server.on('sessionError', () => {});
  server.on('tlsClientError', () => {});
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `https://127.0.0.1:${port}`,
    port,
    caPem: options.server.rootPem,
    control: createControl(state),
    pushes: () => state.pushes.slice(-state.remember),
    requestCount: () => state.requestCount,
    connectionCount: () => state.connectionCount,
    widestConcurrency: () => state.widestConcurrency,
    onPush(listener) {
      state.listeners.add(listener);
      return () => state.listeners.delete(listener);
    },
    stop() {
      for (const session of state.sessions) session.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function createState(options: FakeApnsOptions): State {
  const streamLimit = { ...(options.streamLimit ?? { first: 1, later: 1000 }) };
  return {
    clock: options.clock,
    remember: options.remember ?? 10_000,
    sessions: new Set(),
    listeners: new Set(),
    banned: new Map(),
    pushes: [],
    planned: [],
    streamLimit,
    announcedLimit: streamLimit.first,
    goAwayAfter: undefined,
    silent: false,
    requestCount: 0,
    connectionCount: 0,
    widestConcurrency: 0,
  };
}

function createControl(state: State): FakeApnsControl {
  return {
    answerNext(answer, times = 1) {
      for (let i = 0; i < times; i++) state.planned.push(answer);
    },
    banToken(token, at, reason = 'Unregistered') {
      state.banned.set(token.toLowerCase(), { status: 410, reason, timestamp: at.epochMilliseconds });
    },
    allowToken: (token) => void state.banned.delete(token.toLowerCase()),
    setStreamLimit(limit) {
      state.streamLimit = { first: limit, later: limit };
      for (const session of state.sessions) session.settings({ maxConcurrentStreams: limit });
    },
    goAway({ reason = 'Shutdown', afterRequests = 0 } = {}) {
      state.goAwayAfter = { requests: afterRequests, reason };
      if (afterRequests === 0) sayGoAway(state);
    },
    setSilence(silent) {
      state.silent = silent;
    },
  };
}

function serveSession(state: State, session: ServerHttp2Session): void {
  state.sessions.add(session);
  state.connectionCount += 1;
  const certificate = readCertificate(session);
  let open = 0;
  let raised = false;
  session.on('error', () => {});
  session.on('close', () => state.sessions.delete(session));
  if (state.streamLimit.first !== state.announcedLimit)
    session.settings({ maxConcurrentStreams: state.streamLimit.first });
  session.on('stream', (stream, headers) => {
    open += 1;
    state.widestConcurrency = Math.max(state.widestConcurrency, open);
    const chunks: Buffer[] = [];
    stream.on('error', () => {});
    stream.on('close', () => {
      open -= 1;
    });
    stream.on('data', (chunk: Buffer) => void chunks.push(chunk));
    stream.on('end', () => {
      const id = String(headers['apns-id'] ?? randomUUID());
      const answer = decide(state, headers, Buffer.concat(chunks).toString(), certificate, id);
      if (answer === undefined || stream.destroyed) return;
      respond(stream, answer, id);
      if (answer.status === 200 && !raised) {
        raised = true;
        if (state.streamLimit.later !== state.streamLimit.first) {
          session.settings({ maxConcurrentStreams: state.streamLimit.later });
        }
      }
    });
  });
}

function readCertificate(session: ServerHttp2Session): ClientCertificate {
  const socket = session.socket as TLSSocket;
  const subject = socket.getPeerCertificate().subject as unknown as Record<string, string> | undefined;
  if (subject === undefined) return { state: 'absent' };
  const topic = subject.UID;
  return socket.authorized && topic !== undefined ? { state: 'trusted', topic } : { state: 'untrusted' };
}

/** The answer to one request, undefined for silence. Counts, remembers and tells as a side effect. */
function decide(
  state: State,
  headers: IncomingHttpHeaders,
  body: string,
  certificate: ClientCertificate,
  id: string,
): ApnsAnswer | undefined {
  state.requestCount += 1;
  if (state.goAwayAfter !== undefined) {
    state.goAwayAfter.requests -= 1;
    if (state.goAwayAfter.requests <= 0) sayGoAway(state);
  }
  if (state.silent) return undefined;
  const fields = headers as Record<string, string | undefined>;
  const path = fields[':path'] ?? '';
  const fault = findFault({ method: fields[':method'] ?? '', path, headers: fields, body, certificate });
  if (fault !== undefined) return fault;
  const token = (tokenOf(path) ?? '').toLowerCase();
  const answer = state.planned.shift() ?? state.banned.get(token) ?? { status: 200 };
  if (answer.status === 200) accept(state, fields, token, id);
  return answer;
}

function accept(state: State, fields: Record<string, string | undefined>, token: string, id: string): void {
  const { 'apns-push-type': pushType, 'apns-expiration': expiration } = fields;
  const push: AcceptedPush = {
    token,
    topic: fields['apns-topic'] ?? '',
    id,
    priority: Number(fields['apns-priority'] ?? 10),
    ...(pushType === undefined ? {} : { pushType }),
    ...(expiration === undefined ? {} : { expiration: Number(expiration) }),
    at: state.clock(),
  };
  state.pushes.push(push);
  // Cutting at twice the size makes the cost of forgetting constant per push.
  if (state.pushes.length >= 2 * state.remember) state.pushes = state.pushes.slice(-state.remember);
  for (const listener of state.listeners) listener(push);
}

function respond(
  stream: { respond(h: Record<string, string | number>, o?: { endStream: boolean }): void; end(body: string): void },
  answer: ApnsAnswer,
  id: string,
): void {
  const headers: Record<string, string | number> = { ':status': answer.status, 'apns-id': id };
  if (answer.retryAfterSeconds !== undefined) headers['retry-after'] = answer.retryAfterSeconds;
  if (answer.status === 200) {
    stream.respond(headers, { endStream: true });
    return;
  }
  stream.respond({ ...headers, 'content-type': 'application/json' });
  stream.end(
    JSON.stringify({
      reason: answer.reason ?? 'InternalServerError',
      ...(answer.timestamp === undefined ? {} : { timestamp: answer.timestamp }),
    }),
  );
}

function sayGoAway(state: State): void {
  const reason = Buffer.from(JSON.stringify({ reason: state.goAwayAfter?.reason ?? 'Shutdown' }));
  state.goAwayAfter = undefined;
  for (const session of state.sessions) {
    // Streams that this side has not seen yet are refused by it: the client must send them again elsewhere.
    session.goaway(http2.NGHTTP2_NO_ERROR, undefined, reason);
    session.close();
  }
}
