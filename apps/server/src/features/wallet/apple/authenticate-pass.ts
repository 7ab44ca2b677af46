import { equalSecrets } from '../../../platform/crypto/index.ts';
import type { Tenant } from '../../../platform/database/index.ts';
import { type PassRecord, TOKEN_KEY_ID } from '../model.ts';
import { passToken } from '../pass-token.ts';
import { selectPassBySerial } from '../store/passes.ts';
import type { Wallet } from '../wallet.ts';
import { readToken } from './request.ts';
import { isGone } from './tombstones.ts';

export type PassInTenant = { readonly tenant: Tenant; readonly pass: PassRecord };

/**
 * The card that a request names, if the request shows this very card's token; another card's token does not do.
 * An unknown type, an unknown card and a wrong token are one answer, so that nobody learns which cards exist.
 */
export async function authenticatePass(
  wallet: Wallet,
  { passTypeIdentifier, serial }: { passTypeIdentifier: string; serial: string },
  authorization: string | undefined,
): Promise<PassInTenant | null> {
  const token = readToken(authorization);
  if (token === null) return null;
  const companyId = await wallet.directory.find('pass_type', passTypeIdentifier);
  const tenant = companyId === null ? null : wallet.database.tenant(companyId);
  const pass = tenant && (await selectPassBySerial(tenant, tenant.companyId, passTypeIdentifier, serial));
  const keyId = pass?.tokenKeyId ?? TOKEN_KEY_ID;
  const right = equalSecrets(token, passToken(wallet.vault, keyId, passTypeIdentifier, serial));
  if (!right || !tenant || !pass) return null;
  // A deleted card goes on telling phones that it ended, for a time; then it is as unknown as any other.
  return isGone(pass, wallet.clock.now()) ? null : { tenant, pass };
}
