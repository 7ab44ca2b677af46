import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTestHouse, type TestHouse } from '../../../test/platform.ts';
import type { Tenant } from '../../platform/database/index.ts';
import { createCompany } from '../tenancy/index.ts';
import {
  forgetOldEvents,
  type Journal,
  listEvents,
  noteEvent,
  openJournal,
  saveKeepDays,
  writeEvent,
} from './index.ts';
import { PACE } from './journal.ts';
import { eventKinds, type NewEvent } from './model.ts';

let house: TestHouse;
let tenant: Tenant;
let journal: Journal;

const COMPANY = { name: 'Чайка', language: 'ru', currency: 'RUB', timeZone: 'Europe/Moscow', country: 'RU' } as const;
const card = { passId: 7, designId: 3, accountId: 11 };

beforeAll(async () => {
  house = await createTestHouse();
});
beforeEach(async () => {
  tenant = await createCompany(house.platform, { ...COMPANY, demo: true });
  journal = openJournal(house.platform);
});
afterAll(() => house.close());

const note = (event: NewEvent, into = journal) => noteEvent({ journal: into, clock: house.clock }, tenant, event);
const all = (of = tenant) => listEvents(of, { kinds: eventKinds }, { before: null, limit: 10_000 });
const broken = { ...PACE, delayMilliseconds: 1_000_000, retryMilliseconds: 1_000_000 };

test('a poller that downloads a card a thousand times an hour is one row that counts to a thousand', async () => {
  for (let time = 0; time < 1_000; time++) {
    note({ kind: 'pass_fetched', card, platform: 'apple' });
    if (time % 100 === 0) await journal.settle();
    house.clock.advance({ milliseconds: 10 });
  }
  await journal.settle();
  const [row, ...rest] = await all();
  expect(rest).toEqual([]);
  expect(row).toMatchObject({ kind: 'pass_fetched', count: 1_000, ...card, platform: 'apple' });
  expect(row!.at.until(row!.lastAt).total('milliseconds')).toBe(9_990);
  house.clock.advance({ hours: 1 });
  note({ kind: 'pass_fetched', card, platform: 'apple' });
  await journal.settle();
  expect((await all()).map(({ count }) => count)).toEqual([1, 1_000]);
});

test('cards, kinds, platforms and sources are apart, and all of one statement is written once', async () => {
  note({ kind: 'pass_downloaded', card, platform: 'apple' });
  note({ kind: 'pass_downloaded', card, platform: 'android' });
  note({ kind: 'pass_downloaded', card: { ...card, passId: 8 }, platform: 'apple' });
  note({ kind: 'card_scanned', card, source: 'till' });
  note({ kind: 'card_scanned', card, source: 'probonus' });
  await Promise.all([journal.settle(), journal.settle(), journal.close()]);
  expect((await all()).map(({ count }) => count)).toEqual([1, 1, 1, 1, 1]);
});

test('visitors that somebody makes up without end are counted together beyond a bound', async () => {
  const small = openJournal(house.platform, { ...PACE, visitorsMax: 20 });
  for (let visitor = 0; visitor < 500; visitor++) {
    const network = `10.${visitor % 250}.${visitor}.0/24`;
    note({ kind: 'link_opened', formId: 'welcome', source: `tag${visitor}`, detail: { network } }, small);
  }
  await small.close();
  const rows = await all();
  expect(rows).toHaveLength(21);
  expect(rows.reduce((sum, { count }) => sum + count, 0)).toBe(500);
});

test('what two processes write at once adds up, and neither waits for ever', async () => {
  const others = Array.from({ length: 4 }, () => openJournal(house.platform));
  for (const other of others) {
    for (let pass = 1; pass <= 50; pass++) note({ kind: 'card_scanned', card: { ...card, passId: pass } }, other);
  }
  await Promise.all(others.map((other) => other.close()));
  const rows = await all();
  expect([rows.length, new Set(rows.map(({ count }) => count))]).toEqual([50, new Set([4])]);
});

describe('without a database', () => {
  const away = (): TestHouse['platform'] => {
    const database = { ...house.platform.database };
    return { ...house.platform, database: { ...database, tenant: (id) => (isAway ? nobody : database.tenant(id)) } };
  };
  const nobody = { query: () => Promise.reject(new Error('away')) } as unknown as Tenant;
  let isAway = true;

  test('a note fails nobody, waits, and is written with what came since once the database is back', async () => {
    isAway = true;
    const waiting = openJournal(away(), broken);
    note({ kind: 'check_in', card }, waiting);
    await waiting.settle();
    note({ kind: 'check_in', card }, waiting);
    expect(await all()).toEqual([]);
    isAway = false;
    await waiting.close();
    expect((await all()).map(({ count }) => count)).toEqual([2]);
  });

  test('so many rows wait and no more; those that were dropped are told of', async () => {
    isAway = true;
    const waiting = openJournal(away(), { ...broken, waitingMax: 10 });
    for (let pass = 1; pass <= 30; pass++) note({ kind: 'check_in', card: { ...card, passId: pass } }, waiting);
    await waiting.settle();
    isAway = false;
    await waiting.close();
    expect(await all()).toHaveLength(10);
    expect(house.logged.some((line) => line.includes('"events":20'))).toBe(true);
  });
});

test('an event of a transaction stands with it or not at all', async () => {
  const now = house.clock.now();
  await tenant.transaction((transaction) => writeEvent(transaction, { kind: 'device_registered', card }, now));
  const failing = tenant.transaction(async (transaction) => {
    await writeEvent(transaction, { kind: 'device_unregistered', card }, now);
    throw new Error('undone');
  });
  await expect(failing).rejects.toThrow('undone');
  expect((await all()).map(({ kind }) => kind)).toEqual(['device_registered']);
});

test('pages go on where they ended, through many events of one moment, by kind, account, form and period', async () => {
  const start = house.clock.now();
  for (let pass = 1; pass <= 25; pass++) {
    note({ kind: pass % 2 ? 'card_scanned' : 'pass_fetched', card: { ...card, passId: pass, accountId: pass % 3 } });
    if (pass % 10 === 0) house.clock.advance({ hours: 1 });
  }
  note({ kind: 'link_opened', formId: 'welcome' });
  await journal.settle();
  const seen: string[] = [];
  for (let before = null as { at: Temporal.Instant; fold: string } | null; ; ) {
    const page = await listEvents(tenant, { kinds: eventKinds }, { before, limit: 4 });
    seen.push(...page.map(({ fold, at }) => `${at} ${fold}`));
    before = page.at(-1) ?? null;
    if (page.length < 4) break;
  }
  const once = await all();
  expect(seen).toEqual(once.map(({ fold, at }) => `${at} ${fold}`));
  const count = async (filter: Partial<Parameters<typeof listEvents>[1]>) =>
    (await listEvents(tenant, { kinds: eventKinds, ...filter }, { before: null, limit: 100 })).length;
  expect(await count({ kinds: ['card_scanned'] })).toBe(13);
  expect(await count({ accountId: 0 })).toBe(8);
  expect(await count({ passId: 5 })).toBe(1);
  expect(await count({ formId: 'welcome' })).toBe(1);
  expect(await count({ from: start, to: start.add({ hours: 1 }) })).toBe(10);
});

test('events are forgotten after the days that the company keeps them, and no other company’s', async () => {
  const other = await createCompany(house.platform, { ...COMPANY, demo: true });
  note({ kind: 'check_in', card });
  noteEvent({ journal, clock: house.clock }, other, { kind: 'check_in', card });
  await journal.settle();
  expect(await all(other)).toHaveLength(1);
  await saveKeepDays(tenant, 30, house.clock.now());
  house.clock.advance({ days: 32 });
  note({ kind: 'check_in', card });
  await journal.settle();
  expect(await forgetOldEvents(house.platform, tenant)).toBe(1);
  expect(await forgetOldEvents(house.platform, other)).toBe(0);
  expect((await all()).length).toBe(1);
  house.clock.advance({ days: 700 });
  expect(await forgetOldEvents(house.platform, other)).toBe(1);
});
