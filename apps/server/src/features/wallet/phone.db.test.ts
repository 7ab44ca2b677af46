import { createPhone, type Phone } from '@tessera/testkit';
import { type FakeApns, startFakeApns } from '@tessera/testkit/apns';
import { makeServerCertificate } from '@tessera/testkit/pki';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWalletHouse, type WalletHouse } from '../../../test/wallet-house.ts';
import { type ApnsClient, createApnsClient } from '../../adapters/apns/index.ts';
import type { PassRecord } from './model.ts';

let house: WalletHouse;
let apns: FakeApns;
let client: ApnsClient;
let address: string;
let phones = 0;
const switchedOn: Phone[] = [];

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
/** After quiet time no phone has anything to complain of. */
const complaints = () => switchedOn.flatMap((phone) => phone.snapshot().logs);

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
