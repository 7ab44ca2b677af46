/** Reads what people paste or upload as certificate and key: PEM, DER or bare base64, and says what it is instead. */
import { createPrivateKey, type KeyObject } from 'node:crypto';
import { type Certificate, parseCertificate } from './certificate.ts';
import { childrenOf, derTag, readObjectIdentifier, readWholeDer } from './der.ts';
import { oid } from './object-identifiers.ts';

/** PEM text, DER bytes (PEM in bytes is fine too), or DER as base64 text. */
export type PemOrDer = string | Uint8Array;

/** What a file turned out to be. */
export type InputKind =
  | 'certificate'
  | 'certificate_request'
  | 'private_key'
  | 'encrypted_private_key'
  | 'public_key'
  | 'pkcs12'
  | 'pkcs7'
  | 'unknown';

type Block = { readonly kind: InputKind; readonly der: Buffer; readonly pem: string | undefined };

const inputLimitBytes = 256 * 1024;
const blockLimit = 20;

/** A certificate, or what was found instead of one. */
export type CertificateInput = { readonly certificate: Certificate } | { readonly found: InputKind };

/** A key, or why there is none: `passphrase` means it is encrypted and the passphrase is missing or wrong. */
export type PrivateKeyInput = { readonly key: KeyObject } | { readonly found: InputKind | 'passphrase' };

/** The pass certificate among several in one file is the one with the pass-signing usage; otherwise the first. */
export function readCertificateInput(input: PemOrDer): CertificateInput {
  const blocks = splitBlocks(input);
  const certificates: Certificate[] = [];
  for (const block of blocks) {
    if (block.kind !== 'certificate') continue;
    try {
      certificates.push(parseCertificate(block.der));
    } catch {
      return { found: 'unknown' };
    }
  }
  const chosen = certificates.find((one) => one.extendedKeyUsages.includes(oid.passSigning)) ?? certificates[0];
  return chosen ? { certificate: chosen } : { found: blocks[0]?.kind ?? 'unknown' };
}

/** Reads the first private key; PKCS#8 and PKCS#1, encrypted or not. */
export function readPrivateKeyInput(input: PemOrDer, passphrase?: string): PrivateKeyInput {
  const blocks = splitBlocks(input);
  const block = blocks.find(({ kind }) => kind === 'private_key' || kind === 'encrypted_private_key');
  if (!block) return { found: blocks[0]?.kind ?? 'unknown' };
  if (block.kind === 'encrypted_private_key' && passphrase === undefined) return { found: 'passphrase' };
  try {
    return { key: createKey(block, passphrase) };
  } catch {
    return { found: block.kind === 'encrypted_private_key' ? 'passphrase' : 'unknown' };
  }
}

function createKey(block: Block, passphrase: string | undefined): KeyObject {
  const secret = passphrase === undefined ? {} : { passphrase };
  if (block.pem !== undefined) return createPrivateKey({ key: block.pem, format: 'pem', ...secret });
  const type = block.kind === 'private_key' && !isPkcs8(block.der) ? 'pkcs1' : 'pkcs8';
  return createPrivateKey({ key: block.der, format: 'der', type, ...secret });
}

function splitBlocks(input: PemOrDer): Block[] {
  if (input.length > inputLimitBytes) return [];
  const text = typeof input === 'string' ? input : Buffer.from(input).toString('latin1');
  if (text.includes('-----BEGIN ')) return splitPem(text);
  if (typeof input !== 'string') return [{ kind: kindOfDer(input), der: Buffer.from(input), pem: undefined }];
  const base64 = text.replace(/\s+/g, '');
  if (base64 === '' || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return [];
  const der = Buffer.from(base64, 'base64');
  return [{ kind: kindOfDer(der), der, pem: undefined }];
}

/** Walks forward from one BEGIN line to its END line: linear whatever the text. */
function splitPem(text: string): Block[] {
  const blocks: Block[] = [];
  const begin = /-----BEGIN ([A-Z0-9 ]{1,40})-----/g;
  while (blocks.length < blockLimit) {
    const match = begin.exec(text);
    if (!match) break;
    const [line, label = ''] = match;
    const endLine = `-----END ${label}-----`;
    const end = text.indexOf(endLine, begin.lastIndex);
    if (end < 0) break;
    const body = text.slice(match.index + line.length, end);
    const encrypted = label === 'ENCRYPTED PRIVATE KEY' || body.includes('ENCRYPTED');
    const der = Buffer.from(encrypted ? '' : body.replace(/[^A-Za-z0-9+/=]/g, ''), 'base64');
    blocks.push({ kind: kindOfLabel(label, encrypted), der, pem: text.slice(match.index, end + endLine.length) });
    begin.lastIndex = end + endLine.length;
  }
  return blocks;
}

function kindOfLabel(label: string, encrypted: boolean): InputKind {
  if (label.endsWith('PRIVATE KEY')) return encrypted ? 'encrypted_private_key' : 'private_key';
  if (label === 'CERTIFICATE' || label === 'X509 CERTIFICATE' || label === 'TRUSTED CERTIFICATE') return 'certificate';
  if (label === 'CERTIFICATE REQUEST' || label === 'NEW CERTIFICATE REQUEST') return 'certificate_request';
  if (label.endsWith('PUBLIC KEY')) return 'public_key';
  return label === 'PKCS7' || label === 'CMS' ? 'pkcs7' : 'unknown';
}

/** Tells the common containers apart by their first elements. */
function kindOfDer(der: Uint8Array): InputKind {
  try {
    const [first, second, third] = childrenOf(readWholeDer(der, derTag.sequence));
    if (first?.tag === derTag.objectIdentifier)
      return readObjectIdentifier(first) === oid.signedData ? 'pkcs7' : 'unknown';
    if (first?.tag === derTag.integer) return first.content[0] === 3 ? 'pkcs12' : 'private_key';
    if (first?.tag !== derTag.sequence) return 'unknown';
    if (second?.tag === derTag.octetString) return 'encrypted_private_key';
    if (second?.tag === derTag.bitString) return 'public_key';
    if (third?.tag !== derTag.bitString) return 'unknown';
    // Requests start with a version INTEGER and then a name; certificates with [0] version or a serial and an algorithm.
    const [version, , subjectOrIssuer] = childrenOf(first);
    return version?.tag === derTag.integer && subjectOrIssuer?.tag === derTag.sequence && childrenOf(first).length <= 4
      ? 'certificate_request'
      : 'certificate';
  } catch {
    return 'unknown';
  }
}

function isPkcs8(der: Uint8Array): boolean {
  return childrenOf(readWholeDer(der, derTag.sequence))[1]?.tag === derTag.sequence;
}
