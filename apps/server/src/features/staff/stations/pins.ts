import { timingSafeEqual } from 'node:crypto';
import type { Random, Vault } from '../../../platform/crypto/index.ts';

const SALT_BYTES = 16;
type Whose = { companyId: number; userId: number };

const code = (vault: Vault, { companyId, userId }: Whose, salt: Buffer, pin: string): Buffer =>
  vault.keyed('pin', `${companyId}:${userId}:${salt.toString('base64url')}:${pin}`);

/**
 * What is kept of a PIN: a salt and an HMAC under a key derived from the master key. Ten thousand PINs are tried in a
 * blink whatever the hash costs, so a stolen copy of the database must lack something: the key, which is not in it.
 */
export function hashPin(vault: Vault, random: Random, whose: Whose, pin: string): Buffer {
  const salt = random(SALT_BYTES);
  return Buffer.concat([salt, code(vault, whose, salt, pin)]);
}

/** Whether a PIN fits what is kept of it; null is nobody's, takes as long and never fits. */
export function pinFits(vault: Vault, whose: Whose, kept: Buffer | null, pin: string): boolean {
  const hash = kept ?? Buffer.alloc(SALT_BYTES + 32);
  const salt = hash.subarray(0, SALT_BYTES);
  const fits = timingSafeEqual(code(vault, whose, salt, pin), hash.subarray(SALT_BYTES));
  return kept !== null && fits;
}
