import { generateKeyPairSync, type KeyObject } from 'node:crypto';

export const verticals = ['loyalty', 'generic', 'offer', 'eventTicket', 'giftCard'] as const;
export type Kind = `${(typeof verticals)[number]}${'Class' | 'Object'}`;
export const kinds: readonly Kind[] = verticals.flatMap((name) => [`${name}Class`, `${name}Object`] as const);

export type Body = Record<string, unknown>;

/** A class or an object as Google keeps it. */
export type Stored = {
  kind: Kind;
  body: Body;
  version: number;
  /** Who has it on a phone. Objects only. */
  holders: Set<string>;
  /** When its holders were notified, in milliseconds of the clock: three within 24 hours. */
  notifiedAt: number[];
};

export type Account = { email: string; keyId: string; publicKey: KeyObject; project: string; issuers: Set<string> };

export type FakeGoogleWalletOptions = {
  readonly clock: () => Temporal.Instant;
  readonly port?: number;
  /** Requests that a project may send within one second; 20 unless told. */
  readonly requestsPerSecond?: number;
  /** Hosts that are taken with plain http, for pictures and callbacks of a server under test. */
  readonly plainHosts?: readonly string[];
  /** Pictures are fetched when they are first named, as Google does; true unless told. */
  readonly fetchPictures?: boolean;
  /** Whether an object may be moved to another class of its kind; nobody knows for sure, so both can be played. */
  readonly classChange?: 'taken' | 'refused';
};

/** What was asked, for tests that count. */
export type LoggedCall = {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** Milliseconds of a clock that only runs forward. */
  readonly at: number;
  readonly body: Body | null;
};

export type CallbackAnswer = { readonly objectId: string; readonly event: 'save' | 'del'; readonly status: number };

export type State = {
  readonly options: Required<Omit<FakeGoogleWalletOptions, 'port'>>;
  readonly accounts: Map<string, Account>;
  /** Bearer → account and end, in milliseconds of the clock. */
  readonly tokens: Map<string, { email: string; until: number }>;
  readonly resources: Map<string, Stored>;
  /** When each project's latest requests came. */
  readonly arrivals: Map<string, number[]>;
  /** Addresses of pictures that could be fetched. */
  readonly pictures: Set<string>;
  readonly calls: LoggedCall[];
  readonly callbackAnswers: CallbackAnswer[];
  readonly pending: Set<Promise<unknown>>;
  readonly failures: Failure[];
  root: KeyPair;
  intermediate: KeyPair;
  outage: 'none' | 'unavailable' | 'silent';
  tokensGiven: number;
  nextNumber: number;
};

export type Failure = { readonly status: number; readonly headers?: Readonly<Record<string, string>> };
export type KeyPair = { readonly privateKey: KeyObject; readonly publicKey: KeyObject };

export const makeEcKeys = (): KeyPair => generateKeyPairSync('ec', { namedCurve: 'P-256' });

export function createState(options: FakeGoogleWalletOptions): State {
  const { clock, requestsPerSecond = 20, plainHosts = [], fetchPictures = true, classChange = 'taken' } = options;
  return {
    options: { clock, requestsPerSecond, plainHosts, fetchPictures, classChange },
    accounts: new Map(),
    tokens: new Map(),
    resources: new Map(),
    arrivals: new Map(),
    pictures: new Set(),
    calls: [],
    callbackAnswers: [],
    pending: new Set(),
    failures: [],
    root: makeEcKeys(),
    intermediate: makeEcKeys(),
    outage: 'none',
    tokensGiven: 0,
    nextNumber: 1,
  };
}

/** Something that Google refuses, in Google's words. */
export class GoogleError extends Error {
  readonly code: number;
  readonly reason: string;
  constructor(code: number, reason: string, message: string) {
    super(message);
    this.code = code;
    this.reason = reason;
  }
}

const STATUSES: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  409: 'ALREADY_EXISTS',
  429: 'RESOURCE_EXHAUSTED',
  503: 'UNAVAILABLE',
};

/** The body of a refusal in the shape that all of Google's interfaces use. */
export const errorBody = ({ code, reason, message }: GoogleError): Body => ({
  error: { code, message, status: STATUSES[code] ?? 'UNKNOWN', errors: [{ message, domain: 'walletobjects', reason }] },
});

export const milliseconds = (state: State): number => state.options.clock().epochMilliseconds;
