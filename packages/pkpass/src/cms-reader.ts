import { type Certificate, parseCertificate } from './certificate.ts';
import {
  childrenOf,
  contextTag,
  type DerElement,
  derTag,
  expectTag,
  readObjectIdentifier,
  readWholeDer,
} from './der.ts';
import { oid } from './object-identifiers.ts';

/** A detached CMS signature taken apart (RFC 5652), one signer by issuer and serial number. */
export type CmsSignature = {
  readonly detached: boolean;
  readonly certificates: readonly Certificate[];
  /** Content of the SEQUENCE of issuer Name and serial INTEGER. */
  readonly signerId: Buffer;
  readonly digestAlgorithm: string;
  readonly signatureAlgorithm: string;
  /** The attributes as `SET OF`, the bytes that were signed. */
  readonly signedBytes: Buffer;
  readonly attributesSorted: boolean;
  /** First value of each attribute by object identifier. */
  readonly attributes: ReadonlyMap<string, DerElement>;
  readonly signature: Buffer;
};

/** Reads a signature. Throws `Error` when it has another shape. */
export function parseCmsSignature(der: Uint8Array): CmsSignature {
  const [type, wrapper] = childrenOf(readWholeDer(der, derTag.sequence));
  if (readObjectIdentifier(type) !== oid.signedData) throw new Error('CMS: not signed data');
  const signedData = readWholeDer(expectTag(wrapper, contextTag(0)).content, derTag.sequence);
  const [, , content, ...optional] = childrenOf(signedData);
  const certificates = optional.find(({ tag }) => tag === contextTag(0));
  const signers = childrenOf(expectTag(optional.at(-1), derTag.set));
  const [signer] = signers;
  if (signers.length !== 1 || !signer) throw new Error('CMS: not exactly one signer');
  const [, signerId, digestAlgorithm, attributes, signatureAlgorithm, signature] = childrenOf(signer);
  const list = childrenOf(expectTag(attributes, contextTag(0)));
  const signedBytes = Buffer.from(attributes!.whole);
  signedBytes[0] = derTag.set;
  return {
    detached: childrenOf(expectTag(content, derTag.sequence)).length === 1,
    certificates: certificates ? childrenOf(certificates).map(({ whole }) => parseCertificate(whole)) : [],
    signerId: expectTag(signerId, derTag.sequence).content,
    digestAlgorithm: readAlgorithm(digestAlgorithm),
    signatureAlgorithm: readAlgorithm(signatureAlgorithm),
    signedBytes,
    attributesSorted: list.every((one, index) => index === 0 || Buffer.compare(list[index - 1]!.whole, one.whole) < 0),
    attributes: new Map(list.map(readAttribute)),
    signature: expectTag(signature, derTag.octetString).content,
  };
}

function readAlgorithm(element: DerElement | undefined): string {
  return readObjectIdentifier(childrenOf(expectTag(element, derTag.sequence))[0]);
}

function readAttribute(element: DerElement): [string, DerElement] {
  const [type, values] = childrenOf(expectTag(element, derTag.sequence));
  const [value] = childrenOf(expectTag(values, derTag.set));
  if (!value) throw new Error('CMS: attribute without value');
  return [readObjectIdentifier(type), value];
}
