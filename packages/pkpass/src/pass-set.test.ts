import { execFileSync } from 'node:child_process';
import { type AppleChain, makeAppleChain } from '@tessera/testkit/pki';
import { zipSync } from 'fflate';
import { beforeAll, describe, expect, test } from 'vitest';
import { compileAssets } from './assets.ts';
import { buildBundle, buildBundleParts } from './bundle.ts';
import { buildPassSet, checkPassSet, passSetLimits } from './pass-set.ts';
import type { Signer } from './signer.ts';
import { exampleFiles, examplePass, identity, inFolder, now, signerOf } from './testing/example.ts';
import { readZip } from './zip-reader.ts';

let chain: AppleChain;
let signer: Signer;
let cards: Buffer[];
const assets = compileAssets(exampleFiles);
const withSerial = (serialNumber: string) => ({
  signer,
  assets,
  pass: { ...examplePass, serialNumber },
  signingTime: now,
});

beforeAll(async () => {
  chain = await makeAppleChain({ ...identity, now });
  signer = signerOf(chain);
  cards = await Promise.all(Array.from({ length: 11 }, (_, index) => buildBundle(withSerial(`s_${index}`))));
});

const check = (bytes: Uint8Array) => checkPassSet(bytes, { rootCertificates: [chain.root.certificatePem], now });
const codesOf = (bytes: Uint8Array) => check(bytes).problems.map(({ code }) => code);

describe('a set of cards in one file', () => {
  test('holds every card to the byte, in the order given, and stands the strict check', () => {
    const set = buildPassSet(cards.slice(0, 10));
    const report = check(set);
    expect(report.problems).toEqual([]);
    expect(report.ok).toBe(true);
    expect(report.passes.map(({ report: { pass } }) => pass?.serialNumber)).toEqual(
      Array.from({ length: 10 }, (_, index) => `s_${index}`),
    );
    expect([...readZip(set).files.values()].map((data, index) => data.equals(cards[index]!))).not.toContain(false);
  });

  test('has no manifest and no signature of its own, and is the same for the same cards', () => {
    const set = buildPassSet(cards.slice(0, 2));
    expect([...readZip(set).files.keys()]).toEqual(['01.pkpass', '02.pkpass']);
    expect(set.equals(buildPassSet(cards.slice(0, 2)))).toBe(true);
  });

  test('is the same out of bundles in pieces', async () => {
    const parts = await buildBundleParts(withSerial('s_0'));
    expect(buildPassSet([[parts.shared, parts.own], cards[1]!]).equals(buildPassSet(cards.slice(0, 2)))).toBe(true);
  });

  test('is read by an archiver of somebody else', () => {
    inFolder({ 'set.zip': buildPassSet(cards.slice(0, 3)) }, (folder) => {
      const script = 'import zipfile,sys; z=zipfile.ZipFile("set.zip"); print(z.testzip(), len(z.namelist()))';
      expect(execFileSync('python3', ['-c', script], { cwd: folder }).toString().trim()).toBe('None 3');
    });
  });

  test('is not made empty, of more cards than a phone takes, or too heavy', () => {
    expect(() => buildPassSet([])).toThrow(RangeError);
    expect(() => buildPassSet(cards)).toThrow(RangeError);
    const heavy = Buffer.alloc(passSetLimits.bytes / 2);
    expect(() => buildPassSet([heavy, heavy])).toThrow(RangeError);
  });

  test.each<[string, () => Record<string, Uint8Array>, string]>([
    ['is empty', () => ({}), 'set_empty'],
    [
      'has eleven cards',
      () => Object.fromEntries(cards.map((card, index) => [`${index}.pkpass`, card])),
      'set_too_large',
    ],
    [
      'holds something else',
      () => ({ '01.pkpass': cards[0]!, 'manifest.json': Buffer.from('{}') }),
      'set_foreign_file',
    ],
    ['keeps its cards in a folder', () => ({ 'cards/01.pkpass': cards[0]! }), 'set_foreign_file'],
    ['holds one card twice', () => ({ '01.pkpass': cards[0]!, '02.pkpass': cards[0]! }), 'set_card_twice'],
  ])('is found out when it %s', (_, files, code) => {
    expect(codesOf(zipSync(files()))).toEqual([code]);
  });

  test('is not in order when one of its cards is not', () => {
    const spoiled = Buffer.from(cards[1]!);
    const set = buildPassSet([cards[0]!, spoiled.subarray(0, spoiled.length - 1)]);
    expect(check(set)).toMatchObject({ ok: false, problems: [] });
  });

  test('rubbish is a problem, never an exception', () => {
    for (const bytes of [Buffer.alloc(0), Buffer.from('rubbish'), cards[0]!.subarray(7)]) {
      expect(check(bytes).ok).toBe(false);
    }
    // A single card is no set.
    expect(check(cards[0]!).ok).toBe(false);
  });
});
