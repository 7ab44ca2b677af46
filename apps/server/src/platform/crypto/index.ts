import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';

/** Randomness, passed in so that a test can play the same story twice. */
export type Random = (bytes: number) => Buffer;
export const systemRandom: Random = (bytes) => randomBytes(bytes);

/** What the master key is used for: each purpose has a key of its own, so that none can be traded for another. */
export type Vault = {
  /** AES-256-GCM; `context` (a table and an id, say) is bound in: a sealed value moved elsewhere does not open. */
  seal(plain: string | Uint8Array, context: string): Buffer;
  /** Throws when the value was changed, moved, or sealed with another master key. */
  open(sealed: Uint8Array, context: string): Buffer;
  /** HMAC-SHA-256 under a key of this purpose: for tokens that can be made again, and for codes kept as hashes. */
  keyed(purpose: string, message: string): Buffer;
};

const VERSION = 1;
const IV_BYTES = 12;
const TAG_BYTES = 16;
/** What sealing adds to a value. */
export const SEAL_BYTES = 1 + IV_BYTES + TAG_BYTES;

/** Makes the vault of a master key of 32 bytes. */
export function createVault(masterKey: Buffer, random: Random = systemRandom): Vault {
  if (masterKey.length !== 32) throw new Error('The master key must have 32 bytes.');
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', masterKey, 'tessera', purpose, 32));
  const sealingKey = derive('seal');
  const keys = new Map<string, Buffer>();
  return {
    seal(plain, context) {
      const iv = random(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', sealingKey, iv).setAAD(Buffer.from(context));
      const body = Buffer.concat([cipher.update(plain), cipher.final()]);
      return Buffer.concat([Buffer.of(VERSION), iv, cipher.getAuthTag(), body]);
    },
    open(sealed, context) {
      const bytes = Buffer.from(sealed);
      if (bytes[0] !== VERSION || bytes.length < SEAL_BYTES) throw new Error('Not a sealed value.');
      const body = bytes.subarray(SEAL_BYTES);
      const decipher = createDecipheriv('aes-256-gcm', sealingKey, bytes.subarray(1, 1 + IV_BYTES))
        .setAAD(Buffer.from(context))
        .setAuthTag(bytes.subarray(1 + IV_BYTES, SEAL_BYTES));
      return Buffer.concat([decipher.update(body), decipher.final()]);
    },
    keyed(purpose, message) {
      const key = keys.get(purpose) ?? derive(`keyed:${purpose}`);
      keys.set(purpose, key);
      return createHmac('sha256', key).update(message).digest();
    },
  };
}

/** SHA-256 of a text: how tokens of high entropy are kept and looked up. */
export const sha256 = (text: string | Uint8Array): Buffer => createHash('sha256').update(text).digest();

/** Compares two secrets in a time that does not tell where they differ. */
export function equalSecrets(left: string, right: string): boolean {
  return timingSafeEqual(sha256(left), sha256(right));
}

/** A random token of 256 bits, URL-safe. */
export const newToken = (random: Random): string => random(32).toString('base64url');

const PASSWORD_CHARACTERS = 16;

/** A password for a person to copy: 96 bits. */
export const newPassword = (random: Random): string => newToken(random).slice(0, PASSWORD_CHARACTERS);

/** A random UUID, version 4. */
export function newUuid(random: Random): string {
  const bytes = random(16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
