import { sign } from 'node:crypto';
import { type AppleChain, makeAppleChain, makeIntermediate, reissueLeaf } from '@tessera/testkit/pki';
import { beforeAll, describe, expect, test } from 'vitest';
import { compileAssets } from './assets.ts';
import { buildBundle } from './bundle.ts';
import { type BundleCheckOptions, checkBundle } from './check-bundle.ts';
import { parseCmsSignature } from './cms-reader.ts';
import { childrenOf, contextTag, derTag, encodeDer, readWholeDer } from './der.ts';
import { exampleFiles, examplePass, identity, now, repack, signerOf, signWithOpenssl } from './testing/example.ts';
import { readZip } from './zip-reader.ts';

let chain: AppleChain;
let bundle: Buffer;
const assets = compileAssets(exampleFiles);
const day = 24;

function buildWith(other: AppleChain, signingTime = now): Promise<Buffer> {
  return buildBundle({ signer: signerOf(other), assets, pass: examplePass, signingTime });
}

beforeAll(async () => {
  // Valid for decades: openssl signs with the machine's own clock.
  chain = await makeAppleChain({
    ...identity,
    now,
    notBefore: Temporal.Instant.from('2020-01-01T00:00:00Z'),
    leafDays: 7300,
  });
  bundle = await buildWith(chain);
});

/** Codes of the errors found. */
function errorsOf(bytes: Uint8Array, options: BundleCheckOptions = { now }): string[] {
  const report = checkBundle(bytes, { rootCertificates: [chain.root.certificatePem], ...options });
  return [...report.problems, ...report.passProblems].flatMap(({ code, severity }) =>
    severity === 'error' ? code : [],
  );
}

function resign(signature: (manifest: Buffer) => Uint8Array): Buffer {
  return repack(bundle, (files) => files.set('signature', signature(Buffer.from(files.get('manifest.json')!))));
}

describe('the bundle check refuses', () => {
  test('nothing of a bundle that another zip writer packed and openssl signed', () => {
    expect(errorsOf(repack(bundle, () => undefined))).toEqual([]);
    expect(
      errorsOf(
        resign((manifest) => signWithOpenssl(chain, manifest, '-binary', '-certfile', 'wwdr.pem')),
        {},
      ),
    ).toEqual([]);
  });

  test('a signature without the intermediate', () => {
    expect(
      errorsOf(
        resign((manifest) => signWithOpenssl(chain, manifest, '-binary')),
        {},
      ),
    ).toEqual(['intermediate_missing']);
  });

  test('a wrong intermediate of the right name', async () => {
    const wrong = await makeIntermediate({ root: chain.root, now });
    expect(errorsOf(await buildWith({ ...chain, intermediate: wrong }))).toEqual(['intermediate_missing']);
  });

  test('an intermediate other than the expected, and one of an unknown root', async () => {
    const stranger = await makeAppleChain({ ...identity, now });
    expect(errorsOf(bundle, { now, rootCertificates: [stranger.root.certificateDer] })).toEqual(['root_untrusted']);
    expect(errorsOf(bundle, { now, intermediate: stranger.intermediate.certificatePem })).toEqual([
      'intermediate_unexpected',
    ]);
  });

  test('an expired certificate, and a signing time outside its validity', async () => {
    const expired = await reissueLeaf(chain, {
      ...identity,
      now,
      notBefore: now.subtract({ hours: 10 * day }),
      leafDays: 5,
    });
    expect(errorsOf(await buildWith(expired))).toEqual(['certificate_not_valid']);
    expect(errorsOf(await buildWith(expired, now.subtract({ hours: 7 * day })), {})).toEqual([]);
    expect(errorsOf(await buildWith(expired), {})).toEqual(['certificate_not_valid']);
  });

  test('a certificate of another type, of another team, or of another kind', async () => {
    const otherType = await reissueLeaf(chain, { ...identity, passTypeIdentifier: 'pass.example.other', now });
    expect(errorsOf(await buildWith(otherType))).toEqual(['pass_type_mismatch']);
    const otherTeam = await reissueLeaf(chain, { ...identity, teamIdentifier: 'ZZZZZ99999', now });
    expect(errorsOf(await buildWith(otherTeam))).toEqual(['team_mismatch']);
    const push = await reissueLeaf(chain, { ...identity, passSigning: false, now });
    expect(errorsOf(await buildWith(push))).toEqual(['pass_signing_usage_missing']);
  });

  test('a signature over line ends that were turned into CRLF', () => {
    const pretty = repack(bundle, (files) => {
      const manifest = Buffer.from(
        JSON.stringify(JSON.parse(String(Buffer.from(files.get('manifest.json')!))), null, 1),
      );
      files.set('manifest.json', manifest);
      files.set('signature', signWithOpenssl(chain, manifest, '-certfile', 'wwdr.pem'));
    });
    expect(errorsOf(pretty, {})).toEqual(['signature_digest']);
  });

  test('a signing time in the future', async () => {
    expect(errorsOf(await buildWith(chain, now.add({ hours: 1 })))).toEqual(['signing_time_future']);
  });

  test('signed attributes out of DER order only with a warning, as Wallet does', () => {
    const spoiled = resign((manifest) =>
      withReversedAttributes(chain, signWithOpenssl(chain, manifest, '-binary', '-certfile', 'wwdr.pem')),
    );
    const { ok, problems } = checkBundle(spoiled);
    expect([ok, problems]).toEqual([
      true,
      [{ code: 'signature_attributes_unsorted', severity: 'warning', params: {} }],
    ]);
  });

  test('a file changed, added, removed or missing', () => {
    const change = (edit: (files: Map<string, Uint8Array>) => void) => errorsOf(repack(bundle, edit));
    expect(change((files) => files.set('icon.png', exampleFiles.get('icon@2x.png')!))).toContain('manifest_hash');
    expect(change((files) => files.set('extra.txt', Buffer.from('x')))).toEqual(['manifest_entry_missing']);
    expect(change((files) => files.delete('icon@3x.png'))).toEqual(['manifest_file_missing']);
    expect(change((files) => files.delete('signature'))).toEqual(['file_missing']);
    expect(change((files) => files.set('manifest.json', Buffer.from('[]')))).toContain('manifest_malformed');
    expect(change((files) => files.set('signature', Buffer.from('rubbish')))).toEqual(['signature_malformed']);
  });

  test('any changed byte in a file, the manifest or the signature value', () => {
    for (const name of ['icon.png', 'pass.json', 'manifest.json', 'signature']) {
      const data = readZip(bundle).files.get(name)!;
      const at = bundle.indexOf(data);
      for (const offset of [0, data.length >> 1, data.length - 1]) {
        const spoiled = Buffer.from(bundle);
        spoiled[at + offset]! ^= 1;
        expect(errorsOf(spoiled).length, `${name} ${offset}`).toBeGreaterThan(0);
      }
    }
  });

  test('rubbish of any kind without throwing', () => {
    for (let length = 0; length < bundle.length; length += 97) {
      expect(errorsOf(bundle.subarray(0, length)).length).toBeGreaterThan(0);
    }
    for (let at = 0; at < bundle.length; at += 11) {
      const spoiled = Buffer.from(bundle);
      spoiled[at] = 255 - spoiled[at]!;
      expect(() => errorsOf(spoiled)).not.toThrow();
    }
  });
});

describe('the zip reader refuses', () => {
  const codes = (bytes: Uint8Array, limits?: { files: number; bytes: number }): string[] =>
    readZip(bytes, limits).problems.map(({ code }) => code);

  test('paths that leave the bundle', () => {
    for (const name of ['../evil', '/evil', 'a/../../evil', 'a\\b']) {
      const { files, problems } = readZip(repack(bundle, (all) => all.set(name, Buffer.from('x'))));
      expect([problems.map(({ code }) => code), files.has(name)]).toEqual([['zip_path'], false]);
    }
  });

  test('the same name twice', () => {
    const twice = Buffer.from(bundle.toString('latin1').replaceAll('icon@3x.png', 'icon@2x.png'), 'latin1');
    expect(codes(twice)).toContain('zip_duplicate');
  });

  test('content whose checksum is wrong', () => {
    const spoiled = Buffer.from(bundle);
    spoiled[bundle.indexOf(exampleFiles.get('icon.png')!) + 20]! ^= 1;
    const { files, problems } = readZip(spoiled);
    expect([problems.map(({ code }) => code), files.has('icon.png')]).toEqual([['zip_crc'], false]);
  });

  test('a local header that tells another story than the directory', () => {
    const spoiled = Buffer.from(bundle);
    spoiled[14]! ^= 1;
    expect(codes(spoiled)).toEqual(['zip_header_mismatch']);
  });

  test('archives that unpack to more than the limit', () => {
    const bomb = repack(bundle, (files) => files.set('bomb', Buffer.alloc(2_000_000)));
    expect(bomb.length).toBeLessThan(20_000);
    expect(codes(bomb, { files: 500, bytes: 1_000_000 })).toEqual(['zip_too_large']);
    expect(codes(bundle, { files: 3, bytes: 1_000_000 })).toEqual(['zip_too_large']);
  });

  test('bytes before the end record that belong to nothing, and bytes after it', () => {
    expect(codes(Buffer.concat([bundle, Buffer.from('x')]))).toEqual(['zip_malformed']);
  });
});

/** Turns the order of the signed attributes round and signs them again in that order, as two known libraries do. */
function withReversedAttributes(by: AppleChain, signature: Buffer): Buffer {
  const { signedBytes } = parseCmsSignature(signature);
  const reversed = childrenOf(readWholeDer(signedBytes, derTag.set))
    .map(({ whole }) => whole)
    .reverse();
  const value = sign('sha256', encodeDer(derTag.set, ...reversed), by.leaf.privateKeyPem);
  const at = signature.lastIndexOf(signedBytes.subarray(1)) - 1;
  const spoiled = Buffer.from(signature);
  spoiled.set(encodeDer(contextTag(0), ...reversed), at);
  spoiled.set(value, spoiled.length - value.length);
  return spoiled;
}
