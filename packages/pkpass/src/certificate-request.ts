import { generateKeyPair, type KeyObject, sign } from 'node:crypto';
import { promisify } from 'node:util';
import { contextTag, derTag, encodeDer, encodeObjectIdentifier, encodeSmallInteger } from './der.ts';
import { oid } from './object-identifiers.ts';

export type CertificateRequestInput = {
  readonly commonName: string;
  readonly organizationName?: string;
  readonly emailAddress?: string;
  /** Two letters. */
  readonly country?: string;
};

/** What goes to Apple's portal, and the key that must stay here (PKCS#8, not encrypted: encrypt it at rest). */
export type CertificateRequest = { readonly csrPem: string; readonly privateKeyPem: string };

const generateRsaKey = promisify(generateKeyPair);

/**
 * Makes a new RSA-2048 key and a PKCS#10 request for it (RFC 2986). Apple takes the public key and writes its own
 * subject, so the names are only for the person who looks at the request.
 */
export async function makeCertificateRequest(input: CertificateRequestInput): Promise<CertificateRequest> {
  const { publicKey, privateKey } = await generateRsaKey('rsa', { modulusLength: 2048 });
  const info = encodeDer(
    derTag.sequence,
    encodeSmallInteger(0),
    encodeSubject(input),
    publicKey.export({ format: 'der', type: 'spki' }),
    encodeDer(contextTag(0)),
  );
  const signature = await signRequest(info, privateKey);
  const algorithm = encodeDer(
    derTag.sequence,
    encodeObjectIdentifier(oid.sha256WithRsaEncryption),
    encodeDer(derTag.null),
  );
  const request = encodeDer(
    derTag.sequence,
    info,
    algorithm,
    encodeDer(derTag.bitString, Buffer.concat([Uint8Array.of(0), signature])),
  );
  return {
    csrPem: encodePem('CERTIFICATE REQUEST', request),
    privateKeyPem: privateKey.export({ format: 'pem', type: 'pkcs8' }),
  };
}

/** PEM with lines of 64 characters. */
export function encodePem(label: string, der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}

function encodeSubject(input: CertificateRequestInput): Buffer {
  const attributes: [string, number, string | undefined][] = [
    [oid.emailAddress, derTag.ia5String, input.emailAddress],
    [oid.commonName, derTag.utf8String, input.commonName],
    [oid.organization, derTag.utf8String, input.organizationName],
    [oid.country, derTag.printableString, input.country],
  ];
  const parts = attributes.flatMap(([type, tag, value]) =>
    value === undefined
      ? []
      : [
          encodeDer(
            derTag.set,
            encodeDer(derTag.sequence, encodeObjectIdentifier(type), encodeDer(tag, Buffer.from(value, 'utf8'))),
          ),
        ],
  );
  return encodeDer(derTag.sequence, ...parts);
}

function signRequest(bytes: Buffer, key: KeyObject): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    sign('sha256', bytes, key, (error, value) => (error ? reject(error) : resolve(value)));
  });
}
