/**
 * Registered checks and found guests per second, side by side: by hand in `pg`, our use case in process, our whole server
 * over HTTP. One durable PostgreSQL; every contestant in a process of its own; the rounds are interleaved and the medians
 * shown, so that a passing load on the machine hits all alike.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { Order, Ready, Role } from './checks/contestant.ts';
import { type Ground, prepareGround } from './checks/set-up.ts';
import { type BenchOptions, median, type Report, type Row } from './report.ts';
import type { Measured } from './run-for.ts';

const ACCOUNTS = 10_000;
const CONNECTIONS = 16;
const WARM_UP_SECONDS = 1.5;

const loop = `pg by hand: two statements, ${CONNECTIONS} connections`;
const inProcess = `register a check, in process, ${CONNECTIONS} callers`;
const overHttp = 'register a check, over HTTP, 32 clients';
const bareFind = 'bare Fastify, one indexed select, 32 clients';
const find = 'find a guest by phone, over HTTP, 32 clients';
const lookup = 'look a card up with its order, FarCards, 32 clients';
const packages = 'register a check, FarCards, 32 clients';

type Line = { readonly name: string; readonly role: Role; readonly server?: Role; readonly ratioTo: string };
const lines: readonly Line[] = [
  { name: loop, role: 'bareLoop', ratioTo: loop },
  { name: inProcess, role: 'inProcess', ratioTo: loop },
  { name: overHttp, role: 'registerClient', server: 'server', ratioTo: loop },
  { name: bareFind, role: 'bareFindClient', server: 'bareServer', ratioTo: bareFind },
  { name: find, role: 'findClient', server: 'server', ratioTo: bareFind },
  { name: lookup, role: 'stationLookupClient', server: 'server', ratioTo: bareFind },
  { name: packages, role: 'stationRegisterClient', server: 'server', ratioTo: loop },
];

type Contestant = {
  readonly line: Line;
  readonly child: ChildProcess;
  readonly port: number;
  readonly results: Measured[];
};

/** Runs all contestants; takes less than a minute with the defaults. */
export async function run({ rounds = 6, seconds = 1 }: BenchOptions): Promise<Report> {
  const { ground, remove } = await prepareGround(ACCOUNTS, CONNECTIONS);
  const children: ChildProcess[] = [];
  const start = async (role: Role) => {
    const child = spawnContestant(role, ground);
    children.push(child);
    return { child, port: ((await nextMessage(child)) as Ready).port };
  };
  try {
    const [server, bareServer] = await Promise.all([start('server'), start('bareServer')]);
    const ports: Partial<Record<Role, number | null>> = { server: server.port, bareServer: bareServer.port };
    const contestants = await Promise.all(
      lines.map(async (line): Promise<Contestant> => {
        const { child } = await start(line.role);
        return { line, child, port: (line.server && ports[line.server]) ?? 0, results: [] };
      }),
    );
    for (const one of contestants) await measure(one, WARM_UP_SECONDS, ground);
    for (let round = 0; round < rounds; round++) {
      for (const one of contestants) one.results.push(await measure(one, seconds, ground));
    }
    return {
      title: 'Checks registered and guests found per second',
      rows: toRows(contestants),
      notes: describe(rounds, seconds, contestants),
    };
  } finally {
    await Promise.all(children.map(stop));
    await remove();
  }
}

function spawnContestant(role: Role, ground: Ground): ChildProcess {
  const program = join(import.meta.dirname, 'checks', 'contestant.ts');
  // BENCH_NODE_OPTIONS='--cpu-prof --cpu-prof-name=ROLE.cpuprofile' profiles every process.
  const options = (process.env.BENCH_NODE_OPTIONS ?? '').replaceAll('ROLE', role).split(' ').filter(Boolean);
  return spawn(process.execPath, [...options, program, role, JSON.stringify(ground)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
}

/** A process whose parent has hung up ends by itself. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  if (child.connected) child.disconnect();
  await exit;
}

/** One round of one contestant, on a quiet database: what the round before left in the outbox is not its load. */
async function measure({ child, port }: Contestant, seconds: number, ground: Ground): Promise<Measured> {
  await quiet(ground.connectionString);
  const order: Order = { seconds, port };
  child.send(order);
  return (await nextMessage(child)) as Measured;
}

async function quiet(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString, options: '-c search_path=tessera,public' });
  await client.connect();
  try {
    await client.query('truncate outbox');
    await client.query('delete from graphile_worker._private_jobs where locked_at is null');
  } finally {
    await client.end();
  }
}

/** The next message, or an error when the process ends instead. */
async function nextMessage(child: ChildProcess): Promise<unknown> {
  const ended = new AbortController();
  const onExit = () => ended.abort(new Error('a contestant ended early'));
  child.once('exit', onExit);
  try {
    const [message] = await once(child, 'message', { signal: ended.signal });
    return message;
  } finally {
    child.off('exit', onExit);
  }
}

/** Ratios are taken round by round, between neighbours in time, and then their median. */
function toRows(contestants: readonly Contestant[]): Row[] {
  const rates = new Map(contestants.map(({ line, results }) => [line.name, results.map((one) => one.perSecond)]));
  return lines.map(({ name, ratioTo }) => {
    const own = rates.get(name)!;
    const other = rates.get(ratioTo)!;
    return { name, perSecond: median(own), ratio: median(own.map((value, round) => value / other[round]!)), ratioTo };
  });
}

function describe(rounds: number, seconds: number, contestants: readonly Contestant[]): string[] {
  const latencies = contestants.map(({ line, results }) => {
    const p50 = median(results.map((one) => one.p50));
    const p99 = median(results.map((one) => one.p99));
    return `${line.name}: p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms (${(p99 / p50).toFixed(1)} ×)`;
  });
  const processor = cpus()[0]?.model ?? 'unknown processor';
  return [
    ...latencies,
    `${rounds} interleaved rounds of ${seconds} s, medians; ${ACCOUNTS} accounts; durable PostgreSQL, ${CONNECTIONS} connections each; clients, servers and database on one machine.`,
    `Node ${process.version}; ${processor}, ${availableParallelism()} cores, load average ${loadavg()[0]?.toFixed(1)}.`,
  ];
}
