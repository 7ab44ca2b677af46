import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkBundle } from '@tessera/pkpass';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createWalletHouse, type WalletHouse } from '../../../test/wallet-house.ts';
import { createDesign, type DesignDraft, issuePass } from '../wallet/index.ts';
import { artFor, renderArt } from './art/index.ts';
import { demoDesign, otherDemoDesigns } from './design.ts';

const designs: readonly { name: string; draft: DesignDraft }[] = [
  { name: 'Карта гостя', draft: demoDesign },
  ...otherDemoDesigns,
];
const languages = ['ru', 'en'] as const;
const cases = designs.flatMap((design) => languages.map((language) => ({ ...design, language })));

let house: WalletHouse;
let art: Record<string, Uint8Array>;

beforeAll(async () => {
  house = await createWalletHouse();
  art = await renderArt();
}, 120_000);
afterAll(() => house?.close());

/** The file of a new card of a design for a guest who speaks a language, as the card's link serves it. */
async function fileOf({ name, draft, language }: (typeof cases)[number]): Promise<Buffer> {
  const rows = await house.tenant.query<{ programme_id: number; credential_id: number }>(
    'select programme_id, credential_id from designs where company_id = $1 and design_id = $2',
    [house.tenant.companyId, house.designId],
  );
  const made = await createDesign(house.wallet, house.tenant, {
    name: `${name} ${language}`,
    programmeId: rows[0]!.programme_id,
    credentialId: rows[0]!.credential_id,
    draft,
    files: artFor(draft, art),
  });
  if (!made.ok) throw new Error(JSON.stringify(made.refusal));
  const accountId = await house.newAccount();
  house.subjects.set(accountId, { ...house.subjects.get(accountId)!, language });
  const issued = await issuePass(house.wallet, house.tenant, { accountId, designId: made.value.designId });
  if (!issued.ok) throw new Error(JSON.stringify(issued.refusal));
  const answer = await house.http.inject({ url: `/c/${issued.value.guid}.pkpass` });
  expect(answer.statusCode).toBe(200);
  return answer.rawPayload;
}

const stringsOf = (file: Buffer | undefined): string => (file ? file.subarray(2).toString('utf16le') : '');

describe('every design of the demo in every language', () => {
  test('there is one of each kind of card', () => {
    expect(designs.map(({ draft }) => draft.style).sort()).toEqual(['coupon', 'eventTicket', 'generic', 'storeCard']);
  });

  test.each(cases)('«$name» for a guest who speaks $language opens on a strict phone', async (one) => {
    const file = await fileOf(one);
    const at = house.clock.now();
    const { root, intermediate } = house.chain;
    const trust = { now: at, rootCertificates: [root.certificateDer], intermediate: intermediate.certificateDer };
    const report = checkBundle(file, { ...trust, allowLocalHttp: true });
    expect([...report.problems, ...report.passProblems].filter(({ severity }) => severity === 'error')).toEqual([]);

    const [russian, english] = ['ru', 'en'].map((language) => report.files.get(`${language}.lproj/pass.strings`));
    for (const table of [russian, english]) expect(table?.subarray(0, 2)).toEqual(Buffer.from([0xff, 0xfe]));
    expect(stringsOf(russian)).toContain('= "Чайка";');
    expect(stringsOf(english)).toContain('= "The Gull";');
    expect(stringsOf(english)).toContain('= "Contact";');
    const keysOf = (table: Buffer | undefined) => stringsOf(table).match(/^".*?" = /gm);
    expect(keysOf(english)).toEqual(keysOf(russian));
    // A reader that knows no tables shows the guest's own language.
    expect(report.pass?.organizationName).toBe(one.language === 'en' ? 'The Gull' : 'Чайка');
    expect(report.pass?.[one.draft.style]).toBeDefined();

    const folder = mkdtempSync(join(tmpdir(), 'tessera-demo-'));
    try {
      for (const name of ['manifest.json', 'signature']) writeFileSync(join(folder, name), report.files.get(name)!);
      writeFileSync(join(folder, 'root.pem'), house.chain.root.certificatePem);
      const verify = ['cms', '-verify', '-binary', '-inform', 'DER', '-in', 'signature', '-content', 'manifest.json'];
      const rest = [
        '-CAfile',
        'root.pem',
        '-purpose',
        'any',
        '-attime',
        String(Math.floor(at.epochMilliseconds / 1_000)),
        '-out',
        'out',
      ];
      execFileSync('openssl', [...verify, ...rest], { cwd: folder, stdio: 'pipe' });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
