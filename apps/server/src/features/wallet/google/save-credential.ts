import { type Result, refuse, succeed } from '@tessera/contract';
import { readServiceAccount } from '../../../adapters/google-wallet/index.ts';
import type { Tenant } from '../../../platform/database/index.ts';
import { writeOutbox } from '../store/outbox.ts';
import type { Wallet } from '../wallet.ts';
import { accountContext } from './account.ts';
import { forgetIssuer, selectGoogleCredential, updateEnabled, upsertGoogleCredential } from './credentials.store.ts';
import { NOT_OFFERED } from './model.ts';
import { wantRefused } from './objects.store.ts';

export type GoogleCredentialInput = {
  readonly issuerId: string;
  /** The JSON file of the service account, as a text. */
  readonly serviceAccount: string;
};

const PREFIX_BYTES = 4;

/**
 * Saves a company's access to Google, or changes its key. The first time the button is on, unless Google Wallet is not
 * offered in the company's country. Another issuer knows nothing of the cards of the one before: guests have to save
 * them again. Refuses `google_account_invalid` with the problem.
 */
export async function saveGoogleCredential(
  wallet: Wallet,
  tenant: Tenant,
  { issuerId, serviceAccount, country }: GoogleCredentialInput & { country: string },
): Promise<Result<null>> {
  const read = readServiceAccount(serviceAccount);
  if (!read.ok) return refuse('google_account_invalid', { problem: read.problem });
  const { email: accountEmail, project, keyId } = read.account;
  const { companyId } = tenant;
  const before = await selectGoogleCredential(tenant, companyId);
  const now = wallet.clock.now();
  const isMoving = before !== null && before.issuerId !== issuerId;
  const forgotten = await tenant.transaction(async (transaction) => {
    const gone = isMoving ? await forgetIssuer(transaction) : [];
    await upsertGoogleCredential(
      transaction,
      {
        issuerId,
        accountEmail,
        project,
        keyId,
        accountSealed: wallet.vault.seal(serviceAccount, accountContext(companyId)),
        prefix: before?.prefix ?? wallet.random(PREFIX_BYTES).toString('hex'),
        enabled: before?.enabled ?? !NOT_OFFERED.includes(country),
      },
      now,
    );
    await wantRefused(transaction, now);
    await writeOutbox(transaction, 'google_wanted', { atOnce: true }, now);
    return gone;
  });
  for (const objectId of forgotten) await wallet.directory.remove('google_object', objectId);
  wallet.wake();
  return succeed(null);
}

/** Offers guests the button, or hides it. Cards that are in phones already stay up to date. Refuses `not_found`. */
export async function switchGoogle(tenant: Tenant, enabled: boolean): Promise<Result<null>> {
  if (!(await selectGoogleCredential(tenant, tenant.companyId))) return refuse('not_found');
  await updateEnabled(tenant, tenant.companyId, enabled);
  return succeed(null);
}
