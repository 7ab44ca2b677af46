import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { isObject } from './service-account.ts';
import type { Transport } from './transport.ts';

/** What Google tells: somebody has saved a card or taken it off. It names the card, never the person. */
export type WalletEvent = {
  readonly event: 'save' | 'del';
  readonly classId: string;
  readonly objectId: string;
  readonly nonce: string;
  /** After this the message is worthless, so its nonce need not be remembered longer. */
  readonly expiresAt: Temporal.Instant;
};

export type CallbackRefusal = 'malformed' | 'expired' | 'not_signed' | 'keys_unavailable';
export type CallbackOutcome =
  | { readonly ok: true; readonly event: WalletEvent }
  | { readonly ok: false; readonly reason: CallbackRefusal };

export type RootKey = { readonly key: KeyObject; readonly expiresAt: Temporal.Instant };

const SENDER = 'GooglePayPasses';
const PROTOCOL = 'ECv2SigningOnly';

/** Google's root keys, kept for a day at most; after a signature that none of them made they are fetched once more. */
export type CallbackVerifier = { verify(body: unknown): Promise<CallbackOutcome> };

const KEPT_HOURS = 24;
/** Somebody who sends rubbish must not make us ask Google each time. */
const REFETCH_SECONDS = 60;

export function createCallbackVerifier(options: {
  readonly url: string;
  readonly transport: Transport;
  readonly clock: () => Temporal.Instant;
}): CallbackVerifier {
  const { clock } = options;
  let known: { keys: readonly RootKey[]; at: Temporal.Instant } | null = null;
  let fetching: Promise<readonly RootKey[] | null> | null = null;

  function fetchKeys(): Promise<readonly RootKey[] | null> {
    fetching ??= options.transport
      .send({ method: 'GET', url: options.url })
      .then((reply) => {
        const keys = reply.status === 'answered' && reply.code === 200 ? readRootKeys(reply.text) : null;
        if (keys) known = { keys, at: clock() };
        return keys;
      })
      .finally(() => {
        fetching = null;
      });
    return fetching;
  }

  const ageSeconds = () => (known ? clock().since(known.at).total('seconds') : Number.POSITIVE_INFINITY);

  return {
    async verify(body) {
      // Rubbish is told so without asking Google for anything.
      if (!readEnvelope(body)) return { ok: false, reason: 'malformed' };
      const stale = ageSeconds() > KEPT_HOURS * 3_600;
      // Keys that are a day old are better than none while Google is away: each has an end of its own.
      const keys = (stale ? await fetchKeys() : null) ?? known?.keys;
      if (!keys) return { ok: false, reason: 'keys_unavailable' };
      const outcome = verifyCallback(body, keys, clock());
      if (outcome.ok || outcome.reason !== 'not_signed' || ageSeconds() < REFETCH_SECONDS) return outcome;
      const fresh = await fetchKeys();
      return fresh ? verifyCallback(body, fresh, clock()) : outcome;
    },
  };
}

/** The published keys of the protocol; null when the answer is none. */
export function readRootKeys(text: string): readonly RootKey[] | null {
  const { keys } = parse(text) ?? {};
  if (!Array.isArray(keys)) return null;
  return keys.flatMap((entry: unknown): RootKey[] => {
    if (!isObject(entry) || entry.protocolVersion !== PROTOCOL) return [];
    const key = readKey(entry.keyValue);
    const expiresAt = readMilliseconds(entry.keyExpiration);
    return key && expiresAt ? [{ key, expiresAt }] : [];
  });
}

/**
 * Verifies a callback (Google Wallet, "Use callbacks": ECv2SigningOnly). A root key signs the intermediate key, which
 * signs the message; both signatures are over the texts exactly as they came. The issuer is the one that the object's id
 * names, and it is part of what is signed.
 */
export function verifyCallback(body: unknown, rootKeys: readonly RootKey[], now: Temporal.Instant): CallbackOutcome {
  const envelope = readEnvelope(body);
  if (!envelope) return { ok: false, reason: 'malformed' };
  const { signedKey, keySignatures, signedMessage, signature, key, keyExpiresAt, event } = envelope;
  const signedByRoot = joined(SENDER, PROTOCOL, signedKey);
  const trusted = rootKeys.some(
    (root) => isAfter(root.expiresAt, now) && keySignatures.some((one) => isSigned(signedByRoot, root.key, one)),
  );
  const issuer = event.objectId.slice(0, event.objectId.indexOf('.'));
  const sound = trusted && isSigned(joined(SENDER, issuer, PROTOCOL, signedMessage), key, signature);
  if (!sound) return { ok: false, reason: 'not_signed' };
  if (!isAfter(keyExpiresAt, now) || !isAfter(event.expiresAt, now)) return { ok: false, reason: 'expired' };
  return { ok: true, event };
}

const isAfter = (moment: Temporal.Instant, now: Temporal.Instant): boolean => Temporal.Instant.compare(moment, now) > 0;

const isSigned = (bytes: Buffer, key: KeyObject, signature: Buffer): boolean => {
  try {
    return verify('sha256', bytes, key, signature);
  } catch {
    return false;
  }
};

/** Each part behind its length in bytes (not in characters), four bytes, the lowest first. */
export function joined(...parts: readonly string[]): Buffer {
  return Buffer.concat(
    parts.flatMap((part) => {
      const bytes = Buffer.from(part, 'utf8');
      const length = Buffer.alloc(4);
      length.writeUInt32LE(bytes.length);
      return [length, bytes];
    }),
  );
}

type Envelope = {
  signedKey: string;
  keySignatures: readonly Buffer[];
  signedMessage: string;
  signature: Buffer;
  key: KeyObject;
  keyExpiresAt: Temporal.Instant;
  event: WalletEvent;
};

const SIGNATURES_MAX = 10;

function readEnvelope(body: unknown): Envelope | null {
  if (!isObject(body) || body.protocolVersion !== PROTOCOL || !isObject(body.intermediateSigningKey)) return null;
  const { signature, signedMessage } = body;
  const { signedKey, signatures } = body.intermediateSigningKey;
  if (typeof signature !== 'string' || typeof signedMessage !== 'string' || typeof signedKey !== 'string') return null;
  if (!Array.isArray(signatures) || signatures.length > SIGNATURES_MAX) return null;
  const intermediate = parse(signedKey);
  const key = readKey(intermediate?.keyValue);
  const keyExpiresAt = readMilliseconds(intermediate?.keyExpiration);
  const event = readEvent(parse(signedMessage));
  if (!key || !keyExpiresAt || !event) return null;
  const keySignatures = signatures.flatMap((one) => (typeof one === 'string' ? [Buffer.from(one, 'base64')] : []));
  return {
    signedKey,
    keySignatures,
    signedMessage,
    signature: Buffer.from(signature, 'base64'),
    key,
    keyExpiresAt,
    event,
  };
}

function readEvent(message: Readonly<Record<string, unknown>> | null): WalletEvent | null {
  const { eventType, classId, objectId, nonce, expTimeMillis } = message ?? {};
  const expiresAt = readMilliseconds(expTimeMillis);
  if (eventType !== 'save' && eventType !== 'del') return null;
  if (!isName(classId) || !isName(objectId) || !isName(nonce) || !expiresAt) return null;
  return { event: eventType, classId, objectId, nonce, expiresAt };
}

const isName = (value: unknown): value is string => typeof value === 'string' && value !== '' && value.length <= 300;

/** Milliseconds since 1970: texts in keys, a number in messages. */
function readMilliseconds(value: unknown): Temporal.Instant | null {
  const text = typeof value === 'number' || typeof value === 'string' ? String(value) : '';
  return /^\d{1,15}$/.test(text) ? Temporal.Instant.fromEpochMilliseconds(Number(text)) : null;
}

/** An EC key on P-256, as base64 of its DER. */
function readKey(value: unknown): KeyObject | null {
  if (typeof value !== 'string') return null;
  try {
    const key = createPublicKey({ key: Buffer.from(value, 'base64'), format: 'der', type: 'spki' });
    return key.asymmetricKeyDetails?.namedCurve === 'prime256v1' ? key : null;
  } catch {
    return null;
  }
}

function parse(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}
