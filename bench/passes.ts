/**
 * Signed store cards per second, side by side: the bare RSA signature, ours, passkit-generator and pass-js. Each runs in
 * its own process; the rounds are interleaved and the medians shown, so that a passing load on the machine hits all alike.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeAppleChain, saveAppleChain } from '../packages/testkit/src/pki.ts';
import { passTypeIdentifier, teamIdentifier } from './passes/card.ts';
import type { Measured } from './passes/contestant.ts';
import { measureStall } from './passes/stall.ts';
import { type BenchOptions, median, type Report, type Row } from './report.ts';

type Line = {
  readonly contestant: string;
  readonly name: string;
  /** Lines to compare with; each gives a row. */
  readonly ratiosTo: readonly string[];
  /** Bound to one core, in which case speed is counted per second of that core's time. */
  readonly oneCore: boolean;
};

const rsa = 'crypto.sign RSA-2048, one core';
const rsaAllCores = 'crypto.sign RSA-2048, all cores';
const passJs = '@walletpass/pass-js 7.2.0, one core';
const generator = 'passkit-generator 3.6.1, one core';
const parts = 'tessera, one core, images shared';
const whole = 'tessera, one core, one buffer';

const lines: readonly Line[] = [
  { contestant: 'rsa', name: rsa, ratiosTo: [rsa], oneCore: true },
  { contestant: 'tesseraParts', name: parts, ratiosTo: [rsa, passJs, generator], oneCore: true },
  { contestant: 'tessera', name: whole, ratiosTo: [rsa, passJs, generator], oneCore: true },
  { contestant: 'passJs', name: passJs, ratiosTo: [rsa], oneCore: true },
  { contestant: 'passkitGenerator', name: generator, ratiosTo: [rsa], oneCore: true },
  { contestant: 'rsaAsync', name: rsaAllCores, ratiosTo: [rsa], oneCore: false },
  {
    contestant: 'tesseraParts',
    name: 'tessera, all cores, images shared',
    ratiosTo: [rsaAllCores, parts],
    oneCore: false,
  },
  { contestant: 'tessera', name: 'tessera, all cores, one buffer', ratiosTo: [rsaAllCores, whole], oneCore: false },
];

/** Runs all contestants; needs Linux' `taskset` for the one-core lines and says so when it is missing. */
export async function run({ rounds = 15, seconds = 0.5 }: BenchOptions): Promise<Report> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-passes-'));
  const pinned = spawnSync('taskset', ['-c', '0', 'true']).status === 0;
  const running: { readonly line: Line; readonly child: ChildProcess; readonly results: Measured[] }[] = [];
  try {
    await saveAppleChain(
      await makeAppleChain({ passTypeIdentifier, teamIdentifier, now: Temporal.Now.instant() }),
      folder,
    );
    for (const line of lines) running.push({ line, child: await startContestant(line, folder, pinned), results: [] });
    for (const { child } of running) await measureOnce(child, warmUpSeconds);
    for (let round = 0; round < rounds; round++) {
      for (const { child, results } of running) results.push(await measureOnce(child, seconds));
    }
    const rates = new Map(running.map(({ line, results }) => [line.name, results.map((result) => rate(line, result))]));
    const stall = await measureStall(folder, stallSeconds);
    return {
      title: 'Signed store cards per second (9 images)',
      rows: toRows(rates),
      notes: [...describe(rounds, seconds, pinned, running), ...stall],
    };
  } finally {
    for (const { child } of running) child.kill();
    await rm(folder, { recursive: true, force: true });
  }
}

const warmUpSeconds = 1;
const stallSeconds = 5;

async function startContestant(line: Line, folder: string, pinned: boolean): Promise<ChildProcess> {
  const command = [process.execPath, join(import.meta.dirname, 'passes', 'contestant.ts'), line.contestant, folder];
  const lastCore = String(availableParallelism() - 1);
  const [program = '', ...args] = line.oneCore && pinned ? ['taskset', '-c', lastCore, ...command] : command;
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  await nextMessage(child);
  return child;
}

async function measureOnce(child: ChildProcess, seconds: number): Promise<Measured> {
  child.send({ seconds });
  return (await nextMessage(child)) as Measured;
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

function rate(line: Line, measured: Measured): number {
  return measured.count / (line.oneCore ? measured.cpuSeconds : measured.seconds);
}

/** Ratios are taken round by round, between neighbours in time, and then their median. */
function toRows(rates: ReadonlyMap<string, readonly number[]>): Row[] {
  return lines.flatMap(({ name, ratiosTo }) => {
    const own = rates.get(name) ?? [];
    return ratiosTo.map((ratioTo) => {
      const other = rates.get(ratioTo) ?? [];
      return { name, perSecond: median(own), ratio: median(own.map((value, round) => value / other[round]!)), ratioTo };
    });
  });
}

function describe(
  rounds: number,
  seconds: number,
  pinned: boolean,
  running: readonly { readonly line: Line; readonly results: readonly Measured[] }[],
): string[] {
  const shares = running
    .filter(({ line }) => line.oneCore)
    .map(({ results }) => median(results.map((result) => result.cpuSeconds / result.seconds)));
  const bytes = running.find(({ line }) => line.contestant === 'tessera')?.results[0]?.bytes ?? 0;
  return [
    `${rounds} interleaved rounds of ${seconds} s, medians; bundle ${bytes} bytes; Node ${process.version}; ${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, load average ${loadavg()[0]?.toFixed(1)}.`,
    pinned
      ? `One-core lines are bound to one core and counted per second of its time (they got ${Math.round(Math.min(...shares) * 100)} % or more of it); all-core lines per second of the clock.`
      : 'taskset is missing: the one-core lines are not bound to a core; they are counted per second of processor time.',
  ];
}
