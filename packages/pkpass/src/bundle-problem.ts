/** Everything that can be wrong with a finished bundle besides the content of pass.json and the images. */
export const bundleProblemCodes = [
  /** Not a zip that can be read: `reason`. */
  'zip_malformed',
  /** More files, or more bytes, than any card needs: `limit`. A zip bomb or a mistake. */
  'zip_too_large',
  /** A path that leaves the bundle or cannot exist on a phone: `name`. */
  'zip_path',
  /** The same path twice: `name`. */
  'zip_duplicate',
  /** Encrypted, or another method than stored and deflate: `name`. */
  'zip_method',
  /** Local header and directory disagree: `name`. */
  'zip_header_mismatch',
  /** CRC or length of the content is wrong: `name`. */
  'zip_crc',
  /** Sizes come after the data (a streaming writer); some readers refuse that: `name`. */
  'zip_data_descriptor',
  /** pass.json, manifest.json or signature is not there: `name`. */
  'file_missing',
  /** The manifest is not a JSON object of SHA-1 hashes. */
  'manifest_malformed',
  /** Listed but not in the zip: `name`. */
  'manifest_file_missing',
  /** In the zip but not listed: `name`. */
  'manifest_entry_missing',
  /** The file is not the one that was listed: `name`. */
  'manifest_hash',
  /** Not a CMS SignedData with one signer: `reason`. */
  'signature_malformed',
  /** The manifest travels inside the signature; it must be detached. */
  'signature_not_detached',
  /** Neither SHA-256 nor SHA-1 with RSA: `algorithm`. */
  'signature_algorithm',
  /** contentType, messageDigest or signingTime is missing: `attribute`. */
  'signature_attribute_missing',
  /** The signed attributes are not sorted as DER demands; Wallet does not mind, strict readers refuse. */
  'signature_attributes_unsorted',
  /** The signature belongs to another manifest. */
  'signature_digest',
  /** The RSA value does not verify with the certificate. */
  'signature_invalid',
  /** The signing certificate is not in the signature. */
  'signer_certificate_missing',
  /** Apple's intermediate is not in the signature, or not the one that issued the certificate. */
  'intermediate_missing',
  /** The intermediate is not the expected one. */
  'intermediate_unexpected',
  /** The intermediate was not issued by a trusted root. */
  'root_untrusted',
  /** The certificate may not sign passes. */
  'pass_signing_usage_missing',
  /** Signed, or looked at, outside the certificate's validity: `notBefore`, `notAfter`. */
  'certificate_not_valid',
  /** `signingTime` lies in the future: `signingTime`. */
  'signing_time_future',
  /** pass.json is not JSON. */
  'pass_malformed',
  /** A `.pkpasses` file without a card. */
  'set_empty',
  /** More cards than a phone takes at once: `limit`. */
  'set_too_large',
  /** Something in a `.pkpasses` file that is no `.pkpass` at its root: `name`. */
  'set_foreign_file',
  /** The same card a second time: `name`. */
  'set_card_twice',
] as const;

export type BundleProblemCode = (typeof bundleProblemCodes)[number];

export type BundleProblem = {
  readonly code: BundleProblemCode;
  readonly severity: 'error' | 'warning';
  readonly params: Readonly<Record<string, string | number>>;
};

/** An error with its parameters. */
export function bundleError(code: BundleProblemCode, params: BundleProblem['params'] = {}): BundleProblem {
  return { code, severity: 'error', params };
}

/** A warning with its parameters. */
export function bundleWarning(code: BundleProblemCode, params: BundleProblem['params'] = {}): BundleProblem {
  return { code, severity: 'warning', params };
}
