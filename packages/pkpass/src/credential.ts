/** Looks at a pass certificate, its key and Apple's intermediate and says what is wrong before a phone does. */
import type { KeyObject } from 'node:crypto';
import { type Certificate, certificateFingerprint, isSignedBy, nameValue, serialNumberHex } from './certificate.ts';
import type { CredentialProblem } from './credential-codes.ts';
import { type PemOrDer, readCertificateInput, readPrivateKeyInput } from './credential-input.ts';
import { derTag, readDer, readText } from './der.ts';
import { oid } from './object-identifiers.ts';
import { isKeyOf } from './signer.ts';
import { wwdrG4Pem } from './wwdr-g4.ts';

export type CredentialInput = {
  readonly certificate: PemOrDer;
  readonly privateKey?: PemOrDer;
  readonly passphrase?: string;
  /** Apple's WWDR G4 unless told. */
  readonly intermediate?: PemOrDer;
  /** What the application is set up for; compared when given. */
  readonly passTypeIdentifier?: string;
  readonly teamIdentifier?: string;
  readonly now: Temporal.Instant;
};

/** What a pass certificate says about itself. A name it does not carry is undefined. */
export type CredentialFacts = {
  readonly passTypeIdentifier: string | undefined;
  readonly teamIdentifier: string | undefined;
  readonly commonName: string | undefined;
  readonly organizationName: string | undefined;
  readonly issuer: string | undefined;
  /** `G4` for a certificate that can sign passes today. */
  readonly issuerGeneration: string | undefined;
  readonly notBefore: Temporal.Instant;
  readonly notAfter: Temporal.Instant;
  readonly serialNumber: string;
  readonly fingerprintSha256: string;
  /** Whether passes with `nfc` or `personalization.json` open: only Apple's enhanced certificates can sign them. */
  readonly nfcCapable: boolean;
  readonly intermediate: { readonly generation: string | undefined; readonly notAfter: Temporal.Instant } | undefined;
};

export type CredentialReport = {
  /** Undefined when the certificate cannot be read. */
  readonly facts: CredentialFacts | undefined;
  readonly problems: readonly CredentialProblem[];
};

/**
 * Checks everything that would make a signed pass be refused. Never throws for bad input. Without errors (warnings
 * allowed) `createSigner` accepts the same input and phones accept what it signs.
 */
export function checkCredential(input: CredentialInput): CredentialReport {
  const read = readCertificateInput(input.certificate);
  const intermediate = readCertificateInput(input.intermediate ?? wwdrG4Pem);
  const key = input.privateKey === undefined ? undefined : readPrivateKeyInput(input.privateKey, input.passphrase);
  const problems: CredentialProblem[] = [];
  if ('found' in read) problems.push(error('certificate_unreadable', { found: read.found }));
  if (key && 'found' in key) {
    const code = key.found === 'passphrase' ? 'private_key_passphrase' : 'private_key_unreadable';
    problems.push(error(code, { found: key.found, passphraseGiven: input.passphrase !== undefined }));
  }
  if ('found' in intermediate) problems.push(error('intermediate_unreadable', { found: intermediate.found }));
  if ('found' in read) return { facts: undefined, problems };

  const { certificate } = read;
  const authority = 'found' in intermediate ? undefined : intermediate.certificate;
  const facts = readFacts(certificate, authority);
  problems.push(
    ...checkKey(certificate, key && 'key' in key ? key.key : undefined),
    ...checkPurpose(certificate, facts),
  );
  problems.push(...checkIdentity(facts, input), ...checkDates(certificate, input.now));
  if (authority) problems.push(...checkIssuer(certificate, authority, input.now));
  return { facts, problems };
}

/** Whether Apple has opened a certificate for NFC: passes with `nfc` that another one has signed do not open. */
export const isNfcCapable = (certificate: Certificate): boolean => certificate.extensions.has(oid.nfcPass);

/** The facts of a parsed certificate. */
export function readFacts(certificate: Certificate, intermediate: Certificate | undefined): CredentialFacts {
  return {
    passTypeIdentifier: nameValue(certificate.subject, oid.userId),
    teamIdentifier: nameValue(certificate.subject, oid.organizationalUnit),
    commonName: nameValue(certificate.subject, oid.commonName),
    organizationName: nameValue(certificate.subject, oid.organization),
    issuer: nameValue(certificate.issuer, oid.commonName),
    issuerGeneration: nameValue(certificate.issuer, oid.organizationalUnit),
    notBefore: certificate.notBefore,
    notAfter: certificate.notAfter,
    serialNumber: serialNumberHex(certificate),
    fingerprintSha256: certificateFingerprint(certificate),
    nfcCapable: isNfcCapable(certificate),
    intermediate: intermediate && {
      generation: nameValue(intermediate.subject, oid.organizationalUnit),
      notAfter: intermediate.notAfter,
    },
  };
}

function checkKey(certificate: Certificate, key: KeyObject | undefined): CredentialProblem[] {
  const problems: CredentialProblem[] = [];
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = certificate.publicKey;
  if (type !== 'rsa' || details?.modulusLength !== 2048) {
    problems.push(error('key_not_rsa_2048', { type: type ?? 'unknown', bits: details?.modulusLength ?? 0 }));
  }
  if (key && !isKeyOf(key, certificate)) problems.push(error('private_key_mismatch', {}));
  return problems;
}

function checkPurpose(certificate: Certificate, facts: CredentialFacts): CredentialProblem[] {
  const problems: CredentialProblem[] = [];
  if (!certificate.extendedKeyUsages.includes(oid.passSigning)) {
    problems.push(error('pass_signing_usage_missing', { commonName: facts.commonName ?? '' }));
  }
  if (facts.passTypeIdentifier === undefined) problems.push(error('pass_type_missing', {}));
  if (facts.teamIdentifier === undefined) problems.push(error('team_missing', {}));
  const extension = certificate.extensions.get(oid.passTypeIdentifier);
  const repeated = extension && extensionText(extension);
  if (repeated !== undefined && facts.passTypeIdentifier !== undefined && repeated !== facts.passTypeIdentifier) {
    problems.push(error('pass_type_extension_mismatch', { subject: facts.passTypeIdentifier, extension: repeated }));
  }
  return problems;
}

function checkIdentity(facts: CredentialFacts, input: CredentialInput): CredentialProblem[] {
  const problems: CredentialProblem[] = [];
  const { passTypeIdentifier: type, teamIdentifier: team } = facts;
  if (type !== undefined && input.passTypeIdentifier !== undefined && type !== input.passTypeIdentifier) {
    problems.push(error('pass_type_mismatch', { expected: input.passTypeIdentifier, actual: type }));
  }
  if (team !== undefined && input.teamIdentifier !== undefined && team !== input.teamIdentifier) {
    problems.push(error('team_mismatch', { expected: input.teamIdentifier, actual: team }));
  }
  return problems;
}

/** Days before the end at which a warning becomes more pressing. */
const warningDays: readonly number[] = [7, 14, 30, 60];
const intermediateWarningDays = 365;

function checkDates(certificate: Certificate, now: Temporal.Instant): CredentialProblem[] {
  const { notBefore, notAfter } = certificate;
  if (Temporal.Instant.compare(now, notBefore) < 0) {
    return [error('certificate_not_yet_valid', { notBefore: notBefore.toString() })];
  }
  if (Temporal.Instant.compare(now, notAfter) > 0) {
    return [error('certificate_expired', { notAfter: notAfter.toString() })];
  }
  const days = wholeDays(now, notAfter);
  const threshold = warningDays.find((limit) => days <= limit);
  if (threshold === undefined) return [];
  return [warning('certificate_expires_soon', { days, threshold, notAfter: notAfter.toString() })];
}

function checkIssuer(certificate: Certificate, authority: Certificate, now: Temporal.Instant): CredentialProblem[] {
  const expected = certificate.authorityKeyId;
  const actual = authority.subjectKeyId;
  const generations = {
    issuedBy: nameValue(certificate.issuer, oid.organizationalUnit) ?? '',
    given: nameValue(authority.subject, oid.organizationalUnit) ?? '',
  };
  if (expected !== undefined && actual !== undefined && expected !== actual) {
    return [error('intermediate_wrong', { ...generations, expectedKeyId: expected, actualKeyId: actual })];
  }
  const problems: CredentialProblem[] = [];
  if (!isSignedBy(certificate, authority)) problems.push(error('intermediate_signature_invalid', generations));
  if (generations.given !== 'G4') problems.push(error('intermediate_generation', { given: generations.given }));
  const notAfter = authority.notAfter.toString();
  if (Temporal.Instant.compare(now, authority.notAfter) > 0) {
    problems.push(error('intermediate_expired', { notAfter }));
  } else if (wholeDays(now, authority.notAfter) <= intermediateWarningDays) {
    problems.push(warning('intermediate_expires_soon', { days: wholeDays(now, authority.notAfter), notAfter }));
  }
  return problems;
}

function wholeDays(from: Temporal.Instant, to: Temporal.Instant): number {
  return Math.floor((to.epochMilliseconds - from.epochMilliseconds) / 86_400_000);
}

/** The extension holds a string; should Apple ever write the bare text, that is fine too. */
function extensionText(content: Buffer): string {
  try {
    const element = readDer(content);
    return element.tag === derTag.utf8String || element.tag === derTag.ia5String
      ? readText(element)
      : content.toString();
  } catch {
    return content.toString();
  }
}

function error(code: CredentialProblem['code'], params: CredentialProblem['params']): CredentialProblem {
  return { code, severity: 'error', params };
}

function warning(code: CredentialProblem['code'], params: CredentialProblem['params']): CredentialProblem {
  return { code, severity: 'warning', params };
}
