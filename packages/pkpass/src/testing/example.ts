/** An example card with files, and tools to spoil finished bundles; for the tests of this package. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import type { AppleChain } from '@tessera/testkit/pki';
import { zipSync } from 'fflate';
import type { Pass } from '../pass.ts';
import { createSigner, type Signer } from '../signer.ts';
import { readZip } from '../zip-reader.ts';

export const now = Temporal.Instant.from('2026-11-22T10:00:00Z');
export const identity = { passTypeIdentifier: 'pass.example.loyalty', teamIdentifier: 'ABCDE12345' } as const;

export const examplePass: Pass = {
  formatVersion: 1,
  ...identity,
  serialNumber: 'c_8fQ2mZk1Xw',
  organizationName: 'Trattoria',
  description: 'Карта гостя Trattoria',
  webServiceURL: 'https://cards.example.com/wallet',
  authenticationToken: '0123456789abcdef',
  backgroundColor: 'rgb(60, 20, 20)',
  barcodes: [{ format: 'PKBarcodeFormatQR', message: 'L1.7K2M', messageEncoding: 'iso-8859-1' }],
  locations: [{ latitude: 45.4642, longitude: 9.19 }],
  storeCard: {
    headerFields: [{ key: 'points', label: 'POINTS', value: 120, changeMessage: 'You now have %@ points' }],
    backFields: [{ key: 'about', label: 'Contact', value: 'Via Example 1' }],
  },
};

/** A valid PNG of one colour. */
export function drawPng(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  const pixels = deflateSync(Buffer.alloc((1 + width * 3) * height));
  const chunks = [['IHDR', header] as const, ['IDAT', pixels] as const, ['IEND', Buffer.alloc(0)] as const];
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    ...chunks.map(([type, data]) => {
      const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
      const chunk = Buffer.alloc(body.length + 8);
      chunk.writeUInt32BE(data.length, 0);
      body.copy(chunk, 4);
      chunk.writeUInt32BE(crc32(body), chunk.length - 4);
      return chunk;
    }),
  ]);
}

export const exampleFiles: ReadonlyMap<string, Buffer> = new Map([
  ['icon.png', drawPng(38, 38)],
  ['icon@2x.png', drawPng(76, 76)],
  ['icon@3x.png', drawPng(114, 114)],
]);

export function signerOf(chain: AppleChain): Signer {
  return createSigner({
    certificate: chain.leaf.certificatePem,
    privateKey: chain.leaf.privateKeyPem,
    intermediate: chain.intermediate.certificatePem,
  });
}

/** Takes a bundle apart, changes its files, and packs them again (deflated, by another zip writer). */
export function repack(bundle: Buffer, change: (files: Map<string, Uint8Array>) => void): Buffer {
  const files = new Map<string, Uint8Array>(readZip(bundle).files);
  change(files);
  return Buffer.from(zipSync(Object.fromEntries(files), { level: 6 }));
}

/** Runs `use` with the given files in a folder of their own. */
export function inFolder<T>(files: Readonly<Record<string, string | Uint8Array>>, use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'pkpass-'));
  try {
    for (const [name, data] of Object.entries(files)) writeFileSync(join(folder, name), data);
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Runs openssl in a folder; throws with its message when it refuses. */
export function openssl(folder: string, ...args: string[]): string {
  return execFileSync('openssl', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** A detached signature made by openssl with further options, as other software makes them. */
export function signWithOpenssl(chain: AppleChain, manifest: Uint8Array, ...options: string[]): Buffer {
  const files = {
    'manifest.json': manifest,
    'leaf.pem': chain.leaf.certificatePem,
    'key.pem': chain.leaf.privateKeyPem,
    'wwdr.pem': chain.intermediate.certificatePem,
  };
  return inFolder(files, (folder) => {
    const fixed = [
      '-in',
      'manifest.json',
      '-signer',
      'leaf.pem',
      '-inkey',
      'key.pem',
      '-outform',
      'DER',
      '-out',
      'signature',
    ];
    openssl(folder, 'cms', '-sign', '-nosmimecap', ...fixed, ...options);
    return readFileSync(join(folder, 'signature'));
  });
}
