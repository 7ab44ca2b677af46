import { type NewCredential, type Result, refuse, succeed } from '@tessera/contract';
import { makeCertificateRequest } from '@tessera/pkpass';
import type { Platform } from '../../platform/context.ts';
import { isUniqueViolation, type Tenant } from '../../platform/database/index.ts';
import { sealContext } from './signers.ts';
import { insertCredential, updateKey } from './store/credentials.ts';

/** Where a name is used twice: not a refusal of the registry, since only one field of one form can meet it. */
export type NewCredentialOutcome = { readonly credentialId: number } | { readonly nameTaken: true };

/**
 * Makes a key pair and the request that the owner uploads to Apple. The private key never leaves the server.
 * Refuses `pass_type_taken`. The pass type becomes the company's own only with Apple's certificate for it: before that
 * anybody may name it.
 */
export async function createCredential(
  platform: Platform,
  tenant: Tenant,
  input: NewCredential,
): Promise<Result<NewCredentialOutcome>> {
  const owner = await platform.directory.find('pass_type', input.passTypeIdentifier);
  if (owner !== null && owner !== tenant.companyId) return refuse('pass_type_taken');
  const request = await makeCertificateRequest({ commonName: input.passTypeIdentifier });
  try {
    const credentialId = await tenant.transaction(async (transaction) => {
      const id = await insertCredential(transaction, { ...input, demo: false, now: platform.clock.now() });
      const privateKeySealed = platform.vault.seal(request.privateKeyPem, sealContext(tenant.companyId, id));
      await updateKey(transaction, id, { privateKeySealed, requestPem: request.csrPem });
      return id;
    });
    return succeed({ credentialId });
  } catch (error) {
    if (isUniqueViolation(error, 'credentials_company_id_name_key')) return succeed({ nameTaken: true });
    if (isUniqueViolation(error, 'credentials_company_id_pass_type_identifier_key')) return refuse('pass_type_taken');
    throw error;
  }
}
