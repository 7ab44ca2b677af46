import { readServiceAccount, type ServiceAccount } from '../../../adapters/google-wallet/index.ts';
import type { Tenant } from '../../../platform/database/index.ts';
import type { Wallet } from '../wallet.ts';
import { selectGoogleCredential } from './credentials.store.ts';
import type { GoogleCredential } from './model.ts';

/** What the file of a service account is sealed for: moved to another company it does not open. */
export const accountContext = (companyId: number): string => `google-account:${companyId}`;

export type GoogleAccess = { readonly credential: GoogleCredential; readonly account: ServiceAccount };

/** A company's access to Google, its key opened once per process; null while it has none. */
export async function openAccess(wallet: Wallet, tenant: Tenant): Promise<GoogleAccess | null> {
  const { companyId } = tenant;
  const credential = await selectGoogleCredential(tenant, companyId);
  if (!credential) return null;
  const key = `${companyId}:${credential.updatedAt.epochMilliseconds}:${credential.keyId}`;
  const account = await wallet.googleAccounts.get(key, async () => {
    const read = readServiceAccount(
      wallet.vault.open(credential.accountSealed, accountContext(companyId)).toString('utf8'),
    );
    // It was read when it was saved.
    if (!read.ok) throw new Error(`The service account of company ${companyId} cannot be read: ${read.problem}.`);
    return read.account;
  });
  return { credential, account };
}

/** Whether guests of a company are offered Google Wallet. */
export async function offersGoogle(tenant: Tenant): Promise<boolean> {
  const credential = await selectGoogleCredential(tenant, tenant.companyId);
  return credential?.enabled === true && credential.halted === null;
}
