import { execFileSync } from 'node:child_process';
import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { AppleChain } from './pki.ts';
import {
  loadAppleChain,
  makeAppleChain,
  makeServerCertificate,
  reissueLeaf,
  saveAppleChain,
  signPassCertificateRequest,
} from './pki.ts';

const now = Temporal.Instant.from('2026-11-22T10:00:00Z');
const names = { passTypeIdentifier: 'pass.example.loyalty', teamIdentifier: 'ABCDE12345', now };
let chain: AppleChain;
beforeAll(async () => {
  chain = await makeAppleChain(names);
});

describe('the make-believe Apple chain', () => {
  test('leaf, intermediate and root sign each other', () => {
    const [root, intermediate, leaf] = [chain.root, chain.intermediate, chain.leaf].map(
      (credential) => new X509Certificate(credential.certificateDer),
    );
    expect(leaf!.verify(intermediate!.publicKey)).toBe(true);
    expect(intermediate!.verify(root!.publicKey)).toBe(true);
    expect(root!.verify(root!.publicKey)).toBe(true);
    expect(leaf!.checkIssued(intermediate!)).toBe(true);
  });

  test('the leaf names type and team in the order of a pass certificate, for 396 days', () => {
    const leaf = new X509Certificate(chain.leaf.certificatePem);
    expect(leaf.subject.split('\n')).toEqual([
      'UID=pass.example.loyalty',
      'CN=Pass Type ID: pass.example.loyalty',
      'OU=ABCDE12345',
      'O=Example Organization',
      'C=US',
    ]);
    expect(leaf.keyUsage).toEqual(['1.2.840.113635.100.4.14', '1.3.6.1.5.5.7.3.2']);
    expect(leaf.checkPrivateKey(createPrivateKey(chain.leaf.privateKeyPem))).toBe(true);
    const days = (leaf.validToDate.getTime() - leaf.validFromDate.getTime()) / 86_400_000;
    expect(days).toBe(396);
  });

  test('the portal answers a request with a leaf for the requested key and its own subject', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'request-'));
    const file = join(folder, 'request.pem');
    execFileSync(
      'openssl',
      [
        'req',
        '-new',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-keyout',
        join(folder, 'key.pem'),
        '-subj',
        '/CN=whatever',
        '-out',
        file,
      ],
      { stdio: 'ignore' },
    );
    const key = createPublicKey(await readFile(join(folder, 'key.pem')));
    const csr = await readFile(file, 'utf8');
    await rm(folder, { recursive: true });
    const issued = new X509Certificate((await signPassCertificateRequest(chain, csr, now)).certificateDer);
    expect(issued.subject).toContain('UID=pass.example.loyalty');
    expect(issued.publicKey.export({ format: 'der', type: 'spki' })).toEqual(
      key.export({ format: 'der', type: 'spki' }),
    );
    await expect(signPassCertificateRequest(chain, 'rubbish', now)).rejects.toThrow();
  });

  test('a renewal keeps root and intermediate and brings a new key', async () => {
    const renewed = await reissueLeaf(chain, { ...names, notBefore: now.subtract({ hours: 48 }), leafDays: 1 });
    expect(renewed.intermediate).toBe(chain.intermediate);
    expect(renewed.leaf.privateKeyPem).not.toBe(chain.leaf.privateKeyPem);
    expect(new X509Certificate(renewed.leaf.certificatePem).validToDate.getTime()).toBeLessThan(now.epochMilliseconds);
  });

  test('a chain survives being written to files', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'chain-'));
    await saveAppleChain(chain, folder);
    expect(await loadAppleChain(folder)).toEqual(chain);
    await rm(folder, { recursive: true });
  });

  test('a server certificate holds names and addresses and verifies under its root', async () => {
    const server = await makeServerCertificate({ now });
    const certificate = new X509Certificate(server.certificatePem);
    expect(certificate.checkHost('localhost')).toBe('localhost');
    expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(certificate.verify(createPublicKey(server.rootPem))).toBe(true);
  });
});
