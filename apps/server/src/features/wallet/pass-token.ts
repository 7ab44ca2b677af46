import type { Vault } from '../../platform/crypto/index.ts';

/**
 * The token that a card's phone shows to the web service. It is derived, never stored: whoever reads the database
 * cannot speak for a phone. The key id stays with the card, because a token never changes during its life.
 */
export function passToken(vault: Vault, keyId: number, passTypeIdentifier: string, serial: string): string {
  return vault.keyed(`pass-token:${keyId}`, `${passTypeIdentifier}\n${serial}`).toString('base64url');
}
