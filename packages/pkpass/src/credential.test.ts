import { createHash, createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type AppleChain,
  makeAppleChain,
  makeIntermediate,
  reissueLeaf,
  signPassCertificateRequest,
} from '@tessera/testkit/pki';
import { beforeAll, describe, expect, test } from 'vitest';
import { makeCertificateRequest } from './certificate-request.ts';
import { type CredentialInput, checkCredential } from './credential.ts';
import { createSigner } from './signer.ts';
import { identity, inFolder, now, openssl } from './testing/example.ts';
import { wwdrG4Fingerprint, wwdrG4Pem } from './wwdr-g4.ts';

let chain: AppleChain;
beforeAll(async () => {
  chain = await makeAppleChain({ ...identity, now });
});

function inputOf(from: AppleChain, change: Partial<CredentialInput> = {}): CredentialInput {
  const { certificatePem: certificate, privateKeyPem: privateKey } = from.leaf;
  return { certificate, privateKey, intermediate: from.intermediate.certificatePem, ...identity, now, ...change };
}

function problemsOf(input: CredentialInput): string[] {
  return checkCredential(input).problems.map(({ code, severity }) => `${severity} ${code}`);
}

describe('checkCredential', () => {
  test('reads every fact and finds nothing wrong with a good credential', () => {
    const { facts, problems } = checkCredential(inputOf(chain));
    expect(problems).toEqual([]);
    const x509 = new X509Certificate(chain.leaf.certificatePem);
    expect(facts).toMatchObject({
      ...identity,
      commonName: 'Pass Type ID: pass.example.loyalty',
      organizationName: 'Example Organization',
      issuerGeneration: 'G4',
      nfcCapable: false,
      serialNumber: x509.serialNumber.toLowerCase(),
      fingerprintSha256: x509.fingerprint256.replaceAll(':', '').toLowerCase(),
    });
    expect(facts?.notAfter.epochMilliseconds).toBe(x509.validToDate.getTime());
  });

  test('accepts PEM, DER and bare base64 for certificate and key', () => {
    const key = createPrivateKey(chain.leaf.privateKeyPem);
    const keys = [
      key.export({ format: 'der', type: 'pkcs8' }),
      key.export({ format: 'der', type: 'pkcs1' }),
      chain.leaf.privateKeyPem,
    ];
    const der = Buffer.from(chain.leaf.certificateDer);
    for (const certificate of [der, der.toString('base64'), Buffer.from(chain.leaf.certificatePem)]) {
      for (const privateKey of keys) expect(problemsOf(inputOf(chain, { certificate, privateKey }))).toEqual([]);
    }
    const everything = chain.intermediate.certificatePem + chain.leaf.privateKeyPem + chain.leaf.certificatePem;
    expect(problemsOf(inputOf(chain, { certificate: everything, privateKey: everything }))).toEqual([]);
  });

  test('takes an encrypted key with its passphrase and asks for it otherwise', () => {
    const key = createPrivateKey(chain.leaf.privateKeyPem);
    const options = { cipher: 'aes-256-cbc', passphrase: 'right' };
    for (const privateKey of [
      key.export({ format: 'pem', type: 'pkcs8', ...options }),
      key.export({ format: 'der', type: 'pkcs8', ...options }),
      key.export({ format: 'pem', type: 'pkcs1', ...options }),
    ]) {
      expect(problemsOf(inputOf(chain, { privateKey, passphrase: 'right' }))).toEqual([]);
      expect(problemsOf(inputOf(chain, { privateKey, passphrase: 'wrong' }))).toEqual(['error private_key_passphrase']);
      expect(problemsOf(inputOf(chain, { privateKey }))).toEqual(['error private_key_passphrase']);
    }
  });

  test('says what was given instead of a certificate or a key', async () => {
    const { csrPem, privateKeyPem } = await makeCertificateRequest({ commonName: 'x' });
    const p12 = inFolder({ 'leaf.pem': chain.leaf.certificatePem, 'key.pem': chain.leaf.privateKeyPem }, (folder) => {
      openssl(
        folder,
        'pkcs12',
        '-export',
        '-in',
        'leaf.pem',
        '-inkey',
        'key.pem',
        '-passout',
        'pass:x',
        '-out',
        'leaf.p12',
      );
      return readFileSync(join(folder, 'leaf.p12'));
    });
    const derOf = (pem: string) => Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64');
    const cases = [
      [csrPem, 'certificate_request'],
      [derOf(csrPem), 'certificate_request'],
      [privateKeyPem, 'private_key'],
      [derOf(privateKeyPem), 'private_key'],
      [p12, 'pkcs12'],
      ['', 'unknown'],
      ['hello', 'unknown'],
      [Buffer.alloc(300, 0x30), 'unknown'],
      [Buffer.alloc(1_000_000, 0x30), 'unknown'],
      ['-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----', 'unknown'],
    ] as const;
    for (const [certificate, found] of cases) {
      const report = checkCredential(inputOf(chain, { certificate }));
      expect(report.facts).toBeUndefined();
      expect(report.problems).toEqual([{ code: 'certificate_unreadable', severity: 'error', params: { found } }]);
    }
    const swapped = checkCredential(inputOf(chain, { privateKey: chain.leaf.certificatePem }));
    expect(swapped.problems).toMatchObject([{ code: 'private_key_unreadable', params: { found: 'certificate' } }]);
  });

  test('finds a key of another certificate', async () => {
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
      format: 'pem',
      type: 'pkcs8',
    });
    expect(problemsOf(inputOf(chain, { privateKey: other }))).toEqual(['error private_key_mismatch']);
  });

  test('compares type and team with the configuration', () => {
    expect(problemsOf(inputOf(chain, { passTypeIdentifier: 'pass.other' }))).toEqual(['error pass_type_mismatch']);
    expect(problemsOf(inputOf(chain, { teamIdentifier: 'ZZZZZ99999' }))).toEqual(['error team_mismatch']);
  });

  test('knows NFC certificates, and certificates of another kind', async () => {
    const nfc = await reissueLeaf(chain, { ...identity, now, nfc: true });
    expect(checkCredential(inputOf(nfc)).facts?.nfcCapable).toBe(true);
    const push = await reissueLeaf(chain, { ...identity, now, passSigning: false });
    expect(problemsOf(inputOf(push))).toEqual(['error pass_signing_usage_missing']);
  });

  test('names a wrong intermediate and its generation', async () => {
    const g3 = await makeIntermediate({ root: chain.root, now, generation: 'G3' });
    const [problem] = checkCredential(inputOf(chain, { intermediate: g3.certificatePem })).problems;
    expect(problem).toMatchObject({ code: 'intermediate_wrong', params: { issuedBy: 'G4', given: 'G3' } });
    const underG3 = await makeAppleChain({ ...identity, now, generation: 'G3' });
    expect(problemsOf(inputOf(underG3))).toEqual(['error intermediate_generation']);
    const { problems } = checkCredential({ certificate: chain.leaf.certificatePem, now });
    expect(problems.map(({ code }) => code)).toEqual(['intermediate_wrong']);
  });

  test('verifies the intermediate signature over the certificate', () => {
    const forged = Buffer.from(chain.leaf.certificateDer);
    forged[forged.length - 1]! ^= 1;
    expect(problemsOf(inputOf(chain, { certificate: forged }))).toEqual(['error intermediate_signature_invalid']);
  });

  test('warns 60, 30, 14 and 7 days before the end, and refuses before and after validity', () => {
    const end = Temporal.Instant.from(checkCredential(inputOf(chain)).facts!.notAfter.toString());
    const before = (days: number) =>
      checkCredential(inputOf(chain, { now: end.subtract({ hours: days * 24 }) })).problems[0];
    expect(before(61)).toBeUndefined();
    for (const [days, threshold] of [
      [60, 60],
      [31, 60],
      [30, 30],
      [14, 14],
      [7, 7],
      [0, 7],
    ] as const) {
      expect(before(days)).toMatchObject({
        severity: 'warning',
        code: 'certificate_expires_soon',
        params: { days, threshold },
      });
    }
    expect(problemsOf(inputOf(chain, { now: end.add({ seconds: 1 }) }))).toEqual(['error certificate_expired']);
    expect(problemsOf(inputOf(chain, { now: now.subtract({ hours: 48 }) }))).toEqual([
      'error certificate_not_yet_valid',
    ]);
  });

  test('warns a year before the intermediate ends', async () => {
    const intermediate = await makeIntermediate({ root: chain.root, now, days: 365 + 364 });
    const short = await reissueLeaf({ ...chain, intermediate }, { ...identity, now });
    expect(problemsOf(inputOf(short))).toEqual(['warning intermediate_expires_soon']);
    expect(problemsOf(inputOf(short, { now: now.subtract({ hours: 0 }).add({ hours: 24 * 365 }) }))).toContain(
      'error intermediate_expired',
    );
  });

  test('never throws, whatever byte of the certificate is broken', () => {
    const der = Buffer.from(chain.leaf.certificateDer);
    for (let at = 0; at < der.length; at++) {
      const broken = Buffer.from(der);
      broken[at]! ^= 0xff;
      expect(() => checkCredential(inputOf(chain, { certificate: broken }))).not.toThrow();
    }
  });
});

describe('makeCertificateRequest', () => {
  test('makes a request that openssl verifies, with names beyond ASCII', async () => {
    const { csrPem } = await makeCertificateRequest({
      commonName: 'Трактир',
      organizationName: 'ООО',
      emailAddress: 'a@example.com',
      country: 'RU',
    });
    const subject = inFolder({ 'request.pem': csrPem }, (folder) =>
      openssl(
        folder,
        'req',
        '-verify',
        '-in',
        'request.pem',
        '-noout',
        '-subject',
        '-nameopt',
        'utf8,sep_comma_plus_space',
      ),
    );
    expect(subject).toContain('emailAddress=a@example.com, CN=Трактир, O=ООО, C=RU');
  });

  test('leads through the portal to a credential without problems that signs', async () => {
    const { csrPem, privateKeyPem } = await makeCertificateRequest({ commonName: 'Trattoria' });
    const { certificateDer: certificate } = await signPassCertificateRequest(chain, csrPem, now);
    const input = inputOf(chain, { certificate, privateKey: privateKeyPem });
    expect(problemsOf(input)).toEqual([]);
    const intermediate = chain.intermediate.certificatePem;
    const signer = createSigner({ certificate, privateKey: privateKeyPem, intermediate });
    expect(await signer.sign(Buffer.from('{}'), now)).toHaveLength(signer.signatureLength);
  });
});

test('the bundled intermediate is Apple’s WWDR G4, byte for byte', () => {
  const certificate = new X509Certificate(wwdrG4Pem);
  expect(createHash('sha256').update(certificate.raw).digest('hex')).toBe(wwdrG4Fingerprint);
  expect(certificate.serialNumber).toBe('13DC77955271E53DC632E8CCFFE521F3CCC5CED2');
  expect(certificate.validToDate.toISOString()).toBe('2030-12-10T00:00:00.000Z');
});
