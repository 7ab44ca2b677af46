/**
 * The console's long lists: how long a page takes, however it is asked for, among a million cards and guests; and the
 * statistics of three years.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { reportCards } from '../apps/server/src/features/reports/report-cards.ts';
import { selectReach } from '../apps/server/src/features/wallet/passes/announce/reach.store.ts';
import { ANY_PASS } from '../apps/server/src/features/wallet/passes/list-passes.ts';
import { openHouse } from './checks/set-up.ts';
import { type Question, questionsOf } from './lists/questions.ts';
import { type PushGround, preparePushes } from './pushes/ground.ts';
import { type BenchOptions, median, percentile, type Report } from './report.ts';

const GOAL_MILLISECONDS = 100;
const WARM_UP = 5;
const YEARS = { from: '2023-10-01', to: '2026-09-30' } as const;

function countOfCards(): number {
  const value = Number(process.env.BENCH_CARDS ?? 1_000_000);
  if (!Number.isInteger(value) || value < 1_000 || value > 10_000_000)
    throw new Error('BENCH_CARDS must be a whole number from 1000 to 10000000.');
  return value;
}

type Timed = { readonly name: string; readonly milliseconds: readonly number[] };

/** Asks every question `rounds` × 10 times, one after the other, as one owner does. */
export async function run({ rounds = 10 }: BenchOptions): Promise<Report> {
  const cards = countOfCards();
  const load = loadavg()[0]!;
  const begun = performance.now();
  const { ground, remove } = await preparePushes(cards);
  const server = fork(join(import.meta.dirname, 'lists', 'server.ts'), [JSON.stringify(ground)]);
  try {
    const [port] = (await once(server, 'message')) as [number];
    await addStatistics(ground);
    const seededInSeconds = (performance.now() - begun) / 1_000;
    const timed: Timed[] = [];
    for (const question of questionsOf(ground)) timed.push(await timeQuestion(ground, port, question, rounds * 10));
    timed.push(...(await timeStatistics(ground, rounds * 10)));
    const slowest = timed.toSorted((one, other) => p95(other) - p95(one))[0]!;
    const first = timed[0]!;
    return {
      title: `Lists of ${cards.toLocaleString('en')} cards and guests`,
      rows: timed.map((one) => ({
        name: one.name,
        perSecond: 1_000 / median(one.milliseconds),
        ratio: median(first.milliseconds) / median(one.milliseconds),
        ratioTo: first.name,
      })),
      notes: [
        ...timed.map(
          (one) => `${one.name}: p50 ${median(one.milliseconds).toFixed(1)} ms, p95 ${p95(one).toFixed(1)} ms`,
        ),
        `slowest: ${slowest.name}, p95 ${p95(slowest).toFixed(1)} ms (goal ≤ ${GOAL_MILLISECONDS})`,
        `${rounds * 10} requests each, one after the other, over HTTP; statistics in this process. Seeded in ${seededInSeconds.toFixed(0)} s.`,
        `Node ${process.version}; ${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, load average ${load.toFixed(1)} before, ${loadavg()[0]?.toFixed(1)} after.`,
      ],
    };
  } finally {
    await hangUp(server);
    await remove();
  }
}

const p95 = ({ milliseconds }: Timed): number => percentile(milliseconds, 0.95);

async function hangUp(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const exit = once(child, 'exit');
  child.disconnect();
  await exit;
}

async function time(count: number, ask: () => Promise<void>): Promise<number[]> {
  const milliseconds: number[] = [];
  for (let n = -WARM_UP; n < count; n++) {
    const begun = performance.now();
    await ask();
    if (n >= 0) milliseconds.push(performance.now() - begun);
  }
  return milliseconds;
}

async function timeQuestion(
  { company }: PushGround,
  port: number,
  { name, path }: Question,
  count: number,
): Promise<Timed> {
  const headers = { authorization: `Bearer ${company.token}` };
  const milliseconds = await time(count, async () => {
    const answer = await fetch(`http://127.0.0.1:${port}${path()}`, { headers });
    const body = await answer.text();
    if (!answer.ok) throw new Error(`${name}: ${answer.status} ${body}`);
  });
  return { name, milliseconds };
}

/** Three years of figures: every measure of every day for some wallets and twenty sources, and their sums. */
async function addStatistics({ connectionString, company, designId }: PushGround): Promise<void> {
  const admin = new pg.Client({ connectionString, options: '-c search_path=tessera,public' });
  await admin.connect();
  try {
    const measures = `unnest(array['visited', 'issued', 'opened', 'downloaded', 'installed', 'removed', 'updated', 'shown'])`;
    const spread = `${measures} measure, unnest(array['apple', 'google', 'web']) platform, generate_series(1, 20) n`;
    await admin.query(
      `insert into card_statistics (company_id, day, measure, design_id, platform, source, count)
       select $1, day, measure, $2, platform, 'form:main:' || n, 1 + n
       from generate_series('${YEARS.from}'::date, '${YEARS.to}'::date, interval '1 day') day, ${spread}`,
      [company.companyId, designId],
    );
    await admin.query(
      `insert into card_statistics_months (company_id, month, measure, design_id, platform, source, count)
       select company_id, date_trunc('month', day), measure, design_id, platform, source, sum(count)
       from card_statistics where company_id = $1 group by 1, 2, 3, 4, 5, 6`,
      [company.companyId],
    );
    await admin.query(
      `insert into card_statistics_totals (company_id, day, measure, design_id, platform, count)
       select company_id, day, measure, design_id, platform, sum(count)
       from card_statistics where company_id = $1 group by 1, 2, 3, 4, 5`,
      [company.companyId],
    );
    await admin.query('vacuum analyze card_statistics');
    await admin.query('vacuum analyze card_statistics_totals');
    await admin.query('vacuum analyze card_statistics_months');
  } finally {
    await admin.end();
  }
}

async function timeStatistics({ connectionString, company, designId }: PushGround, count: number): Promise<Timed[]> {
  const house = openHouse(connectionString, 4);
  try {
    const tenant = house.database.tenant(company.companyId);
    const asked = [
      { name: 'statistics of three years by month and source', query: { ...YEARS, unit: 'month', by: 'source' } },
      { name: 'statistics of three years by week and design', query: { ...YEARS, unit: 'week', by: 'design' } },
      { name: 'statistics of two years by day', query: { ...YEARS, from: '2024-10-01', unit: 'day', by: 'platform' } },
      { name: 'statistics of a month by day', query: { ...YEARS, from: '2026-09-01', unit: 'day', by: 'design' } },
    ] as const;
    const timed: Timed[] = [];
    for (const { name, query } of asked) {
      const milliseconds = await time(count, async () => {
        const report = await reportCards(tenant, 'Europe/Moscow', query);
        if (!report.ok) throw new Error(report.refusal.code);
      });
      timed.push({ name, milliseconds });
    }
    // Not a page that is opened all the time: whom a campaign to everybody would reach, counted card by card.
    const everybody = { filter: { ...ANY_PASS, designIds: [designId], voided: false }, onlyAgreed: false, toldBy: [] };
    const reach = await time(1, async () => {
      await selectReach(tenant, tenant.companyId, everybody);
    });
    timed.push({ name: 'reach of a campaign to everybody', milliseconds: reach });
    return timed;
  } finally {
    await house.close();
  }
}
