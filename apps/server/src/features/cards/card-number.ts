import { timingSafeEqual } from 'node:crypto';
import type { Vault } from '../../platform/crypto/index.ts';

const ACCOUNT_DIGITS = 11;
const PROOF_DIGITS = 6;

/**
 * The number by which a station knows an account that has no plastic: 18 digits, because a card of r_keeper is a signed
 * 64-bit number. 1, the account, six digits that only we can compute: numbers next to a known one lead nowhere.
 */
export function cardNumberOf(vault: Vault, companyId: number, accountId: number): string {
  return `1${String(accountId).padStart(ACCOUNT_DIGITS, '0')}${proofOf(vault, companyId, accountId)}`;
}

/** The account of such a number; null for plastic, and for a number that nobody was given. */
export function accountOfNumber(vault: Vault, companyId: number, card: string): number | null {
  if (card.length !== 1 + ACCOUNT_DIGITS + PROOF_DIGITS || !card.startsWith('1')) return null;
  const accountId = Number(card.slice(1, 1 + ACCOUNT_DIGITS));
  const proof = Buffer.from(card.slice(1 + ACCOUNT_DIGITS));
  return timingSafeEqual(proof, Buffer.from(proofOf(vault, companyId, accountId))) ? accountId : null;
}

function proofOf(vault: Vault, companyId: number, accountId: number): string {
  const number = vault.keyed('farcards-card', `${companyId}:${accountId}`).readUInt32BE(0) % 10 ** PROOF_DIGITS;
  return String(number).padStart(PROOF_DIGITS, '0');
}
