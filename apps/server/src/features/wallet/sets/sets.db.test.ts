import { createServer } from 'node:http';
import { checkPassSet } from '@tessera/pkpass';
import { createPhone } from '@tessera/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createGoogleHouse, type GoogleHouse } from '../../../../test/google-house.ts';
import { testDraft, testFiles } from '../../../../test/wallet-design.ts';
import { saveLink } from '../google/index.ts';
import { createDesign } from '../save-design.ts';
import { downloadSet } from './download-set.ts';
import { giveSetLink, type OpenedSet, openSet } from './open-set.ts';
import { changeSet, createSet } from './save-set.ts';
import { countOpening, selectLinks, selectSets } from './sets.store.ts';

let house: GoogleHouse;
let card: number;
let coupon: number;
let gift: number;

beforeAll(async () => {
  house = await createGoogleHouse();
  card = house.designId;
  coupon = await newDesign('Купон', { google: { vertical: 'offer' } });
  gift = await newDesign('Подарочная карта', { google: { vertical: 'giftCard' } });
  await house.connect();
});
afterAll(() => house?.close());

async function newDesign(name: string, change: Parameters<typeof testDraft>[0] = {}): Promise<number> {
  const rows = await house.tenant.query<{ credential_id: number; programme_id: number }>(
    'select credential_id, programme_id from designs where company_id = $1 and design_id = $2',
    [house.tenant.companyId, house.designId],
  );
  const { credential_id: credentialId, programme_id: programmeId } = rows[0]!;
  const input = {
    name,
    programmeId,
    credentialId,
    draft: testDraft({ description: name, ...change }),
    files: testFiles,
  };
  const made = await createDesign(house.wallet, house.tenant, input);
  if (!made.ok) throw new Error(made.refusal.code);
  return made.value.designId;
}

let sets = 0;
async function newSet(...designIds: number[]): Promise<number> {
  const made = await createSet(house.wallet, house.tenant, { name: `Набор ${++sets}`, designIds });
  if (!made.ok) throw new Error(made.refusal.code);
  return made.value.setId;
}
async function newLink(setId: number | null, accountId?: number): Promise<string> {
  const { programme_id: programme } = (
    await house.tenant.query<{ programme_id: number }>(
      'select min(programme_id) as programme_id from programmes where company_id = $1',
      [house.tenant.companyId],
    )
  )[0]!;
  const input = { setId, accountId: accountId ?? (await house.newAccount()) };
  const given = await giveSetLink(house.wallet, house.tenant, input, async () => programme);
  if (!given.ok) throw new Error(given.refusal.code);
  return given.value.guid;
}
const open = async (guid: string): Promise<OpenedSet> => (await openSet(house.wallet, guid))!;

const designsOf = ({ passes }: OpenedSet) => passes.map(({ designId }) => designId);

describe('a set of cards', () => {
  test('is one under its name: the same again is the same set, another list is refused', async () => {
    const { wallet, tenant } = house;
    const first = await createSet(wallet, tenant, { name: 'Для новых гостей', designIds: [card, coupon] });
    const again = await createSet(wallet, tenant, { name: ' для  НОВЫХ гостей ', designIds: [card, coupon] });
    expect(first.ok && again.ok && again.value.setId === first.value.setId).toBe(true);
    expect(await createSet(wallet, tenant, { name: 'Для новых гостей', designIds: [coupon, card] })).toMatchObject({
      refusal: { code: 'pass_bundle_exists' },
    });
    const other = await newSet(card);
    expect(await changeSet(wallet, tenant, { setId: other, name: 'Для новых гостей' })).toMatchObject({
      refusal: { code: 'pass_bundle_exists' },
    });
  });

  test('takes only designs of the company, of one programme, each once, ten at most', async () => {
    const { wallet, tenant } = house;
    const refused = async (designIds: number[]) => {
      const made = await createSet(wallet, tenant, { name: `Не набор ${++sets}`, designIds });
      return made.ok ? 'made' : made.refusal.params?.why;
    };
    expect(await refused([card, card])).toBe('twice');
    expect(await refused([])).toBe('count');
    expect(await refused(Array.from({ length: 11 }, (_, index) => index + 1))).toBe('count');
    expect(await refused([card, 99_999])).toBe('unknown');
    const rows = await tenant.query<{ programme_id: number }>(
      `insert into programmes (company_id, name, kind, created_at) values ($1, 'Скидки', 1, now()) returning programme_id`,
      [tenant.companyId],
    );
    const foreign = await newDesign('Другая программа');
    await tenant.query('update designs set programme_id = $3 where company_id = $1 and design_id = $2', [
      tenant.companyId,
      foreign,
      rows[0]!.programme_id,
    ]);
    expect(await refused([card, foreign])).toBe('other_programme');
  });

  test('makes the missing cards when its link is opened, once, in its order; the guest’s own card is among them', async () => {
    const pass = await house.newPass();
    const guid = await newLink(await newSet(coupon, card, gift), pass.accountId);
    const opened = await Promise.all(Array.from({ length: 6 }, () => open(guid)));
    for (const one of opened) expect(designsOf(one)).toEqual([coupon, card, gift]);
    expect(new Set(opened.flatMap(({ passes }) => passes.map(({ passId }) => passId))).size).toBe(3);
    expect(opened[0]!.passes[1]!.guid).toBe(pass.guid);
  });

  test('has one link for each guest, however often it is asked for', async () => {
    const setId = await newSet(card, coupon);
    const accountId = await house.newAccount();
    const links = await Promise.all(Array.from({ length: 6 }, () => newLink(setId, accountId)));
    expect(new Set(links).size).toBe(1);
    expect(await newLink(setId)).not.toBe(links[0]);
    expect(await newLink(null, accountId)).not.toBe(links[0]);
  });

  test('leaves out voided cards, shows a design’s cards that were added later, and knows no guid but its own', async () => {
    const setId = await newSet(card, coupon);
    const guid = await newLink(setId);
    const [first] = (await open(guid)).passes;
    await house.tenant.query('update passes set voided = true where company_id = $1 and pass_id = $2', [
      house.tenant.companyId,
      first!.passId,
    ]);
    expect(designsOf(await open(guid))).toEqual([coupon]);
    await changeSet(house.wallet, house.tenant, { setId, designIds: [coupon, gift] });
    expect(designsOf(await open(guid))).toEqual([coupon, gift]);
    expect(await openSet(house.wallet, first!.guid)).toBeNull();
    expect(await openSet(house.wallet, 'rubbish')).toBeNull();
  });

  test('gives no new links from the archive, and those of guests open what they have', async () => {
    const { wallet, tenant } = house;
    const setId = await newSet(card, gift);
    const pass = await house.newPass();
    const known = await newLink(setId, pass.accountId);
    const unopened = await newLink(setId);
    await changeSet(wallet, tenant, { setId, archived: true });
    expect(designsOf(await open(known))).toEqual([card]);
    expect(await openSet(wallet, unopened)).toBeNull();
    const late = { setId, accountId: await house.newAccount() };
    expect(await giveSetLink(wallet, tenant, late, async () => 1)).toMatchObject({
      refusal: { code: 'pass_bundle_not_found' },
    });
    expect(await newLink(setId, pass.accountId)).toBe(known);
    await changeSet(wallet, tenant, { setId, archived: false });
    expect(designsOf(await open(unopened))).toEqual([card, gift]);
  });

  test('is not for an account of another programme, nor for one that is none', async () => {
    const setId = await newSet(card);
    const input = { setId, accountId: await house.newAccount() };
    for (const programme of [99, null]) {
      expect(await giveSetLink(house.wallet, house.tenant, input, async () => programme)).toMatchObject({
        refusal: { code: 'account_not_found' },
      });
    }
  });

  test('counts who opened it and how the cards were taken', async () => {
    const setId = await newSet(card, coupon);
    const [read, unread] = [await newLink(setId), await newLink(setId)];
    const now = house.clock.now();
    for (const way of ['page', 'page', 'apple', 'google'] as const) await countOpening(house.tenant, read, way, now);
    const page = { setId, archived: false, before: null, limit: 1 };
    expect(await selectSets(house.tenant, house.tenant.companyId, page)).toMatchObject([
      { links: 2, opened: 1, opens: 2, appleFiles: 1, googleLinks: 1 },
    ]);
    const links = await selectLinks(house.tenant, setId, { after: null, limit: 10 });
    expect(links.map(({ guid }) => guid)).toEqual([read, unread]);
    const after = { at: links[0]!.lastOpenedAt, guid: links[0]!.guid };
    expect(await selectLinks(house.tenant, setId, { after, limit: 10 })).toMatchObject([{ guid: unread }]);
  });
});

describe('on an iPhone', () => {
  test('the file holds every card signed, and stands the strict check', async () => {
    const opened = await open(await newLink(await newSet(card, coupon, gift)));
    const report = checkPassSet(await downloadSet(house.wallet, opened), {
      rootCertificates: [house.chain.root.certificatePem],
      now: house.clock.now(),
    });
    expect(report.problems).toEqual([]);
    expect(report.ok).toBe(true);
    expect(report.passes.map(({ report: { pass } }) => pass?.serialNumber)).toEqual(
      opened.passes.map(({ serial }) => serial),
    );
  });

  test('all its cards register and keep up with the account, also one that changed between download and registration', async () => {
    const http = await house.http.listen({ host: '127.0.0.1', port: 0 });
    const opened = await open(await newLink(await newSet(card, coupon)));
    const file = await downloadSet(house.wallet, opened);
    await house.change(opened.link.accountId, { available: 77_700n });
    const server = createServer((_request, answer) =>
      answer.setHeader('content-type', 'application/vnd.apple.pkpasses').end(file),
    );
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as { port: number };
    // The simulated phone reaches every address where the cards' web service is; the file comes from here.
    const phone = createPhone({
      deviceId: 'phone-of-sets',
      clock: house.clock.now,
      random: Math.random,
      rootCertificates: [house.chain.root.certificatePem],
      http: { allowPlainHttp: true, reach: (origin) => (origin.endsWith(`:${port}`) ? origin : http) },
      sleep: async () => {},
    });
    const added = await phone.installSetFrom(`http://127.0.0.1:${port}/set.pkpasses`);
    expect(added.map(({ status }) => status)).toEqual(['added', 'added']);
    await house.settle();
    await phone.reboot();
    await phone.settled();
    const points = phone.snapshot().cards.map(({ pass }) => {
      const style = pass.storeCard as { headerFields: { value: unknown }[] };
      return style.headerFields[0]?.value;
    });
    expect(points).toEqual(['777', '777']);
    server.close();
    await phone.stop();
  });
});

describe('on Android', () => {
  test('one link saves cards of three kinds at once: they are brought to Google first and only named', async () => {
    const opened = await open(await newLink(await newSet(card, coupon, gift)));
    const link = await saveLink(house.wallet, house.tenant, opened.passes);
    if (!link.ok) throw new Error(link.refusal.code);
    const claims = JSON.parse(Buffer.from(link.value.url.split('/').at(-1)!.split('.')[1]!, 'base64url').toString());
    expect(Object.keys(claims.payload).sort()).toEqual(['giftCardObjects', 'loyaltyObjects', 'offerObjects']);
    const saved = await house.google.openOnPhone(link.value.url, 'anna');
    expect(saved.ok && saved.objectIds.length).toBe(3);
  });

  test('a link for ten cards stays short enough for messengers and old browsers', async () => {
    const designs = [card, coupon, gift];
    while (designs.length < 10) designs.push(await newDesign(`Карта ${designs.length}`));
    const opened = await open(await newLink(await newSet(...designs)));
    const link = await saveLink(house.wallet, house.tenant, opened.passes);
    if (!link.ok) throw new Error(link.refusal.code);
    expect(link.value.url.split('/').at(-1)!.length).toBeLessThanOrEqual(1_800);
    expect(await house.google.openOnPhone(link.value.url, 'boris')).toMatchObject({ ok: true });
  });
});
