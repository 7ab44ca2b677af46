import { execFile } from 'node:child_process';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { StartRefused } from './refusal.ts';

interface FoundProcess {
  readonly pid: number;
  readonly command: string;
}

/**
 * Stops whatever is left of an earlier run on this cluster and removes the lock file it left behind.
 *
 * After `kill -9` of the program the server may still run; after a crash of everything the process number in
 * `postmaster.pid` may belong to a stranger by now, and PostgreSQL would wait for him for ever. So a process counts as ours
 * only by its command line: the server names the cluster's folder, its children carry the cluster's name.
 */
export async function clearOrphans(cluster: string, clusterName: string): Promise<void> {
  // Windows lets nobody else read a command line; PostgreSQL judges its own lock file there.
  if (process.platform === 'win32') return;
  const lockFile = join(cluster, 'postmaster.pid');
  if ((await readFile(lockFile, 'utf8').catch(() => undefined)) === undefined) return;
  const isServer = ({ command }: FoundProcess) => command.includes('postgres') && command.includes(` -D ${cluster} `);
  const isChild = ({ command }: FoundProcess) => command.startsWith(`postgres: ${clusterName}: `);
  const find = async () => (await processes()).filter((found) => isServer(found) || isChild(found));
  const stages = [
    { signal: 'SIGINT', waitMs: 20_000 },
    { signal: 'SIGQUIT', waitMs: 5_000 },
    { signal: 'SIGKILL', waitMs: 5_000 },
  ] as const;
  for (const { signal, waitMs } of stages) {
    let left = await find();
    // A server alone is told to stop and takes its children along; children without one are told themselves.
    const told = left.some(isServer) && signal !== 'SIGKILL' ? left.filter(isServer) : left;
    for (const { pid } of told) sendSignal(pid, signal === 'SIGINT' && !left.some(isServer) ? 'SIGQUIT' : signal);
    for (let waited = 0; left.length > 0 && waited < waitMs; waited += 25) {
      await sleep(25);
      left = await find();
    }
    if (left.length === 0) {
      await rm(lockFile, { force: true });
      return;
    }
  }
  throw new StartRefused(
    'An earlier PostgreSQL still runs on this data folder and does not stop. End it, then start again.',
  );
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has just ended by itself.
  }
}

async function processes(): Promise<FoundProcess[]> {
  if (process.platform === 'linux') {
    const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
    return Promise.all(pids.map(async (pid) => ({ pid: Number(pid), command: await commandLine(pid) })));
  }
  const { stdout } = await promisify(execFile)('ps', ['-axww', '-o', 'pid=,command='], { maxBuffer: 32 * 1024 * 1024 });
  return stdout.split('\n').flatMap((line) => {
    const match = /^\s*(\d+)\s+(.*)$/.exec(line);
    return match ? [{ pid: Number(match[1]), command: match[2] ?? '' }] : [];
  });
}

async function commandLine(pid: string): Promise<string> {
  return (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' ');
}
