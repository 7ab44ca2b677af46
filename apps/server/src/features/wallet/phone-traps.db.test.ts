import type { Phone } from '@tessera/testkit';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createPhoneHouse, type PhoneHouse, startFlakyProxy } from '../../../test/phone-house.ts';
import { raiseUpdateSequence } from './apple/raise-update-sequence.ts';
import type { PassRecord } from './model.ts';
import { pushAgain } from './push-again.ts';
import { selectPass } from './store/passes.ts';

/** Each trap that a phone's life sets for an update service has a test of its own. */
let house: PhoneHouse;
/** Phones of the test that runs, with the cards that each must show. */
const held = new Map<Phone, PassRecord[]>();
/** Fetches that are in vain by nature: whoever is told of all cards, because nobody knows what he missed. */
const mayFetchForNothing = new Map<Phone, number>();
let points = 10;
beforeAll(async () => {
  house = await createPhoneHouse();
});
afterAll(() => house.close());

const nameOf = (pass: PassRecord) => ({ typeIdentifier: pass.passTypeIdentifier, serialNumber: pass.serial });
async function install(phone: Phone, ...passes: PassRecord[]): Promise<void> {
  for (const pass of passes) await phone.installFrom(house.fileOf(pass));
  held.set(phone, [...(held.get(phone) ?? []), ...passes]);
}
const newest = new Map<number, string>();
async function earn(pass: PassRecord): Promise<void> {
  points += 1;
  newest.set(pass.passId, String(points));
  await house.change(pass.accountId, { available: BigInt(points) * 100n });
}
const versionOf = async ({ passId }: PassRecord) =>
  (await selectPass(house.tenant, house.tenant.companyId, passId))!.contentVersion;
const complaints = (phone: Phone) => phone.snapshot().logs;

/** The invariant: after quiet time each phone shows what the server has, and nobody was made to fetch for nothing. */
afterEach(async () => {
  await house.quiet();
  const all = [...held];
  // Before anything can fail: the next test has phones of its own.
  held.clear();
  for (const [phone, passes] of all) {
    for (const pass of passes) {
      const expected = newest.get(pass.passId);
      if (expected !== undefined) expect(house.pointsOn(phone, pass)).toBe(expected);
    }
    const forNothing = complaints(phone).filter((line) => line.includes('unchanged'));
    expect(forNothing.length).toBeLessThanOrEqual(mayFetchForNothing.get(phone) ?? 0);
  }
});

test('install: a card is added, registered, and asks for nothing more by itself', async () => {
  const phone = house.newPhone();
  const pass = await house.newPass();
  await install(phone, pass);
  await house.quiet();
  expect(phone.snapshot().cards).toMatchObject([{ registered: true }]);
  expect(phone.snapshot().requests.map(({ kind }) => kind)).toEqual(['download', 'register']);
});

test('push, list, get: one change is one push, one list and one fetch', async () => {
  const phone = house.newPhone();
  const pass = await house.newPass();
  await install(phone, pass);
  const pushes = house.apns.pushes().length;
  await earn(pass);
  await house.quiet();
  expect(house.apns.pushes()).toHaveLength(pushes + 1);
  const kinds = phone.snapshot().requests.map(({ kind }) => kind);
  expect(kinds.slice(2)).toEqual(['list', 'get']);
});

test('a deleted card: unregistered, not pushed, and a second deletion is as good', async () => {
  const phone = house.newPhone();
  const pass = await house.newPass();
  await phone.installFrom(house.fileOf(pass));
  await phone.remove(nameOf(pass));
  const pushes = house.apns.pushes().length;
  await earn(pass);
  await house.quiet();
  expect(house.apns.pushes()).toHaveLength(pushes);
  await install(phone, pass);
});

test('automatic updates off: silence; on again: what was missed arrives', async () => {
  const phone = house.newPhone();
  const pass = await house.newPass();
  await install(phone, pass);
  await phone.setAutomaticUpdates(nameOf(pass), false);
  await earn(pass);
  await house.quiet();
  expect(house.pointsOn(phone, pass)).not.toBe(newest.get(pass.passId));
  await phone.setAutomaticUpdates(nameOf(pass), true);
});

test('a reboot asks, and gets nothing where nothing is new', async () => {
  const phone = house.newPhone();
  const pass = await house.newPass();
  await install(phone, pass);
  await earn(pass);
  await house.quiet();
  const before = phone.snapshot().requests.length;
  await phone.reboot();
  expect(phone.snapshot().requests.slice(before)).toMatchObject([{ kind: 'list', status: 204 }]);
});

test('a push that is lost: the next reboot brings the change, and so does the push that is repeated', async () => {
  const pass = await house.newPass();
  const [rebooted, waiting] = [house.newPhone(), house.newPhone()];
  await install(rebooted, pass);
  await install(waiting, pass);
  house.apns.control.setSilence(false);
  const tokens = [rebooted.pushToken(), waiting.pushToken()];
  // Taken by Apple, delivered to nobody.
  house.apns.control.answerNext({ status: 200 }, tokens.length);
  await earn(pass);
  await rebooted.reboot();
  await house.quiet();
  expect(house.pointsOn(rebooted, pass)).toBe(newest.get(pass.passId));
  house.clock.advance({ minutes: 16 });
  await pushAgain(house.wallet, house.tenant);
});

test('a phone that was off: one push that Apple kept is enough for many changes', async () => {
  const phone = house.newPhone();
  const pass = await house.newPass();
  await install(phone, pass);
  await phone.setOnline(false);
  for (let step = 0; step < 4; step++) await earn(pass);
  await phone.setOnline(true);
});

test('a restored phone: both it and the old one are updated', async () => {
  const phone = house.newPhone();
  const pass = await house.newPass();
  await install(phone, pass);
  const restored = await phone.restoreTo({ deviceId: 'restored' });
  await earn(pass);
  await house.quiet();
  await restored.settled();
  expect(house.pointsOn(restored, pass)).toBe(newest.get(pass.passId));
  await restored.stop();
});

test('a new push token: the card goes on with it, and the old one is forgotten by 410 without harm', async () => {
  const phone = house.newPhone();
  const pass = await house.newPass();
  await install(phone, pass);
  await phone.changePushToken();
  await earn(pass);
  await house.quiet();
  expect(house.apns.pushes().at(-1)?.token).toBe(phone.pushToken());
});

test.each([{ hours: 5 }, { hours: -24 * 30 }])(
  'a phone whose clock is wrong by %j is kept fresh by the server’s dates',
  async (skew) => {
    const ahead = Temporal.Duration.from(skew);
    // The reader judges signatures by a clock that is right: only dates of its own are wrong.
    const phone = house.newPhone({ clock: () => (ahead.sign > 0 ? house.clock.now().add(ahead) : house.clock.now()) });
    const pass = await house.newPass();
    await install(phone, pass);
    for (let step = 0; step < 3; step++) {
      await earn(pass);
      await house.quiet();
    }
  },
);

test('a server that fails for a while: the phone tries again and loses nothing', async () => {
  const proxy = await startFlakyProxy(house.address);
  const phone = house.newPhone({ http: { allowPlainHttp: true, reach: () => proxy.url } });
  const pass = await house.newPass();
  proxy.failNext(0);
  await install(phone, pass);
  for (const failures of [1, 3, 5]) {
    proxy.failNext(failures);
    await earn(pass);
    await house.quiet();
    expect(house.pointsOn(phone, pass)).toBe(newest.get(pass.passId));
  }
  await proxy.stop();
});

test('two cards of one phone that change within one second both arrive', async () => {
  const phone = house.newPhone();
  const passes = [await house.newPass(), await house.newPass()];
  await install(phone, ...passes);
  // A card that changes again between the list and its fetch arrives at its newest, and is listed once more.
  mayFetchForNothing.set(phone, passes.length);
  // The clock stands still: all of this is one second.
  await Promise.all(passes.map((pass) => earn(pass)));
  await Promise.all(passes.map((pass) => earn(pass)));
});

test('a change between download and registration arrives, also past a tag that is newer', async () => {
  const phone = house.newPhone();
  const [early, other] = [await house.newPass(), await house.newPass()];
  const bundle = new Uint8Array(await (await fetch(house.fileOf(early))).arrayBuffer());
  await install(phone, other);
  await earn(early);
  await earn(other);
  await house.quiet();
  // The phone's tag is beyond the change of the card that it registers only now.
  await phone.install(bundle);
  held.get(phone)!.push(early);
});

test('a server restored from a backup: phones are not deaf to what comes after it', async () => {
  const phone = house.newPhone();
  const passes = [await house.newPass(), await house.newPass()];
  await install(phone, ...passes);
  for (const pass of passes) await earn(pass);
  await house.quiet();
  const { companyId } = house.tenant;
  const backup = await house.tenant.query(
    `select pass_id, content_version, update_sequence, last_modified, snapshot, content_hash, fetched_version
     from passes where company_id = $1 and pass_id = any($2)`,
    [companyId, passes.map(({ passId }) => passId)],
  );
  const [{ last_value: marker } = { last_value: 0n }] = await house.platform.database.platform.query<{
    last_value: bigint;
  }>('select last_value from pass_update_sequence', []);
  for (const pass of [...passes, ...passes, ...passes]) {
    await earn(pass);
    await house.quiet();
  }
  // Back to the backup, and a start of the server on it.
  for (const row of backup) {
    await house.tenant.query(
      `update passes set content_version = $3, update_sequence = $4, last_modified = $5, snapshot = $6,
         content_hash = $7, fetched_version = $8 where company_id = $1 and pass_id = $2`,
      [
        companyId,
        row.pass_id,
        row.content_version,
        row.update_sequence,
        String(row.last_modified),
        JSON.stringify(row.snapshot),
        row.content_hash,
        row.fetched_version,
      ],
    );
  }
  await house.platform.database.platform.query(`select setval('pass_update_sequence', $1)`, [marker]);
  house.clock.advance({ hours: 1 });
  await raiseUpdateSequence(house.platform);
  // The phone's tag is one that this database cannot have given out: it hears of all its cards once.
  mayFetchForNothing.set(phone, passes.length);
  const before = await versionOf(passes[0]!);
  for (const pass of passes) await earn(pass);
  expect(await versionOf(passes[0]!)).toBe(before + 1);
});
