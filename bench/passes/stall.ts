/**
 * Does building cards in bulk disturb the HTTP server of the same process? A server answers `GET /healthz` while it
 * builds; this process asks it every few milliseconds, first at rest, then during the build.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { percentile } from '../report.ts';

const pauseMs = 4;

/** Sentences with p50, p99 and the longest answer, at rest and under load. */
export async function measureStall(folder: string, seconds: number): Promise<string[]> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'stall-server.ts'), folder], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    const [port] = await once(child, 'message');
    await ping(port, agent, 0.5);
    const idle = await ping(port, agent, seconds);
    const built = askForBulk(child, seconds + 0.5);
    await sleep(250);
    const busy = await ping(port, agent, seconds);
    return [describe('at rest', idle), describe(`while building ${Math.round(await built)} cards a second`, busy)];
  } finally {
    agent.destroy();
    child.kill();
  }
}

async function askForBulk(child: ChildProcess, seconds: number): Promise<number> {
  child.send({ seconds });
  const [perSecond] = await once(child, 'message');
  return Number(perSecond);
}

async function ping(port: number, agent: Agent, seconds: number): Promise<number[]> {
  const times: number[] = [];
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end) {
    const start = performance.now();
    await new Promise<void>((resolve, reject) => {
      get({ host: '127.0.0.1', port, path: '/healthz', agent }, (response) => {
        response.resume().once('end', resolve);
      }).once('error', reject);
    });
    times.push(performance.now() - start);
    await sleep(pauseMs);
  }
  return times;
}

function describe(when: string, times: readonly number[]): string {
  const [p50, p99, longest] = [0.5, 0.99, 1].map((share) => percentile(times, share).toFixed(2));
  return `GET /healthz ${when}: p50 ${p50} ms, p99 ${p99} ms, longest ${longest} ms (${times.length} requests).`;
}
