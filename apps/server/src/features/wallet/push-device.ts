import type { Tenant } from '../../platform/database/index.ts';
import { fingerprintOf } from './apple/request.ts';
import type { PushMode } from './refresh-pass.ts';
import { signerOf } from './signers.ts';
import { selectCredentialOfType } from './store/credentials.ts';
import { deleteDevice, selectDevice } from './store/registrations.ts';
import type { Wallet } from './wallet.ts';

/** Says that Apple's service wants this push later: the job is tried again. */
export class PushLaterError extends Error {}

export type PushInput = { readonly passTypeIdentifier: string; readonly deviceId: string; readonly mode: PushMode };

/**
 * Tells one device that something changed. The answer decides what becomes of its token: only Apple's word on the token
 * itself drops it, never a trouble of ours.
 */
export async function pushDevice(wallet: Wallet, tenant: Tenant, input: PushInput): Promise<void> {
  const device = await selectDevice(tenant, tenant.companyId, input);
  // Tokens of other push services must never reach Apple's: it takes them for a misuse.
  if (device?.platform !== 'apple') return;
  const credential = await selectCredentialOfType(tenant, tenant.companyId, input.passTypeIdentifier);
  const signer = credential && (await signerOf(wallet, tenant, credential.credentialId));
  const fields = { companyId: tenant.companyId, device: fingerprintOf(input.deviceId) };
  if (!signer) {
    wallet.log.error(fields, 'a push has no certificate to go with');
    wallet.metrics.pushes.inc({ result: 'no_certificate' });
    return;
  }
  const { pushToken } = device;
  const result = await wallet.apns.push({ credential: signer.apns, pushToken, mode: input.mode });
  wallet.metrics.pushes.inc({ result: result.status });
  switch (result.status) {
    case 'accepted':
      return;
    case 'unregistered':
      await deleteDevice(tenant, tenant.companyId, input, { pushToken, until: result.at });
      return;
    case 'bad_token':
      wallet.log.warn({ ...fields, reason: result.reason }, 'a push token is none; its device is forgotten');
      await deleteDevice(tenant, tenant.companyId, input, { pushToken, until: null });
      return;
    case 'misconfigured':
    case 'rejected_credential':
      wallet.log.error({ ...fields, status: result.status, reason: result.reason }, 'our pushes are refused');
      return;
    case 'retry_later':
      throw new PushLaterError(result.reason);
  }
}
