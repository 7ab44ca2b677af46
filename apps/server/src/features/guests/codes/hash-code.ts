import type { Platform } from '../../../platform/context.ts';
import type { Vault } from '../../../platform/crypto/index.ts';

/** How a code with a request is kept: under the master key, and different for each request. */
export const hashCode = (vault: Vault, codeId: string, code: string): Buffer =>
  vault.keyed('phone-code', `${codeId}:${code}`);

/** How a code that is found by itself is kept and looked up. */
export const lookupOf = (vault: Vault, companyId: number, digits: string): Buffer =>
  vault.keyed('card-code', `${companyId}:${digits}`);

/** Long enough to answer a guest's question. */
export const CODES_KEPT_HOURS = 24;

/** Digits without bias: bytes that would favour some numbers are thrown away. */
export function randomDigits(random: Platform['random'], digits: number): string {
  const parts: string[] = [];
  for (let left = digits; left > 0; left -= 9) parts.push(nineAtMost(random, Math.min(9, left)));
  return parts.join('');
}

function nineAtMost(random: Platform['random'], digits: number): string {
  const bound = 10 ** digits;
  const limit = Math.floor(2 ** 32 / bound) * bound;
  for (;;) {
    const value = random(4).readUInt32BE();
    if (value < limit) return String(value % bound).padStart(digits, '0');
  }
}
