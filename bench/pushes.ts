/**
 * Telling many phones: pushes to every device of a company beside a bare http2 loop to the same service, and a design that
 * changes with all its cards; then the same with the server killed on the way.
 */
import { type ChildProcess, type ForkOptions, fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { serverArguments, serverEnvironment } from '../scripts/server-node.mjs';
import type { AppleCount, AppleReady } from './pushes/apple.ts';
import { type PushGround, preparePushes } from './pushes/ground.ts';
import type { Word } from './pushes/worker.ts';
import { type BenchOptions, median, type Report } from './report.ts';

const GOAL = 0.6;
const MEMORY_GOAL_MEGABYTES = 300;
const LOOK_EVERY_MILLISECONDS = 25;
const PATIENCE_MINUTES = 60;

function countOfDevices(): number {
  const value = Number(process.env.BENCH_DEVICES ?? 100_000);
  if (!Number.isInteger(value) || value < 1_000 || value > 2_000_000)
    throw new Error('BENCH_DEVICES must be a whole number from 1000 to 2000000.');
  return value;
}

type Field = {
  readonly devices: number;
  readonly ground: PushGround;
  readonly service: AppleReady;
  readonly apple: ChildProcess;
};

/** `BENCH_DEVICES` phones (100,000 unless told), `rounds` times in turns. */
export async function run({ rounds = 3 }: BenchOptions): Promise<Report> {
  const devices = countOfDevices();
  const load = loadavg()[0]!;
  const { ground, remove } = await preparePushes(devices);
  const apple = fork(join(import.meta.dirname, 'pushes', 'apple.ts'), [JSON.stringify(ground.chain)]);
  try {
    const [service] = (await once(apple, 'message')) as [AppleReady];
    const field = { devices, ground, service, apple };
    const pushed = await comparePushes(field, rounds);
    const changed = await changeDesign(field);
    const killed = await killOnTheWay(field);
    const bare = 'bare http2 loop';
    const ratio = median(pushed.bare) / median(pushed.ours);
    const rate = (seconds: number) => devices / seconds;
    return {
      title: `Telling ${devices.toLocaleString('en')} phones`,
      rows: [
        { name: bare, perSecond: rate(median(pushed.bare)), ratio: 1, ratioTo: bare },
        { name: 'push to every device, outbox to service', perSecond: rate(median(pushed.ours)), ratio, ratioTo: bare },
        {
          name: 'design changes, every card follows and is pushed',
          perSecond: rate(changed.seconds),
          ratio: median(pushed.bare) / changed.seconds,
          ratioTo: bare,
        },
      ],
      notes: [
        `push: ${ratio.toFixed(2)} of the bare loop (goal ≥ ${GOAL}); resident memory ${megabytes(pushed.atRest)} MB before, at most ${megabytes(pushed.memory)} MB (goal ≤ ${MEMORY_GOAL_MEGABYTES})`,
        `design: all pushed after ${changed.seconds.toFixed(1)} s, the first half after ${changed.halfSeconds.toFixed(1)} s; memory at most ${megabytes(changed.halfMemory)} MB in the first half, ${megabytes(changed.memory)} MB in the second`,
        `killed on the way: ${killed.phones.toLocaleString('en')} of ${devices.toLocaleString('en')} phones told in the end, ${killed.pushes - killed.phones} pushes twice, ${killed.seconds.toFixed(1)} s in all`,
        `${rounds} rounds in turns, medians; durable PostgreSQL, service and server on one machine; the double of the service is one process and the limit of both.`,
        `Node ${process.version}; ${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, load average ${load.toFixed(1)} before, ${loadavg()[0]?.toFixed(1)} after.`,
      ],
    };
  } finally {
    apple.disconnect();
    await remove();
  }
}

const megabytes = (bytes: number): string => (bytes / 1_048_576).toFixed(0);

async function startReady(
  script: string,
  { ground, service }: Field,
  options: ForkOptions = {},
): Promise<ChildProcess> {
  const given = [JSON.stringify(ground), JSON.stringify(service)];
  const child = fork(join(import.meta.dirname, 'pushes', `${script}.ts`), given, options);
  await once(child, 'message');
  return child;
}

/** Our server in Node as `npm start` runs it. */
const startWorker = (field: Field): Promise<ChildProcess> =>
  startReady('worker', field, {
    execArgv: serverArguments(),
    env: serverEnvironment(join(import.meta.dirname, '..')),
  });

async function ask<T>(child: ChildProcess, question: string | number): Promise<T> {
  const answer = once(child, 'message');
  child.send(question);
  return (await answer)[0] as T;
}

const askWorker = async <T>(worker: ChildProcess, word: Word): Promise<T> =>
  (await ask<{ answer: T }>(worker, word)).answer;

async function end(child: ChildProcess, signal?: NodeJS.Signals): Promise<void> {
  const gone = once(child, 'exit');
  if (signal) child.kill(signal);
  else child.disconnect();
  await gone;
}

/** Waits until so many different phones were told. Throws when they never are. */
async function untilTold({ apple }: Field, phones: number): Promise<AppleCount> {
  const until = performance.now() + PATIENCE_MINUTES * 60_000;
  while (performance.now() < until) {
    const count = await ask<AppleCount>(apple, 'count');
    if (count.phones >= phones) return count;
    await wait(LOOK_EVERY_MILLISECONDS);
  }
  throw new Error(`Fewer than ${phones} phones were told.`);
}

async function comparePushes(field: Field, rounds: number) {
  const bare = await startReady('bare', field);
  const worker = await startWorker(field);
  const atRest = await askWorker<number>(worker, 'memory');
  const results = { bare: [] as number[], ours: [] as number[], atRest, memory: 0 };
  try {
    for (let round = 0; round < rounds; round++) {
      results.bare.push(await ask<number>(bare, field.devices));
      await ask(field.apple, 'forget');
      const begun = performance.now();
      await askWorker(worker, 'push');
      await untilTold(field, field.devices);
      results.ours.push((performance.now() - begun) / 1_000);
    }
    results.memory = await askWorker<number>(worker, 'memory');
    return results;
  } finally {
    await Promise.all([end(bare), end(worker)]);
  }
}

async function changeDesign(field: Field) {
  const worker = await startWorker(field);
  try {
    await ask(field.apple, 'forget');
    const begun = performance.now();
    const passed = () => (performance.now() - begun) / 1_000;
    await askWorker(worker, 'change');
    await untilTold(field, Math.ceil(field.devices / 2));
    const halfSeconds = passed();
    const halfMemory = await askWorker<number>(worker, 'memory');
    await untilTold(field, field.devices);
    return { seconds: passed(), halfSeconds, halfMemory, memory: await askWorker<number>(worker, 'memory') };
  } finally {
    await end(worker);
  }
}

async function killOnTheWay(field: Field) {
  const first = await startWorker(field);
  await ask(field.apple, 'forget');
  const begun = performance.now();
  await askWorker(first, 'change');
  await untilTold(field, Math.ceil(field.devices / 3));
  await end(first, 'SIGKILL');
  const second = await startWorker(field);
  try {
    const count = await untilTold(field, field.devices);
    return { ...count, seconds: (performance.now() - begun) / 1_000 };
  } finally {
    await end(second);
  }
}
