import { randomUUID } from 'node:crypto';
import type { GuestExport } from '@tessera/contract';
import { type FakeGoogleWallet, startFakeGoogleWallet } from '@tessera/testkit/google-wallet';
import { type FakeWebPush, startFakeWebPush } from '@tessera/testkit/web-push';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { replayAccounts } from '../../src/features/loyalty/index.ts';
import { privacyJobs } from '../../src/features/privacy/index.ts';
import { type Canary, leaveTracesIn, makeCanary, type Nest, tablesOf, written } from '../canaries.ts';
import { type FormHouse, startFormHouse } from '../form-house.ts';
import { call, downloadBundle, registerCheck, signIn } from './calls.ts';

// A guest who has left traces everywhere is erased: nothing in the database tells who he was, and the books are still right.

const ISSUER = '3388000000022812345';
let house: FormHouse;
let google: FakeGoogleWallet;
let browsers: FakeWebPush;
let formId: string;
beforeAll(async () => {
  browsers = await startFakeWebPush();
  google = await startFakeGoogleWallet({
    clock: () => house.server.running.app.platform.clock.now(),
    plainHosts: ['127.0.0.1', 'localhost'],
  });
  house = await startFormHouse({ GOOGLE_URL: google.url, WEB_PUSH_URL: browsers.url });
  const form = await house.newForm({
    name: 'parts',
    fields: { firstName: 'required', lastName: 'required', birthday: 'required', email: 'required' },
    questions: [{ key: 'voice', kind: 'text', label: { ru: 'Как вы поёте' }, choices: [], required: true }],
  });
  formId = form.formId;
  const account = google.newServiceAccount({ project: 'chaika', invitedTo: [ISSUER] });
  await house.api('PUT', '/google-wallet', { issuerId: ISSUER, serviceAccount: account.file });
  await house.api('PATCH', '/google-wallet', { enabled: true });
  await house.server.quiet();
}, 240_000);
afterAll(async () => {
  await house?.server.stop();
  await google?.stop();
  await browsers?.stop();
});

const newCanary = (nest: Nest) => makeCanary(house, formId, nest);
const leaveTraces = (canary: Canary) => leaveTracesIn(house, canary);
const tablesWith = (words: readonly string[]) => tablesOf(house, words);

const erasure = (guestId: number) => house.api('GET', `/guests/${guestId}/erasure`);
const erase = (guestId: number, body: object = { basis: 'request' }) =>
  house.api('POST', `/guests/${guestId}/erasure`, body);
const liability = async (): Promise<bigint> => {
  const [row] = await house.server.query<{ sum: string }>(
    'select sum(available + pending + held - debt) from accounts',
  );
  return BigInt(row!.sum);
};

test('a guest is erased everywhere, his phones are told, and the books are right', async () => {
  const { server } = house;
  const canary = await newCanary(0);
  const { guid, guestId, accountId, words, phone: number } = canary;
  const phone = server.newPhone('phone-of-the-canary');
  await phone.install(await downloadBundle(server, guid));
  expect(await google.openOnPhone(`${server.url}/c/${guid}/google`, 'canary')).toMatchObject({ ok: true });
  const page = await call(server, { path: `/c/${guid}?lang=ru` });
  const browser = browsers.newBrowser(/data-key="([\w-]+)"/.exec(page.text)![1]!);
  await call(server, { method: 'POST', path: `/c/${guid}/push?lang=ru`, body: browser.subscription });
  await server.quiet(phone);
  await leaveTraces(canary);
  await server.quiet(phone);
  await google.settled();
  await server.quiet(phone);

  // He may have all of it in a file, whoever he is.
  const held = await house.api('GET', `/guests/${guestId}/export`);
  expect(held.headers.get('content-disposition')).toContain(`guest-${guestId}.json`);
  for (const word of words.filter((one) => one !== written(number))) expect(held.text).toContain(word);
  expect(held.body).toMatchObject({
    cut: false,
    cards: [{ devices: 1, browsers: 1 }],
    messages: [{}, {}],
    // Not the code in it: staff see the file, too.
    sms: [
      { channel: 'sms', purpose: 'phone_code', status: 'accepted', phone: number, text: expect.stringMatching(/••••/) },
    ],
    accounts: [
      {
        coupons: [{ status: 'issued', name: `Десять ${accountId}` }],
        couponUses: [],
        certificates: [{ nominal: 500_000, balance: 500_000, note: `От ${canary.last}` }],
        receipts: [{ state: 'uploaded', photo: { mediaType: 'image/jpeg', bytes: expect.any(Number) } }],
      },
    ],
  });
  const { accounts, sms } = held.body as unknown as GuestExport;
  expect(sms[0]!.text).not.toMatch(/\d/);
  const [account] = accounts;
  const seen = new Set(account!.events.map(({ kind }) => kind));
  for (const kind of ['instruction_opened', 'pass_downloaded', 'device_registered']) expect(seen).toContain(kind);
  const { address, bytes } = account!.receipts[0]!.photo!;
  expect((await house.api('GET', address.replace('/api/v1', ''))).headers.get('content-length')).toBe(String(bytes));

  // The search sees what it looks for.
  const before = await tablesWith(words);
  for (const table of [
    'guests',
    'guest_identifiers',
    'guest_tags',
    'form_answers',
    'operations',
    'checks',
    'passes',
    'pass_texts',
    'bulk_operations',
    'bulk_changes',
    'google_messages',
    'web_messages',
    'short_codes',
    'queued_sales',
    'import_rejects',
    'probonus_shadow_differences',
  ]) {
    expect(before).toContain(table);
  }
  const owed = await liability();
  const [mine] = await server.query<{ points: string }>(
    'select available + pending + held as points from accounts where account_id = $1',
    [accountId],
  );
  const points = Number(mine!.points);
  expect((await erasure(guestId)).body).toMatchObject({
    state: 'none',
    goes: { cards: 1, devices: 1, browsers: 1, answers: 1, photos: 1, points },
    deposit: 0,
    record: null,
  });

  const answer = await erase(guestId, { basis: 'request', requestedOn: '2020-02-01' });
  expect(answer).toMatchObject({
    status: 200,
    body: { state: 'finished', goes: { cards: 1, points }, record: { basis: 'request', requestedOn: '2020-02-01' } },
  });
  await server.quiet(phone);
  await google.settled();
  await server.quiet(phone);
  expect(await tablesWith(words)).toEqual(new Set());
  const rejects = await server.query<{ line: number; cells: unknown; code: string }>(
    `select line, cells, problems -> 0 ->> 'code' as code from import_rejects order by line`,
  );
  expect(rejects).toEqual([7, 8, 9].map((line) => ({ line, cells: [], code: 'text_too_long' })));

  expect((await house.api('GET', `/guests/${guestId}/export`)).status).toBe(404);

  // The phone shows an ended card that says nothing of anybody; Google's is put away; browsers hear nothing more.
  const [card] = phone.snapshot().cards;
  expect(card!.pass).toMatchObject({ voided: true });
  for (const word of words) expect(JSON.stringify(card!.pass)).not.toContain(word);
  const objects = google.resources('loyaltyObject').filter((one) => one.state !== 'INACTIVE');
  for (const word of words) expect(JSON.stringify(objects)).not.toContain(word);
  expect(await server.query('select * from web_subscriptions where pass_id = $1', [canary.passId])).toEqual([]);
  expect((await call(server, { path: `/c/${guid}` })).status).toBe(404);
  expect((await call(server, { path: `/c/${guid}.pkpass` })).status).toBe(404);

  // A till that is shown an old picture of the card says what has become of it.
  const till = await signIn(server, server.cashier);
  const shown = await call(server, { path: '/api/v1/till/find', body: { query: canary.serial }, headers: till });
  expect(shown).toMatchObject({ status: 409, body: { error: { code: 'account_closed' } } });

  // The books.
  expect(await replayAccounts(server.running.tenant)).toMatchObject({ differences: 0 });
  expect(await liability()).toBe(owed - BigInt(points));
  const entries = await house.api('GET', `/accounts/${accountId}/entries`);
  const [last] = entries.body.items as { kind: string; text: string }[];
  expect(last).toMatchObject({ kind: 'expire', text: expect.stringContaining('счёт закрыт') });
  expect((await registerCheck(server, accountId, 10_000)).body).toMatchObject({ code: 'account_blocked' });
  const unblock = await house.api('POST', `/accounts/${accountId}/operations`, {
    kind: 'unblock',
    externalId: randomUUID(),
  });
  expect(unblock).toMatchObject({ status: 409, body: { error: { code: 'account_closed' } } });
  expect((await house.api('PUT', `/guests/${guestId}/note`, { note: 'Кто это?' })).status).toBe(404);

  // Said again it answers the same, in whatever words.
  const again = await erase(guestId, { basis: 'operator' });
  expect(again).toMatchObject({ status: 200, body: answer.body });
  expect((await erasure(guestId)).body).toEqual(answer.body);

  // The number may come back: a new guest, without the gift of a welcome.
  server.clock.advance({ hours: 2 });
  const { guest } = await house.register(formId, {
    firstName: 'Анна',
    lastName: 'Новая',
    birthday: '1990-01-01',
    email: 'anna@songbirds.example',
    'q-voice': 'Тихо',
    phone: number,
  });
  expect(Number(guest.guest_id)).not.toBe(guestId);
  expect(guest.outcome).toBe('new');
  const [fresh] = await server.query<{ available: string; kinds: string[] }>(
    `select a.available, array(select e.kind from entries e where e.company_id = a.company_id and e.account_id = a.account_id) as kinds
     from accounts a where a.guest_id = $1`,
    [guest.guest_id],
  );
  expect(fresh!.kinds).not.toContain('welcome');
});

test('words that a change of many cards is about to write go with the guest, and the next change begins', async () => {
  const { server, api } = house;
  const canary = await newCanary(3);
  const { first, last, said, guestId, phone, passId } = canary;
  const { revision } = (await api('GET', `/passes/${passId}`)).body;
  expect((await api('PATCH', `/passes/${passId}`, { revision, push: false, values: { level: said } })).status).toBe(
    200,
  );
  const other = await newCanary(4);
  const begin = async (filter: object, change: object) => {
    const { body } = await api('POST', '/pass-operations', { operationKey: randomUUID(), filter, change });
    return Number(body.operationId);
  };
  const stateOf = async (id: number) => (await api('GET', `/pass-operations/${id}`)).body;
  const write = (value: string) => ({ kind: 'set_field', field: 'level', value });
  // One that changed his card and was paused with more to do, and others behind it.
  const atWork = await begin({ search: last }, write(`Ждём, ${first} ${last}!`));
  await server.quiet();
  await server.query(`update bulk_operations set state = 'paused', finished_at = null where bulk_id = $1`, [atWork]);
  const named = [
    await begin({ search: last }, { kind: 'push' }),
    await begin({}, write(`Звоните ${written(phone)} до 20:00`)),
  ];
  // A part of a word and some digits name nobody.
  const others = [
    await begin({ search: other.last }, write(`${last}ин, ${phone.slice(2, 6)} ₽`)),
    await begin({ search: other.last }, { kind: 'push' }),
  ];
  expect(await tablesWith(canary.words)).toContain('bulk_changes');

  expect((await erase(guestId)).status).toBe(200);
  await server.quiet();
  for (const id of [atWork, ...named]) expect(await stateOf(id)).toMatchObject({ state: 'cancelled' });
  for (const id of others) expect(await stateOf(id)).toMatchObject({ state: 'finished', done: 1 });
  expect(await server.query('select from bulk_changes where pass_id = $1', [passId])).toEqual([]);
  const [card] = await server.query<{ own_values: object }>('select own_values from passes where pass_id = $1', [
    passId,
  ]);
  expect(card!.own_values).toEqual({});
  // What was taken back then writes nothing of his back.
  if ((await stateOf(atWork)).undoable) await api('POST', `/pass-operations/${atWork}/undo`);
  await server.quiet();
  const left = await tablesWith(canary.words.filter((word) => word !== last));
  expect(left).toEqual(new Set());
});

test('an erasure that dies in the middle is seen through by the job', async () => {
  const { server } = house;
  const { app, tenant } = server.running;
  const canary = await newCanary(1);
  await leaveTraces(canary);
  const { directory } = app.platform;
  const died = new Error('killed');
  const jobs = (dies: boolean) =>
    privacyJobs({
      ...app.platform,
      wallet: dies ? { ...app.wallet, directory: { ...directory, remove: () => Promise.reject(died) } } : app.wallet,
    }).tasks;
  await server.query(
    `insert into erasures (company_id, guest_id, basis, requested_on, cards, devices, browsers, answers, photos, coupons, points, started_at)
     values ($1, $2, 'request', '2026-01-01', 1, 0, 0, 1, 1, 0, 0, now())`,
    [tenant.companyId, canary.guestId],
  );
  await expect(jobs(true).erase_guest!({ guestId: canary.guestId }, tenant.companyId, 1)).rejects.toBe(died);
  expect((await erasure(canary.guestId)).body).toMatchObject({ state: 'running' });
  await jobs(false).erase_guest!({ guestId: canary.guestId }, tenant.companyId, 2);
  expect((await erasure(canary.guestId)).body).toMatchObject({ state: 'finished' });
  await server.quiet();
  expect(await tablesWith(canary.words)).toEqual(new Set());
  expect(await replayAccounts(tenant)).toMatchObject({ differences: 0 });
});

test('a cashier erases nobody, and nobody is erased twice at once', async () => {
  const { server } = house;
  const canary = await newCanary(2);
  const cashier = await signIn(server, server.cashier);
  const path = `/api/v1/guests/${canary.guestId}/erasure`;
  for (const body of [undefined, { basis: 'request' }]) {
    expect((await call(server, { path, body, headers: cashier })).status).toBe(403);
  }
  for (const requestedOn of ['2999-01-01', '0000-01-01', '2026-02-31']) {
    expect((await erase(canary.guestId, { basis: 'request', requestedOn })).status).toBe(400);
  }
  expect((await erase(8_888_888)).body).toMatchObject({ error: { code: 'guest_not_found' } });
  const answers = await Promise.all([1, 2, 3].map(() => erase(canary.guestId)));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect((await erasure(canary.guestId)).body).toMatchObject({ state: 'finished' });
  await server.quiet();
  expect(await replayAccounts(server.running.tenant)).toMatchObject({ differences: 0 });
});
