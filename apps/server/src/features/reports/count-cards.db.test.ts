import type { CardStatisticsQuery } from '@tessera/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestHouse, type TestHouse } from '../../../test/platform.ts';
import type { Tenant } from '../../platform/database/index.ts';
import { type Journal, noteEvent, openJournal } from '../journal/index.ts';
import { createCompany } from '../tenancy/index.ts';
import { countCards, recountLastDays } from './count-cards.ts';
import { reportCards } from './report-cards.ts';
import { recountMonths, recountTotals } from './statistics.store.ts';

let house: TestHouse;
let journal: Journal;
beforeAll(async () => {
  house = await createTestHouse();
  journal = openJournal(house.platform);
});
afterAll(() => house.close());

const companyIn = (timeZone: string): Promise<Tenant> =>
  createCompany(house.platform, {
    name: 'Чайка',
    language: 'ru',
    currency: 'RUB',
    timeZone,
    country: 'RU',
    demo: true,
  });

const setClock = (text: string) =>
  house.clock.advance(house.clock.now().until(Temporal.Instant.from(text), { largestUnit: 'hours' }));
const scan = (tenant: Tenant, passId = 1) =>
  noteEvent({ journal, clock: house.clock }, tenant, {
    kind: 'card_scanned',
    card: { passId, designId: 1, accountId: passId },
  });
async function shown(
  tenant: Tenant,
  timeZone: string,
  from: string,
  to: string,
  unit: 'day' | 'week' | 'month' = 'day',
) {
  await journal.settle();
  await countCards(house, tenant, timeZone);
  const report = await reportCards(tenant, timeZone, { from, to, unit });
  if (!report.ok) throw new Error(report.refusal.code);
  return Object.fromEntries(
    report.value.periods.filter(({ counts }) => counts.shown > 0).map(({ start, counts }) => [start, counts.shown]),
  );
}

test('a day is the company’s: in Vladivostok it begins seven hours before Moscow’s, in New York it may have 25 hours', async () => {
  const east = await companyIn('Asia/Vladivostok');
  const moscow = await companyIn('Europe/Moscow');
  const york = await companyIn('America/New_York');
  setClock('2026-10-31T13:59:59Z');
  for (const tenant of [east, moscow, york]) scan(tenant);
  setClock('2026-10-31T14:00:00Z');
  for (const tenant of [east, moscow, york]) scan(tenant, 2);
  // Clocks go back on 1 November in New York: it is 00:30 a.m. local there at 04:30, and 11:30 p.m. of that day a day and an hour later.
  setClock('2026-11-01T04:30:00Z');
  scan(york);
  setClock('2026-11-02T04:30:00Z');
  scan(york);
  setClock('2026-11-02T05:30:00Z');
  scan(york);
  expect(await shown(east, 'Asia/Vladivostok', '2026-10-30', '2026-11-02')).toEqual({
    '2026-10-31': 1,
    '2026-11-01': 1,
  });
  expect(await shown(moscow, 'Europe/Moscow', '2026-10-30', '2026-11-02')).toEqual({ '2026-10-31': 2 });
  expect(await shown(york, 'America/New_York', '2026-10-30', '2026-11-02')).toEqual({
    '2026-10-31': 2,
    '2026-11-01': 2,
    '2026-11-02': 1,
  });
});

test('counting again, late, at once in several processes or after a long stop gives the same figures', async () => {
  const tenant = await companyIn('Europe/Moscow');
  setClock('2026-12-01T09:00:00Z');
  for (let day = 0; day < 80; day++) {
    for (let pass = 0; pass <= day % 5; pass++) scan(tenant, pass);
    house.clock.advance({ days: 1 });
  }
  const expected = Array.from({ length: 80 }, (_, day) => (day % 5) + 1).reduce((sum, one) => sum + one, 0);
  const sum = async () =>
    Object.values(await shown(tenant, 'Europe/Moscow', '2026-12-01', '2027-03-31', 'month')).reduce(
      (all, one) => all + one,
      0,
    );
  expect(await sum()).toBe(expected);
  const count = () => countCards(house, tenant, 'Europe/Moscow');
  await Promise.all([count(), count(), count(), recountLastDays(house, tenant, 'Europe/Moscow')]);
  expect(await sum()).toBe(expected);
  // Written three days late: today's count does not see it, the night's does.
  const row = { hour: '2027-02-18T09:00:00Z', at: '2027-02-18T09:30:00Z' };
  await tenant.query(
    `insert into wallet_events (company_id, hour, fold, kind, at, last_at, count, detail)
     values ($1, $2, gen_random_uuid(), 'card_scanned', $3, $3, 5, '{}')`,
    [tenant.companyId, row.hour, row.at],
  );
  expect(await sum()).toBe(expected);
  await recountLastDays(house, tenant, 'Europe/Moscow');
  expect(await sum()).toBe(expected + 5);
  expect(await shown(tenant, 'Europe/Moscow', '2026-12-07', '2026-12-20', 'week')).toEqual({
    '2026-12-07': 2 + 3 + 4 + 5 + 1 + 2 + 3,
    '2026-12-14': 4 + 5 + 1 + 2 + 3 + 4 + 5,
  });
});

test('tags that visitors make up do not grow the figures without end', async () => {
  const tenant = await companyIn('Europe/Moscow');
  for (let tag = 0; tag < 1_000; tag++) {
    noteEvent({ journal, clock: house.clock }, tenant, { kind: 'link_opened', formId: 'chaika', source: `tag${tag}` });
  }
  await journal.settle();
  await countCards(house, tenant, 'Europe/Moscow');
  const rows = await tenant.query<{ rows: number; count: number }>(
    'select count(*)::integer as rows, sum(count)::integer as count from card_statistics where company_id = $1',
    [tenant.companyId],
  );
  expect(rows[0]).toEqual({ rows: 201, count: 1_000 });
});

test('years of a busy company are read from sums: of its months, and of its days over all sources', async () => {
  const tenant = await companyIn('Europe/Moscow');
  await tenant.query(
    `insert into card_statistics (company_id, day, measure, design_id, platform, source, count)
     select $1, date '2024-01-01' + d, m, g, p, 'form:chaika:' || s, 100
     from generate_series(0, 1095) d, unnest(array['issued', 'shown']) m,
       generate_series(1, 3) g, unnest(array['apple', 'google']) p, generate_series(1, 2) s`,
    [tenant.companyId],
  );
  const first = Temporal.PlainDate.from('2024-01-01');
  await tenant.transaction(async (transaction) => {
    const days = Array.from({ length: 1_096 }, (_, day) => String(first.add({ days: day })));
    await recountTotals(transaction, days);
    await recountMonths(
      transaction,
      Array.from({ length: 36 }, (_, month) => String(first.add({ months: month }))),
    );
    // Only the parts of months at both ends need their own days, and these only where sources are told apart.
    await transaction.query('delete from card_statistics where company_id = $1 and not (day = any ($2::date[]))', [
      tenant.companyId,
      ['2024-01-31', '2026-12-01'],
    ]);
  });
  const perSource = 3 * 2 * 100;
  const ask = async (query: Omit<CardStatisticsQuery, 'from' | 'to'>, from = '2024-01-01', to = '2026-12-31') => {
    const report = await reportCards(tenant, 'Europe/Moscow', { from, to, ...query });
    if (!report.ok) throw new Error(report.refusal.code);
    const { periods, groups, total } = report.value;
    return { periods: periods.map(({ counts }) => counts.shown), groups, total: total.shown };
  };
  expect((await ask({ unit: 'month', by: 'source' })).total).toBe(1_096 * 2 * perSource);
  const weeks = await ask({ unit: 'week', by: 'design' });
  expect(weeks.periods).toEqual(weeks.periods.map((_, week) => (week === 156 ? 4 : 7) * 2 * perSource));
  const days = await ask({ unit: 'day', by: 'platform', designId: 2 }, '2025-01-01');
  expect(new Set(days.periods)).toEqual(new Set([2 * 2 * 100]));
  const uneven = await ask({ unit: 'month', by: 'source' }, '2024-01-31', '2026-12-01');
  expect(uneven.groups.map(({ counts }) => counts.shown)).toEqual([1_036 * perSource, 1_036 * perSource]);
  expect(uneven.periods).toEqual(
    Array.from({ length: 36 }, (_, month) =>
      month === 0 || month === 35 ? 2 * perSource : first.add({ months: month }).daysInMonth * 2 * perSource,
    ),
  );
});

test('days that are none, in the wrong order or too many are refused', async () => {
  const tenant = await companyIn('Europe/Moscow');
  for (const [from, to] of [
    ['2026-02-30', '2026-03-01'],
    ['2026-03-02', '2026-03-01'],
    ['2020-01-01', '2026-01-01'],
  ] as const) {
    const report = await reportCards(tenant, 'Europe/Moscow', { from, to });
    expect(report.ok ? null : report.refusal.code).toBe('value_invalid');
  }
});
