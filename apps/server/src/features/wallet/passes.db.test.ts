import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { checkBundle, readZip } from '@tessera/pkpass';
import { makeAppleChain } from '@tessera/testkit/pki';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDraft, testFiles } from '../../../test/wallet-design.ts';
import {
  addCompany,
  createWalletHouse,
  TEST_PASS_TYPE,
  TEST_TEAM,
  tokenOf,
  type WalletHouse,
} from '../../../test/wallet-house.ts';
import { createDesign, findPassByGuid, issuePass, passesOfAccount, pictureOfPass, updateDesign } from './index.ts';
import type { PassRecord } from './model.ts';
import { refreshPass } from './refresh-pass.ts';
import { lockMarkers, nextMarker, selectPass } from './store/passes.ts';

const run = promisify(execFile);
let house: WalletHouse;
beforeAll(async () => {
  house = await createWalletHouse();
});
afterAll(() => house.close());

const now = (pass: PassRecord) => selectPass(house.tenant, house.tenant.companyId, pass.passId) as Promise<PassRecord>;
const download = (guid: string) => house.http.inject({ url: `/c/${guid}.pkpass` });
const fetchPass = (pass: PassRecord) =>
  house.http.inject({
    url: `/wallet/apple/v1/passes/${pass.passTypeIdentifier}/${pass.serial}`,
    headers: { authorization: `ApplePass ${tokenOf(house, pass)}` },
  });
const passJsonOf = (bundle: Buffer) =>
  JSON.parse(Buffer.from(readZip(bundle).files.get('pass.json')!).toString('utf8'));

describe('issuing', () => {
  test('gives an account one card of a design, however often and however parallel it is asked for', async () => {
    const input = { accountId: await house.newAccount(), designId: house.designId };
    const issued = await Promise.all(Array.from({ length: 8 }, () => issuePass(house.wallet, house.tenant, input)));
    const guids = new Set(issued.map((result) => (result.ok ? result.value.guid : result.refusal.code)));
    expect(guids.size).toBe(1);
    expect(await passesOfAccount(house.tenant, input.accountId)).toMatchObject([
      { guid: [...guids][0], designId: house.designId, designName: 'Карта', devices: 0, version: 1, voided: false },
    ]);
  });

  test('makes serials that are long, plain in an address and in a QR code, and never equal', async () => {
    const serials = new Set<string>();
    for (let i = 0; i < 20; i++) serials.add((await house.newPass()).serial);
    expect(serials.size).toBe(20);
    for (const serial of serials) expect(serial).toMatch(/^[0-9A-Z]{16}$/);
  });

  test('is refused without a design and without a certificate', async () => {
    const accountId = await house.newAccount();
    const unknown = await issuePass(house.wallet, house.tenant, { accountId, designId: 999 });
    expect(unknown).toMatchObject({ ok: false, refusal: { code: 'not_found' } });
    const draft = testDraft();
    const design = await createDesign(house.wallet, house.tenant, {
      name: 'Без сертификата',
      programmeId: 1,
      credentialId: null,
      draft,
      files: testFiles,
    });
    if (!design.ok) throw new Error(design.refusal.code);
    const { designId } = design.value;
    expect(await issuePass(house.wallet, house.tenant, { accountId, designId })).toMatchObject({
      refusal: { code: 'credential_incomplete' },
    });
  });
});

describe('a bundle', () => {
  test('out of the web service is what Apple wants, by our own check and by openssl', async () => {
    const pass = await house.newPass();
    const bundle = (await fetchPass(pass)).rawPayload;
    const report = checkBundle(bundle, { rootCertificates: [house.chain.root.certificatePem], now: house.clock.now() });
    expect([...report.problems, ...report.passProblems].filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(report.pass).toMatchObject({
      serialNumber: pass.serial,
      authenticationToken: tokenOf(house, pass),
      webServiceURL: 'https://cards.example/wallet/apple',
    });
    const folder = await mkdtemp(join(tmpdir(), 'tessera-bundle-'));
    const { files } = readZip(bundle);
    for (const name of ['manifest.json', 'signature']) await writeFile(join(folder, name), files.get(name)!);
    await writeFile(join(folder, 'root.pem'), house.chain.root.certificatePem);
    const verify = 'cms -verify -binary -inform DER -in signature -content manifest.json -CAfile root.pem -purpose any';
    const time = ['-attime', String(Math.floor(house.clock.now().epochMilliseconds / 1000))];
    await run('openssl', [...verify.split(' '), ...time, '-out', 'verified'], { cwd: folder });
    await rm(folder, { recursive: true });
  });

  test('is built once for all who ask at the same time', async () => {
    const pass = await house.newPass();
    const built = async () => (await house.platform.metrics.passesBuilt.get()).values[0]?.value ?? 0;
    const before = await built();
    const bundles = await Promise.all(Array.from({ length: 10 }, () => fetchPass(pass)));
    expect(bundles.every(({ rawPayload }) => rawPayload.equals(bundles[0]!.rawPayload))).toBe(true);
    expect(await built()).toBe(before + 1);
  });

  test('is to be had by its guid, and for no other guid', async () => {
    const pass = await house.newPass();
    const response = await download(pass.guid);
    expect(response.statusCode).toBe(200);
    expect(response.headers['content-type']).toBe('application/vnd.apple.pkpass');
    expect(response.headers['content-disposition']).toBe('attachment; filename="card.pkpass"');
    expect((await download(pass.guid.toUpperCase())).statusCode).toBe(200);
    for (const guid of ['00000000-0000-4000-8000-000000000000', 'x', `${pass.guid}0`, "' or 1=1"]) {
      expect((await download(encodeURIComponent(guid))).statusCode).toBe(404);
    }
    expect((await house.http.inject({ url: `/c/${pass.guid}` })).body).toBe('the page of the card');
    expect(await findPassByGuid(house.wallet, 'rubbish')).toBeNull();
  });
});

describe('a card', () => {
  test('shows the same on the phone and on the page, and the page does not know the token', async () => {
    const pass = await house.newPass();
    await house.change(pass.accountId, { available: 20_000n });
    const picture = await pictureOfPass(house.tenant, await now(pass));
    expect(picture.headerFields).toEqual([{ key: 'points', label: 'Баллы', value: '200' }]);
    const json = passJsonOf((await fetchPass(pass)).rawPayload);
    expect(json.storeCard.headerFields[0]).toMatchObject({ value: '200', changeMessage: 'Баллов на карте: %@' });
    expect(JSON.stringify(picture)).not.toContain(tokenOf(house, pass));
  });

  test('ends at the newest state although slower refreshes run beside it', async () => {
    const pass = await house.newPass();
    for (let available = 1n; available <= 20n; available++) {
      house.subjects.set(pass.accountId, { ...house.subjects.get(pass.accountId)!, available: available * 100n });
      void refreshPass(house.wallet, house.tenant, { passId: pass.passId, mode: 'immediate' });
    }
    const settled = await refreshPass(house.wallet, house.tenant, { passId: pass.passId, mode: 'immediate' });
    expect(settled?.snapshot.variables.LoyaltyValue).toBe('20');
    expect((await now(pass)).snapshot.variables.LoyaltyValue).toBe('20');
  });

  test('does not stay at what a slow refresh had read before the account went back', async () => {
    const pass = await house.newPass();
    const subject = house.subjects.get(pass.accountId)!;
    const seen = [{ ...subject, available: 999_900n }];
    const slow = { ...house.wallet, loadSubject: async () => seen.shift() ?? subject };
    await refreshPass(slow, house.tenant, { passId: pass.passId, mode: 'immediate' });
    expect((await now(pass)).snapshot.variables.LoyaltyValue).toBe(pass.snapshot.variables.LoyaltyValue);
  });

  test('takes no marker while another one is not committed: else a lower one could appear after a higher one was told', async () => {
    const watcher = new Client({ connectionString: house.connectionString });
    await watcher.connect();
    const waiting = async () =>
      (await watcher.query(`select 1 from pg_locks where locktype = 'advisory' and not granted`)).rows.length > 0;
    const pass = await house.newPass();
    let refreshed: Promise<unknown> = Promise.resolve();
    const first = await house.tenant.transaction(async (transaction) => {
      await lockMarkers(transaction);
      const marker = await nextMarker(transaction);
      house.subjects.set(pass.accountId, { ...house.subjects.get(pass.accountId)!, available: 4_700n });
      let done = false;
      refreshed = refreshPass(house.wallet, house.tenant, { passId: pass.passId, mode: 'immediate' }).finally(() => {
        done = true;
      });
      while (!done && !(await waiting())) await new Promise((resolve) => setTimeout(resolve, 5));
      expect((await now(pass)).contentVersion).toBe(1);
      return marker;
    });
    await refreshed;
    await watcher.end();
    expect((await now(pass)).updateSequence).toBeGreaterThan(first);
  });
});

describe('a new revision of a design', () => {
  test('reaches all its cards, and pushes them gently', async () => {
    const passes = await Promise.all([house.newPass(), house.newPass()]);
    await download(passes[0]!.guid);
    const url = `/wallet/apple/v1/devices/phone-1/registrations/${TEST_PASS_TYPE}/${passes[0]!.serial}`;
    const headers = { authorization: `ApplePass ${tokenOf(house, passes[0]!)}` };
    await house.http.inject({ method: 'POST', url, headers, payload: { pushToken: 'ab'.repeat(32) } });
    await house.settle();
    house.pushes.length = 0;
    const draft = testDraft({ logoText: 'Новая вывеска' });
    expect((await updateDesign(house.wallet, house.tenant, { designId: house.designId, draft })).ok).toBe(true);
    await house.settle();
    for (const pass of passes) expect((await now(pass)).contentVersion).toBe(2);
    expect(house.pushes.map(({ mode }) => mode)).toEqual(['bulk']);
    expect(passJsonOf((await fetchPass(passes[1]!)).rawPayload).logoText).toBe('Новая вывеска');
  });

  test('is never served under the date of the old one: a card that is asked for before its turn goes first', async () => {
    const pass = await house.newPass();
    const before = await fetchPass(pass);
    const { body } = (
      await house.tenant.query<{ body: object }>('select body from designs where company_id = $1', [
        house.tenant.companyId,
      ])
    )[0]!;
    // As if the job had not come to this card yet.
    await house.tenant.query(
      'update designs set body = $3, revision = revision + 1 where company_id = $1 and design_id = $2',
      [house.tenant.companyId, house.designId, JSON.stringify({ ...body, logoText: 'Между делом' })],
    );
    const after = await fetchPass(pass);
    expect(passJsonOf(after.rawPayload).logoText).toBe('Между делом');
    expect(after.headers['last-modified']).not.toBe(before.headers['last-modified']);
    expect((await now(pass)).contentVersion).toBe(2);
  });

  test('that changes nothing to see makes no new version', async () => {
    const pass = await house.newPass();
    const { contentVersion } = await now(pass);
    await updateDesign(house.wallet, house.tenant, { designId: house.designId, name: 'Карта' });
    await house.settle();
    expect((await now(pass)).contentVersion).toBe(contentVersion);
  });

  test('cannot take the name of another design', async () => {
    const { designId } = (await house.http.inject({ url: '/api/v1/designs' }))
      .json()
      .items.find(({ name }: { name: string }) => name === 'Без сертификата');
    expect(await updateDesign(house.wallet, house.tenant, { designId, name: 'Карта' })).toMatchObject({
      refusal: { code: 'invalid_request', params: { path: 'name' } },
    });
  });

  test('is refused when a phone could not read it', async () => {
    const draft = testDraft({ description: ' ' });
    expect(await updateDesign(house.wallet, house.tenant, { designId: house.designId, draft })).toMatchObject({
      refusal: { code: 'invalid_request', params: { path: 'description' } },
    });
  });
});

test("pictures are served for ever by content, and another company's address finds nothing", async () => {
  const picture = await pictureOfPass(house.tenant, await house.newPass());
  const response = await house.http.inject({ url: picture.images.logo! });
  expect(response.rawPayload.equals(testFiles['logo.png'])).toBe(true);
  expect(response.headers).toMatchObject({
    'content-type': 'image/png',
    'cache-control': 'public, max-age=31536000, immutable',
  });
  const accept = 'image/avif,image/webp,*/*';
  const small = await house.http.inject({ url: picture.images.logo!, headers: { accept } });
  expect(small.headers).toMatchObject({ 'content-type': 'image/webp', vary: 'accept' });
  expect(small.rawPayload.subarray(8, 12).toString('latin1')).toBe('WEBP');
  const elsewhere = picture.images.logo!.replace(/\/assets\/\d+/, '/assets/99');
  expect((await house.http.inject({ url: elsewhere })).statusCode).toBe(404);
  expect((await house.http.inject({ url: '/assets/1/../../etc' })).statusCode).toBe(404);
  expect((await house.http.inject({ url: '/assets/0/zz' })).statusCode).toBe(404);
});

test("another company's card answers exactly like nobody's", async () => {
  const chain = await makeAppleChain({
    passTypeIdentifier: 'pass.example.other',
    teamIdentifier: TEST_TEAM,
    now: house.clock.now(),
  });
  const other = await addCompany(house.wallet, chain);
  const theirs = await house.newPass(other.tenant, other.designId);
  const mine = await house.newPass();
  const ask = (type: string, serial: string, pass: PassRecord) =>
    house.http.inject({
      url: `/wallet/apple/v1/passes/${type}/${serial}`,
      headers: { authorization: `ApplePass ${tokenOf(house, pass)}` },
    });
  const answers = [
    await ask(theirs.passTypeIdentifier, theirs.serial, mine),
    await ask(mine.passTypeIdentifier, theirs.serial, theirs),
    await ask(mine.passTypeIdentifier, 'NOBODY', mine),
  ];
  for (const { statusCode, body } of answers) expect([statusCode, body]).toEqual([401, '']);
  expect((await ask(theirs.passTypeIdentifier, theirs.serial, theirs)).statusCode).toBe(200);
});

test('the console sees designs with pictures and devices without their secrets', async () => {
  const pass = await house.newPass();
  const url = `/wallet/apple/v1/devices/a-secret-device/registrations/${TEST_PASS_TYPE}/${pass.serial}`;
  const headers = { authorization: `ApplePass ${tokenOf(house, pass)}` };
  await house.http.inject({ method: 'POST', url, headers, payload: { pushToken: 'ef'.repeat(32) } });
  const designs = await house.http.inject({ url: '/api/v1/designs' });
  expect(designs.json().items.find((item: { designId: number }) => item.designId === house.designId)).toMatchObject({
    programme: 'Баллы',
    credential: { name: 'Карты' },
    picture: { headerFields: [{ value: '1\u202f250' }] },
  });
  const first = (await house.http.inject({ url: '/api/v1/devices?limit=1' })).json();
  const rest = (await house.http.inject({ url: `/api/v1/devices?limit=200&after=${first.next}` })).json();
  const items = [...first.items, ...rest.items];
  expect(JSON.stringify(items)).not.toContain('a-secret-device');
  const row = items.find(({ cards }) => cards.some(({ serial }: { serial: string }) => serial === pass.serial));
  expect(row).toMatchObject({ platform: 'apple', upToDate: false, cards: [{ guestName: `Гость ${pass.accountId}` }] });
  // The phone hears that there is something, and fetches it.
  await house.http.inject({ url: url.slice(0, url.lastIndexOf('/')) });
  await fetchPass(pass);
  const again = (await house.http.inject({ url: '/api/v1/devices' })).json();
  expect(again.items.find(({ fingerprint }: { fingerprint: string }) => fingerprint === row.fingerprint).upToDate).toBe(
    true,
  );
  expect((await house.http.inject({ url: '/api/v1/devices?limit=0' })).statusCode).toBe(400);
});
