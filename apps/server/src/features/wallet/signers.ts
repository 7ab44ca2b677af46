import { X509Certificate } from 'node:crypto';
import { createSigner, isNfcCapable } from '@tessera/pkpass';
import { sha256 } from '../../platform/crypto/index.ts';
import type { Tenant } from '../../platform/database/index.ts';
import { selectCredential } from './store/credentials.ts';
import type { PassSigner, Wallet } from './wallet.ts';

/** What a private key is bound to when it is sealed: a key moved to another row does not open. */
export const sealContext = (companyId: number, credentialId: number): string =>
  `credential:${companyId}:${credentialId}`;

/** The signer of a credential, parsed once per certificate; null while Apple's certificate is missing. */
export async function signerOf(wallet: Wallet, tenant: Tenant, credentialId: number): Promise<PassSigner | null> {
  const { companyId } = tenant;
  const credential = await selectCredential(tenant, companyId, credentialId);
  const { certificate, intermediate, privateKeySealed } = credential ?? {};
  if (!credential || !certificate || !intermediate || !privateKeySealed) return null;
  const key = `${companyId}:${credentialId}:${sha256(certificate).toString('hex')}`;
  return wallet.signers.get(key, async () => {
    const privateKey = wallet.vault.open(privateKeySealed, sealContext(companyId, credentialId)).toString('utf8');
    const signer = createSigner({ certificate, privateKey, intermediate });
    return {
      signer,
      nfcCapable: isNfcCapable(signer.certificate),
      teamIdentifier: credential.teamIdentifier,
      apns: {
        certificatePem: new X509Certificate(certificate).toString(),
        privateKeyPem: privateKey,
        topic: credential.passTypeIdentifier,
      },
    };
  });
}
