/**
 * What a base a hundred times as large costs: registering, finding and a page of the list at two sizes, each in a
 * PostgreSQL of its own, round by round in turns; and memory and time while all lots of a base burn at one instant.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { Expired } from './growth/expire.ts';
import { type GrowthGround, openSubjects, prepareGrowth, type Subjects } from './growth/ground.ts';
import { type BenchOptions, median, type Report, type Row } from './report.ts';
import { type Measured, runFor } from './run-for.ts';

const CALLERS = 32;
const WARM_UP_SECONDS = 3;
const COST_GOAL = 1.25;

const subjects = {
  register: 'register a check, in process',
  find: 'find a guest by phone, in process',
  list: 'a page of 50 accounts, in process',
} as const;
type Subject = keyof typeof subjects;
const names = Object.keys(subjects) as Subject[];

/** A size from the environment: accounts. */
function size(variable: string, otherwise: number): number {
  const value = Number(process.env[variable] ?? otherwise);
  if (!Number.isInteger(value) || value < 1_000 || value > 10_000_000)
    throw new Error(`${variable} must be a whole number from 1000 to 10000000.`);
  return value;
}

type Pair = { readonly small: Measured; readonly large: Measured };
type Results = Readonly<Record<Subject, readonly Pair[]>>;

/** Taken round by round, between neighbours in time, and then their median. */
const speedRatio = (pairs: readonly Pair[]): number =>
  median(pairs.map(({ small, large }) => large.perSecond / small.perSecond));

/** Runs both parts. With the sizes of the issue the second one is by far the longer. */
export async function run({ rounds = 7, seconds = 2 }: BenchOptions): Promise<Report> {
  const sizes = { small: size('BENCH_SMALL', 10_000), large: size('BENCH_LARGE', 1_000_000) };
  const expiring = size('BENCH_EXPIRING', 1_000_000);
  const load = loadavg()[0]!;
  const grown = await compare(sizes, rounds, seconds);
  const expired = await withGround(expiring, expireAll);
  return {
    title: 'What a growing base costs',
    rows: [...names.flatMap((name) => toRows(name, sizes, grown.results)), expiryRow(expired)],
    notes: [
      ...names.map((name) => describeCost(name, grown.results)),
      ...describeExpiry(expired),
      `${rounds} rounds of ${seconds} s in turns, medians; ${CALLERS} callers; durable PostgreSQL, 16 connections; all on one machine.`,
      `Seeded in ${grown.seeded.map((value) => value.toFixed(0)).join(' s and ')} s.`,
      `Node ${process.version}; ${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, load average ${load.toFixed(1)} before, ${loadavg()[0]?.toFixed(1)} after.`,
    ],
  };
}

async function withGround<T>(accounts: number, use: (ground: GrowthGround) => Promise<T>): Promise<T> {
  const ground = await prepareGrowth(accounts);
  try {
    return await use(ground);
  } finally {
    await ground.remove();
  }
}

/** Neighbours in time are the same subject at the two sizes; which comes first changes from round to round. */
function compare(
  sizes: { small: number; large: number },
  rounds: number,
  seconds: number,
): Promise<{ results: Results; seeded: number[] }> {
  return withGround(sizes.small, (small) =>
    withGround(sizes.large, async (large) => {
      const open = { small: openSubjects(small), large: openSubjects(large) };
      const results = { register: [], find: [], list: [] } as Record<Subject, Pair[]>;
      const measure = async (at: Subjects, ground: GrowthGround, name: Subject, time: number) => {
        await emptyOutbox(ground);
        return runFor(
          time,
          Array.from({ length: CALLERS }, () => at[name]),
        );
      };
      try {
        for (const name of names) {
          await measure(open.small, small, name, WARM_UP_SECONDS);
          await measure(open.large, large, name, WARM_UP_SECONDS);
        }
        for (let round = 0; round < rounds; round++) {
          for (const name of names) {
            const first = round % 2 === 0 ? await measure(open.small, small, name, seconds) : null;
            const ofLarge = await measure(open.large, large, name, seconds);
            results[name].push({ small: first ?? (await measure(open.small, small, name, seconds)), large: ofLarge });
          }
        }
        return { results, seeded: [small.seededInSeconds, large.seededInSeconds] };
      } finally {
        await Promise.all([open.small.close(), open.large.close()]);
      }
    }),
  );
}

/** Nobody drains it here; what the rounds before left in it is not the load of the next one. */
async function emptyOutbox({ connectionString }: GrowthGround): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query('truncate tessera.outbox');
  } finally {
    await client.end();
  }
}

async function expireAll({ connectionString, company }: GrowthGround): Promise<Expired> {
  const child = fork(join(import.meta.dirname, 'growth', 'expire.ts'), [JSON.stringify({ connectionString, company })]);
  const ended = new AbortController();
  const exit = once(child, 'exit').then(() => ended.abort(new Error('The job ended early.')));
  try {
    const [expired] = await once(child, 'message', { signal: ended.signal });
    return expired as Expired;
  } finally {
    if (child.connected) child.disconnect();
    await exit;
  }
}

const count = (value: number): string => value.toLocaleString('en');

function toRows(name: Subject, sizes: { small: number; large: number }, results: Results): Row[] {
  const ratioTo = `${subjects[name]}, ${count(sizes.small)}`;
  const pairs = results[name];
  const of = (which: 'small' | 'large') => median(pairs.map((pair) => pair[which].perSecond));
  return [
    { name: ratioTo, perSecond: of('small'), ratio: 1, ratioTo },
    {
      name: `${subjects[name]}, ${count(sizes.large)}`,
      perSecond: of('large'),
      ratio: speedRatio(pairs),
      ratioTo,
    },
  ];
}

function describeCost(name: Subject, results: Results): string {
  const pairs = results[name];
  const cost = 1 / speedRatio(pairs);
  const figures = (['small', 'large'] as const).map((which) => {
    const at = (key: 'p50' | 'p99') => median(pairs.map((pair) => pair[which][key])).toFixed(2);
    return `${which} p50 ${at('p50')} ms, p99 ${at('p99')} ms`;
  });
  return `${subjects[name]}: costs ${cost.toFixed(2)} × in the large base (goal ≤ ${COST_GOAL}); ${figures.join('; ')}`;
}

function expiryRow({ accounts, perSecond }: Expired): Row {
  const name = `settleDue: the lot of each account burns, ${count(accounts)}`;
  return { name, perSecond, ratio: 1, ratioTo: name };
}

function describeExpiry(expired: Expired): string[] {
  const megabytes = (bytes: number) => (bytes / 1_048_576).toFixed(0);
  return [
    `settleDue: ${count(expired.accounts)} accounts in ${expired.runs} runs, ${expired.firstPerSecond.toFixed(0)} a second in the first run, ${expired.lastPerSecond.toFixed(0)} in the last`,
    `its process: resident ${megabytes(expired.before)} MB before, ${megabytes(expired.most)} MB at most, ${megabytes(expired.after)} MB after`,
  ];
}
