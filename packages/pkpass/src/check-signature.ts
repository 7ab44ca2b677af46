import { hash, verify } from 'node:crypto';
import { type BundleProblem, bundleError, bundleWarning } from './bundle-problem.ts';
import { type Certificate, isSignedBy } from './certificate.ts';
import { type CmsSignature, parseCmsSignature } from './cms-reader.ts';
import { type PemOrDer, readCertificateInput } from './credential-input.ts';
import { readObjectIdentifier, readTime } from './der.ts';
import { oid } from './object-identifiers.ts';

export type SignatureTrust = {
  /** Roots the intermediate must come from; not checked when absent. */
  readonly rootCertificates?: readonly PemOrDer[];
  /** The intermediate that must be used; any is fine when absent. */
  readonly intermediate?: PemOrDer;
  /** For validity; only the signing time is compared when absent. */
  readonly now?: Temporal.Instant;
};

export type SignatureReport = {
  readonly problems: readonly BundleProblem[];
  readonly signer: Certificate | undefined;
  readonly intermediate: Certificate | undefined;
  readonly signingTime: Temporal.Instant | undefined;
};

/** Clocks of phones and servers differ a little. */
const clockToleranceMs = 60_000;

/** Checks a detached signature over exactly these manifest bytes. Never throws for bad input. */
export function checkSignature(signature: Uint8Array, manifest: Uint8Array, trust: SignatureTrust): SignatureReport {
  let cms: CmsSignature;
  let signingTime: Temporal.Instant | undefined;
  try {
    cms = parseCmsSignature(signature);
    const time = cms.attributes.get(oid.signingTime);
    signingTime = time && readTime(time);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown';
    return {
      problems: [bundleError('signature_malformed', { reason })],
      signer: undefined,
      intermediate: undefined,
      signingTime: undefined,
    };
  }
  const signer = cms.certificates.find((one) =>
    Buffer.concat([one.issuerDer, one.serialNumberDer]).equals(cms.signerId),
  );
  const intermediate = signer && cms.certificates.find((one) => one !== signer && isSignedBy(signer, one));
  const problems = [...checkAttributes(cms, manifest)];
  if (!signer) problems.push(bundleError('signer_certificate_missing'));
  else {
    problems.push(...checkSignatureValue(cms, signer), ...checkValidity(signer, signingTime, trust.now));
    problems.push(...checkIntermediate(intermediate, trust));
  }
  return { problems, signer, intermediate, signingTime };
}

const digestNames: Readonly<Record<string, 'sha1' | 'sha256'>> = { [oid.sha1]: 'sha1', [oid.sha256]: 'sha256' };

function checkAttributes(cms: CmsSignature, manifest: Uint8Array): BundleProblem[] {
  const problems: BundleProblem[] = [];
  if (!cms.detached) problems.push(bundleError('signature_not_detached'));
  if (!cms.attributesSorted) problems.push(bundleWarning('signature_attributes_unsorted'));
  for (const attribute of ['contentType', 'messageDigest', 'signingTime'] as const) {
    if (!cms.attributes.has(oid[attribute])) problems.push(bundleError('signature_attribute_missing', { attribute }));
  }
  const contentType = cms.attributes.get(oid.contentType);
  if (contentType && readObjectIdentifier(contentType) !== oid.data) {
    problems.push(bundleError('signature_malformed', { reason: 'content type' }));
  }
  const algorithm = digestNames[cms.digestAlgorithm];
  if (!algorithm) return [...problems, bundleError('signature_algorithm', { algorithm: cms.digestAlgorithm })];
  const digest = cms.attributes.get(oid.messageDigest)?.content;
  if (digest && !digest.equals(hash(algorithm, manifest, 'buffer'))) problems.push(bundleError('signature_digest'));
  return problems;
}

function checkSignatureValue(cms: CmsSignature, signer: Certificate): BundleProblem[] {
  const rsa = [oid.rsaEncryption, oid.sha256WithRsaEncryption, '1.2.840.113549.1.1.5'] as string[];
  const algorithm = digestNames[cms.digestAlgorithm];
  if (!algorithm || !rsa.includes(cms.signatureAlgorithm) || signer.publicKey.asymmetricKeyType !== 'rsa') {
    return [bundleError('signature_algorithm', { algorithm: cms.signatureAlgorithm })];
  }
  const problems: BundleProblem[] = [];
  if (!verify(algorithm, cms.signedBytes, signer.publicKey, cms.signature)) {
    problems.push(bundleError('signature_invalid'));
  }
  if (!signer.extendedKeyUsages.includes(oid.passSigning)) problems.push(bundleError('pass_signing_usage_missing'));
  return problems;
}

function checkValidity(
  signer: Certificate,
  signingTime: Temporal.Instant | undefined,
  now: Temporal.Instant | undefined,
): BundleProblem[] {
  const problems: BundleProblem[] = [];
  const outside = [signingTime, now].some(
    (time) =>
      time &&
      (Temporal.Instant.compare(time, signer.notBefore) < 0 || Temporal.Instant.compare(time, signer.notAfter) > 0),
  );
  if (outside) {
    const [notBefore, notAfter] = [signer.notBefore.toString(), signer.notAfter.toString()];
    problems.push(bundleError('certificate_not_valid', { notBefore, notAfter }));
  }
  if (now && signingTime && signingTime.epochMilliseconds > now.epochMilliseconds + clockToleranceMs) {
    problems.push(bundleError('signing_time_future', { signingTime: signingTime.toString() }));
  }
  return problems;
}

function checkIntermediate(intermediate: Certificate | undefined, trust: SignatureTrust): BundleProblem[] {
  if (!intermediate) return [bundleError('intermediate_missing')];
  const problems: BundleProblem[] = [];
  if (trust.intermediate !== undefined && !readTrusted(trust.intermediate).der.equals(intermediate.der)) {
    problems.push(bundleError('intermediate_unexpected'));
  }
  const roots = trust.rootCertificates?.map(readTrusted);
  if (
    roots &&
    !roots.some((root) => root.subjectDer.equals(intermediate.issuerDer) && isSignedBy(intermediate, root))
  ) {
    problems.push(bundleError('root_untrusted'));
  }
  return problems;
}

/** What the caller trusts comes from the caller: unreadable is his defect. */
function readTrusted(input: PemOrDer): Certificate {
  const result = readCertificateInput(input);
  if ('found' in result) throw new Error(`trusted certificate cannot be read: ${result.found}`);
  return result.certificate;
}
