import { randomUUID } from 'node:crypto';
import type { FakeGoogleWallet } from '@tessera/testkit/google-wallet';
import { call, codeFor, registerCheck, registerGuest, signIn, submit } from '../scenarios/calls.ts';
import { newPhoneNumber, OWNER, type TestServer } from '../server.ts';

/** Numbers of what the company has, for the addresses of the console's rooms. */
export type InUse = {
  accountId: number;
  passId: number;
  designId: number;
  programmeId: number;
  bundleId: number;
  rangeId: number;
  kindId: number;
  certificateId: number;
  credentialId: number;
  importId: number;
  operationId: number;
  campaignId: number;
  plannedCampaignId: number;
  formId: string;
};

type Body = Record<string, unknown>;
type Ask = (path: string, body?: unknown, method?: string) => Promise<Body>;

/** A name no column was made for. */
const LONG_NAME = 'Александра-Виктория Константинопольская-Рождественская';
const KNOWN_BY = ['instagram', 'table-7'];
const AGENT = { 'user-agent': 'Mozilla/5.0 (iPhone; CPU iPhone OS 26_1 like Mac OS X) Version/26.0 Safari/604.1' };

/** The owner's calls, as the console makes them; whatever is refused ends the test. */
async function asOwner(server: TestServer): Promise<Ask> {
  const headers = { ...(await signIn(server, OWNER)), 'accept-language': 'ru' };
  return async (path, body, method) => {
    const asked = { path: `/api/v1/${path}`, headers, ...(body ? { body } : {}), ...(method ? { method } : {}) };
    const answer = await call(server, asked);
    if (answer.status >= 300) throw new Error(`${path} answered ${answer.status}: ${answer.text}`);
    return answer.body;
  };
}

/** Lets the demo's company use everything there is, so that no room of the console stands empty. */
export async function useEverything(server: TestServer, google: FakeGoogleWallet): Promise<InUse> {
  const ask = await asOwner(server);
  const guest = await registerGuest(server, { name: LONG_NAME });
  const detail = await ask(`accounts/${guest.accountId}`);
  const programmeId = (detail.programme as { id: number }).id;
  const [pass] = await server.query<{ pass_id: string; design_id: string }>(
    'select pass_id, design_id from passes where guid = $1',
    [guest.guid],
  );
  const made = {
    accountId: guest.accountId,
    passId: Number(pass!.pass_id),
    designId: Number(pass!.design_id),
    programmeId,
    formId: 'chaika',
  };
  await workOnGuest(server, ask, guest.accountId, (detail.guest as { guestId: number }).guestId);
  await bringFriend(server, guest.guid);
  await placeVenues(ask);
  await connectWallets(server, google, ask);
  const ids = {
    ...(await setUpTills(ask)),
    ...(await offer(ask, programmeId, guest.accountId)),
    ...(await giveCards(server, ask, made.accountId)),
    ...(await bringGuests(server, ask)),
  };
  await judgeReceipts(ask);
  await liveSomeDays(server);
  return { ...made, ...ids };
}

async function workOnGuest(server: TestServer, ask: Ask, accountId: number, guestId: number): Promise<void> {
  for (const sum of [184_050, 96_000, 1_250_000]) await registerCheck(server, accountId, sum);
  await ask(`guests/${guestId}/note`, { note: 'Аллергия на орехи. Любит столик у окна.' }, 'PUT');
  const given = { externalId: randomUUID(), kind: 'refill', amount: 15_000, lifetimeDays: 30, reason: 'goodwill' };
  await ask(`accounts/${accountId}/operations`, { ...given, comment: 'Долго ждали заказ' });
  const level = { externalId: randomUUID(), level: 'gold', lastDay: null };
  await ask(`accounts/${accountId}/pin-level`, level);
}

/** One receipt waits, the other is turned down. */
async function judgeReceipts(ask: Ask): Promise<void> {
  const { items } = (await ask('receipts?state=waiting')) as { items: { receiptId: number }[] };
  await ask(`receipts/${items[1]!.receiptId}/reject`, { reason: 'wrong_venue', note: 'Это чек соседнего кафе' });
}

/** A friend comes by the guest's link and pays. */
async function bringFriend(server: TestServer, guid: string): Promise<void> {
  const card = await call(server, { path: `/c/${guid}?lang=ru` });
  const followed = await call(server, { path: /data-share="[^"]*(\/r\/\w+)"/.exec(card.text)![1]!, headers: AGENT });
  const form = await call(server, { path: followed.headers.get('location')! });
  const hidden = [...form.text.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)];
  const [attempt, phone] = [randomUUID(), newPhoneNumber()];
  const fields = { ...Object.fromEntries(hidden.map(([, name, value]) => [name, value])), attempt, phone };
  await submit(server, '/n/chaika', { ...fields, name: 'Пётр', consent: 'on' });
  await server.quiet();
  const confirmed = await submit(server, `/n/chaika/${attempt}`, { code: codeFor(server, phone) });
  const [row] = await server.query<{ account_id: string }>('select account_id from passes where guid = $1', [
    confirmed.headers.get('location')!.slice(3),
  ]);
  await registerCheck(server, Number(row!.account_id), 150_000);
}

async function placeVenues(ask: Ask): Promise<void> {
  const place = { latitude: 43.581_51, longitude: 39.718_23, text: 'Вы рядом: покажите карту официанту' };
  await ask('venue-places/1', { place }, 'PUT');
  const { partnerId } = await ask('partners', { name: 'Кофейня «Прибой»' });
  await ask(`partners/${partnerId}/venues/2`, { name: '«Чайка» у маяка' }, 'PUT');
  const { partnerId: other } = await ask('partners', { name: '«Чайка»' });
  await ask(`partners/${other}/venues/1`, { name: '«Чайка» на набережной' }, 'PUT');
}

async function connectWallets(server: TestServer, google: FakeGoogleWallet, ask: Ask): Promise<void> {
  const issuerId = '3388000000022812345';
  const account = google.newServiceAccount({ project: 'chaika', invitedTo: [issuerId] });
  await ask('google-wallet', { issuerId, serviceAccount: account.file }, 'PUT');
  await ask('google-wallet/check', {});
  await ask('forms/chaika/sources/table-7', { name: 'Столик у окна' }, 'PUT');
  await ask('wallet-relays/walletpasses', { enabled: true, key: 'key-of-the-relay' }, 'PUT');
  const report =
    'Get pass task (pass type pass.demo.tessera.chaika, serial number 0012345) for 8f: the pass was unchanged';
  await call(server, { path: '/wallet/apple/v1/log', body: { logs: [report] } });
}

async function setUpTills(ask: Ask): Promise<Pick<InUse, 'rangeId'>> {
  await ask('stations', { name: 'Бар на первом этаже', venueCode: 1 });
  await ask('staff', { name: 'Екатерина Преображенская', role: 'cashier', pin: '4821' });
  await ask('sms-account', { apiId: '00000000-0000-0000-0000-000000000000', sender: 'Chaika' }, 'PUT');
  const settings = {
    handOutUntil: '2027-12-31',
    atTill: true,
    onePerGuest: true,
    toKnownGuests: true,
    nameNeeded: false,
    birthdayNeeded: false,
  };
  const numbers = { kind: 'sequence', from: '700100', to: '700149' };
  const range = { operationKey: randomUUID(), name: 'Карты для открытия', groupId: 3, settings, numbers };
  const { rangeId } = await ask('card-ranges', range);
  await ask('cards/700107/block', {});
  await ask('farcards', { settings: { addresses: [], levels: {}, restaurants: {}, language: 'ru' } }, 'PUT');
  return { rangeId: Number(rangeId) };
}

async function offer(
  ask: Ask,
  programmeId: number,
  accountId: number,
): Promise<Pick<InUse, 'kindId' | 'certificateId'>> {
  const kind = (name: string, mode: string, terms: Body, more: Body = {}) =>
    ask('coupon-kinds', { programmeId, name, mode, terms, ...more });
  const shared = { effect: { kind: 'percent', basisPoints: 1_500 }, limits: { perMember: 1, total: 500 } };
  await kind('Скидка 15 % на завтраки по будням', 'shared', shared, { code: 'BREAKFAST' });
  const coffee = { effect: { kind: 'free_item' }, items: { items: ['капучино'] }, lifetimeDays: 14 };
  const { kindId } = await kind('Кофе в подарок ко дню рождения', 'personal', coffee);
  await ask('coupons', { externalId: randomUUID(), kindId, accountId });
  const unique = await kind('500 ₽ от 3 000 ₽', 'unique', {
    effect: { kind: 'amount', amount: 50_000 },
    condition: { minCheck: 300_000 },
  });
  await ask(`coupon-kinds/${unique.kindId}/batches`, { externalId: randomUUID(), count: 40 });
  const gift = { externalId: randomUUID(), amount: 500_000, paid: true, accountId, note: 'От коллег' };
  const { certificateId } = await ask('certificates', gift);
  await ask(`certificates/${certificateId}/top-ups`, { externalId: randomUUID(), amount: 100_000, paid: true });
  return { kindId: Number(unique.kindId), certificateId: Number(certificateId) };
}

async function giveCards(
  server: TestServer,
  ask: Ask,
  accountId: number,
): Promise<Pick<InUse, 'bundleId' | 'operationId' | 'credentialId' | 'campaignId' | 'plannedCampaignId'>> {
  const designs = await server.query<{ design_id: string }>('select design_id from designs order by design_id limit 3');
  const designIds = designs.map((one) => Number(one.design_id));
  const { bundleId } = await ask('pass-bundles', { name: 'Для новых гостей', designIds });
  await ask('pass-bundle-links', { accountId });
  await ask('card-sharing', { devicesMax: 1 }, 'PUT');
  const work = { operationKey: randomUUID(), filter: { designId: designIds[0] }, change: { kind: 'push' } };
  const { operationId } = await ask('pass-operations', work);
  await server.quiet();
  const campaigns = await writeToGuests(server, ask, designIds);
  const wanted = { name: 'Новый сертификат', passTypeIdentifier: 'pass.demo.next', teamIdentifier: 'DEMO000001' };
  const made = await ask('credentials', wanted);
  const credentialId = Number(made.credentialId ?? made.id);
  return { bundleId: Number(bundleId), operationId: Number(operationId), credentialId, ...campaigns };
}

/** One mailing has gone out, the next one waits for its hour. */
async function writeToGuests(
  server: TestServer,
  ask: Ask,
  designIds: readonly number[],
): Promise<Pick<InUse, 'campaignId' | 'plannedCampaignId'>> {
  const text = 'В субботу вторая чашка кофе в подарок. Ждём вас с друзьями с 9 до 12, покажите карту официанту';
  const plan = {
    purpose: 'service',
    scope: { kind: 'designs', designIds },
    filter: {},
    message: { field: 'Back1', text, url: 'https://example.org/coffee' },
    quietHours: 24,
  };
  const { campaignId } = await ask('campaigns', { campaignKey: randomUUID(), ...plan, at: null });
  await server.quiet();
  const later = { ...plan, purpose: 'advertising', filter: { pointsOver: 10_000, platform: 'apple' } };
  const at = server.clock.now().add({ hours: 240 }).toString().slice(0, 16);
  const planned = await ask('campaigns', { campaignKey: randomUUID(), ...later, at });
  return { campaignId: Number(campaignId), plannedCampaignId: Number(planned.campaignId) };
}

async function bringGuests(server: TestServer, ask: Ask): Promise<Pick<InUse, 'importId'>> {
  const lines = ['79990001122;Мария;150,50;31.12.2099', '79990001123;Анна;40;', 'нет;Лев;5;'];
  const { importId } = await ask('imports', { key: randomUUID(), name: 'гости-из-старой-системы.csv', groupId: 3 });
  await fetch(`${server.url}/api/v1/imports/${importId}/parts/0`, {
    method: 'PUT',
    headers: { ...(await signIn(server, OWNER)), 'content-type': 'application/octet-stream' },
    body: `Телефон;Имя;Баллы;Сгорают\n${lines.join('\n')}\n`,
  });
  const columns = (await ask(`imports/${importId}/columns`, {})) as { import: { fields: string[] } };
  await ask(`imports/${importId}/check`, { fields: columns.import.fields });
  await server.quiet();
  return { importId: Number(importId) };
}

/** Cards are shown and installed, forms opened, over a week, so that plots have a shape. */
async function liveSomeDays(server: TestServer): Promise<void> {
  const cashier = await signIn(server, server.cashier);
  const now = server.clock.now().toString();
  const kept = { operationKey: randomUUID(), query: '+79990009988', amount: 125_000, occurredAt: now, sentAt: now };
  await call(server, { path: '/api/v1/till/queued-sales', body: kept, headers: cashier });
  const passes = await server.query<{ serial: string; guid: string }>('select serial, guid from passes limit 6');
  for (let day = 0; day < 7; day++) {
    for (const { serial } of passes.slice(0, 1 + ((day * 5) % passes.length))) {
      await call(server, { path: '/api/v1/till/find', body: { query: serial }, headers: cashier });
    }
    const { serial, guid } = passes[day % passes.length]!;
    const phone = server.newPhone(`phone-${day}-${serial}`);
    await phone.installFrom(`${server.url}/c/${guid}.pkpass`);
    await phone.settled();
    await phone.stop();
    await call(server, { path: `/n/chaika?s=${KNOWN_BY[day % 2]}`, headers: AGENT });
    await server.running.app.platform.journal.settle();
    server.clock.advance({ days: 1 });
  }
  await server.still();
}
