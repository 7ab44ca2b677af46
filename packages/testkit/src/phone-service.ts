/** The five calls of a phone to a PassKit web service, with its headers, its encoding and its patience. */
import { type HttpAnswer, sendHttp } from './phone-http.ts';

export type ServiceKind = 'register' | 'list' | 'get' | 'unregister' | 'log' | 'download';

/** A request that was made. `status` is the HTTP status, or the reason why there was none. No token is kept. */
export type RequestRecord = {
  readonly at: Temporal.Instant;
  readonly kind: ServiceKind;
  readonly method: string;
  readonly path: string;
  readonly status: number | string;
  /** 1 for the first try. */
  readonly attempt: number;
};

export type PhoneHttpOptions = {
  /** PEM of the authority to trust instead of the system's. */
  readonly ca?: string;
  /** The developer switch of a phone: without it, only https is spoken. */
  readonly allowPlainHttp?: boolean;
  readonly timeoutMilliseconds?: number;
  /** Some readers put `/v1` behind whatever the card says, also behind a slash; Wallet takes the slash away. */
  readonly joinsBlindly?: boolean;
  /** Where an origin is really reached, for a phone that lives beside the server. */
  readonly reach?: (origin: string) => string;
};

export type ServiceSettings = {
  readonly http: PhoneHttpOptions;
  readonly clock: () => Temporal.Instant;
  readonly random: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Pauses between tries; after the last one the phone gives up. */
  readonly pausesMilliseconds: readonly number[];
  readonly isStopped: () => boolean;
  readonly onRequest: (record: RequestRecord) => void;
};

export type ServiceCall = {
  readonly kind: ServiceKind;
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly serviceUrl: string;
  /** Path segments behind `/v1`, not yet encoded. */
  readonly segments: readonly string[];
  readonly query?: string;
  readonly authenticationToken?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  /** Statuses that are tried again besides 408, 429 and 5xx. */
  readonly alsoRetry?: readonly number[];
};

export type Answer = Extract<HttpAnswer, { kind: 'answer' }>;

export const walletUserAgent = 'passd/1 CFNetwork/3000.1.2 Darwin/27.0.0';

/** Makes a call, again and again with growing pauses while it fails for a passing reason. Undefined: given up. */
export async function callService(settings: ServiceSettings, call: ServiceCall): Promise<Answer | undefined> {
  const target = locate(settings.http, call);
  if (target === undefined) return undefined;
  const pauses = call.kind === 'log' ? [] : settings.pausesMilliseconds;
  let last: Answer | undefined;
  for (let attempt = 1; attempt <= pauses.length + 1; attempt++) {
    if (attempt > 1) await settings.sleep(Math.round((pauses[attempt - 2] ?? 0) * (0.5 + settings.random() / 2)));
    if (settings.isStopped()) return undefined;
    const answer = await sendOnce(settings, call, target, attempt);
    if (answer.kind === 'failure') continue;
    last = answer;
    if (!isPassing(answer.status) && !call.alsoRetry?.includes(answer.status)) return answer;
  }
  return last;
}

async function sendOnce(
  settings: ServiceSettings,
  call: ServiceCall,
  target: { readonly origin: string; readonly path: string },
  attempt: number,
): Promise<HttpAnswer> {
  const body = call.json === undefined ? undefined : JSON.stringify(call.json);
  const answer = await sendHttp({
    method: call.method,
    ...target,
    headers: {
      'user-agent': walletUserAgent,
      accept: '*/*',
      'accept-language': 'en',
      ...(call.authenticationToken === undefined ? {} : { authorization: `ApplePass ${call.authenticationToken}` }),
      ...(body === undefined
        ? {}
        : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) }),
      ...call.headers,
    },
    ...(body === undefined ? {} : { body }),
    ca: settings.http.ca,
    timeoutMilliseconds: settings.http.timeoutMilliseconds ?? 30_000,
  });
  const { kind, method } = call;
  const status = answer.kind === 'answer' ? answer.status : answer.reason;
  settings.onRequest({ at: settings.clock(), kind, method, path: target.path, status, attempt });
  return answer;
}

/** Origin and exact path, or undefined when the phone may not speak to this address. */
function locate(http: PhoneHttpOptions, call: ServiceCall): { origin: string; path: string } | undefined {
  const url = new URL(call.serviceUrl);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && http.allowPlainHttp === true)) return undefined;
  const base = http.joinsBlindly === true ? url.pathname : url.pathname.replace(/\/+$/, '');
  const path = [`${base === '/' ? '' : base}/v1`, ...call.segments.map(encodeURIComponent)].join('/');
  const query = call.query === undefined ? '' : `?${call.query}`;
  return { origin: http.reach?.(url.origin) ?? url.origin, path: path + query };
}

function isPassing(status: number): boolean {
  return status >= 500 || status === 408 || status === 429;
}
