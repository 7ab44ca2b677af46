import { type CardStatistics, cardMeasures, type TransactionPage, type TransactionRow } from '@tessera/contract';
import type { Phone } from '@tessera/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCompany } from '../../src/features/tenancy/index.ts';
import { OWNER, startTestServer, type TestServer } from '../server.ts';
import { call, registerCheck, registerGuest, signIn } from './calls.ts';

let server: TestServer;
let owner: { cookie: string };
beforeAll(async () => {
  server = await startTestServer();
  owner = await signIn(server, OWNER);
}, 180_000);
afterAll(() => server.stop());

/** The same numbers each time: a story that fails can be told again. */
function createDice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * sides);
  };
}

const get = async <Body>(path: string, headers: Record<string, string> = owner): Promise<Body> => {
  const answer = await call(server, { path, headers });
  if (answer.status !== 200) throw new Error(`${path}: ${answer.text}`);
  return answer.body as Body;
};

async function everything(query = ''): Promise<TransactionRow[]> {
  const rows: TransactionRow[] = [];
  for (let after = ''; ; ) {
    const page = await get<TransactionPage>(`/api/v1/transactions?limit=17${query}${after}`);
    rows.push(...page.items);
    if (page.next === null) return rows;
    after = `&after=${encodeURIComponent(page.next)}`;
  }
}

type Told = Record<(typeof cardMeasures)[number], number>;
const today = () => server.clock.now().toZonedDateTimeISO('Europe/Moscow').toPlainDate();

async function statistics(query = ''): Promise<CardStatistics> {
  await server.running.app.platform.journal.settle();
  await server.running.app.jobs.runEveryMinute();
  return get(`/api/v1/statistics/cards?from=${today().subtract({ days: 30 })}&to=${today()}${query}`);
}

test('after a random story of guests, phones and sales the figures are what happened, and so is the list', async () => {
  const dice = createDice(20_261_122);
  const before = (await statistics()).total;
  const known = new Set((await everything()).map(({ id }) => id));
  const told: Told = {
    visited: 0,
    issued: 0,
    opened: 0,
    downloaded: 0,
    installed: 0,
    removed: 0,
    updated: 0,
    shown: 0,
  };
  const sold: number[] = [];
  const guests: { guid: string; serial: string; accountId: number; phones: Phone[] }[] = [];
  const cashier = await signIn(server, server.cashier);
  const everyone = () => guests.flatMap(({ phones }) => phones);
  for (let step = 0; step < 40; step++) {
    const guest = guests[dice(Math.max(1, guests.length))];
    const what = guests.length === 0 ? 0 : dice(6);
    if (what === 0 && guests.length < 4) {
      guests.push({ ...(await registerGuest(server)), phones: [] });
      told.issued += 1;
    } else if (what === 1 && guest && guest.phones.length < 2) {
      const phone = server.newPhone(`phone-${step}`);
      await phone.installFrom(`${server.url}/c/${guest.guid}.pkpass`);
      guest.phones.push(phone);
      told.downloaded += 1;
      told.installed += 1;
    } else if (what === 2 && guest?.phones.length) {
      const phone = guest.phones.pop()!;
      const [card] = phone.snapshot().cards;
      await phone.remove({ typeIdentifier: card!.typeIdentifier, serialNumber: card!.serialNumber });
      await phone.stop();
      told.removed += 1;
    } else if (what === 3 && guest) {
      const answer = await registerCheck(server, guest.accountId, 10_000 + dice(50_000));
      expect(answer.status).toBe(200);
      sold.push(guest.accountId);
      await server.quiet(...everyone());
      told.updated += guest.phones.length;
    } else if (what === 4 && guest) {
      await call(server, { path: '/api/v1/till/find', body: { query: guest.serial }, headers: cashier });
      told.shown += 1;
    } else if (guest) {
      await call(server, { path: `/c/${guest.guid}`, headers: { 'user-agent': 'Mozilla/5.0 (iPhone) Safari/604.1' } });
      told.opened += 1;
    }
    await server.quiet(...everyone());
  }
  // How many there are now is counted every five minutes.
  server.clock.advance({ minutes: 6 });
  const after = await statistics();
  const counted = Object.fromEntries(cardMeasures.map((name) => [name, after.total[name] - before[name]]));
  expect(counted).toEqual(told);
  expect(after.periods.reduce((sum, { counts }) => sum + counts.installed, 0)).toBe(after.total.installed);
  expect(after.groups.reduce((sum, { counts }) => sum + counts.shown, 0)).toBe(after.total.shown);
  expect(after.standing.devices.apple).toBeGreaterThanOrEqual(told.installed - told.removed);

  const fresh = (await everything()).filter(({ id }) => !known.has(id));
  const of = (kind: string) => fresh.filter((row) => row.kind === kind).reduce((sum, { count }) => sum + count, 0);
  expect({
    installed: of('device_registered'),
    removed: of('device_unregistered'),
    updated: of('pass_fetched'),
  }).toEqual({
    installed: told.installed,
    removed: told.removed,
    updated: told.updated,
  });
  expect(of('card_scanned')).toBe(told.shown);
  expect(fresh.filter(({ kind, checkId }) => kind === 'bonus' && checkId !== null)).toHaveLength(sold.length);
  await Promise.all(everyone().map((phone) => phone.stop()));
}, 240_000);

test('pages of the list lose nothing and repeat nothing, whatever the filter', async () => {
  const all = await everything();
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  const times = all.map(({ at }) => Temporal.Instant.from(at).epochNanoseconds);
  expect(times).toEqual(times.toSorted((one, other) => (one < other ? 1 : one > other ? -1 : 0)));
  const entries = await server.query<{ count: string }>(
    `select count(*) from entries where kind = 'visit' or change <> 0`,
  );
  const discounts = await server.query<{ count: string }>('select count(*) from checks where discount > 0');
  const events = await server.query<{ count: string }>('select count(*) from wallet_events');
  const sum = [entries, discounts, events].reduce((total, rows) => total + Number(rows[0]!.count), 0);
  expect(all.length).toBe(sum);
  const ids = (rows: TransactionRow[]) => rows.map(({ id }) => id);
  expect(ids(await everything('&kinds=bonus,card_scanned'))).toEqual(
    ids(all.filter(({ kind }) => kind === 'bonus' || kind === 'card_scanned')),
  );
  const { account } = all.find(({ kind }) => kind === 'card_scanned')!;
  expect(ids(await everything(`&accountId=${account!.accountId}`))).toEqual(
    ids(all.filter((row) => row.account?.accountId === account!.accountId)),
  );
  const { card } = all.find(({ kind }) => kind === 'device_registered')!;
  expect(ids(await everything(`&serial=${card!.serial}`))).toEqual(
    ids(all.filter((row) => row.card?.serial === card!.serial)),
  );
  const day = today().toString();
  const ofToday = all.filter(({ at }) =>
    Temporal.Instant.from(at).toZonedDateTimeISO('Europe/Moscow').toPlainDate().equals(today()),
  );
  expect(ids(await everything(`&from=${day}&to=${day}`))).toEqual(ids(ofToday));
  const csv = await call(server, { path: '/api/v1/exports/transactions.csv', headers: owner });
  expect(csv.text.trim().split('\r\n')).toHaveLength(all.length + 1);
});

test('another company and people without the right see nothing of it', async () => {
  const { platform } = server.running.app;
  const other = await createCompany(platform, {
    name: 'Другая',
    language: 'ru',
    currency: 'RUB',
    timeZone: 'Europe/Moscow',
    country: 'RU',
    demo: true,
  });
  const { listEvents, eventKinds } = await import('../../src/features/journal/index.ts');
  expect(await listEvents(other, { kinds: eventKinds }, { before: null, limit: 10 })).toEqual([]);
  const cashier = await signIn(server, server.cashier);
  for (const path of [
    '/api/v1/transactions',
    '/api/v1/exports/transactions.csv',
    '/api/v1/statistics/cards?from=2026-01-01&to=2026-01-02',
  ]) {
    expect((await call(server, { path, headers: cashier })).status).toBe(403);
    expect((await call(server, { path })).status).toBe(401);
  }
  const wrong = await call(server, { path: '/api/v1/transactions?kinds=nonsense', headers: owner });
  expect([
    wrong.status,
    (await call(server, { path: '/api/v1/exports/transactions.csv?kinds=x', headers: owner })).status,
  ]).toEqual([400, 400]);
});

test('how long events are kept is the company’s to say', async () => {
  expect(await get('/api/v1/transactions/settings')).toEqual({ keepDays: 731 });
  const headers = { ...owner, origin: server.url };
  const put = { method: 'PUT', path: '/api/v1/transactions/settings', body: { keepDays: 90 }, headers };
  expect((await call(server, put)).body).toEqual({ keepDays: 90 });
  expect(await get('/api/v1/transactions/settings')).toEqual({ keepDays: 90 });
  expect((await call(server, { ...put, body: { keepDays: 0 } })).status).toBe(400);
});
