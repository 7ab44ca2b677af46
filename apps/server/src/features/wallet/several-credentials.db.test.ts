import { createPhone, type Phone } from '@tessera/testkit';
import { type FakeApns, startFakeApns } from '@tessera/testkit/apns';
import { makeServerCertificate, reissueLeaf } from '@tessera/testkit/pki';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDraft, testFiles } from '../../../test/wallet-design.ts';
import { createWalletHouse, TEST_PASS_TYPE, TEST_TEAM, type WalletHouse } from '../../../test/wallet-house.ts';
import { type ApnsClient, createApnsClient } from '../../adapters/apns/index.ts';
import { activateCredential } from './activate-credential.ts';
import { issuePass } from './issue-pass.ts';
import type { PassRecord } from './model.ts';
import { createDesign } from './save-design.ts';

const SECOND_TYPE = 'pass.example.second';
let house: WalletHouse;
let apns: FakeApns;
let client: ApnsClient;
let address: string;
const pushedWith: string[] = [];
const phones: Phone[] = [];
beforeAll(async () => {
  house = await createWalletHouse(async (chain, { clock }) => {
    apns = await startFakeApns({
      server: await makeServerCertificate({ now: Temporal.Now.instant() }),
      clientCa: [chain.root.certificatePem, chain.intermediate.certificatePem],
      clock: clock.now,
    });
    client = createApnsClient({ url: apns.url, ca: apns.caPem, clock: clock.now, random: () => 0.5 });
    return {
      push(request) {
        pushedWith.push(request.credential.certificatePem);
        return client.push(request);
      },
    };
  });
  address = await house.http.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  for (const phone of phones) await phone.stop();
  await client.close();
  await apns.stop();
  await house.close();
});

function newPhone(): Phone {
  const phone = createPhone({
    deviceId: `several-${phones.length}`,
    clock: house.clock.now,
    random: Math.random,
    rootCertificates: [house.chain.root.certificatePem],
    apns,
    http: { allowPlainHttp: true, reach: () => address },
    sleep: async () => {},
  });
  phones.push(phone);
  return phone;
}
async function quiet() {
  await house.settle();
  for (const phone of phones) await phone.settled();
  await house.settle();
}
const addressOf = (pass: PassRecord) => `${address}/c/${pass.guid}.pkpass`;
const bundleOf = async (pass: PassRecord) => Buffer.from(await (await fetch(addressOf(pass))).arrayBuffer());
const cardOn = (phone: Phone, pass: PassRecord) =>
  phone
    .snapshot()
    .cards.find(
      ({ serialNumber, typeIdentifier }) => serialNumber === pass.serial && typeIdentifier === pass.passTypeIdentifier,
    );
const pointsOn = (phone: Phone, pass: PassRecord) =>
  (cardOn(phone, pass)?.pass.storeCard as { headerFields: { value: unknown }[] } | undefined)?.headerFields[0]?.value;

/** A second pass type of the same company, with a design of its own. */
async function addSecond(): Promise<number> {
  const { leaf, intermediate } = await reissueLeaf(house.chain, {
    passTypeIdentifier: SECOND_TYPE,
    teamIdentifier: TEST_TEAM,
    now: house.clock.now(),
  });
  const credential = await activateCredential(house.wallet, house.tenant, {
    name: 'Вторая стопка',
    passTypeIdentifier: SECOND_TYPE,
    teamIdentifier: TEST_TEAM,
    certificate: Buffer.from(leaf.certificatePem),
    privateKey: Buffer.from(leaf.privateKeyPem),
    intermediate: Buffer.from(intermediate.certificatePem),
    demo: false,
  });
  if (!credential.ok) throw new Error(credential.refusal.code);
  const [row] = await house.tenant.query<{ programme_id: number }>(
    'select programme_id from designs where company_id = $1 limit 1',
    [house.tenant.companyId],
  );
  const design = await createDesign(house.wallet, house.tenant, {
    name: 'Вторая',
    programmeId: row!.programme_id,
    credentialId: credential.value,
    draft: testDraft({ logoText: 'Вторая' }),
    files: testFiles,
  });
  if (!design.ok) throw new Error(design.refusal.code);
  return design.value.designId;
}

test('J263, J264: the same number under two certificates is two cards that do not replace each other and lie in two piles', async () => {
  const secondDesign = await addSecond();
  const first = await house.newPass();
  const issued = await issuePass(house.wallet, house.tenant, { accountId: first.accountId, designId: secondDesign });
  if (!issued.ok) throw new Error(issued.refusal.code);
  await house.tenant.query('update passes set serial = $3 where company_id = $1 and pass_id = $2', [
    house.tenant.companyId,
    issued.value.passId,
    first.serial,
  ]);
  const second = { ...issued.value, serial: first.serial };
  const phone = newPhone();
  expect(await phone.installFrom(addressOf(first))).toMatchObject({ status: 'added' });
  expect(await phone.installFrom(addressOf(second))).toMatchObject({ status: 'added' });
  expect(phone.snapshot().cards).toHaveLength(2);
  // Wallet piles store cards by pass type, and asks for the news of each type apart.
  expect(new Set(phone.snapshot().cards.map(({ typeIdentifier }) => typeIdentifier)).size).toBe(2);
  await phone.remove({ typeIdentifier: SECOND_TYPE, serialNumber: second.serial });
  await house.change(first.accountId, { available: 31_000n });
  await quiet();
  expect(pointsOn(phone, first)).toBe('310');
  expect(phone.snapshot().logs).toEqual([]);
});

test('a number is taken within its pass type only', async () => {
  const [one, other] = [await house.newPass(), await house.newPass()];
  const take = house.tenant.query('update passes set serial = $3 where company_id = $1 and pass_id = $2', [
    house.tenant.companyId,
    other.passId,
    one.serial,
  ]);
  await expect(take).rejects.toThrow();
});

test('a new certificate for the same pass type is taken without a break: cards, numbers and tokens stay, pushes go with it', async () => {
  const phone = newPhone();
  const installed = await house.newPass();
  const onTheWay = await house.newPass();
  await phone.installFrom(addressOf(installed));
  const oldBundle = await bundleOf(onTheWay);
  const before = cardOn(phone, installed)!.pass.authenticationToken;
  const renewed = await reissueLeaf(house.chain, {
    passTypeIdentifier: TEST_PASS_TYPE,
    teamIdentifier: TEST_TEAM,
    now: house.clock.now(),
  });
  const list = (await house.http.inject({ url: '/api/v1/credentials' })).json().items;
  const base64 = (pem: string) => Buffer.from(pem).toString('base64');
  const response = await house.http.inject({
    method: 'POST',
    url: `/api/v1/credentials/${list.find((row: { passTypeIdentifier: string }) => row.passTypeIdentifier === TEST_PASS_TYPE).credentialId}/certificate`,
    payload: {
      certificate: base64(renewed.leaf.certificatePem),
      privateKey: base64(renewed.leaf.privateKeyPem),
      intermediate: base64(renewed.intermediate.certificatePem),
    },
  });
  expect(response.statusCode).toBe(200);
  // A renewal by itself tells no phone of anything.
  const pushes = apns.pushes().length;
  await quiet();
  expect(apns.pushes()).toHaveLength(pushes);
  // A file that left before is still good: it is installed, registered and updated.
  expect(await phone.install(new Uint8Array(oldBundle))).toMatchObject({ status: 'added' });
  pushedWith.length = 0;
  for (const pass of [installed, onTheWay]) await house.change(pass.accountId, { available: 90_900n });
  await quiet();
  for (const pass of [installed, onTheWay]) expect(pointsOn(phone, pass)).toBe('909');
  expect(cardOn(phone, installed)!.pass.authenticationToken).toBe(before);
  const newPem = renewed.leaf.certificatePem.replaceAll('\r', '').trim();
  expect(pushedWith.length).toBeGreaterThan(0);
  for (const pem of pushedWith) expect(pem.trim()).toBe(newPem);
  expect((await bundleOf(installed)).includes(Buffer.from(renewed.leaf.certificateDer))).toBe(true);
  expect(phone.snapshot().logs).toEqual([]);
});
