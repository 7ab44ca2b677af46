/** sms.ru on localhost: the form interface with two levels of codes, delivery in time, signed status reports. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { report } from './sms-ru-reports.ts';
import { decide } from './sms-ru-service.ts';
import { createState, type FakeSmsRuOptions, type MadeCall, type SentMessage, type State } from './sms-ru-state.ts';

export { signEntries } from './sms-ru-reports.ts';
export type { FakeSmsRuOptions, MadeCall, SentMessage } from './sms-ru-state.ts';

export type FakeSmsRuControl = {
  setBalance(kopecks: bigint): void;
  /** The next `times` calls fail as a whole: with a code inside HTTP 200, or with an HTTP status. */
  failNext(failure: { readonly code: number } | { readonly httpStatus: number }, times?: number): void;
  /** Refuses calls with a code, while messages go out; undefined takes them again. */
  refuseCalls(code: number | undefined): void;
  /** While silent, requests are read and never answered. */
  setSilence(silent: boolean): void;
  /** Moves a message on and reports it. */
  setStatus(id: string, code: number): void;
  /** Where status reports go, besides addresses added over HTTP. */
  addCallback(url: string): void;
};

export type FakeSmsRu = {
  readonly url: string;
  readonly apiId: string;
  readonly control: FakeSmsRuControl;
  sent(): readonly SentMessage[];
  /** Calls that told a code, oldest first. */
  calls(): readonly MadeCall[];
  onMessage(listener: (message: SentMessage) => void): () => void;
  /** Every answer that a status report got, oldest first. */
  callbackAnswers(): readonly string[];
  stop(): Promise<void>;
};

const longestBodyBytes = 512 * 1024;

/** Starts the fake on 127.0.0.1. */
export async function startFakeSmsRu(options: FakeSmsRuOptions): Promise<FakeSmsRu> {
  const state = createState(options);
  const server = createServer((request, response) => {
    // A client that gave up in the middle is its own business.
    serve(state, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    apiId: state.options.apiId,
    control: createControl(state),
    sent: () => [...state.messages.values()].map((message) => ({ ...message })),
    calls: () => [...state.calls],
    onMessage(listener) {
      state.listeners.add(listener);
      return () => state.listeners.delete(listener);
    },
    callbackAnswers: () => [...state.callbackAnswers],
    stop() {
      state.stopped = true;
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function createControl(state: State): FakeSmsRuControl {
  return {
    setBalance(kopecks) {
      state.balance = kopecks;
    },
    failNext(failure, times = 1) {
      for (let i = 0; i < times; i++) state.failures.push(failure);
    },
    refuseCalls(code) {
      state.callRefusal = code;
    },
    setSilence(silent) {
      state.silent = silent;
    },
    setStatus(id, code) {
      const message = state.messages.get(id);
      if (message !== undefined) void report(state, message, [code]);
    },
    addCallback: (url) => void state.callbacks.add(url),
  };
}

async function serve(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://fake');
  const form = new URLSearchParams(url.search);
  for (const [name, value] of new URLSearchParams(await readBody(request))) form.append(name, value);
  const reply = state.silent ? 'silence' : decide(state, url.pathname.replace(/^\/+/, ''), form, request.method);
  if (reply === 'silence') return;
  if ('httpStatus' in reply) {
    response.writeHead(reply.httpStatus, { 'content-type': 'text/html' }).end('<h1>error</h1>');
    return;
  }
  if (form.get('json') === '1') {
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(reply.body));
    return;
  }
  // Whoever forgets json=1 gets lines of text, the code first.
  response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).end(`${reply.body.status_code}\n`);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= longestBodyBytes) chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
