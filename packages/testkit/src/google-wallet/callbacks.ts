import { randomUUID, sign } from 'node:crypto';
import { find } from './resources.ts';
import { type Body, type KeyPair, type Kind, milliseconds, type State, type Stored } from './state.ts';

const SENDER = 'GooglePayPasses';
const PROTOCOL = 'ECv2SigningOnly';
const KEY_DAYS = 7;
const MESSAGE_SECONDS = 3_600;
const DAY_MILLISECONDS = 86_400_000;
/** Google says that it repeats what was not answered; the double does so soon. */
const TRIES = 3;
const PAUSE_MILLISECONDS = 50;

/** The root keys as Google publishes them; one of another protocol stands among them. */
export const publishedKeys = (state: State): Body => ({
  keys: [
    {
      keyValue: state.root.publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
      protocolVersion: 'ECv1',
    },
    {
      keyValue: spki(state.root),
      protocolVersion: PROTOCOL,
      keyExpiration: String(milliseconds(state) + 365 * DAY_MILLISECONDS),
    },
  ],
});

const spki = ({ publicKey }: KeyPair) => publicKey.export({ type: 'spki', format: 'der' }).toString('base64');

export type CallbackMessage = {
  readonly classId: string;
  readonly objectId: string;
  readonly eventType: string;
  readonly expTimeMillis: number;
  readonly nonce: string;
};

/** A callback as Google signs it. Tests may spoil any part of it. */
export function signCallback(state: State, message: CallbackMessage, keyExpiration?: number): Body {
  const signedKey = JSON.stringify({
    keyValue: spki(state.intermediate),
    keyExpiration: String(keyExpiration ?? milliseconds(state) + KEY_DAYS * DAY_MILLISECONDS),
  });
  const signedMessage = JSON.stringify(message);
  const issuer = message.objectId.split('.')[0]!;
  const signature = (pair: KeyPair, ...parts: string[]) =>
    sign('sha256', Buffer.concat(parts.flatMap(withLength)), pair.privateKey).toString('base64');
  return {
    signature: signature(state.intermediate, SENDER, issuer, PROTOCOL, signedMessage),
    intermediateSigningKey: { signedKey, signatures: [signature(state.root, SENDER, PROTOCOL, signedKey)] },
    protocolVersion: PROTOCOL,
    signedMessage,
  };
}

function withLength(part: string): Buffer[] {
  const bytes = Buffer.from(part, 'utf8');
  const length = Buffer.alloc(4);
  length.writeUInt32LE(bytes.length);
  return [length, bytes];
}

/** Tells the issuer, where its class names an address. Delivered in the background; see `settled`. */
export function sendCallback(state: State, card: Stored, event: 'save' | 'del', times = 1): void {
  const own = find(state, card.kind.replace('Object', 'Class') as Kind, String(card.body.classId));
  const url = (own?.body.callbackOptions as Body | undefined)?.url;
  if (url === undefined) return;
  const objectId = String(card.body.id);
  const expTimeMillis = milliseconds(state) + MESSAGE_SECONDS * 1_000;
  const message = {
    classId: String(card.body.classId),
    objectId,
    eventType: event,
    expTimeMillis,
    nonce: randomUUID(),
  };
  const body = JSON.stringify(signCallback(state, message));
  for (let time = 0; time < times; time++) {
    const delivery = deliver(String(url), body).then((status) => {
      state.callbackAnswers.push({ objectId, event, status });
    });
    state.pending.add(delivery);
    void delivery.finally(() => state.pending.delete(delivery));
  }
}

async function deliver(url: string, body: string): Promise<number> {
  let status = 0;
  for (let attempt = 0; attempt < TRIES; attempt++) {
    if (attempt > 0) await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS * 2 ** attempt));
    const headers = { 'content-type': 'application/json', 'user-agent': 'Googlebot' };
    const response = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(5_000) }).catch(
      () => null,
    );
    status = response?.status ?? 0;
    await response?.arrayBuffer().catch(() => null);
    if (response?.ok) return status;
  }
  return status;
}
