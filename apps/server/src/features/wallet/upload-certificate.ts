import { createPrivateKey, X509Certificate } from 'node:crypto';
import { type Result, refuse, succeed } from '@tessera/contract';
import {
  type CredentialFacts,
  type CredentialProblem,
  checkCredential,
  createSigner,
  wwdrG4Pem,
} from '@tessera/pkpass';
import type { Platform } from '../../platform/context.ts';
import type { Tenant } from '../../platform/database/index.ts';
import type { CredentialRecord } from './model.ts';
import { sealContext } from './signers.ts';
import { selectCredential, selectCredentials, updateCertificate, updateKey } from './store/credentials.ts';
import { beginPushes } from './store/push-states.ts';

/** Files as they came: PEM or DER. */
export type CertificateFiles = {
  readonly certificate: Uint8Array;
  /** Absent: the key that the server made. */
  readonly privateKey?: Uint8Array;
  readonly passphrase?: string;
  /** Absent: the one of another credential here that this certificate hangs under, else Apple's WWDR G4. */
  readonly intermediate?: Uint8Array;
};

export type UploadInput = CertificateFiles & { readonly credentialId: number };
/** Accepted when no problem is an error; warnings are told all the same. */
export type UploadOutcome = { readonly accepted: boolean; readonly problems: readonly CredentialProblem[] };

/**
 * Takes Apple's certificate for a credential, if it is the right one in every respect.
 * Refuses `not_found`, and `pass_type_taken` when another company has proved the pass type before.
 */
export async function uploadCertificate(
  platform: Platform,
  tenant: Tenant,
  input: UploadInput,
): Promise<Result<UploadOutcome>> {
  const credential = await selectCredential(tenant, tenant.companyId, input.credentialId);
  if (!credential) return refuse('not_found');
  const privateKey = input.privateKey ?? openKey(platform, tenant, credential);
  if (!privateKey) return refuse('credential_incomplete');
  const intermediate = input.intermediate ?? (await knownIssuer(tenant, input.certificate)) ?? wwdrG4Pem;
  const { facts, problems } = checkCredential({
    ...passphraseOf(input),
    certificate: input.certificate,
    privateKey,
    intermediate,
    passTypeIdentifier: credential.passTypeIdentifier,
    teamIdentifier: credential.teamIdentifier,
    now: platform.clock.now(),
  });
  if (!facts || problems.some(({ severity }) => severity === 'error')) return succeed({ accepted: false, problems });
  if (!(await platform.directory.enter('pass_type', credential.passTypeIdentifier, tenant.companyId))) {
    return refuse('pass_type_taken');
  }
  await save(platform, tenant, credential, { input, facts, privateKey, intermediate });
  return succeed({ accepted: true, problems });
}

/** A renewal, or one more pass type of the same account: its intermediate was brought before. */
async function knownIssuer(tenant: Tenant, certificate: Uint8Array): Promise<Buffer | null> {
  const leaf = readCertificate(certificate);
  const credentials = leaf ? await selectCredentials(tenant, tenant.companyId) : [];
  const known = credentials.map(({ intermediate }) => intermediate).filter((one) => one !== null);
  return known.find((one) => leaf?.checkIssued(new X509Certificate(one))) ?? null;
}

function readCertificate(bytes: Uint8Array): X509Certificate | null {
  try {
    return new X509Certificate(bytes);
  } catch {
    return null;
  }
}

type Checked = {
  readonly input: UploadInput;
  readonly facts: CredentialFacts;
  readonly privateKey: Uint8Array;
  readonly intermediate: Uint8Array | string;
};

async function save(
  platform: Platform,
  tenant: Tenant,
  { credentialId }: CredentialRecord,
  { input, facts, privateKey, intermediate }: Checked,
): Promise<void> {
  const { certificate } = createSigner({
    ...passphraseOf(input),
    certificate: input.certificate,
    privateKey,
    intermediate,
  });
  await tenant.transaction(async (transaction) => {
    if (input.privateKey) {
      const pem = toPlainPem(input.privateKey, input.passphrase);
      const privateKeySealed = platform.vault.seal(pem, sealContext(tenant.companyId, credentialId));
      await updateKey(transaction, credentialId, { privateKeySealed, requestPem: null });
    }
    await updateCertificate(transaction, credentialId, {
      certificate: certificate.der,
      intermediate: new X509Certificate(intermediate).raw,
      notBefore: facts.notBefore,
      notAfter: facts.notAfter,
    });
    await beginPushes(transaction, credentialId, platform.clock.now());
  });
}

function openKey(platform: Platform, tenant: Tenant, credential: CredentialRecord): Buffer | null {
  if (!credential.privateKeySealed) return null;
  return platform.vault.open(credential.privateKeySealed, sealContext(tenant.companyId, credential.credentialId));
}

const passphraseOf = ({ passphrase }: { passphrase?: string | undefined }) =>
  passphrase === undefined || passphrase === '' ? {} : { passphrase };

/** A key that `checkCredential` has read before, as PKCS#8 PEM without passphrase: it is sealed with our own key. */
function toPlainPem(key: Uint8Array, passphrase: string | undefined): string {
  const bytes = Buffer.from(key);
  const secret = passphraseOf({ passphrase });
  const isPem = bytes.includes('-----BEGIN');
  const read = () => {
    if (isPem) return createPrivateKey({ key: bytes, format: 'pem', ...secret });
    try {
      return createPrivateKey({ key: bytes, format: 'der', type: 'pkcs8', ...secret });
    } catch {
      return createPrivateKey({ key: bytes, format: 'der', type: 'pkcs1' });
    }
  };
  return read().export({ format: 'pem', type: 'pkcs8' }).toString();
}
