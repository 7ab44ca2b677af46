/**
 * The push relays of three Android readers on localhost: WalletPasses, Pass2U and PassWallet, told apart by their paths.
 * They refuse what the real ones refuse, and remember who was told what.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type RelayName = 'walletpasses' | 'pass2u' | 'passwallet';
export type RelayedPush = { readonly relay: RelayName; readonly passTypeIdentifier: string; readonly token: string };

export type FakeWalletRelays = {
  readonly url: string;
  /** What the relays took, oldest first. */
  pushes(): readonly RelayedPush[];
  /** Requests of any outcome. */
  requestCount(): number;
  readonly control: {
    /** The next `times` requests get this answer. */
    answerNext(status: number, options?: { readonly retryAfterSeconds?: number; readonly times?: number }): void;
    /** The next request is sent elsewhere. */
    redirectNext(location: string): void;
    /** Another key than before. */
    setKey(relay: RelayName, key: string): void;
  };
  stop(): Promise<void>;
};

export type FakeWalletRelaysOptions = {
  /** Without it, WalletPasses takes pushes without key, Pass2U none at all. */
  readonly keys?: Partial<Record<RelayName, string>>;
};

/** Pass2U's documented limit of one call; the fake holds all three to it. */
const TOKENS_MAX = 1_000;
const BODY_BYTES_MAX = 1024 * 1024;

type Planned = { readonly status: number; readonly headers: Record<string, string> };
type State = {
  readonly keys: Map<RelayName, string>;
  readonly planned: Planned[];
  readonly pushes: RelayedPush[];
  requests: number;
};

export async function startFakeWalletRelays(options: FakeWalletRelaysOptions = {}): Promise<FakeWalletRelays> {
  const keys = Object.entries(options.keys ?? {}) as [RelayName, string][];
  const state: State = { keys: new Map(keys), planned: [], pushes: [], requests: 0 };
  const server = createServer((request, response) => {
    serve(state, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    pushes: () => [...state.pushes],
    requestCount: () => state.requests,
    control: {
      answerNext(status, { retryAfterSeconds, times = 1 } = {}) {
        const headers = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
        for (let i = 0; i < times; i++) state.planned.push({ status, headers });
      },
      redirectNext: (location) => void state.planned.push({ status: 302, headers: { location } }),
      setKey: (relay, key) => void state.keys.set(relay, key),
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function serve(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  state.requests += 1;
  const answer = (status: number, body: object = {}, headers: Record<string, string> = {}) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };
  const body = await readBody(request);
  const planned = state.planned.shift();
  if (planned) return answer(planned.status, { error: 'planned' }, planned.headers);
  const call = readCall(request, body);
  if (call === null) return answer(404, { error: 'not found' });
  const { relay, passTypeIdentifier, tokens, key } = call;
  if (!isKeyRight(state, relay, key)) return answer(relay === 'pass2u' ? 403 : 401, { message: 'Forbidden' });
  if (passTypeIdentifier === null || tokens === null || tokens.length === 0) return answer(400, { error: 'bad body' });
  if (tokens.length > TOKENS_MAX) return answer(400, { error: 'too many' });
  for (const token of tokens) state.pushes.push({ relay, passTypeIdentifier, token });
  return answer(200, relay === 'passwallet' ? { status: 'OK' } : {});
}

function isKeyRight(state: State, relay: RelayName, key: string | undefined): boolean {
  const expected = state.keys.get(relay);
  if (relay === 'passwallet') return true;
  // WalletPasses serves who shows no key, more slowly; a wrong one is refused.
  if (relay === 'walletpasses') return key === undefined || expected === undefined || key === expected;
  return expected !== undefined && key === expected;
}

type Call = {
  readonly relay: RelayName;
  readonly passTypeIdentifier: string | null;
  readonly tokens: readonly string[] | null;
  readonly key: string | undefined;
};

function readCall(request: IncomingMessage, body: Record<string, unknown>): Call | null {
  if (request.method !== 'POST') return null;
  const { authorization, 'x-api-key': apiKey } = request.headers;
  const path = request.url ?? '';
  if (path === '/api/v1/push') {
    const { passTypeIdentifier, pushTokens } = body;
    return { relay: 'walletpasses', ...readParts(passTypeIdentifier, pushTokens), key: authorization };
  }
  if (path === '/v1/pushUpdates') {
    return { relay: 'passwallet', ...readParts(body.passTypeID, body.pushTokens), key: undefined };
  }
  const pass2u = /^\/v2\/registrations\/([^/]+)\/push$/.exec(path);
  if (!pass2u) return null;
  const key = typeof apiKey === 'string' ? apiKey : undefined;
  return { relay: 'pass2u', ...readParts(decodeURIComponent(pass2u[1]!), body.registrationIds), key };
}

function readParts(type: unknown, tokens: unknown): Pick<Call, 'passTypeIdentifier' | 'tokens'> {
  const isList = Array.isArray(tokens) && tokens.every((token) => typeof token === 'string' && token !== '');
  return {
    passTypeIdentifier: typeof type === 'string' && type.startsWith('pass.') ? type : null,
    tokens: isList ? (tokens as string[]) : null,
  };
}

async function readBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > BODY_BYTES_MAX) throw new Error('too long');
  }
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
