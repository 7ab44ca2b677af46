import { createPhone, type Phone } from '@tessera/testkit';
import { type FakeApns, startFakeApns } from '@tessera/testkit/apns';
import { makeServerCertificate } from '@tessera/testkit/pki';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDraft, testFiles } from '../../../test/wallet-design.ts';
import { createWalletHouse, type WalletHouse } from '../../../test/wallet-house.ts';
import { type ApnsClient, createApnsClient } from '../../adapters/apns/index.ts';
import { issuePass } from './issue-pass.ts';
import type { PassRecord } from './model.ts';
import { createDesign } from './save-design.ts';
import { selectPass } from './store/passes.ts';

let house: WalletHouse;
let apns: FakeApns;
let client: ApnsClient;
let address: string;
let phones = 0;
const switchedOn: Phone[] = [];
const restoredPhones = new Set<Phone>();

beforeAll(async () => {
  house = await createWalletHouse(async (chain, { clock }) => {
    apns = await startFakeApns({
      server: await makeServerCertificate({ now: Temporal.Now.instant() }),
      clientCa: [chain.root.certificatePem, chain.intermediate.certificatePem],
      clock: clock.now,
    });
    client = createApnsClient({ url: apns.url, ca: apns.caPem, clock: clock.now, random: () => 0.5 });
    return client;
  });
  address = await house.http.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  for (const phone of switchedOn) await phone.stop();
  await client.close();
  await apns.stop();
  await house.close();
});

function newPhone(): Phone {
  const phone = createPhone({
    deviceId: `phone-${++phones}`,
    clock: house.clock.now,
    random: Math.random,
    rootCertificates: [house.chain.root.certificatePem],
    apns,
    http: { allowPlainHttp: true, reach: () => address },
    sleep: async () => {},
  });
  switchedOn.push(phone);
  return phone;
}

const addressOf = (pass: PassRecord) => `${address}/c/${pass.guid}.pkpass`;
const pointsOn = (phone: Phone, pass: PassRecord): unknown => {
  const card = phone.snapshot().cards.find(({ serialNumber }) => serialNumber === pass.serial);
  const style = card?.pass.storeCard as { headerFields: { value: unknown }[] } | undefined;
  return style?.headerFields[0]?.value;
};
async function quiet(): Promise<void> {
  await house.settle();
  for (const phone of switchedOn) await phone.settled();
  await house.settle();
}
/**
 * After quiet time no phone has anything to complain of. Only a restored one may have been told of a card for nothing:
 * nobody knows which version its backup held, and each card is told of when it registers.
 */
const complaints = () =>
  switchedOn.flatMap((phone) => phone.snapshot().logs.filter((line) => !isOfBackup(phone, line)));
const isOfBackup = (phone: Phone, line: string) =>
  restoredPhones.has(phone) && line.endsWith('was listed as changed but the pass was unchanged');

test('a phone adds a card, hears of a sale through APNs, and shows the new balance with its message', async () => {
  const phone = newPhone();
  const pass = await house.newPass();
  await phone.installFrom(addressOf(pass));
  expect(pointsOn(phone, pass)).toBe('1\u202f250');
  await house.change(pass.accountId, { available: 140_000n });
  await quiet();
  expect(pointsOn(phone, pass)).toBe('1\u202f400');
  expect(phone.snapshot().messages.at(-1)).toMatchObject({ text: 'Баллов на карте: 1\u202f400' });
  expect(complaints()).toEqual([]);
});

test('after offline time, a token change, a restore and changes within one second every phone shows the newest version', async () => {
  const phone = newPhone();
  const passes = [await house.newPass(), await house.newPass()];
  for (const pass of passes) await phone.installFrom(addressOf(pass));
  await phone.setOnline(false);
  for (let step = 1n; step <= 3n; step++) {
    for (const pass of passes) await house.change(pass.accountId, { available: step * 10_000n });
  }
  await phone.setOnline(true);
  await quiet();
  for (const pass of passes) expect(pointsOn(phone, pass)).toBe('300');
  await phone.changePushToken();
  const restored = await phone.restoreTo({ deviceId: `phone-${++phones}` });
  switchedOn.push(restored);
  restoredPhones.add(restored);
  await house.change(passes[0]!.accountId, { available: 77_700n });
  await quiet();
  await restored.reboot();
  await quiet();
  expect(pointsOn(phone, passes[0]!)).toBe('777');
  expect(pointsOn(restored, passes[0]!)).toBe('777');
  expect(pointsOn(restored, passes[1]!)).toBe('300');
  expect(complaints()).toEqual([]);
});

test('a change between download and registration reaches the phone', async () => {
  const phone = newPhone();
  const pass = await house.newPass();
  const bundle = new Uint8Array(await (await fetch(addressOf(pass))).arrayBuffer());
  await house.change(pass.accountId, { available: 55_500n });
  await phone.install(bundle);
  await quiet();
  expect(pointsOn(phone, pass)).toBe('555');
  expect(complaints()).toEqual([]);
});

test('a deleted card is not pushed any more', async () => {
  const phone = newPhone();
  const pass = await house.newPass();
  await phone.installFrom(addressOf(pass));
  await phone.remove({ typeIdentifier: pass.passTypeIdentifier, serialNumber: pass.serial });
  const before = apns.pushes().length;
  await house.change(pass.accountId, { available: 100n });
  await quiet();
  expect(apns.pushes()).toHaveLength(before);
});

describe('EX-D8: a level with a design of its own', () => {
  const titleOn = (phone: Phone, pass: PassRecord): unknown =>
    phone.snapshot().cards.find(({ serialNumber }) => serialNumber === pass.serial)?.pass.logoText;
  let designs: readonly [base: number, gold: number, coupon: number];

  beforeAll(async () => {
    const worn = await house.tenant.query<{
      credential_id: number;
      programme_id: number;
    }>('select credential_id, programme_id from designs where company_id = $1 and design_id = $2', [
      house.tenant.companyId,
      house.designId,
    ]);
    const { credential_id: credentialId, programme_id: programmeId } = worn[0]!;
    const make = async (logoText: string): Promise<number> => {
      const input = { name: logoText, programmeId, credentialId, draft: testDraft({ logoText }), files: testFiles };
      const made = await createDesign(house.wallet, house.tenant, input);
      if (!made.ok) throw new Error(made.refusal.code);
      return made.value.designId;
    };
    designs = [house.designId, await make('Золото'), await make('Купон')];
  });
  const levelDesigns = (wanted: number) => ({ wanted, all: [designs[0], designs[1]] });

  test('moves the card to it with the balance: one version, one push, one message; and back when the level falls', async () => {
    const [base, gold, coupon] = designs;
    const phone = newPhone();
    const pass = await house.newPass();
    await house.change(pass.accountId, { levelDesigns: levelDesigns(base) });
    const other = await issuePass(house.wallet, house.tenant, { accountId: pass.accountId, designId: coupon });
    if (!other.ok) throw new Error(other.refusal.code);
    await phone.installFrom(addressOf(pass));
    await quiet();
    const [versions, pushes, messages] = [
      (await selectPass(house.tenant, house.tenant.companyId, pass.passId))!.contentVersion,
      apns.pushes().length,
      phone.snapshot().messages.length,
    ];
    await house.change(pass.accountId, { available: 150_000n, levelName: 'Золото', levelDesigns: levelDesigns(gold) });
    await quiet();
    const moved = (await selectPass(house.tenant, house.tenant.companyId, pass.passId))!;
    expect([moved.designId, moved.contentVersion]).toEqual([gold, versions + 1]);
    expect([titleOn(phone, pass), pointsOn(phone, pass)]).toEqual(['Золото', '1\u202f500']);
    expect(apns.pushes()).toHaveLength(pushes + 1);
    expect(phone.snapshot().messages).toHaveLength(messages + 1);
    expect((await selectPass(house.tenant, house.tenant.companyId, other.value.passId))?.designId).toBe(coupon);
    await house.change(pass.accountId, { levelName: 'Серебро', levelDesigns: levelDesigns(base) });
    await quiet();
    expect(titleOn(phone, pass)).toBe('Траттория');
    expect(complaints()).toEqual([]);
  });

  test('is one card with the designs of the other levels: asking for any of them gives the same card', async () => {
    const [base, gold] = designs;
    const accountId = await house.newAccount();
    await house.change(accountId, { levelDesigns: levelDesigns(gold) });
    const first = await issuePass(house.wallet, house.tenant, { accountId, designId: base });
    expect(first).toMatchObject({ ok: true, value: { designId: gold } });
    await house.change(accountId, { levelDesigns: levelDesigns(base) });
    for (const designId of [base, gold]) {
      const again = await issuePass(house.wallet, house.tenant, { accountId, designId });
      expect(again.ok && again.value.serial).toBe(first.ok && first.value.serial);
    }
  });

  test('that is not there leaves the card as it is', async () => {
    const pass = await house.newPass();
    const all = [house.designId, 987_654];
    await house.change(pass.accountId, { available: 10_000n, levelDesigns: { wanted: 987_654, all } });
    const kept = await selectPass(house.tenant, house.tenant.companyId, pass.passId);
    expect([kept?.designId, kept?.contentVersion]).toEqual([house.designId, pass.contentVersion + 1]);
  });
});
