/** Google Wallet on localhost: tokens for signed assertions, classes and objects, the page behind a save link, callbacks. */
import { generateKeyPairSync } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CallbackMessage, publishedKeys, sendCallback, signCallback } from './callbacks.ts';
import { find } from './resources.ts';
import { openSaveLink, saveCards } from './save-page.ts';
import { answerApi } from './serve-api.ts';
import {
  type Body,
  type CallbackAnswer,
  createState,
  errorBody,
  type Failure,
  type FakeGoogleWalletOptions,
  GoogleError,
  type Kind,
  type LoggedCall,
  makeEcKeys,
  milliseconds,
  type State,
  type Stored,
} from './state.ts';
import { giveToken } from './token-endpoint.ts';

export type { FakeGoogleWalletOptions, LoggedCall } from './state.ts';

export type SavedOnPhone =
  | { readonly ok: true; readonly objectIds: readonly string[] }
  | { readonly ok: false; readonly why: string };

export type FakeGoogleWallet = {
  readonly url: string;
  /** A service account with a key of its own, as the JSON file that Google Cloud gives out. */
  newServiceAccount(options?: { invitedTo?: readonly string[]; project?: string; name?: string }): {
    readonly email: string;
    readonly file: string;
  };
  /** Somebody opens a save link on his phone and presses the button. */
  openOnPhone(link: string, user: string): Promise<SavedOnPhone>;
  /** Somebody takes a card off his phone. */
  removeFromPhone(objectId: string, user: string): void;
  /** What Google keeps of a class or an object, or undefined. */
  resource(kind: Kind, id: string): Body | undefined;
  /** Everything of one kind. */
  resources(kind: Kind): readonly Body[];
  holders(objectId: string): readonly string[];
  /** How often the holders of a card were notified within the last day. */
  notifications(objectId: string): number;
  calls(): readonly LoggedCall[];
  tokensGiven(): number;
  callbackAnswers(): readonly CallbackAnswer[];
  /** Waits until all callbacks are delivered or given up. */
  settled(): Promise<void>;
  /** A signed callback, to be spoiled by a test. */
  signCallback(message: CallbackMessage, keyExpiration?: number): Body;
  readonly control: {
    setOutage(outage: State['outage']): void;
    failNext(failure: Failure, times?: number): void;
    /** Google rejects a class, or changes its mind. */
    reviewClass(kind: Kind, id: string, status: 'APPROVED' | 'REJECTED'): void;
    /** The same event once more, with another signature of the same message. */
    repeatCallback(objectId: string, event: 'save' | 'del', times: number): void;
    /** All tokens that were given end at once. */
    revokeTokens(): void;
    deleteKey(email: string): void;
    invite(email: string, issuerId: string): void;
    uninvite(email: string, issuerId: string): void;
    rotateKeys(): void;
    forgetCalls(): void;
  };
  stop(): Promise<void>;
};

const LONGEST_BODY_BYTES = 512 * 1024;

/** Starts the double on 127.0.0.1. */
export async function startFakeGoogleWallet(options: FakeGoogleWalletOptions): Promise<FakeGoogleWallet> {
  const state = createState(options);
  const server = createServer((request, response) => {
    serve(state, url, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const cardOf = (objectId: string): Stored | undefined =>
    [...state.resources.values()].find(({ kind, body }) => kind.endsWith('Object') && body.id === objectId);
  return {
    url,
    newServiceAccount: (account = {}) => newServiceAccount(state, account),
    openOnPhone: (link, user) => openOnPhone(link, user),
    removeFromPhone(objectId, user) {
      const card = cardOf(objectId);
      if (card?.holders.delete(user)) sendCallback(state, card, 'del');
    },
    resource: (kind, id) => find(state, kind, id)?.body,
    resources: (kind) => [...state.resources.values()].filter((one) => one.kind === kind).map(({ body }) => body),
    holders: (objectId) => [...(cardOf(objectId)?.holders ?? [])],
    notifications: (objectId) =>
      (cardOf(objectId)?.notifiedAt ?? []).filter((at) => at > milliseconds(state) - 86_400_000).length,
    calls: () => [...state.calls],
    tokensGiven: () => state.tokensGiven,
    callbackAnswers: () => [...state.callbackAnswers],
    async settled() {
      while (state.pending.size > 0) await Promise.all(state.pending);
    },
    signCallback: (message, keyExpiration) => signCallback(state, message, keyExpiration),
    control: createControl(state, cardOf),
    stop() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function createControl(state: State, cardOf: (objectId: string) => Stored | undefined): FakeGoogleWallet['control'] {
  return {
    setOutage(outage) {
      state.outage = outage;
    },
    failNext(failure, times = 1) {
      for (let time = 0; time < times; time++) state.failures.push(failure);
    },
    reviewClass(kind, id, reviewStatus) {
      const stored = find(state, kind, id);
      if (stored) stored.body = { ...stored.body, reviewStatus };
    },
    repeatCallback(objectId, event, times) {
      const card = cardOf(objectId);
      if (card) sendCallback(state, card, event, times);
    },
    revokeTokens: () => state.tokens.clear(),
    deleteKey: (email) => void state.accounts.delete(email),
    invite: (email, issuerId) => void state.accounts.get(email)?.issuers.add(issuerId),
    uninvite: (email, issuerId) => void state.accounts.get(email)?.issuers.delete(issuerId),
    rotateKeys() {
      state.root = makeEcKeys();
      state.intermediate = makeEcKeys();
    },
    forgetCalls: () => void state.calls.splice(0),
  };
}

function newServiceAccount(
  state: State,
  {
    invitedTo = [],
    project = 'tessera-cards',
    name = `wallet-${state.nextNumber++}`,
  }: Parameters<FakeGoogleWallet['newServiceAccount']>[0] & object,
): { email: string; file: string } {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const email = `${name}@${project}.iam.gserviceaccount.com`;
  const keyId = publicKey.export({ type: 'spki', format: 'der' }).toString('hex').slice(-60, -20);
  state.accounts.set(email, { email, keyId, publicKey, project, issuers: new Set(invitedTo) });
  const file = {
    type: 'service_account',
    project_id: project,
    private_key_id: keyId,
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    client_email: email,
    token_uri: 'https://oauth2.googleapis.com/token',
  };
  return { email, file: JSON.stringify(file, null, 2) };
}

/** A browser on a phone: follows the link to Google's page, then presses the button. */
async function openOnPhone(link: string, user: string): Promise<SavedOnPhone> {
  const headers = { 'user-agent': 'Mozilla/5.0 (Linux; Android 16; Pixel 10) Chrome/150 Mobile' };
  const page = await fetch(link, { headers });
  if (!page.ok) return { ok: false, why: await page.text() };
  await page.text();
  const pressed = await fetch(page.url, { method: 'POST', headers, body: new URLSearchParams({ user }) });
  if (!pressed.ok) return { ok: false, why: await pressed.text() };
  return { ok: true, objectIds: (JSON.parse(await pressed.text()) as { saved: string[] }).saved };
}

type Answer = { status: number; body: Body | string; headers?: Readonly<Record<string, string>> };

async function serve(state: State, ownUrl: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', ownUrl);
  const text = await readBody(request);
  if (state.outage === 'silent') return;
  const answer = await decide(state, ownUrl, url, request, text);
  const isText = typeof answer.body === 'string';
  response
    .writeHead(answer.status, {
      'content-type': isText ? 'text/html' : 'application/json; charset=utf-8',
      ...answer.headers,
    })
    .end(isText ? answer.body : JSON.stringify(answer.body));
}

async function decide(state: State, ownUrl: string, url: URL, request: IncomingMessage, text: string): Promise<Answer> {
  if (state.outage === 'unavailable') return { status: 503, body: '<h1>503</h1>' };
  const { pathname } = url;
  if (pathname === '/token' && request.method === 'POST')
    return giveToken(state, new URLSearchParams(text), `${ownUrl}/token`);
  if (pathname === '/gp/m/issuer/keys') return { status: 200, body: publishedKeys(state) };
  try {
    if (pathname.startsWith('/gp/v/save/')) return await savePage(state, pathname.slice(11), request, text);
    if (pathname.startsWith('/walletobjects/v1/')) return await answerApi(state, url, request, text);
  } catch (error) {
    if (!(error instanceof GoogleError)) throw error;
    return { status: error.code, body: errorBody(error) };
  }
  return { status: 404, body: '<h1>404</h1>' };
}

async function savePage(state: State, jwt: string, request: IncomingMessage, text: string): Promise<Answer> {
  const cards = await openSaveLink(state, jwt);
  if (request.method !== 'POST') return { status: 200, body: `<h1>Add to Google Wallet?</h1><p>${cards.length}</p>` };
  saveCards(state, cards, new URLSearchParams(text).get('user') ?? 'somebody');
  return { status: 200, body: { saved: cards.map(({ body }) => body.id) } };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= LONGEST_BODY_BYTES) chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
