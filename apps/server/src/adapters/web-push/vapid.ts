import { createECDH, createPrivateKey, type KeyObject, sign } from 'node:crypto';

/** An installation's key pair for push services, base64url: a point of 65 bytes, a number of 32. */
export type VapidKeys = { readonly publicKey: string; readonly privateKey: string };

/** Makes the pair. Browsers subscribe to the public half: with another pair all subscriptions are lost. */
export function makeVapidKeys(): VapidKeys {
  const curve = createECDH('prime256v1');
  const point = curve.generateKeys();
  const number = curve.getPrivateKey();
  const padded = Buffer.concat([Buffer.alloc(32 - number.length), number]);
  return { publicKey: point.toString('base64url'), privateKey: padded.toString('base64url') };
}

function keyOf({ publicKey, privateKey }: VapidKeys): KeyObject {
  const point = Buffer.from(publicKey, 'base64url');
  const coordinate = (from: number) => point.subarray(from, from + 32).toString('base64url');
  const key = { kty: 'EC', crv: 'P-256', x: coordinate(1), y: coordinate(33), d: privateKey };
  return createPrivateKey({ key, format: 'jwk' });
}

/** Services allow a day; half of it leaves room for clocks that are wrong. */
const LIFE_SECONDS = 12 * 3_600;
/** Signed anew well before the end. */
const KEPT_SECONDS = 6 * 3_600;

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/**
 * Says who sends (RFC 8292): gives the `Authorization` header for a push service. One token serves a service for hours.
 * @param subject an address where the service finds whoever runs this installation: `https:` or `mailto:`
 */
export function createVapid(keys: VapidKeys, subject: string, now: () => Temporal.Instant) {
  const key = keyOf(keys);
  const tokens = new Map<string, { readonly token: string; readonly until: number }>();
  return (endpoint: string): string => {
    const { origin } = new URL(endpoint);
    const seconds = Math.floor(now().epochMilliseconds / 1_000);
    const known = tokens.get(origin);
    if (known && known.until > seconds) return header(known.token);
    const claims = { aud: origin, exp: seconds + LIFE_SECONDS, sub: subject };
    const signed = `${encode({ typ: 'JWT', alg: 'ES256' })}.${encode(claims)}`;
    const signature = sign('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' });
    const token = `${signed}.${signature.toString('base64url')}`;
    tokens.set(origin, { token, until: seconds + KEPT_SECONDS });
    return header(token);
  };
  function header(token: string): string {
    return `vapid t=${token}, k=${keys.publicKey}`;
  }
}
