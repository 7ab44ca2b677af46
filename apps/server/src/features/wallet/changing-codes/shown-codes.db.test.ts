import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDraft, testFiles } from '../../../../test/wallet-design.ts';
import { createWalletHouse, type WalletHouse } from '../../../../test/wallet-house.ts';
import { clearAllTombstones } from '../apple/tombstones.ts';
import { createDesign, issuePass, type PassRecord } from '../index.ts';
import type { DesignBody, OwnThings } from '../model.ts';
import { deletePass, voidPass } from '../passes/change-pass.ts';
import { refreshPass } from '../refresh-pass.ts';
import { contentOf, identityOf } from '../render-pass.ts';
import { updateDesign } from '../save-design.ts';
import { selectDesign } from '../store/designs.ts';
import { selectPass } from '../store/passes.ts';
import { findByCode } from './index.ts';

let house: WalletHouse;
beforeAll(async () => {
  house = await createWalletHouse();
});
afterAll(() => house.close());

const scan = (code: string) => findByCode(house.wallet, house.tenant, code);
const full = ({ accountId }: PassRecord) => ({ accountId, worth: 'full' });
const weak = ({ accountId }: PassRecord) => ({ accountId, worth: 'weak' });

async function show(message: string, change: Partial<DesignBody> = {}): Promise<void> {
  const draft = testDraft({ ...change, barcode: { format: 'qr', message, altText: '' } });
  const saved = await updateDesign(house.wallet, house.tenant, { designId: house.designId, draft });
  if (!saved.ok) throw new Error(JSON.stringify(saved.refusal));
  await house.settle();
}

async function cardOf(accountId: number, own: OwnThings = {}, serial?: string): Promise<PassRecord> {
  const wish = { accountId, designId: house.designId, own, ...(serial === undefined ? {} : { serial }) };
  const issued = await issuePass(house.wallet, house.tenant, wish);
  if (!issued.ok) throw new Error(issued.refusal.code);
  return issued.value;
}
const newCard = async (own?: OwnThings, serial?: string) => cardOf(await house.newAccount(), own, serial);

/** What a scanner reads from the card. */
async function shownBy({ passId }: PassRecord): Promise<string> {
  const { companyId } = house.tenant;
  const pass = (await selectPass(house.tenant, companyId, passId))!;
  const design = (await selectDesign(house.tenant, companyId, pass.designId))!;
  return contentOf(design, pass, pass.snapshot, identityOf(pass)).barcode!.message;
}

describe('a scan finds the guest by what his card shows', () => {
  test.each([
    ['77-Serial#', /^77-[0-9A-Z]{16}$/],
    ['club/Serial#/GUID#', /^club\/[0-9A-Z]{16}\/[0-9a-f-]{36}$/],
    ['FirstName# Serial#', / [0-9A-Z]{16}$/],
  ])('template %s', async (template, like) => {
    await show(template);
    const [pass, other] = [await newCard(), await newCard()];
    const code = await shownBy(pass);
    expect(code).toMatch(like);
    expect(await scan(code)).toEqual(full(pass));
    // Typed from under the code: without its dashes, in small letters.
    expect(await scan(` ${code.replaceAll('-', ' ').toLowerCase()}`)).toEqual(full(pass));
    expect(await scan(await shownBy(other))).toEqual(full(other));
    expect(await scan(pass.serial)).toEqual(full(pass));
    expect(await scan(`${code}0`)).toBeNull();
  });

  test('a code of the card’s own, with a variable, and as people write it', async () => {
    await show('Serial#');
    const pass = await newCard({ barcodeMessage: 'vip-Serial#' });
    expect(await shownBy(pass)).toBe(`vip-${pass.serial}`);
    expect(await scan(`vip-${pass.serial}`)).toEqual(full(pass));
    expect(await scan('VIP')).toBeNull();
  });

  test('a number of somebody’s choice in small letters and with dashes, which is another than the same in capitals', async () => {
    await show('Serial#');
    const small = await newCard({}, 'ab-12');
    expect(await scan('ab-12')).toEqual(full(small));
    expect(await scan('AB12')).toEqual(full(small));
    const capitals = await newCard({}, 'AB12');
    expect(await scan('AB12')).toEqual(full(capitals));
    expect(await scan('ab-12')).toEqual(full(small));
  });

  test('what changes with the account, as soon as the card shows it', async () => {
    await show('FirstName#-LoyaltyValue#');
    const pass = await newCard();
    await house.change(pass.accountId, { firstName: 'Аделаида', available: 12_300n });
    expect(await shownBy(pass)).toBe('Аделаида-123');
    expect(await scan('АДЕЛАИДА123')).toEqual(full(pass));
  });
});

describe('what a card showed before', () => {
  test('names its guest and proves nothing, for half a year: a phone may be off, and paper stays', async () => {
    await show('77-Serial#');
    const pass = await newCard();
    await show('88-Serial#');
    expect(await scan(`88-${pass.serial}`)).toEqual(full(pass));
    expect(await scan(`77-${pass.serial}`)).toEqual(weak(pass));
    await show('77-Serial#');
    expect(await scan(`77-${pass.serial}`)).toEqual(full(pass));
    house.clock.advance({ hours: 24 * 179 });
    await clearAllTombstones(house.wallet);
    expect(await scan(`88-${pass.serial}`)).toEqual(weak(pass));
    house.clock.advance({ hours: 48 });
    await clearAllTombstones(house.wallet);
    expect(await scan(`88-${pass.serial}`)).toBeNull();
    expect(await scan(`77-${pass.serial}`)).toEqual(full(pass));
  });

  test('gives way to the card that shows it now', async () => {
    await show('FirstName#');
    const before = await newCard();
    await house.change(before.accountId, { firstName: 'Прежняя' });
    await house.change(before.accountId, { firstName: 'Другая' });
    expect(await scan('Прежняя')).toEqual(weak(before));
    const now = await newCard();
    await house.change(now.accountId, { firstName: 'Прежняя' });
    expect(await scan('Прежняя')).toEqual(full(now));
  });
});

describe('a code that several cards show', () => {
  test('is nobody’s while they are of different guests, however many there are', async () => {
    await show('Serial#');
    const same = { barcodeMessage: 'ОДИН НА ВСЕХ' };
    const first = await newCard(same);
    expect(await scan('один на всех')).toEqual(full(first));
    const second = await newCard(same);
    expect(await scan('один на всех')).toBeNull();
    expect(await scan(second.serial)).toEqual(full(second));
    for (let more = 0; more < 22; more++) await newCard(same);
    expect(await scan('один на всех')).toBeNull();
  });

  test('is its guest’s where all of them are his', async () => {
    await show('club FirstName#');
    const { programmeId, credentialId } = (await selectDesign(house.tenant, house.tenant.companyId, house.designId))!;
    const draft = testDraft({ barcode: { format: 'qr', message: 'club FirstName#', altText: '' } });
    const input = { name: 'Вторая', programmeId, credentialId: credentialId!, draft, files: testFiles };
    const second = await createDesign(house.wallet, house.tenant, input);
    if (!second.ok) throw new Error(second.refusal.code);
    const pass = await newCard();
    await house.change(pass.accountId, { firstName: 'Единственная' });
    const wish = { accountId: pass.accountId, designId: second.value.designId };
    expect(await issuePass(house.wallet, house.tenant, wish)).toMatchObject({ ok: true });
    expect(await scan('club Единственная')).toEqual(full(pass));
  });

  test('is the other’s when one of them ends, and both’s again when it lives again', async () => {
    await show('Serial#');
    const one = await newCard({ barcodeMessage: 'ПАРА' });
    const other = await newCard({ barcodeMessage: 'пара' });
    expect(await scan('ПАРА')).toBeNull();
    await voidPass(house.wallet, house.tenant, one.passId, true);
    expect(await scan('ПАРА')).toEqual(full(other));
    await voidPass(house.wallet, house.tenant, one.passId, false);
    expect(await scan('ПАРА')).toBeNull();
    await deletePass(house.wallet, house.tenant, one.passId);
    expect(await scan('ПАРА')).toEqual(full(other));
    const left = await house.tenant.query('select from card_codes where company_id = $1 and pass_id = $2', [
      house.tenant.companyId,
      one.passId,
    ]);
    expect(left).toEqual([]);
  });
});

test('cards from before codes were noted are found once they were looked at, without a word to phones', async () => {
  await show('77-Serial#');
  const pass = await newCard();
  const of = [house.tenant.companyId, pass.passId];
  await house.tenant.query('delete from card_codes where company_id = $1 and pass_id = $2', of);
  // As the migration leaves them.
  await house.tenant.query(
    `update passes set snapshot = jsonb_set(snapshot, '{revision}', '-1') where company_id = $1 and pass_id = $2`,
    of,
  );
  expect(await scan(`77-${pass.serial}`)).toBeNull();
  const settled = await refreshPass(house.wallet, house.tenant, { passId: pass.passId, mode: 'bulk' });
  expect(settled!.contentVersion).toBe(pass.contentVersion);
  expect(await scan(`77-${pass.serial}`)).toEqual(full(pass));
});
