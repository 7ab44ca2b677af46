/** A small, correct PassKit web service for the tests of the phone, with switches to make it wrong. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { crc32, deflateSync } from 'node:zlib';
import {
  buildBundle,
  type CompiledAssets,
  compileAssets,
  createSigner,
  type PassField,
  type Signer,
} from '@tessera/pkpass';
import type { AcceptedPush } from './apns.ts';
import { type AppleChain, makeAppleChain, makeServerCertificate } from './pki.ts';

export type CardState = { points: number; tier: string; color?: string };
type StoredCard = { state: CardState; sequence: number; modified: Temporal.Instant; readonly token: string };

/** What a test may spoil. */
export type Faults = {
  /** Answers to give before any other, oldest first. */
  next: { readonly path: RegExp; readonly status: number }[];
  ignoreCondition: boolean;
  omitLastModified: boolean;
  listUnknown: string | undefined;
  damageBundles: boolean;
  onGet: (() => void) | undefined;
};

export type WalletService = Awaited<ReturnType<typeof startWalletService>>;

type Store = {
  readonly chain: AppleChain;
  readonly signer: Signer;
  readonly assets: CompiledAssets;
  readonly cards: Map<string, StoredCard>;
  /** "device serial" to the sequence of the registration. */
  readonly registrations: Map<string, number>;
  readonly devices: Map<string, string>;
  readonly logs: string[];
  readonly faults: Faults;
  sequence: number;
  now: Temporal.Instant;
  url: string;
};

export type Certificates = Awaited<ReturnType<typeof makeCertificates>>;

/** The slow part: RSA keys for a pass chain and for the server. */
export async function makeCertificates() {
  const now = Temporal.Now.instant().round('second');
  const chain = await makeAppleChain({ passTypeIdentifier: 'pass.example.card', teamIdentifier: 'ABCDE12345', now });
  return { now, chain, tls: await makeServerCertificate({ now }) };
}

/** Starts the service on a free port. */
export async function startWalletService({ now, chain, tls }: Certificates) {
  const store = createStore(chain, now);
  const server = createServer({ key: tls.privateKeyPem, cert: tls.certificatePem }, (request, response) => {
    serve(store, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  store.url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/pk`;
  return {
    chain,
    caPem: tls.rootPem,
    typeIdentifier: chain.passTypeIdentifier,
    url: store.url,
    faults: store.faults,
    logs: store.logs,
    clock: () => store.now,
    pass(seconds: number) {
      store.now = store.now.add({ seconds });
    },
    /** Makes or changes a card; tells the tokens to push. */
    put: (serial: string, state: CardState) => put(store, serial, state),
    bundle: (serial: string) => bundle(store, serial),
    /** Tokens of the devices that hold the card. */
    tokensOf: (serial: string) => tokensOf(store, serial),
    stop: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function createStore(chain: AppleChain, now: Temporal.Instant): Store {
  const { leaf, intermediate } = chain;
  return {
    chain,
    signer: createSigner({
      certificate: leaf.certificatePem,
      privateKey: leaf.privateKeyPem,
      intermediate: intermediate.certificatePem,
    }),
    assets: compileAssets({ 'icon.png': makePng(29), 'icon@2x.png': makePng(58), 'icon@3x.png': makePng(87) }),
    cards: new Map(),
    registrations: new Map(),
    devices: new Map(),
    logs: [],
    faults: {
      next: [],
      ignoreCondition: false,
      omitLastModified: false,
      listUnknown: undefined,
      damageBundles: false,
      onGet: undefined,
    },
    sequence: 100,
    now,
    url: '',
  };
}

function put(store: Store, serial: string, state: CardState): string[] {
  const before = store.cards.get(serial);
  const earliest = before?.modified.add({ seconds: 1 });
  const modified = earliest && Temporal.Instant.compare(earliest, store.now) > 0 ? earliest : store.now;
  store.sequence += 1;
  const token = before?.token ?? `token-of-${serial}-0123456789`;
  store.cards.set(serial, { state, sequence: store.sequence, modified, token });
  return tokensOf(store, serial);
}

function tokensOf(store: Store, serial: string): string[] {
  return [...store.registrations.keys()].flatMap((key) => {
    const [device = '', registered] = key.split(' ');
    return registered === serial ? [store.devices.get(device) ?? ''] : [];
  });
}

async function bundle(store: Store, serial: string): Promise<Buffer> {
  const { state, token } = store.cards.get(serial)!;
  const points: PassField = {
    key: 'points',
    label: 'POINTS',
    value: state.points,
    changeMessage: 'You have %@ points',
  };
  const tier: PassField = { key: 'tier', label: 'LEVEL', value: state.tier, changeMessage: 'Your level: %@' };
  return buildBundle({
    signer: store.signer,
    assets: store.assets,
    signingTime: store.now.subtract({ seconds: 5 }),
    pass: {
      formatVersion: 1,
      passTypeIdentifier: store.chain.passTypeIdentifier,
      teamIdentifier: store.chain.teamIdentifier,
      serialNumber: serial,
      organizationName: 'Trattoria',
      description: 'Card',
      webServiceURL: store.url,
      authenticationToken: token,
      backgroundColor: state.color ?? 'rgb(10, 20, 30)',
      storeCard: { headerFields: [points], secondaryFields: [tier] },
    },
  });
}

async function serve(store: Store, request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = '';
  for await (const chunk of request) body += chunk;
  const end = (status: number, headers: Record<string, string> = {}, data: string | Buffer = '') =>
    void response.writeHead(status, headers).end(data);
  const url = new URL(request.url ?? '', 'https://service');
  const fault = store.faults.next.findIndex(({ path }) => path.test(`${request.method} ${url.pathname}`));
  if (fault >= 0) return end(store.faults.next.splice(fault, 1)[0]!.status);
  const [root, version, area, ...rest] = url.pathname.slice(1).split('/').map(decodeURIComponent);
  if (root !== 'pk' || version !== 'v1') return end(404);
  if (area === 'log') {
    store.logs.push(...JSON.parse(body).logs);
    return end(200);
  }
  if (area === 'passes') return get(store, request, rest[1] ?? '', end);
  const [device = '', , , serial] = rest;
  if (serial === undefined) return list(store, device, url.searchParams.get('passesUpdatedSince'), end);
  if (request.headers.authorization !== `ApplePass ${store.cards.get(serial)?.token}`) return end(401);
  const key = `${device} ${serial}`;
  const known = store.registrations.has(key);
  if (request.method === 'DELETE') {
    store.registrations.delete(key);
    return end(200);
  }
  store.devices.set(device, JSON.parse(body).pushToken);
  if (!known) store.registrations.set(key, store.sequence);
  return end(known ? 200 : 201);
}

type End = (status: number, headers?: Record<string, string>, data?: string | Buffer) => void;

function list(store: Store, device: string, tag: string | null, end: End): void {
  const since = tag === null ? 0 : Number(tag);
  const found = [...store.cards].filter(
    ([serial, card]) => store.registrations.has(`${device} ${serial}`) && card.sequence > since,
  );
  const serialNumbers = found.map(([serial]) => serial);
  if (store.faults.listUnknown !== undefined) serialNumbers.push(store.faults.listUnknown);
  const lastUpdated = String(Math.max(since, ...found.map(([, { sequence }]) => sequence)));
  if (serialNumbers.length === 0) end(204);
  else end(200, { 'content-type': 'application/json' }, JSON.stringify({ serialNumbers, lastUpdated }));
}

async function get(store: Store, request: IncomingMessage, serial: string, end: End): Promise<void> {
  const card = store.cards.get(serial);
  if (card === undefined || request.headers.authorization !== `ApplePass ${card.token}`) return end(401);
  const since = Date.parse(request.headers['if-modified-since'] ?? '');
  if (!store.faults.ignoreCondition && card.modified.epochMilliseconds <= since) return end(304);
  const data = await bundle(store, serial);
  if (store.faults.damageBundles) data[data.length >> 1]! ^= 1;
  const lastModified = new Date(card.modified.epochMilliseconds).toUTCString();
  store.faults.onGet?.();
  const headers = { 'content-type': 'application/vnd.apple.pkpass' };
  end(200, { ...headers, ...(store.faults.omitLastModified ? {} : { 'last-modified': lastModified }) }, data);
}

/** A push service without network: what is pushed arrives at once. */
export function createPushHub() {
  const listeners = new Set<(push: AcceptedPush) => void>();
  const banned: string[] = [];
  return {
    banned,
    control: { banToken: (token: string) => void banned.push(token) },
    onPush(listener: (push: AcceptedPush) => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    push(tokens: readonly string[], topic: string, expiration = 4_000_000_000) {
      const at = Temporal.Now.instant();
      for (const token of tokens) {
        for (const listener of listeners) listener({ token, topic, id: 'x', priority: 10, expiration, at });
      }
    },
  };
}

/** A square PNG of one colour. */
function makePng(size: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const typed = Buffer.concat([Buffer.from(type), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length, 0);
    frame.writeUInt32BE(crc32(typed), 4);
    return Buffer.concat([frame.subarray(0, 4), typed, frame.subarray(4)]);
  };
  const header = Buffer.from([0, 0, 0, size, 0, 0, 0, size, 8, 2, 0, 0, 0]);
  const pixels = deflateSync(Buffer.alloc(size * (1 + 3 * size)));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]);
}
