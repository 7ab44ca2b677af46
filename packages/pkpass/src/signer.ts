import { createPublicKey, hash, type KeyObject } from 'node:crypto';
import type { Certificate } from './certificate.ts';
import { type PemOrDer, readCertificateInput, readPrivateKeyInput } from './credential-input.ts';
import {
  contextTag,
  derTag,
  encodeDer,
  encodeObjectIdentifier,
  encodeSetOf,
  encodeSmallInteger,
  encodeUtcTime,
  utcTimeText,
} from './der.ts';
import { oid } from './object-identifiers.ts';
import { defaultSigningPlace, makeRawSign, type RawSign, type SigningPlace } from './raw-signature.ts';

export type SignerInput = {
  readonly certificate: PemOrDer;
  readonly privateKey: PemOrDer;
  /** Apple's WWDR G4; it must travel in every signature. */
  readonly intermediate: PemOrDer;
  readonly passphrase?: string;
  /** The thread pool with several cores, the event loop with one, unless told. */
  readonly signIn?: SigningPlace;
};

/** Signs manifests with one pass certificate. Holds the parsed key; safe for any number of signatures at once. */
export type Signer = {
  /** Every signature of this signer has this length. */
  readonly signatureLength: number;
  readonly certificate: Certificate;
  /**
   * Detached CMS over exactly these manifest bytes. `signingTime` is written in whole seconds; pass now minus a few
   * seconds, because a time in a phone's future can make the card invalid. With several cores it runs in libuv's
   * thread pool: the event loop is free meanwhile and all cores sign. Rejects for a time outside 1950 to 2049.
   */
  readonly sign: (manifest: Uint8Array, signingTime: Temporal.Instant) => Promise<Buffer>;
};

/**
 * Parses key and certificates once and prepares everything of the CMS that does not change. Throws `Error` when an
 * input cannot be read, the key is not RSA or does not belong to the certificate: run `checkCredential` before, it says
 * why in a form for people.
 */
export function createSigner(input: SignerInput): Signer {
  const certificate = readOrThrow(input.certificate, 'certificate');
  const intermediate = readOrThrow(input.intermediate, 'intermediate');
  const key = readKeyOrThrow(input.privateKey, input.passphrase);
  if (key.asymmetricKeyType !== 'rsa') throw new Error('the pass key is not RSA');
  if (!isKeyOf(key, certificate)) throw new Error('the private key does not belong to the pass certificate');
  const template = makeTemplate(certificate, intermediate, key);
  const place = input.signIn ?? defaultSigningPlace();
  return { certificate, signatureLength: template.bytes.length, sign: makeSign(template, makeRawSign(key, place)) };
}

/** Whether the private key is the other half of the certificate's public key. */
export function isKeyOf(key: KeyObject, certificate: Certificate): boolean {
  return createPublicKey(key).equals(certificate.publicKey);
}

function readOrThrow(input: PemOrDer, name: string): Certificate {
  const result = readCertificateInput(input);
  if ('found' in result) throw new Error(`cannot read the ${name}: found ${result.found}`);
  return result.certificate;
}

function readKeyOrThrow(input: PemOrDer, passphrase: string | undefined): KeyObject {
  const result = readPrivateKeyInput(input, passphrase);
  if ('found' in result) throw new Error(`cannot read the private key: ${result.found}`);
  return result.key;
}

/** A whole signature with blanks: only time, digest and RSA value differ from card to card. */
type Template = {
  readonly bytes: Buffer;
  readonly attributesAt: number;
  readonly attributesLength: number;
  readonly timeAt: number;
  readonly digestAt: number;
  readonly signatureAt: number;
};

const digestLength = 32;

function makeSign(template: Template, rawSign: RawSign): Signer['sign'] {
  let lastSecond = Number.NaN;
  let lastText = '';
  return async (manifest, signingTime) => {
    const second = Math.floor(signingTime.epochMilliseconds / 1000);
    if (second !== lastSecond) {
      lastText = utcTimeText(signingTime);
      lastSecond = second;
    }
    const signature = Buffer.allocUnsafe(template.bytes.length);
    signature.set(template.bytes);
    signature.write(lastText, template.timeAt, 'latin1');
    signature.set(hash('sha256', manifest, 'buffer'), template.digestAt);
    const attributes = Buffer.allocUnsafe(template.attributesLength);
    attributes.set(signature.subarray(template.attributesAt, template.attributesAt + template.attributesLength));
    // What is signed is the SET OF, although the message carries the attributes tagged [0] (RFC 5652, 5.4).
    attributes[0] = derTag.set;
    signature.set(await rawSign(attributes), template.signatureAt);
    return signature;
  };
}

/** The shape of RFC 5652 that Wallet accepts: version 1, issuer and serial, three signed attributes, leaf and WWDR. */
function makeTemplate(certificate: Certificate, intermediate: Certificate, key: KeyObject): Template {
  const digestBlank = Buffer.alloc(digestLength);
  const signatureBlank = Buffer.alloc((key.asymmetricKeyDetails?.modulusLength ?? 0) / 8);
  const sha256 = encodeDer(derTag.sequence, encodeObjectIdentifier(oid.sha256), encodeDer(derTag.null));
  const attributes = encodeSetOf(contextTag(0), [
    encodeAttribute(oid.contentType, encodeObjectIdentifier(oid.data)),
    encodeAttribute(oid.signingTime, encodeUtcTime(Temporal.Instant.fromEpochMilliseconds(0))),
    encodeAttribute(oid.messageDigest, encodeDer(derTag.octetString, digestBlank)),
  ]);
  const signerInfo = encodeDer(
    derTag.sequence,
    encodeSmallInteger(1),
    encodeDer(derTag.sequence, certificate.issuerDer, certificate.serialNumberDer),
    sha256,
    attributes,
    encodeDer(derTag.sequence, encodeObjectIdentifier(oid.rsaEncryption), encodeDer(derTag.null)),
    encodeDer(derTag.octetString, signatureBlank),
  );
  const signedData = encodeDer(
    derTag.sequence,
    encodeSmallInteger(1),
    encodeDer(derTag.set, sha256),
    encodeDer(derTag.sequence, encodeObjectIdentifier(oid.data)),
    encodeSetOf(contextTag(0), [certificate.der, intermediate.der]),
    encodeDer(derTag.set, signerInfo),
  );
  const bytes = encodeDer(
    derTag.sequence,
    encodeObjectIdentifier(oid.signedData),
    encodeDer(contextTag(0), signedData),
  );
  const attributesAt = bytes.lastIndexOf(attributes);
  return {
    bytes,
    attributesAt,
    attributesLength: attributes.length,
    timeAt: bytes.lastIndexOf('700101000000Z', bytes.length, 'latin1'),
    digestAt: attributesAt + attributes.length - digestLength,
    signatureAt: bytes.length - signatureBlank.length,
  };
}

function encodeAttribute(type: string, value: Uint8Array): Buffer {
  return encodeDer(derTag.sequence, encodeObjectIdentifier(type), encodeDer(derTag.set, value));
}
