/** Google Wallet: classes and objects of cards over REST, links to save them, callbacks. Every answer is a value. */
import { type GoogleAnswer, type GoogleFailure, readAnswer, retry } from './answer.ts';
import { type CallbackVerifier, createCallbackVerifier } from './callbacks.ts';
import type { Resource, ResourceKind, WalletMessage } from './resources.ts';
import type { ServiceAccount } from './service-account.ts';
import { createTokens } from './tokens.ts';
import { createTransport } from './transport.ts';

export type { GoogleFailure, HaltReason } from './answer.ts';
export type { CallbackRefusal, WalletEvent } from './callbacks.ts';
export { issuerOf, RESOURCE_ID, type Resource, type ResourceKind, type Vertical, verticals } from './resources.ts';
export { makeSaveJwt, SAVE_JWT_CHARACTERS_MAX, type SavePayload } from './save-link.ts';
export { readServiceAccount, type ServiceAccount, type ServiceAccountProblem } from './service-account.ts';

/** Where Google is reached. */
export type GoogleAddresses = {
  readonly tokenUrl: string;
  /** Without a slash at the end. */
  readonly apiUrl: string;
  readonly keysUrl: string;
  /** A save link is this and the token. */
  readonly saveUrl: string;
};

export const GOOGLE: GoogleAddresses = {
  tokenUrl: 'https://oauth2.googleapis.com/token',
  apiUrl: 'https://walletobjects.googleapis.com/walletobjects/v1',
  keysUrl: 'https://pay.google.com/gp/m/issuer/keys',
  saveUrl: 'https://pay.google.com/gp/v/save',
};

/** The same paths on one host, as the double in `packages/testkit` serves them. */
export const googleAt = (url: string): GoogleAddresses => ({
  tokenUrl: `${url}/token`,
  apiUrl: `${url}/walletobjects/v1`,
  keysUrl: `${url}/gp/m/issuer/keys`,
  saveUrl: `${url}/gp/v/save`,
});

export type GoogleWalletOptions = {
  readonly addresses?: GoogleAddresses;
  readonly clock: () => Temporal.Instant;
  /**
   * Waits until the next request of this project may leave, among all processes. false: not within the patience; the
   * call ends as `retry` without having been sent.
   */
  readonly pace: (project: string, patienceMilliseconds: number) => Promise<boolean>;
  readonly timeoutMilliseconds?: number;
};

/** Found or written; `resource` is what Google has now. */
export type Written = { readonly status: 'done'; readonly resource: Resource } | GoogleFailure;
export type Inserted = Written | { readonly status: 'exists' } | { readonly status: 'absent'; readonly reason: string };
export type Patched = Written | { readonly status: 'absent'; readonly reason: string };
/** `spent`: the three notifications of a day are used up, so nothing was added. */
export type MessageOutcome = Patched | { readonly status: 'spent' };

export type Patience = { readonly patienceMilliseconds?: number };

export type GoogleWallet = {
  get(account: ServiceAccount, kind: ResourceKind, id: string, patience?: Patience): Promise<Patched>;
  insert(account: ServiceAccount, kind: ResourceKind, resource: Resource, patience?: Patience): Promise<Inserted>;
  /** Changes the named fields; an array replaces the one that was there. */
  patch(account: ServiceAccount, kind: ResourceKind, resource: Resource, patience?: Patience): Promise<Patched>;
  /** Replaces the whole resource: a field that is not named is cleared, messages too. */
  update(account: ServiceAccount, kind: ResourceKind, resource: Resource, patience?: Patience): Promise<Patched>;
  /**
   * Patches, or inserts what is not there yet; patches again when somebody else has just inserted it. `absent` is left
   * when something else is missing: the class of an object.
   */
  upsert(account: ServiceAccount, kind: ResourceKind, resource: Resource, patience?: Patience): Promise<Patched>;
  addMessage(
    account: ServiceAccount,
    kind: ResourceKind,
    id: string,
    message: WalletMessage,
    patience?: Patience,
  ): Promise<MessageOutcome>;
  /** Whether this account may act for the issuer: reads the first of its classes. */
  check(account: ServiceAccount, issuerId: string, patience?: Patience): Promise<{ status: 'done' } | GoogleFailure>;
  readonly callbacks: CallbackVerifier;
  readonly saveUrl: string;
  close(): void;
};

const DEFAULT_TIMEOUT_MILLISECONDS = 10_000;
const DEFAULT_PATIENCE_MILLISECONDS = 2_000;

/** One client for all accounts of this process; keep it for the life of the process. */
export function createGoogleWallet(options: GoogleWalletOptions): GoogleWallet {
  const { addresses = GOOGLE, clock } = options;
  const transport = createTransport({
    timeoutMilliseconds: options.timeoutMilliseconds ?? DEFAULT_TIMEOUT_MILLISECONDS,
  });
  const tokens = createTokens({ url: addresses.tokenUrl, transport, clock });

  async function call(
    account: ServiceAccount,
    request: { method: 'GET' | 'POST' | 'PATCH' | 'PUT'; path: string; body?: unknown },
    { patienceMilliseconds = DEFAULT_PATIENCE_MILLISECONDS }: Patience = {},
  ): Promise<Exclude<GoogleAnswer, { status: 'unauthorized' }>> {
    for (let attempt = 0; ; attempt++) {
      const token = await tokens.of(account);
      if (token.status !== 'ok') return token;
      if (!(await options.pace(account.project, patienceMilliseconds))) return retry('OwnRate');
      const body = request.body === undefined ? {} : { body: JSON.stringify(request.body) };
      const reply = await transport.send({
        method: request.method,
        url: `${addresses.apiUrl}/${request.path}`,
        headers: { authorization: `Bearer ${token.token}`, 'content-type': 'application/json; charset=utf-8' },
        ...body,
      });
      const answer = readAnswer(reply);
      if (answer.status !== 'unauthorized') return answer;
      // A token may be taken back before its end; a second refusal is meant for the account.
      tokens.forget(account, token.token);
      if (attempt > 0) return { status: 'halted', reason: 'key_refused' };
    }
  }

  const wallet: GoogleWallet = {
    get: async (account, kind, id, patience) =>
      toPatched(await call(account, { method: 'GET', path: `${kind}/${encodeURIComponent(id)}` }, patience)),
    async insert(account, kind, resource, patience) {
      const answer = await call(account, { method: 'POST', path: kind, body: resource }, patience);
      return answer.status === 'exists' ? answer : toPatched(answer);
    },
    patch: async (account, kind, resource, patience) =>
      toPatched(await call(account, changing('PATCH', kind, resource), patience)),
    update: async (account, kind, resource, patience) =>
      toPatched(await call(account, changing('PUT', kind, resource), patience)),
    async upsert(account, kind, resource, patience) {
      const patched = await wallet.patch(account, kind, resource, patience);
      if (patched.status !== 'absent') return patched;
      const inserted = await wallet.insert(account, kind, resource, patience);
      return inserted.status === 'exists' ? wallet.patch(account, kind, resource, patience) : inserted;
    },
    async addMessage(account, kind, id, message, patience) {
      const path = `${kind}/${encodeURIComponent(id)}/addMessage`;
      const answer = await call(account, { method: 'POST', path, body: { message } }, patience);
      return answer.status === 'spent' ? answer : toPatched(answer);
    },
    async check(account, issuerId, patience) {
      const path = `loyaltyClass?issuerId=${encodeURIComponent(issuerId)}&maxResults=1`;
      const answer = await call(account, { method: 'GET', path }, patience);
      if (answer.status === 'done') return { status: 'done' };
      const found = toPatched(answer);
      // An issuer that does not exist looks like one that never invited us.
      return found.status === 'absent' ? { status: 'halted', reason: 'not_invited' } : (found as GoogleFailure);
    },
    callbacks: createCallbackVerifier({ url: addresses.keysUrl, transport, clock }),
    saveUrl: addresses.saveUrl,
    close: () => transport.close(),
  };
  return wallet;
}

const changing = (method: 'PATCH' | 'PUT', kind: ResourceKind, resource: Resource) => ({
  method,
  path: `${kind}/${encodeURIComponent(resource.id)}`,
  body: resource,
});

/** What the answer means to a caller who expects a resource. */
function toPatched(answer: Exclude<GoogleAnswer, { status: 'unauthorized' }>): Patched {
  switch (answer.status) {
    case 'done':
      return { status: 'done', resource: (answer.body.resource ?? answer.body) as Resource };
    case 'exists':
      return { status: 'refused', reason: 'existingResource', message: '' };
    case 'spent':
      return { status: 'refused', reason: 'QuotaExceededException', message: '' };
    default:
      return answer;
  }
}
