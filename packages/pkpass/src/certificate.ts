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
  readonly subject: DistinguishedName;
  readonly issuer: DistinguishedName;
  readonly notBefore: Temporal.Instant;
  readonly notAfter: Temporal.Instant;
  /** Content of each extension by object identifier. */
  readonly extensions: ReadonlyMap<string, Buffer>;
  readonly publicKey: KeyObject;
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
  const extensions = optional.find((field) => field.tag === contextTag(3));
  return {
    der: whole.whole,
    issuerDer: expectTag(issuer, derTag.sequence).whole,
    serialNumberDer: expectTag(serial, derTag.integer).whole,
    subject: readName(expectTag(subject, derTag.sequence)),
    issuer: readName(expectTag(issuer, derTag.sequence)),
    notBefore: readTime(notBefore),
    notAfter: readTime(notAfter),
    extensions: readExtensions(extensions),
    publicKey: new X509Certificate(der).publicKey,
  };
}

/** First value of an attribute in a name. */
export function nameValue(name: DistinguishedName, type: string): string | undefined {
  return name.find((attribute) => attribute.type === type)?.value;
}

/** Lower-case hex of the subject key identifier. */
export function subjectKeyId(certificate: Certificate): string | undefined {
  const extension = certificate.extensions.get(oid.subjectKeyIdentifier);
  return extension && readWholeDer(extension, derTag.octetString).content.toString('hex');
}

/** Lower-case hex of the authority key identifier: which key of the issuer signed this certificate. */
export function authorityKeyId(certificate: Certificate): string | undefined {
  const extension = certificate.extensions.get(oid.authorityKeyIdentifier);
  if (!extension) return undefined;
  const keyId = childrenOf(readWholeDer(extension, derTag.sequence)).find((field) => field.tag === 0x80);
  return keyId?.content.toString('hex');
}

/** Object identifiers of the extended key usage; empty when the extension is absent. */
export function extendedKeyUsages(certificate: Certificate): string[] {
  const extension = certificate.extensions.get(oid.extendedKeyUsage);
  return extension ? childrenOf(readWholeDer(extension, derTag.sequence)).map(readObjectIdentifier) : [];
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
