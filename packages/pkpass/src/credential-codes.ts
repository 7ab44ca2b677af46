/** Everything that can be wrong with a pass credential. Sentences for people are made elsewhere from code and params. */
export const credentialProblemCodes = [
  /** No certificate in the file. `found` says what it is instead: certificate_request, private_key, pkcs12, … */
  'certificate_unreadable',
  /** No private key in the file. `found` as above. */
  'private_key_unreadable',
  /** The key is encrypted and the passphrase is missing or wrong (`passphraseGiven`). */
  'private_key_passphrase',
  /** The key belongs to another certificate: the request was made on another machine or made twice. */
  'private_key_mismatch',
  /** Apple's pass certificates are RSA-2048; `type` and `bits` say what this one is. */
  'key_not_rsa_2048',
  /** Another kind of certificate (push, developer, distribution): it lacks the pass-signing usage. `commonName`. */
  'pass_signing_usage_missing',
  /** The subject has no user id, which would be the pass type identifier. */
  'pass_type_missing',
  /** The subject has no organisational unit, which would be the team. */
  'team_missing',
  /** Subject and Apple's extension name different pass types: `subject`, `extension`. */
  'pass_type_extension_mismatch',
  /** The certificate is for another pass type than configured: `expected`, `actual`. */
  'pass_type_mismatch',
  /** The certificate belongs to another team than configured: `expected`, `actual`. */
  'team_mismatch',
  /** Validity starts later: `notBefore`. Usually a wrong clock. */
  'certificate_not_yet_valid',
  /** Validity is over: `notAfter`. Installed cards stay, nothing new can be signed or pushed. */
  'certificate_expired',
  /** 60, 30, 14 or 7 days (`threshold`) are left: `days`, `notAfter`. */
  'certificate_expires_soon',
  /** No certificate in the intermediate's file: `found`. */
  'intermediate_unreadable',
  /** The certificate was issued by another authority key: `issuedBy`, `given` generations, `expectedKeyId`, `actualKeyId`. */
  'intermediate_wrong',
  /** The intermediate's key did not make the signature on the certificate: a forged or damaged file. */
  'intermediate_signature_invalid',
  /** Passes are signed under WWDR G4; `given` is another generation. */
  'intermediate_generation',
  /** The intermediate's validity is over: `notAfter`. */
  'intermediate_expired',
  /** The intermediate ends within a year: `days`, `notAfter`. */
  'intermediate_expires_soon',
] as const;

export type CredentialProblemCode = (typeof credentialProblemCodes)[number];

export type CredentialProblem = {
  readonly code: CredentialProblemCode;
  readonly severity: 'error' | 'warning';
  readonly params: Readonly<Record<string, string | number | boolean>>;
};
