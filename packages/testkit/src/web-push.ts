/** Push services of browsers on localhost, and browsers that open what comes to them, as RFC 8030, 8291 and 8292 say. */
import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a browser has been told. */
export type PushedMessage = {
  readonly text: string;
  readonly ttlSeconds: number;
  readonly urgency: string;
  readonly topic: string | null;
  /** Who sends, by the word of the token. */
  readonly subject: string;
};

/** As `PushSubscription.toJSON()` gives it. */
export type BrowserSubscription = {
  readonly endpoint: string;
  readonly expirationTime: null;
  readonly keys: { readonly p256dh: string; readonly auth: string };
};

export type FakeBrowser = {
  readonly subscription: BrowserSubscription;
  messages(): readonly PushedMessage[];
  /** Takes the permission back: the service answers 410 from now on. */
  leave(): void;
};

export type WebPushAnswer =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  | 'silence';

export type FakeWebPush = {
  /** Its origin. */
  readonly url: string;
  /** Subscribes a new browser to a sender's public key (base64url). */
  newBrowser(applicationServerKey: string): FakeBrowser;
  /** What was wrong with the requests that were refused. */
  problems(): readonly string[];
  /** Requests that came, whatever became of them. */
  requests(): number;
  readonly control: {
    /** Every request is answered so; null: as it deserves. */
    answerWith(answer: WebPushAnswer | null): void;
  };
  stop(): Promise<void>;
};

type Browser = {
  readonly key: string;
  readonly curve: ReturnType<typeof createECDH>;
  readonly auth: Buffer;
  readonly messages: PushedMessage[];
  left: boolean;
};
type State = {
  origin: string;
  readonly browsers: Map<string, Browser>;
  readonly problems: string[];
  requests: number;
  answer: WebPushAnswer | null;
};

const BODY_BYTES_MAX = 4_096;
const DAY_SECONDS = 86_400;

/** Starts the double on 127.0.0.1. */
export async function startFakeWebPush(): Promise<FakeWebPush> {
  const state: State = { origin: '', browsers: new Map(), problems: [], requests: 0, answer: null };
  const server = createServer((request, response) => {
    serve(state, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  state.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: state.origin,
    newBrowser: (key) => subscribe(state, key),
    problems: () => [...state.problems],
    requests: () => state.requests,
    control: {
      answerWith(answer) {
        state.answer = answer;
      },
    },
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function subscribe(state: State, key: string): FakeBrowser {
  const curve = createECDH('prime256v1');
  const point = curve.generateKeys();
  const auth = randomBytes(16);
  const path = `/push/${randomBytes(24).toString('base64url')}`;
  const browser: Browser = { key, curve, auth, messages: [], left: false };
  state.browsers.set(path, browser);
  return {
    subscription: {
      endpoint: state.origin + path,
      expirationTime: null,
      keys: { p256dh: point.toString('base64url'), auth: auth.toString('base64url') },
    },
    messages: () => [...browser.messages],
    leave() {
      browser.left = true;
    },
  };
}

/** An answer that a real service would give, with what was wrong. */
class Refusal extends Error {
  readonly status: number;
  constructor(status: number, problem: string) {
    super(problem);
    this.status = status;
  }
}

async function serve(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  state.requests += 1;
  const body = await readBody(request);
  if (state.answer === 'silence') return;
  if (state.answer !== null) {
    response.writeHead(state.answer.status, state.answer.headers).end();
    return;
  }
  try {
    take(state, request, body);
    response.writeHead(201).end();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    state.problems.push(error.message);
    response.writeHead(error.status).end(error.message);
  }
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function take(state: State, request: IncomingMessage, body: Buffer): void {
  const { method, url = '', headers } = request;
  const browser = state.browsers.get(url);
  if (!browser) throw new Refusal(404, 'no such subscription');
  if (browser.left) throw new Refusal(410, 'unsubscribed');
  if (method !== 'POST') throw new Refusal(405, 'not a POST');
  const ttlSeconds = Number(headers.ttl ?? Number.NaN);
  if (!Number.isInteger(ttlSeconds) || ttlSeconds < 0) throw new Refusal(400, 'no TTL');
  if (headers['content-encoding'] !== 'aes128gcm') throw new Refusal(415, 'not aes128gcm');
  if (body.length > BODY_BYTES_MAX) throw new Refusal(413, 'too long');
  const topic = typeof headers.topic === 'string' ? headers.topic : null;
  if (topic !== null && !/^[\w-]{1,32}$/.test(topic)) throw new Refusal(400, 'a bad topic');
  const subject = checkToken(state, browser, headers.authorization ?? '');
  const urgency = typeof headers.urgency === 'string' ? headers.urgency : 'normal';
  browser.messages.push({ text: open(browser, body), ttlSeconds, urgency, topic, subject });
}

/** RFC 8292: signed with the key that the browser has subscribed to, for this service, for at most a day. */
function checkToken(state: State, browser: Browser, authorization: string): string {
  const [, token = '', key = ''] = /^vapid t=([\w.-]+), ?k=([\w-]+)$/.exec(authorization) ?? [];
  if (key !== browser.key) throw new Refusal(403, 'another key than the subscription’s');
  const [head = '', claims = '', signature = ''] = token.split('.');
  const point = Buffer.from(key, 'base64url');
  const coordinate = (from: number) => point.subarray(from, from + 32).toString('base64url');
  const jwk = { kty: 'EC', crv: 'P-256', x: coordinate(1), y: coordinate(33) };
  const signer = { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' } as const;
  if (!verify('sha256', Buffer.from(`${head}.${claims}`), signer, Buffer.from(signature, 'base64url')))
    throw new Refusal(403, 'a bad signature');
  const { aud, exp, sub } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, unknown>;
  const now = Date.now() / 1_000;
  if (aud !== state.origin) throw new Refusal(403, 'meant for another service');
  if (typeof exp !== 'number' || exp < now || exp > now + DAY_SECONDS) throw new Refusal(403, 'a bad term');
  // Apple refuses anything else, with a word that does not help.
  if (typeof sub !== 'string' || !/^(https:\/\/\S+|mailto:\S+@\S+)$/.test(sub) || sub.includes('localhost'))
    throw new Refusal(403, 'a bad subject');
  return sub;
}

const derive = (secret: Buffer, salt: Buffer, info: Buffer | string, bytes: number): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, salt, info, bytes));

/** What only the browser can do: opens the message with its own key. */
function open({ curve, auth }: Browser, body: Buffer): string {
  const salt = body.subarray(0, 16);
  const keyLength = body[20] ?? 0;
  const sender = body.subarray(21, 21 + keyLength);
  const record = body.subarray(21 + keyLength);
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), curve.getPublicKey(), sender]);
  const secret = derive(curve.computeSecret(sender), auth, info, 32);
  const key = derive(secret, salt, 'Content-Encoding: aes128gcm\0', 16);
  const nonce = derive(secret, salt, 'Content-Encoding: nonce\0', 12);
  const decipher = createDecipheriv('aes-128-gcm', key, nonce).setAuthTag(record.subarray(-16));
  const padded = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()]);
  const end = padded.lastIndexOf(2);
  if (end < 0) throw new Refusal(400, 'no end of the record');
  return padded.subarray(0, end).toString('utf8');
}
