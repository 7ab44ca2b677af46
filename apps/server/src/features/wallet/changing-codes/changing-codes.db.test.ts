import { createPhone, type Phone } from '@tessera/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDraft } from '../../../../test/wallet-design.ts';
import { createWalletHouse, type WalletHouse } from '../../../../test/wallet-house.ts';
import type { PassRecord } from '../model.ts';
import { updateDesign } from '../save-design.ts';
import { selectPass } from '../store/passes.ts';
import { changeCodesWithTime } from './change-with-time.ts';
import { findByCode } from './index.ts';
import { readCode, sealOf, writeCode } from './model.ts';

let house: WalletHouse;
let address: string;
let phones = 0;
const switchedOn: Phone[] = [];

beforeAll(async () => {
  house = await createWalletHouse();
  address = await house.http.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  for (const phone of switchedOn) await phone.stop();
  await house.close();
});

type Changing = { afterUse: boolean; minutes: number | null; graceMinutes: number };
async function letCodes(changingCode: Changing): Promise<void> {
  const draft = testDraft({ changingCode });
  const saved = await updateDesign(house.wallet, house.tenant, { designId: house.designId, draft });
  if (!saved.ok) throw new Error(JSON.stringify(saved.refusal));
  await house.settle();
}

async function installed(): Promise<{ pass: PassRecord; phone: Phone }> {
  const pass = await house.newPass();
  const phone = createPhone({
    deviceId: `phone-${++phones}`,
    clock: house.clock.now,
    random: Math.random,
    rootCertificates: [house.chain.root.certificatePem],
    http: { allowPlainHttp: true, reach: () => address },
    sleep: async () => {},
  });
  switchedOn.push(phone);
  await phone.installFrom(`${address}/c/${pass.guid}.pkpass`);
  await house.settle();
  return { pass, phone };
}

const shownOn = (phone: Phone, { serial }: PassRecord): string => {
  const card = phone.snapshot().cards.find(({ serialNumber }) => serialNumber === serial);
  return (card!.pass.barcodes as { message: string }[])[0]!.message;
};
/** The push reaches the phone, and it asks. */
async function hear(phone: Phone): Promise<void> {
  await house.settle();
  await phone.reboot();
  await phone.settled();
}
const scan = (code: string) => findByCode(house.wallet, house.tenant, code);
const now = ({ passId }: PassRecord) => selectPass(house.tenant, house.tenant.companyId, passId) as Promise<PassRecord>;

describe('a code that changes after use', () => {
  beforeAll(() => letCodes({ afterUse: true, minutes: null, graceMinutes: 10 }));

  test('is told to the phone after a scan, and the one before is a picture as soon as the phone shows the next', async () => {
    const { pass, phone } = await installed();
    const { accountId } = pass;
    const first = shownOn(phone, pass);
    expect(first).toMatch(/^L2:/);
    expect(first).not.toContain(pass.serial);
    expect(await scan(first)).toEqual({ accountId, worth: 'full' });
    // Scanned again for the same sale, before the phone could hear of anything.
    expect(await scan(first)).toEqual({ accountId, worth: 'full' });
    await hear(phone);
    const second = shownOn(phone, pass);
    expect(second).not.toBe(first);
    expect(readCode(second)!.epoch).toBe(1);
    expect(await scan(first)).toEqual({ accountId, worth: 'full' });
    house.clock.advance({ seconds: 61 });
    expect(await scan(first)).toEqual({ accountId, worth: 'old' });
    expect(await scan(second)).toEqual({ accountId, worth: 'full' });
    expect(phone.snapshot().logs).toEqual([]);
    // The new code says nothing on the lock screen.
    expect(phone.snapshot().messages).toEqual([]);
  });

  test('locks nobody out whose phone is offline: the code he has still names him, and is whole again when he is back', async () => {
    const { pass, phone } = await installed();
    const { accountId } = pass;
    const code = shownOn(phone, pass);
    await phone.setOnline(false);
    await scan(code);
    await house.settle();
    house.clock.advance({ minutes: 11 });
    for (let sale = 0; sale < 3; sale++) expect(await scan(code)).toEqual({ accountId, worth: 'weak' });
    await phone.setOnline(true);
    await hear(phone);
    expect(await scan(shownOn(phone, pass))).toEqual({ accountId, worth: 'full' });
    house.clock.advance({ seconds: 61 });
    expect(await scan(code)).toEqual({ accountId, worth: 'old' });
  });

  test('changes once when many tills scan it at the same moment', async () => {
    const { pass, phone } = await installed();
    const code = shownOn(phone, pass);
    const found = await Promise.all(Array.from({ length: 8 }, () => scan(code)));
    expect(found.every((one) => one?.worth === 'full')).toBe(true);
    await house.settle();
    expect((await now(pass)).codeEpoch).toBe(1);
  });

  test('cannot be made up: not the next number, nor another card, nor another company, nor one letter else', async () => {
    const { pass, phone } = await installed();
    const code = shownOn(phone, pass);
    const { vault } = house.wallet;
    const { companyId } = house.tenant;
    const [mark, card, , seal] = code.split(':');
    const other = await house.newPass();
    expect(await scan(`${mark}:${card}:9:${seal}`)).toBeNull();
    expect(
      await scan(writeCode(vault, companyId, { passId: other.passId, epoch: 0 }).replace(/[^:]+$/, seal!)),
    ).toBeNull();
    expect(await scan(writeCode(vault, companyId + 1, { passId: pass.passId, epoch: 0 }))).toBeNull();
    const last = code.at(-1) === '0' ? '1' : '0';
    expect(await scan(code.slice(0, -1) + last)).toBeNull();
    expect(await scan(`L2:ZZZZ:0:${sealOf(vault, companyId, { passId: 1_048_575, epoch: 0 })}`)).toBeNull();
    // The number of the card stands in old pictures of it: it names the guest and proves nothing.
    expect(await scan(pass.serial)).toEqual({ accountId: pass.accountId, worth: 'weak' });
  });

  test('of a card that ended leads nowhere', async () => {
    const { pass, phone } = await installed();
    await house.tenant.query('update passes set voided = true where company_id = $1 and pass_id = $2', [
      house.tenant.companyId,
      pass.passId,
    ]);
    expect(await scan(shownOn(phone, pass))).toBeNull();
  });
});

describe('a code that changes with time', () => {
  beforeAll(() => letCodes({ afterUse: false, minutes: 30, graceMinutes: 10 }));

  test('is changed by the minute’s work once its time is over, for cards in phones alone, without a word', async () => {
    const { pass, phone } = await installed();
    const idle = await house.newPass();
    await changeCodesWithTime(house.wallet, house.tenant);
    await hear(phone);
    const before = await now(pass);
    house.clock.advance({ minutes: 29 });
    await changeCodesWithTime(house.wallet, house.tenant);
    expect((await now(pass)).codeEpoch).toBe(before.codeEpoch);
    house.clock.advance({ minutes: 2 });
    await changeCodesWithTime(house.wallet, house.tenant);
    await hear(phone);
    expect((await now(pass)).codeEpoch).toBe(before.codeEpoch + 1);
    expect(readCode(shownOn(phone, pass))!.epoch).toBe(before.codeEpoch + 1);
    expect((await now(idle)).codeEpoch).toBe(0);
    expect(phone.snapshot().messages).toEqual([]);
    expect(house.pushes.at(-1)).toMatchObject({ mode: 'bulk' });
    // A scan changes nothing where only time does.
    await scan(shownOn(phone, pass));
    expect((await now(pass)).codeEpoch).toBe(before.codeEpoch + 1);
  });

  test('gives way to what the design says when the company wants it no more; codes in phones still name their guests', async () => {
    const { pass, phone } = await installed();
    const code = shownOn(phone, pass);
    await updateDesign(house.wallet, house.tenant, { designId: house.designId, draft: testDraft() });
    await hear(phone);
    expect(shownOn(phone, pass)).toBe(pass.serial);
    expect(await scan(code)).toEqual({ accountId: pass.accountId, worth: 'weak' });
    expect(await scan(pass.serial)).toEqual({ accountId: pass.accountId, worth: 'full' });
  });
});

test('a design whose codes would change faster than pushes travel is refused', async () => {
  const draft = testDraft({ changingCode: { afterUse: false, minutes: 9, graceMinutes: 1 } });
  expect(await updateDesign(house.wallet, house.tenant, { designId: house.designId, draft })).toMatchObject({
    refusal: { code: 'invalid_request', params: { path: 'changingCode/minutes' } },
  });
});
