/**
 * A make-believe Apple certificate authority: root, WWDR-shaped intermediate and pass leaf with exactly the subject and
 * extensions of the real ones, so that whatever accepts these accepts Apple's. Everything is plain data: PEM, DER, strings.
 */
import 'reflect-metadata';
import { createPrivateKey, createPublicKey, webcrypto } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { join } from 'node:path';
import * as x509 from '@peculiar/x509';

x509.cryptoProvider.set(webcrypto as Crypto);

/** Object identifiers of Apple's certificate practice statement for WWDR. */
export const appleOids = {
  userId: '0.9.2342.19200300.100.1.1',
  passSigningUsage: '1.2.840.113635.100.4.14',
  passTypeExtension: '1.2.840.113635.100.6.1.16',
  nfcExtension: '1.2.840.113635.100.6.1.26',
  clientAuthentication: '1.3.6.1.5.5.7.3.2',
  serverAuthentication: '1.3.6.1.5.5.7.3.1',
} as const;

/** A certificate with its private key (PKCS#8 PEM). */
export type Credential = {
  readonly certificateDer: Uint8Array;
  readonly certificatePem: string;
  readonly privateKeyPem: string;
};

/** A certificate alone: what a portal hands back for a certificate request. */
export type IssuedCertificate = Pick<Credential, 'certificateDer' | 'certificatePem'>;

/** Root, intermediate and leaf of one pass type. */
export type AppleChain = {
  readonly passTypeIdentifier: string;
  readonly teamIdentifier: string;
  readonly organizationName: string;
  readonly root: Credential;
  readonly intermediate: Credential;
  readonly leaf: Credential;
};

/** WWDR generations; passes are signed under G4, the others belong to other products. */
export type WwdrGeneration = 'G1' | 'G2' | 'G3' | 'G4' | 'G5' | 'G6';

export type LeafOptions = {
  readonly passTypeIdentifier: string;
  readonly teamIdentifier: string;
  readonly organizationName?: string;
  readonly now: Temporal.Instant;
  /** Validity of the leaf in days from `notBefore`; Apple gives about 13 months. */
  readonly leafDays?: number;
  /** Start of validity; one hour before `now` unless told. */
  readonly notBefore?: Temporal.Instant;
  /** Leave out to get a normal pass certificate; false removes the pass-signing usage and the type extension. */
  readonly passSigning?: boolean;
  /** An enhanced certificate: "Pass Type ID with NFC: …" and the extension by which NFC ability is recognised. */
  readonly nfc?: boolean;
};

export type ChainOptions = LeafOptions & { readonly generation?: WwdrGeneration };

type Validity = { readonly notBefore: Temporal.Instant; readonly notAfter: Temporal.Instant };

const rsa = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
} as const;

const rootSubject: x509.JsonName = [
  { C: ['US'] },
  { O: ['Apple Inc.'] },
  { OU: ['Apple Certification Authority'] },
  { CN: ['Apple Root CA (make-believe)'] },
];

/**
 * Makes root, intermediate and leaf (three new RSA-2048 keys). For negative tests: an expired leaf by `notBefore` and
 * `leafDays`, another type by `passTypeIdentifier`, a wrong generation by `generation`, no pass signing by `passSigning`.
 */
export async function makeAppleChain(options: ChainOptions): Promise<AppleChain> {
  const rootKeys = await generateKeys();
  const root = await toCredential(
    await x509.X509CertificateGenerator.createSelfSigned({
      name: rootSubject,
      keys: rootKeys,
      ...toDates(validFor(options.now.subtract({ hours: 24 * 3650 }), 7300)),
      signingAlgorithm: rsa,
      extensions: [
        new x509.BasicConstraintsExtension(true, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
        await x509.SubjectKeyIdentifierExtension.create(rootKeys.publicKey),
      ],
    }),
    rootKeys.privateKey,
  );
  const intermediate = await makeIntermediate({ root, now: options.now, generation: options.generation ?? 'G4' });
  return { root, ...(await issueLeaf(intermediate, options)) };
}

/** Makes a WWDR-shaped intermediate under `root`; with another generation or root it is the wrong one for a chain. */
export async function makeIntermediate(options: {
  readonly root: Credential;
  readonly now: Temporal.Instant;
  readonly generation?: WwdrGeneration;
  /** Validity in days from a year before `now`; ten years like the real one unless told. */
  readonly days?: number;
}): Promise<Credential> {
  const keys = await generateKeys();
  const certificate = await issue(options.root, {
    subject: [
      { CN: ['Apple Worldwide Developer Relations Certification Authority'] },
      { OU: [options.generation ?? 'G4'] },
      { O: ['Apple Inc.'] },
      { C: ['US'] },
    ],
    publicKey: keys.publicKey,
    validity: validFor(options.now.subtract({ hours: 24 * 365 }), options.days ?? 3650),
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
    ],
  });
  return toCredential(certificate, keys.privateKey);
}

/** The same chain with a new leaf and key under the same intermediate: a renewal, another type, an expired one. */
export async function reissueLeaf(chain: AppleChain, options: LeafOptions): Promise<AppleChain> {
  return { root: chain.root, ...(await issueLeaf(chain.intermediate, options)) };
}

/**
 * What Apple's portal does with an uploaded request: takes only the public key out of it and returns a leaf with Apple's
 * own subject. Throws when the request is not PKCS#10, its signature is wrong, or the key is not RSA-2048.
 */
export async function signPassCertificateRequest(
  chain: AppleChain,
  csrPem: string,
  now: Temporal.Instant,
): Promise<IssuedCertificate> {
  const request = new x509.Pkcs10CertificateRequest(csrPem);
  if (!(await request.verify())) throw new Error('certificate request: signature does not verify');
  const key = createPublicKey({ key: Buffer.from(request.publicKey.rawData), format: 'der', type: 'spki' });
  if (key.asymmetricKeyType !== 'rsa' || key.asymmetricKeyDetails?.modulusLength !== 2048) {
    throw new Error('certificate request: key is not RSA-2048');
  }
  const publicKey = await request.publicKey.export(rsa, ['verify']);
  return toIssued(await issuePassCertificate(chain.intermediate, publicKey, { ...chain, now }));
}

/** A TLS server certificate for localhost doubles, under `issuer` or under a root of its own. */
export async function makeServerCertificate(options: {
  readonly hostnames?: readonly string[];
  readonly now: Temporal.Instant;
  readonly issuer?: Credential;
}): Promise<Credential & { readonly rootPem: string }> {
  const hostnames = options.hostnames ?? ['localhost', '127.0.0.1'];
  const issuer = options.issuer ?? (await makeServerRoot(options.now));
  const keys = await generateKeys();
  const certificate = await issue(issuer, {
    subject: [{ CN: [hostnames[0] ?? 'localhost'] }],
    publicKey: keys.publicKey,
    validity: validFor(options.now.subtract({ hours: 1 }), 365),
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.keyEncipherment, true),
      new x509.ExtendedKeyUsageExtension([appleOids.serverAuthentication]),
      new x509.SubjectAlternativeNameExtension(
        hostnames.map((value) => ({ type: isIP(value) === 0 ? ('dns' as const) : ('ip' as const), value })),
      ),
    ],
  });
  return { ...(await toCredential(certificate, keys.privateKey)), rootPem: issuer.certificatePem };
}

/** Writes a chain into `folder` as `root|intermediate|leaf.pem`, `.key.pem` and `chain.json`. */
export async function saveAppleChain(chain: AppleChain, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const { passTypeIdentifier, teamIdentifier, organizationName } = chain;
  const names = { passTypeIdentifier, teamIdentifier, organizationName };
  await writeFile(join(folder, 'chain.json'), `${JSON.stringify(names, null, 2)}\n`);
  for (const name of ['root', 'intermediate', 'leaf'] as const) {
    await writeFile(join(folder, `${name}.pem`), chain[name].certificatePem);
    await writeFile(join(folder, `${name}.key.pem`), chain[name].privateKeyPem, { mode: 0o600 });
  }
}

/** Reads what `saveAppleChain` wrote; throws when a file is missing. */
export async function loadAppleChain(folder: string): Promise<AppleChain> {
  const names: Pick<AppleChain, 'passTypeIdentifier' | 'teamIdentifier' | 'organizationName'> = JSON.parse(
    await readFile(join(folder, 'chain.json'), 'utf8'),
  );
  const read = async (name: string): Promise<Credential> => {
    const certificatePem = await readFile(join(folder, `${name}.pem`), 'utf8');
    const privateKeyPem = await readFile(join(folder, `${name}.key.pem`), 'utf8');
    return {
      certificatePem,
      privateKeyPem,
      certificateDer: new Uint8Array(x509.PemConverter.decodeFirst(certificatePem)),
    };
  };
  return { ...names, root: await read('root'), intermediate: await read('intermediate'), leaf: await read('leaf') };
}

async function makeServerRoot(now: Temporal.Instant): Promise<Credential> {
  const keys = await generateKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: [{ CN: ['Localhost test root'] }],
    keys,
    ...toDates(validFor(now.subtract({ hours: 24 }), 3650)),
    signingAlgorithm: rsa,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return toCredential(certificate, keys.privateKey);
}

async function issueLeaf(intermediate: Credential, options: LeafOptions): Promise<Omit<AppleChain, 'root'>> {
  const keys = await generateKeys();
  const certificate = await issuePassCertificate(intermediate, keys.publicKey, options);
  return {
    passTypeIdentifier: options.passTypeIdentifier,
    teamIdentifier: options.teamIdentifier,
    organizationName: options.organizationName ?? 'Example Organization',
    intermediate,
    leaf: await toCredential(certificate, keys.privateKey),
  };
}

/** Subject and extensions in the order and encoding of Apple's pass certificates. */
function issuePassCertificate(
  issuer: Credential,
  publicKey: webcrypto.CryptoKey,
  options: LeafOptions,
): Promise<x509.X509Certificate> {
  const passSigning = options.passSigning ?? true;
  const usages: string[] = [appleOids.clientAuthentication];
  const extensions: x509.Extension[] = [];
  if (passSigning) {
    usages.unshift(appleOids.passSigningUsage);
    extensions.push(
      new x509.Extension(appleOids.passTypeExtension, false, utf8StringDer(options.passTypeIdentifier).slice()),
    );
  }
  if (options.nfc) extensions.push(new x509.Extension(appleOids.nfcExtension, false, new Uint8Array([5, 0])));
  return issue(issuer, {
    subject: [
      { [appleOids.userId]: [{ utf8String: options.passTypeIdentifier }] },
      { CN: [{ utf8String: `Pass Type ID${options.nfc ? ' with NFC' : ''}: ${options.passTypeIdentifier}` }] },
      { OU: [{ utf8String: options.teamIdentifier }] },
      { O: [{ utf8String: options.organizationName ?? 'Example Organization' }] },
      { C: [{ printableString: 'US' }] },
    ],
    publicKey,
    validity: validFor(options.notBefore ?? options.now.subtract({ hours: 1 }), options.leafDays ?? 396),
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.ExtendedKeyUsageExtension(usages),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      ...extensions,
    ],
  });
}

/** Signs a certificate with the issuer's key; adds the subject and authority key identifiers. */
async function issue(
  issuer: Credential,
  content: {
    readonly subject: x509.JsonNameParams;
    readonly publicKey: webcrypto.CryptoKey;
    readonly validity: Validity;
    readonly extensions: readonly x509.Extension[];
  },
): Promise<x509.X509Certificate> {
  const issuerCertificate = new x509.X509Certificate(issuer.certificatePem);
  const der = createPrivateKey(issuer.privateKeyPem).export({ format: 'der', type: 'pkcs8' });
  const signingKey = await webcrypto.subtle.importKey('pkcs8', der, rsa, false, ['sign']);
  return x509.X509CertificateGenerator.create({
    subject: new x509.Name(content.subject),
    issuer: issuerCertificate.subjectName,
    publicKey: content.publicKey,
    signingKey,
    signingAlgorithm: rsa,
    ...toDates(content.validity),
    extensions: [
      ...content.extensions,
      await x509.AuthorityKeyIdentifierExtension.create(issuerCertificate.publicKey),
      await x509.SubjectKeyIdentifierExtension.create(content.publicKey),
    ],
  });
}

function generateKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(rsa, true, ['sign', 'verify']);
}

function toIssued(certificate: x509.X509Certificate): IssuedCertificate {
  return { certificateDer: new Uint8Array(certificate.rawData), certificatePem: `${certificate.toString('pem')}\n` };
}

async function toCredential(certificate: x509.X509Certificate, privateKey: webcrypto.CryptoKey): Promise<Credential> {
  const der = await webcrypto.subtle.exportKey('pkcs8', privateKey);
  return { ...toIssued(certificate), privateKeyPem: `${x509.PemConverter.encode(der, 'PRIVATE KEY')}\n` };
}

function validFor(notBefore: Temporal.Instant, days: number): Validity {
  return { notBefore, notAfter: notBefore.add({ hours: 24 * days }) };
}

function toDates(validity: Validity): { notBefore: Date; notAfter: Date } {
  return {
    notBefore: new Date(validity.notBefore.epochMilliseconds),
    notAfter: new Date(validity.notAfter.epochMilliseconds),
  };
}

/** UTF8String of up to 127 bytes; a pass type identifier never comes near. */
function utf8StringDer(text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length > 127) throw new Error('pass type identifier is too long for a certificate');
  return Uint8Array.of(0x0c, bytes.length, ...bytes);
}
