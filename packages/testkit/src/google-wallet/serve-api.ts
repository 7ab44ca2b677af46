import type { IncomingMessage } from 'node:http';
import { addMessage, changeResource, getResource, insertResource, listResources, present } from './resources.ts';
import {
  type Account,
  type Body,
  errorBody,
  GoogleError,
  type Kind,
  kinds,
  milliseconds,
  type State,
} from './state.ts';

type Answer = { status: number; body: Body | string; headers?: Readonly<Record<string, string>> };

const CALLS_KEPT = 20_000;

/** One call of the REST interface: who is it, is he too fast, and what does he want. */
export async function answerApi(state: State, url: URL, request: IncomingMessage, text: string): Promise<Answer> {
  const path = url.pathname.slice('/walletobjects/v1/'.length);
  const body = parse(text);
  const answer = await decide(state, url, request, path, body).catch((error: unknown): Answer => {
    if (!(error instanceof GoogleError)) throw error;
    return { status: error.code, body: errorBody(error) };
  });
  const { method = 'GET' } = request;
  state.calls.push({ method, path, status: answer.status, at: performance.now(), body });
  if (state.calls.length > CALLS_KEPT) state.calls.shift();
  return answer;
}

async function decide(
  state: State,
  url: URL,
  request: IncomingMessage,
  path: string,
  body: Body | null,
): Promise<Answer> {
  const account = authenticate(state, request);
  if (isTooFast(state, account))
    throw new GoogleError(429, 'rateLimitExceeded', 'Quota exceeded for requests per second.');
  const failure = state.failures.shift();
  if (failure)
    return { status: failure.status, body: '<h1>error</h1>', ...(failure.headers ? { headers: failure.headers } : {}) };
  const [name = '', id, action, more] = path.split('/').map(decodeURIComponent);
  const kind = kinds.find((one) => one === name);
  if (!kind || more !== undefined) throw new GoogleError(404, 'notFound', 'No such method.');
  return {
    status: 200,
    body: await act(state, account, { kind, id, action, method: request.method, query: url.searchParams, body }),
  };
}

type Wanted = {
  kind: Kind;
  id: string | undefined;
  action: string | undefined;
  method: string | undefined;
  query: URLSearchParams;
  body: Body | null;
};

async function act(state: State, account: Account, { kind, id, action, method, query, body }: Wanted): Promise<Body> {
  const wanted = () => {
    if (!body) throw new GoogleError(400, 'parseError', 'Invalid JSON payload received.');
    return body;
  };
  if (id === undefined) {
    if (method === 'GET') return listResources(state, account, kind, query);
    if (method === 'POST') return present(state, await insertResource(state, account, kind, wanted()));
  } else if (action === 'addMessage' && method === 'POST') {
    return { resource: present(state, addMessage(state, account, kind, id, (wanted().message ?? {}) as Body)) };
  } else if (action === undefined) {
    if (method === 'GET') return present(state, getResource(state, account, kind, id));
    if (method === 'PATCH' || method === 'PUT') {
      const change = { given: wanted(), whole: method === 'PUT' };
      return present(state, await changeResource(state, account, kind, id, change));
    }
  }
  throw new GoogleError(404, 'notFound', 'No such method.');
}

function authenticate(state: State, request: IncomingMessage): Account {
  const token = state.tokens.get(request.headers.authorization?.replace(/^Bearer /, '') ?? '');
  const account = token && token.until > milliseconds(state) ? state.accounts.get(token.email) : undefined;
  if (!account) throw new GoogleError(401, 'authError', 'Request had invalid authentication credentials.');
  return account;
}

/** Within any second of the real clock. */
function isTooFast(state: State, { project }: Account): boolean {
  const now = performance.now();
  const recent = (state.arrivals.get(project) ?? []).filter((at) => at > now - 1_000);
  const tooFast = recent.length >= state.options.requestsPerSecond;
  state.arrivals.set(project, tooFast ? recent : [...recent, now]);
  return tooFast;
}

function parse(text: string): Body | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Body) : null;
  } catch {
    return null;
  }
}
