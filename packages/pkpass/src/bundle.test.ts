import { type AppleChain, makeAppleChain } from '@tessera/testkit/pki';
import { beforeAll, describe, expect, test } from 'vitest';
import { compileAssets } from './assets.ts';
import { buildBundle, buildBundleParts } from './bundle.ts';
import { checkBundle } from './check-bundle.ts';
import { parseCmsSignature } from './cms-reader.ts';
import { oid } from './object-identifiers.ts';
import { createSigner, type Signer } from './signer.ts';
import { exampleFiles, examplePass, identity, inFolder, now, openssl, signerOf } from './testing/example.ts';
import { readZip } from './zip-reader.ts';

let chain: AppleChain;
let signer: Signer;
const assets = compileAssets(exampleFiles);
beforeAll(async () => {
  chain = await makeAppleChain({ ...identity, now });
  signer = signerOf(chain);
});

function build(change: Partial<Parameters<typeof buildBundle>[0]> = {}): Promise<Buffer> {
  return buildBundle({ signer, assets, pass: examplePass, signingTime: now, ...change });
}

describe('a built bundle', () => {
  test('passes the strict check without a single warning', async () => {
    const report = checkBundle(await build(), { rootCertificates: [chain.root.certificatePem], now });
    expect(report.problems).toEqual([]);
    expect(report.passProblems).toEqual([]);
    expect(report.ok).toBe(true);
    expect(report.pass).toEqual(examplePass);
    expect(report.signingTime?.equals(now)).toBe(true);
    expect(report.facts?.passTypeIdentifier).toBe(identity.passTypeIdentifier);
  });

  test('is accepted by openssl in both dialects and refused after one changed byte', async () => {
    const { files } = readZip(await build());
    const inputs = { 'root.pem': chain.root.certificatePem, signature: files.get('signature')! };
    const at = ['-attime', String(now.epochMilliseconds / 1000 + 60)];
    const verify = ['-verify', '-binary', '-inform', 'DER', '-in', 'signature', '-content', 'manifest.json'];
    const trust = ['-CAfile', 'root.pem', '-purpose', 'any', ...at, '-out', 'out'];
    inFolder({ ...inputs, 'manifest.json': files.get('manifest.json')! }, (folder) => {
      for (const dialect of ['cms', 'smime']) openssl(folder, dialect, ...verify, ...trust);
    });
    const spoiled = Buffer.from(files.get('manifest.json')!);
    spoiled[20]! ^= 1;
    inFolder({ ...inputs, 'manifest.json': spoiled }, (folder) => {
      for (const dialect of ['cms', 'smime']) expect(() => openssl(folder, dialect, ...verify, ...trust)).toThrow();
    });
  });

  test('is the same for the same input, whatever the order of the files', async () => {
    const reversed = compileAssets(new Map([...exampleFiles].reverse()));
    expect((await build({ assets: reversed })).equals(await build())).toBe(true);
  });

  test('differs in the signature alone when only the time differs', async () => {
    const first = readZip(await build()).files;
    const second = readZip(await build({ signingTime: now.add({ seconds: 1 }) })).files;
    for (const [name, data] of first)
      expect([name, second.get(name)!.equals(data)]).toEqual([name, name !== 'signature']);
  });

  test('is equal in one piece and in two', async () => {
    const parts = await buildBundleParts({ signer, assets, pass: examplePass, signingTime: now });
    expect(Buffer.concat([parts.shared, parts.own]).equals(await build())).toBe(true);
    expect(parts.shared).toBe(assets.records);
  });

  test('keeps names beyond ASCII, folders and a manifest of one line', async () => {
    const extraFiles = { 'fr.lproj/pass.strings': Buffer.from('x'), 'é.png': Buffer.from('y') };
    const bundle = await build({ extraFiles });
    const { files, problems } = readZip(bundle);
    expect(problems).toEqual([]);
    expect([...files.keys()]).toEqual([
      ...exampleFiles.keys(),
      'pass.json',
      ...Object.keys(extraFiles),
      'manifest.json',
      'signature',
    ]);
    const manifest = files.get('manifest.json')!.toString();
    expect(manifest).not.toMatch(/\s/);
    expect(Object.keys(JSON.parse(manifest))).toEqual([
      'pass.json',
      ...exampleFiles.keys(),
      ...Object.keys(extraFiles),
    ]);
    const flagsOf = (name: string) => bundle.readUInt16LE(bundle.indexOf(name) - 30 + 6);
    expect([flagsOf('icon.png'), flagsOf('é.png')]).toEqual([0, 0x0800]);
  });

  test('is stored with sizes up front and dated 1980-01-01 00:00, at every file', async () => {
    const bundle = await build();
    for (let at = bundle.indexOf('PK\x03\x04'); at >= 0; at = bundle.indexOf('PK\x03\x04', at + 1)) {
      const [flags, method, time, date] = [6, 8, 10, 12].map((offset) => bundle.readUInt16LE(at + offset));
      expect([flags, method, time, date]).toEqual([0, 0, 0, (0 << 9) | (1 << 5) | 1]);
      expect(bundle.readUInt32LE(at + 18)).toBeGreaterThan(0);
    }
  });

  test('refuses a file named twice, a reserved name and a path out of the bundle', async () => {
    await expect(build({ extraFiles: { 'icon.png': Buffer.from('x') } })).rejects.toThrow('already');
    for (const name of ['manifest.json', 'signature', '../x', '/x', 'a//b', 'a\\b', 'C:x', '', 'a/./b', 'a\nb']) {
      expect(() => compileAssets({ [name]: Buffer.from('x') })).toThrow();
    }
  });

  test('stays whole when hundreds are built at once', async () => {
    const serials = Array.from({ length: 200 }, (_, index) => `s_${index}`);
    const bundles = await Promise.all(serials.map((serialNumber) => build({ pass: { ...examplePass, serialNumber } })));
    bundles.forEach((bundle, index) => {
      const report = checkBundle(bundle, { rootCertificates: [chain.root.certificatePem], now });
      expect([report.ok, report.pass?.serialNumber]).toEqual([true, serials[index]]);
    });
  });
});

describe('the signature', () => {
  test('carries the three attributes in DER order, the leaf and the intermediate, nothing else', async () => {
    const cms = parseCmsSignature(readZip(await build()).files.get('signature')!);
    expect([...cms.attributes.keys()]).toEqual([oid.contentType, oid.signingTime, oid.messageDigest]);
    expect(cms.attributesSorted).toBe(true);
    expect(cms.detached).toBe(true);
    expect([cms.digestAlgorithm, cms.signatureAlgorithm]).toEqual([oid.sha256, oid.rsaEncryption]);
    const expected = [chain.leaf.certificateDer, chain.intermediate.certificateDer].map((der) =>
      Buffer.from(der).toString('hex'),
    );
    expect(cms.certificates.map(({ der }) => der.toString('hex')).sort()).toEqual(expected.sort());
  });

  test('is the same from the thread pool and from the event loop', async () => {
    const input = {
      certificate: chain.leaf.certificatePem,
      privateKey: chain.leaf.privateKeyPem,
      intermediate: chain.intermediate.certificatePem,
    };
    const manifest = Buffer.from('{}');
    const [pool, loop] = await Promise.all(
      (['thread_pool', 'event_loop'] as const).map((signIn) => createSigner({ ...input, signIn }).sign(manifest, now)),
    );
    expect(pool!.equals(loop!)).toBe(true);
  });

  test('on one core lets the event loop turn after four signatures at most', async () => {
    const { leaf, intermediate } = chain;
    const single = createSigner({
      certificate: leaf.certificatePem,
      privateKey: leaf.privateKeyPem,
      intermediate: intermediate.certificatePem,
      signIn: 'event_loop',
    });
    const events: string[] = [];
    const tick = (left: number): void => {
      events.push('turn');
      if (left > 0) setImmediate(tick, left - 1);
    };
    setImmediate(tick, 30);
    await Promise.all(
      Array.from({ length: 10 }, () => single.sign(Buffer.from('{}'), now).then(() => events.push('signed'))),
    );
    const longestRun = events
      .join(' ')
      .split('turn')
      .map((run) => run.split('signed').length - 1);
    expect(Math.max(...longestRun)).toBe(4);
  });

  test('needs a key that belongs to the certificate and a time that UTCTime can hold', async () => {
    const other = await makeAppleChain({ ...identity, now });
    const input = { certificate: chain.leaf.certificateDer, intermediate: chain.intermediate.certificateDer };
    expect(() => createSigner({ ...input, privateKey: other.leaf.privateKeyPem })).toThrow('belong');
    await expect(signer.sign(Buffer.from('{}'), Temporal.Instant.from('2050-01-01T00:00:00Z'))).rejects.toThrow(
      RangeError,
    );
  });
});
