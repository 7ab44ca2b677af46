/**
 * One HTTP/2 connection to Apple's push service with one client certificate. It follows the announced stream limit,
 * notices silence, and ends with one code for everything that was still open. Retrying is not its business.
 */
import { type ClientHttp2Session, connect as connectHttp2, constants } from 'node:http2';
import { isIP } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import type { ApnsAnswer } from './answer.ts';

export type ConnectionSettings = {
  readonly url: URL;
  /** PEM of the authority to trust instead of the system's. */
  readonly ca: string | undefined;
  readonly certificatePem: string;
  readonly privateKeyPem: string;
  readonly requestTimeoutMilliseconds: number;
  /** Time from the first packet to the server's SETTINGS. */
  readonly openTimeoutMilliseconds: number;
  /** With requests open and nothing heard for so long, or idle for so long: ask whether anybody is there. */
  readonly pingWhenSilentMilliseconds: number;
  readonly pingWhenIdleMilliseconds: number;
  readonly pingTimeoutMilliseconds: number;
};

/** Names and values in turn: Node keeps such a list as it is, of an object it makes a copy that lives as long as its stream. */
export type RequestHeaders = readonly string[];

/** `lost`: closed or refused before an answer, safe to send again. */
export type Outcome =
  | { readonly kind: 'answer'; readonly answer: ApnsAnswer }
  | { readonly kind: 'lost'; readonly code: string }
  | { readonly kind: 'timeout' };

export type Connection = {
  /** How many more requests may start now; 0 while draining or ended. */
  capacity(): number;
  openRequests(): number;
  /** True until the server said GOAWAY or the connection ended. */
  isUsable(): boolean;
  wasAnswered(): boolean;
  send(headers: RequestHeaders, body: string, done: (outcome: Outcome) => void): void;
  /** No new requests; ends when the open ones have ended. */
  drain(): void;
  destroy(code: string): void;
};

export type ConnectionEvents = {
  /** Capacity may have grown. */
  readonly onCapacity: () => void;
  /** Called once, after all open requests got their outcome. */
  readonly onEnd: (code: string) => void;
};

export type Opening =
  | { readonly status: 'open'; readonly connection: Connection }
  | { readonly status: 'failed'; readonly code: string };

/** Apple speaks of about 1000; more would only fill our memory. */
const widestUse = 1000;
const ticksPerTimeout = 8;
/** An error answer is a short JSON; whatever is longer is not Apple's. */
const longestBodyCharacters = 4096;

type OpenRequest = { readonly done: (outcome: Outcome) => void; readonly sinceTick: number; cancel(): void };

/** Connects and waits for the server's SETTINGS: requests sent earlier would overrun a limit that is not known yet. */
export function openConnection(settings: ConnectionSettings, events: ConnectionEvents): Promise<Opening> {
  return new Promise((resolve) => {
    let socket: TLSSocket;
    try {
      socket = connectSocket(settings);
    } catch (error) {
      resolve({ status: 'failed', code: codeOf(error) });
      return;
    }
    const session = connectHttp2(settings.url, { createConnection: () => socket, settings: { enablePush: false } });
    let opened = false;
    const connection = createConnection(session, settings, {
      onCapacity: events.onCapacity,
      onEnd(code) {
        clearTimeout(timer);
        if (opened) events.onEnd(code);
        else resolve({ status: 'failed', code });
      },
    });
    const timer = setTimeout(() => connection.destroy('OpenTimeout'), settings.openTimeoutMilliseconds);
    // Under TLS 1.3 the verdict on our certificate arrives after the handshake, and the session then swallows it
    // without an event of its own: only the socket tells.
    socket.once('error', (error) => connection.destroy(codeOf(error)));
    socket.once('close', () => connection.destroy('ConnectionClosed'));
    session.once('remoteSettings', () => {
      clearTimeout(timer);
      opened = true;
      resolve({ status: 'open', connection });
    });
  });
}

function connectSocket({ url, ca, certificatePem, privateKeyPem }: ConnectionSettings): TLSSocket {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return connectTls({
    host,
    port: Number(url.port === '' ? 443 : url.port),
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ALPNProtocols: ['h2'],
    minVersion: 'TLSv1.2',
    cert: certificatePem,
    key: privateKeyPem,
    ...(ca === undefined ? {} : { ca }),
  });
}

function createConnection(
  session: ClientHttp2Session,
  settings: ConnectionSettings,
  events: ConnectionEvents,
): Connection {
  const open = new Set<OpenRequest>();
  let tick = 0;
  let heardAtTick = 0;
  let draining = false;
  let ended = false;
  let answered = false;

  function destroy(code: string): void {
    if (ended) return;
    ended = true;
    clearInterval(timer);
    const requests = [...open];
    open.clear();
    session.destroy();
    for (const request of requests) request.done({ kind: 'lost', code });
    events.onEnd(code);
  }

  function drain(): void {
    draining = true;
    if (open.size === 0) destroy('Drained');
  }

  function settle(request: OpenRequest, outcome: Outcome): void {
    if (!open.delete(request)) return;
    if (outcome.kind === 'answer') {
      heardAtTick = tick;
      answered = true;
    }
    request.done(outcome);
    if (draining && open.size === 0) destroy('Drained');
    else events.onCapacity();
  }

  const tickMilliseconds = Math.max(1, Math.floor(settings.requestTimeoutMilliseconds / ticksPerTimeout));
  const timer = setInterval(() => {
    tick += 1;
    for (const request of open) {
      if (tick - request.sinceTick <= ticksPerTimeout) break;
      request.cancel();
      settle(request, { kind: 'timeout' });
    }
    const silence = (tick - heardAtTick) * tickMilliseconds;
    if (silence >= (open.size > 0 ? settings.pingWhenSilentMilliseconds : settings.pingWhenIdleMilliseconds)) ping();
  }, tickMilliseconds);
  timer.unref();

  function ping(): void {
    if (ended || session.destroyed) return;
    heardAtTick = tick;
    const unanswered = setTimeout(() => destroy('PingUnanswered'), settings.pingTimeoutMilliseconds);
    session.ping(() => clearTimeout(unanswered));
  }

  session.on('remoteSettings', () => events.onCapacity());
  session.on('goaway', () => drain());
  session.on('error', (error) => destroy(codeOf(error)));
  session.on('close', () => destroy('ConnectionClosed'));

  return {
    isUsable: () => !ended && !draining && !session.closed && !session.destroyed,
    wasAnswered: () => answered,
    openRequests: () => open.size,
    capacity() {
      if (ended || draining || session.closed || session.destroyed) return 0;
      // The first answer shows that the certificate is accepted; until then one request is enough to find out.
      const limit = answered ? Math.min(session.remoteSettings.maxConcurrentStreams ?? 1, widestUse) : 1;
      return limit - open.size;
    },
    send(headers, body, done) {
      try {
        open.add(startRequest(session, headers, body, tick, done, settle));
      } catch (error) {
        // The session has just died, or has no stream numbers left after a billion requests: the next one will serve.
        done({ kind: 'lost', code: codeOf(error) });
        drain();
      }
    },
    drain,
    destroy,
  };
}

function startRequest(
  session: ClientHttp2Session,
  headers: RequestHeaders,
  body: string,
  sinceTick: number,
  done: (outcome: Outcome) => void,
  settle: (request: OpenRequest, outcome: Outcome) => void,
): OpenRequest {
  const stream = session.request(headers);
  const request: OpenRequest = { done, sinceTick, cancel: () => stream.close(constants.NGHTTP2_CANCEL) };
  let answer: { status: number; apnsId: string; retryAfter?: string | undefined } | undefined;
  let text = '';
  let code = 'StreamClosed';
  stream.on('response', (fields) => {
    const retryAfter = fields['retry-after'];
    answer = {
      status: Number(fields[':status']),
      apnsId: String(fields['apns-id'] ?? ''),
      ...(typeof retryAfter === 'string' ? { retryAfter } : {}),
    };
    if (answer.status === 200) {
      stream.resume();
      return;
    }
    stream.setEncoding('utf8');
    stream.on('data', (chunk: string) => {
      if (text.length < longestBodyCharacters) text += chunk;
    });
  });
  stream.on('error', (error) => {
    code = codeOf(error);
  });
  stream.on('close', () => {
    if (answer !== undefined) settle(request, { kind: 'answer', answer: { ...answer, body: text } });
    else
      settle(request, { kind: 'lost', code: stream.rstCode === constants.NGHTTP2_REFUSED_STREAM ? 'Refused' : code });
  });
  stream.end(body);
  return request;
}

/** The machine's word for an error; messages may hold anything and are not passed on. */
function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'UnknownError';
}
