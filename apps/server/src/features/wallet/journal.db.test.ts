import { createPhone, type Phone } from '@tessera/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWalletHouse, tokenOf, type WalletHouse } from '../../../test/wallet-house.ts';
import { eventKinds, listEvents } from '../journal/index.ts';
import type { PassRecord } from './model.ts';

let house: WalletHouse;
let address: string;

beforeAll(async () => {
  house = await createWalletHouse();
  address = await house.http.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => house.close());

const phoneOf = (deviceId: string): Phone =>
  createPhone({
    deviceId,
    clock: house.clock.now,
    random: Math.random,
    rootCertificates: [house.chain.root.certificatePem],
    http: { allowPlainHttp: true, reach: () => address },
    sleep: async () => {},
  });

async function story(pass: PassRecord): Promise<string[]> {
  await house.wallet.journal.settle();
  const events = await listEvents(
    house.tenant,
    { kinds: eventKinds, passId: pass.passId },
    { before: null, limit: 100 },
  );
  return events.reverse().map(({ kind, platform, count }) => `${kind} ${platform} ${count}`);
}

test('what a phone does with a card is noted; what it repeats, and what it is refused, is not', async () => {
  const pass = await house.newPass();
  const name = { typeIdentifier: pass.passTypeIdentifier, serialNumber: pass.serial };
  const phone = phoneOf('journal-phone');
  await phone.installFrom(`https://cards.example/c/${pass.guid}.pkpass`);
  await phone.settled();
  expect((await story(pass)).toSorted()).toEqual(['device_registered apple 1', 'pass_downloaded apple 1']);
  house.clock.advance({ seconds: 1 });
  await house.change(pass.accountId, { available: 777_00n });
  await phone.pullToRefresh(name);
  await phone.pullToRefresh(name);
  await phone.setAutomaticUpdates(name, true);
  await phone.settled();
  // The second look found nothing newer.
  expect((await story(pass)).slice(2)).toEqual(['pass_fetched apple 1']);
  house.clock.advance({ seconds: 1 });
  await phone.remove(name);
  await house.http.inject({
    method: 'DELETE',
    url: `/wallet/apple/v1/devices/journal-phone/registrations/${pass.passTypeIdentifier}/${pass.serial}`,
    headers: { authorization: `ApplePass ${tokenOf(house, pass)}` },
  });
  await house.http.inject({ method: 'HEAD', url: `/c/${pass.guid}.pkpass` });
  expect((await story(pass)).slice(3)).toEqual(['device_unregistered apple 1']);
  await phone.stop();
});

test('a device that Apple knows no more is gone from its cards', async () => {
  const pass = await house.newPass();
  const phone = phoneOf('wiped-phone');
  await phone.installFrom(`https://cards.example/c/${pass.guid}.pkpass`);
  await phone.settled();
  house.clock.advance({ minutes: 1 });
  house.answerPushes({ status: 'unregistered', at: house.clock.now() });
  await house.change(pass.accountId, { available: 1_00n });
  expect((await story(pass)).slice(2)).toEqual(['device_unregistered apple 1']);
  await phone.stop();
});

test('what is kept of an event names nobody: no address, no header, no id of a device, no guid', async () => {
  const pass = await house.newPass();
  const agent = 'Mozilla/5.0 (iPhone; CPU iPhone OS 26_1 like Mac OS X) Version/26.0 Safari/604.1';
  await house.http.inject({
    url: `/c/${pass.guid}.pkpass`,
    headers: { 'user-agent': agent },
    remoteAddress: '203.0.113.9',
  });
  await house.wallet.journal.settle();
  const rows = await house.tenant.query<{ text: string }>(
    'select e::text as text from wallet_events e where company_id = $1',
    [house.tenant.companyId],
  );
  const all = rows.map(({ text }) => text).join('\n');
  expect(all).toContain('"system": "ios"'.replaceAll('"', '""'));
  for (const secret of ['203.0.113', 'iPhone', '604.1', 'journal-phone', pass.guid, tokenOf(house, pass)]) {
    expect(all).not.toContain(secret);
  }
});
