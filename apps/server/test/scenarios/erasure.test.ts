import { randomUUID } from 'node:crypto';
import { type FakeGoogleWallet, startFakeGoogleWallet } from '@tessera/testkit/google-wallet';
import { type FakeWebPush, startFakeWebPush } from '@tessera/testkit/web-push';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { replayAccounts } from '../../src/features/loyalty/index.ts';
import { privacyJobs } from '../../src/features/privacy/index.ts';
import { sendGoogleMessage, sendWebPush } from '../../src/features/wallet/index.ts';
import { type FormHouse, startFormHouse } from '../form-house.ts';
import { call, callTill, downloadBundle, registerCheck, signIn } from './calls.ts';

// A guest who has left traces everywhere is erased: nothing in the database tells who he was, and the books are still right.

const ISSUER = '3388000000022812345';
/** Words that nobody else in the database has; each bird its own. */
const birds = ['канарейя', 'пересмеша', 'зимородина'] as const;
const wordsOf = (bird: string, year: number) => ({
  first: `Имя${bird}`,
  last: `Фамилия${bird}`,
  email: `${bird.length}-${year}@songbirds.example`,
  birthday: `${year}-06-05`,
  said: `Поёт${bird}`,
});

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

/** As a cashier types it. */
const written = (phone: string) =>
  `+7 (${phone.slice(1, 4)}) ${phone.slice(4, 7)}-${phone.slice(7, 9)}-${phone.slice(9)}`;

type Canary = ReturnType<typeof wordsOf> & {
  serial: string;
  phone: string;
  guid: string;
  accountId: number;
  guestId: number;
  passId: number;
  words: string[];
};

/** A guest with a card, whom forms, tills, phones, staff and files know. */
async function newCanary(nest: 0 | 1 | 2): Promise<Canary> {
  const own = wordsOf(birds[nest], 1941 + nest);
  house.server.clock.advance({ hours: 2 });
  const { guest, phone } = await house.register(formId, {
    firstName: own.first,
    lastName: own.last,
    birthday: own.birthday,
    email: own.email,
    'q-voice': own.said,
  });
  const guid = guest.guid!;
  const [row] = await house.server.query<Record<'account_id' | 'pass_id' | 'guest_id' | 'serial', string>>(
    'select p.account_id, p.pass_id, p.serial, a.guest_id from passes p join accounts a using (company_id, account_id) where p.guid = $1',
    [guid],
  );
  const words = [own.first, own.last, own.email, own.birthday, own.said, phone, phone.slice(-10), written(phone)];
  const [accountId, guestId, passId] = [row!.account_id, row!.guest_id, row!.pass_id].map(Number) as [
    number,
    number,
    number,
  ];
  return { ...own, serial: row!.serial, phone, guid, accountId, guestId, passId, words };
}

/** Leaves the words of a guest wherever words of guests are kept. */
async function leaveTraces({ phone, guid, accountId, guestId, passId, ...own }: Canary): Promise<void> {
  const { server, api } = house;
  const { app, tenant } = server.running;
  const ok = async (answer: Promise<{ status: number; text: string }>) => {
    const { status, text } = await answer;
    if (status >= 300) throw new Error(`${status} ${text}`);
  };
  await ok(api('PUT', `/guests/${guestId}/note`, { note: `${own.first}, ${own.said}` }));
  await ok(api('PUT', `/guests/${guestId}/tags`, { tags: [own.said] }));
  const refill = { kind: 'refill', amount: 70_000, externalId: randomUUID(), comment: `Для ${own.last}` };
  await ok(api('POST', `/accounts/${accountId}/operations`, refill));
  await registerCheck(server, accountId, 100_000);
  await registerCheck(server, accountId, 50_000, { bonusesSpentSum: 10_000 });
  const pass = (await api('GET', `/passes/${passId}`)).body as { revision: number };
  await ok(
    api('PATCH', `/passes/${passId}`, {
      revision: pass.revision,
      push: true,
      values: { level: own.said },
      notes: `${own.said} ${own.last}`,
    }),
  );
  const change = { kind: 'set_field', field: 'level', value: `${own.first} ${own.last}` };
  await ok(api('POST', '/pass-operations', { operationKey: randomUUID(), filter: { search: own.last }, change }));
  await server.quiet();
  await sendWebPush(app.wallet, tenant, { passId, key: 'm1', title: own.first, body: own.said, ttlSeconds: 60 });
  await sendGoogleMessage(app.wallet, tenant, { guid, key: 'm1', header: own.first, body: own.said });
  const photo = await sharp({ create: { width: 80, height: 60, channels: 3, background: '#ddd' } })
    .jpeg()
    .toBuffer();
  await fetch(`${server.url}/c/${guid}/receipt/photo`, {
    method: 'POST',
    headers: { 'content-type': 'image/jpeg' },
    body: new Uint8Array(photo),
  });
  await callTill(server, 'external/get_account', { phone });
  await server.query(
    `insert into queued_sales (company_id, operation_key, query, amount, occurred_at, received_at, problem)
     values ($1, gen_random_uuid(), $2, 100, now(), now(), 'account_not_found')`,
    [tenant.companyId, written(phone)],
  );
  await server.query(
    `insert into probonus_shadow_differences (company_id, method, path, ours, theirs, account_id, recorded_at)
     values ($1, 'accounts/get', 'name', $2, 'x', $3, now()), ($1, 'accounts/find', 'phone', $4, null, null, now())`,
    [tenant.companyId, own.last, accountId, phone],
  );
  await server.query('update checks set details = $2 where account_id = $1', [accountId, `Стол 7, ${own.last}`]);
  await server.query(
    `insert into imports (company_id, key, name, group_id, status, created_at, updated_at)
     values ($1, gen_random_uuid(), 'гости.csv', 3, 'done', now(), now())`,
    [tenant.companyId],
  );
  await server.query(
    `insert into import_rejects (company_id, import_id, line, problems, cells)
     select $1, max(import_id), 7, '[]', $2 from imports where company_id = $1`,
    [tenant.companyId, JSON.stringify([`8${phone.slice(1)}`, `${own.first} ${own.last}`])],
  );
  await server.quiet();
}

/** Every table of ours and of the jobs in which a word stands, in whatever column. */
async function tablesWith(words: readonly string[]): Promise<Set<string>> {
  const tables = await house.server.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('tessera', 'graphile_worker')`,
  );
  const found = new Set<string>();
  for (const { name } of tables) {
    const [row] = await house.server.query<{ found: boolean }>(
      `select exists (select from ${name} t, unnest($1::text[]) as w(word)
         where position(lower(w.word) in lower(to_jsonb(t)::text)) > 0) as found`,
      [words],
    );
    if (row!.found) found.add(name.replace('tessera.', ''));
  }
  return found;
}

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
  expect(held.body).toMatchObject({ cut: false, cards: [{ devices: 1, browsers: 1 }], messages: [{}, {}] });

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
