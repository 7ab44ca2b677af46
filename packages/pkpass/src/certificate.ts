import { createHash, type KeyObject, X509Certificate } from 'node:crypto';
import {
  childrenOf,
  contextTag,
  type DerElement,
  derTag,
  expectTag,
  readObjectIdentifier,
  readText,
  readTime,
  readWholeDer,
} from './der.ts';
import { oid } from './object-identifiers.ts';

/** What this package reads out of an X.509 certificate. Names are lists in the order of the certificate. */
export type Certificate = {
  readonly der: Buffer;
  /** The issuer's Name and the serial INTEGER exactly as encoded: CMS must repeat them byte for byte. */
  readonly issuerDer: Buffer;
  readonly serialNumberDer: Buffer;
  readonly subjectDer: Buffer;
  readonly subject: DistinguishedName;
  readonly issuer: DistinguishedName;
  readonly notBefore: Temporal.Instant;
  readonly notAfter: Temporal.Instant;
  /** Content of each extension by object identifier. */
  readonly extensions: ReadonlyMap<string, Buffer>;
  readonly publicKey: KeyObject;
  /** Lower-case hex of the subject key identifier. */
  readonly subjectKeyId: string | undefined;
  /** Lower-case hex of the authority key identifier: which key of the issuer signed this certificate. */
  readonly authorityKeyId: string | undefined;
  /** Object identifiers of the extended key usage; empty when the extension is absent. */
  readonly extendedKeyUsages: readonly string[];
};

export type DistinguishedName = readonly { readonly type: string; readonly value: string }[];

/** Reads a DER certificate. Throws `Error` when it is not one. */
export function parseCertificate(der: Uint8Array): Certificate {
  const whole = readWholeDer(der, derTag.sequence);
  const [body] = childrenOf(whole);
  const fields = childrenOf(expectTag(body, derTag.sequence));
  if (fields[0]?.tag === contextTag(0)) fields.shift();
  const [serial, , issuer, validity, subject, , ...optional] = fields;
  const [notBefore, notAfter] = childrenOf(expectTag(validity, derTag.sequence));
  const extensions = readExtensions(optional.find((field) => field.tag === contextTag(3)));
  return {
    der: whole.whole,
    issuerDer: expectTag(issuer, derTag.sequence).whole,
    serialNumberDer: expectTag(serial, derTag.integer).whole,
    subjectDer: expectTag(subject, derTag.sequence).whole,
    subject: readName(expectTag(subject, derTag.sequence)),
    issuer: readName(expectTag(issuer, derTag.sequence)),
    notBefore: readTime(notBefore),
    notAfter: readTime(notAfter),
    extensions,
    publicKey: new X509Certificate(der).publicKey,
    subjectKeyId: readSubjectKeyId(extensions),
    authorityKeyId: readAuthorityKeyId(extensions),
    extendedKeyUsages: readExtendedKeyUsages(extensions),
  };
}

/** First value of an attribute in a name. */
export function nameValue(name: DistinguishedName, type: string): string | undefined {
  return name.find((attribute) => attribute.type === type)?.value;
}

/** Whether `certificate` carries a valid signature made with the key of `issuer`. Names are not compared. */
export function isSignedBy(certificate: Certificate, issuer: Certificate): boolean {
  return new X509Certificate(certificate.der).verify(issuer.publicKey);
}

/** SHA-256 of the whole certificate, lower-case hex. */
export function certificateFingerprint(certificate: Certificate): string {
  return createHash('sha256').update(certificate.der).digest('hex');
}

/** The serial number, lower-case hex without leading zero bytes. */
export function serialNumberHex(certificate: Certificate): string {
  const { content } = readWholeDer(certificate.serialNumberDer, derTag.integer);
  return content.toString('hex').replace(/^(00)+(?=.)/, '');
}

function readSubjectKeyId(extensions: ReadonlyMap<string, Buffer>): string | undefined {
  const extension = extensions.get(oid.subjectKeyIdentifier);
  return extension && readWholeDer(extension, derTag.octetString).content.toString('hex');
}

function readAuthorityKeyId(extensions: ReadonlyMap<string, Buffer>): string | undefined {
  const extension = extensions.get(oid.authorityKeyIdentifier);
  if (!extension) return undefined;
  const keyId = childrenOf(readWholeDer(extension, derTag.sequence)).find((field) => field.tag === 0x80);
  return keyId?.content.toString('hex');
}

function readExtendedKeyUsages(extensions: ReadonlyMap<string, Buffer>): string[] {
  const extension = extensions.get(oid.extendedKeyUsage);
  return extension ? childrenOf(readWholeDer(extension, derTag.sequence)).map(readObjectIdentifier) : [];
}

function readName(element: DerElement): DistinguishedName {
  return childrenOf(element).flatMap((set) =>
    childrenOf(expectTag(set, derTag.set)).map((attribute) => {
      const [type, value] = childrenOf(expectTag(attribute, derTag.sequence));
      if (!value) throw new Error('certificate: attribute without value');
      return { type: readObjectIdentifier(type), value: readText(value) };
    }),
  );
}

function readExtensions(wrapper: DerElement | undefined): Map<string, Buffer> {
  const extensions = new Map<string, Buffer>();
  if (!wrapper) return extensions;
  for (const extension of childrenOf(readWholeDer(wrapper.content, derTag.sequence))) {
    const [type, ...rest] = childrenOf(extension);
    extensions.set(readObjectIdentifier(type), expectTag(rest.at(-1), derTag.octetString).content);
  }
  return extensions;
}
