import { createCipheriv, createECDH, hkdfSync } from 'node:crypto';

/** A browser's keys: a point of P-256 (65 bytes) and a secret (16 bytes). */
export type BrowserKeys = { readonly p256dh: Buffer; readonly auth: Buffer };

/** What one message is locked with: a key pair of its own and a salt of 16 bytes. */
export type OneTime = { readonly privateKey: Buffer; readonly salt: Buffer };

const POINT_BYTES = 65;
const AUTH_BYTES = 16;
/** The whole body fits the 4096 bytes that every service takes: one record. */
const RECORD_BYTES = 4_096;
const TAG_BYTES = 16;
const HEADER_BYTES = 16 + 4 + 1 + POINT_BYTES;
export const PAYLOAD_BYTES_MAX = RECORD_BYTES - HEADER_BYTES - TAG_BYTES - 1;

/** Reads the keys as a browser sends them (base64url); null when they are none. */
export function readBrowserKeys({ p256dh, auth }: { p256dh: string; auth: string }): BrowserKeys | null {
  const keys = { p256dh: Buffer.from(p256dh, 'base64url'), auth: Buffer.from(auth, 'base64url') };
  if (keys.p256dh.length !== POINT_BYTES || keys.auth.length !== AUTH_BYTES) return null;
  try {
    // Throws for a point that does not lie on the curve.
    const probe = createECDH('prime256v1');
    probe.generateKeys();
    probe.computeSecret(keys.p256dh);
    return keys;
  } catch {
    return null;
  }
}

const derive = (secret: Buffer, salt: Buffer, info: Buffer | string, bytes: number): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, salt, info, bytes));

/** Locks a message for one browser (RFC 8291, `aes128gcm` of RFC 8188), in one record. */
export function encrypt(payload: Buffer, { p256dh, auth }: BrowserKeys, { privateKey, salt }: OneTime): Buffer {
  if (payload.length > PAYLOAD_BYTES_MAX) throw new Error('A web push message is too long.');
  const ours = createECDH('prime256v1');
  ours.setPrivateKey(privateKey);
  const ourPoint = ours.getPublicKey();
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), p256dh, ourPoint]);
  const shared = derive(ours.computeSecret(p256dh), auth, info, 32);
  const key = derive(shared, salt, 'Content-Encoding: aes128gcm\0', 16);
  const nonce = derive(shared, salt, 'Content-Encoding: nonce\0', 12);
  const cipher = createCipheriv('aes-128-gcm', key, nonce);
  // 2 ends the last record.
  const body = [cipher.update(payload), cipher.update(Buffer.of(2)), cipher.final(), cipher.getAuthTag()];
  const size = Buffer.alloc(4);
  size.writeUInt32BE(RECORD_BYTES);
  return Buffer.concat([salt, size, Buffer.of(POINT_BYTES), ourPoint, ...body]);
}
