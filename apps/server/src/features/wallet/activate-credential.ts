import { type Result, refuse, succeed } from '@tessera/contract';
import type { Platform } from '../../platform/context.ts';
import type { Tenant } from '../../platform/database/index.ts';
import { deleteCredential, insertCredential } from './store/credentials.ts';
import { uploadCertificate } from './upload-certificate.ts';

export type NewActiveCredential = {
  readonly name: string;
  readonly passTypeIdentifier: string;
  readonly teamIdentifier: string;
  /** PEM or DER each. */
  readonly certificate: Uint8Array;
  readonly privateKey: Uint8Array;
  readonly intermediate: Uint8Array;
  readonly demo: boolean;
};

/**
 * Sets up a credential whose certificate and key exist already (the demo's own authority, a command line), with the
 * same checks as an upload. Refuses `credential_refused` with the first problem's code, and `pass_type_taken`.
 */
export async function activateCredential(
  platform: Platform,
  tenant: Tenant,
  input: NewActiveCredential,
): Promise<Result<number>> {
  const now = platform.clock.now();
  const credentialId = await tenant.transaction((transaction) => insertCredential(transaction, { ...input, now }));
  const { certificate, privateKey, intermediate } = input;
  const uploaded = await uploadCertificate(platform, tenant, { credentialId, certificate, privateKey, intermediate });
  if (uploaded.ok && uploaded.value.accepted) return succeed(credentialId);
  // Nothing of it stays, so that the same can be tried again under the same name.
  await deleteCredential(tenant, tenant.companyId, credentialId);
  if (!uploaded.ok) return uploaded;
  const fault = uploaded.value.problems.find(({ severity }) => severity === 'error');
  return refuse('credential_refused', { problem: fault?.code ?? '' });
}
