import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Account } from './account.ts';
import { program } from './binaries.ts';
import { bareEnvironment, type Cluster } from './cluster.ts';
import { StartRefused } from './refusal.ts';
import { openServerLog } from './server-log.ts';

/** A running database server. */
export interface Server {
  readonly port: number;
  /** Resolves when the server has ended, with true if nobody had asked it to. */
  readonly ended: Promise<boolean>;
  /** Ends it: sessions are cut, everything committed is on disk. Harmless when called again. */
  stop(): Promise<void>;
}

interface StartServer {
  readonly account: Account;
  readonly cluster: Cluster;
  readonly logFile: string;
  readonly durable: boolean;
}

const startTimeoutMs = 60_000;

/** Starts the server on a free port of 127.0.0.1 and waits until it takes connections. */
export async function startServer(options: StartServer): Promise<Server> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const outcome = await startOn(port, options);
    if (typeof outcome !== 'string') return outcome;
    // Between choosing a port and taking it somebody else may have been quicker.
    if (attempt === 5 || !outcome.includes('Address already in use')) {
      throw new StartRefused(
        `PostgreSQL did not start: ${outcome || 'it said nothing'}. Its log is ${options.logFile}`,
      );
    }
  }
}

async function startOn(port: number, options: StartServer): Promise<Server | string> {
  const { account, cluster, logFile } = options;
  const log = await openServerLog(logFile);
  const logBegins = (await readFile(logFile, 'utf8')).length;
  const [file = '', ...rest] = [
    ...account.prefix,
    program(account.binaries, 'postgres'),
    ...['-D', cluster.folder],
    ...settings(options, port).flatMap((setting) => ['-c', setting]),
  ];
  // Detached: Ctrl-C in the terminal must reach us and not the database, which is still needed for an orderly end.
  const child = spawn(file, rest, {
    ...account.user,
    cwd: cluster.folder,
    env: bareEnvironment(),
    detached: true,
    stdio: ['ignore', 'ignore', log.descriptor],
  });
  const exit = once(child, 'exit').then(
    () => undefined,
    () => undefined,
  );
  void exit.then(() => log.close());
  if (!(await becomesReady(child, cluster.folder))) {
    const said = (await readFile(logFile, 'utf8').catch(() => '')).slice(logBegins).trim().split('\n');
    return said.slice(-3).join(' ').slice(0, 1_000);
  }
  return running({ child, exit, port, options });
}

/** The server writes its state into the last line of its lock file, for pg_ctl and for us. */
async function becomesReady(child: ChildProcess, folder: string): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < startTimeoutMs; waitedMs += 5) {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return false;
    const lines = (await readFile(join(folder, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
    if (Number(lines[0]) === child.pid && lines[7]?.startsWith('ready')) return true;
    await sleep(5);
  }
  child.kill('SIGQUIT');
  return false;
}

function running(given: { child: ChildProcess; exit: Promise<void>; port: number; options: StartServer }): Server {
  const { child, exit, port, options } = given;
  const watcher = watchUs(child);
  let asked: Promise<void> | undefined;
  // For every end of our process that still runs JavaScript: an uncaught error, process.exit().
  const atExit = () => signal(child, 'SIGINT');
  process.once('exit', atExit);
  const ended = exit.then(() => {
    process.off('exit', atExit);
    watcher?.kill('SIGKILL');
    return asked === undefined;
  });
  child.unref();
  return {
    port,
    ended,
    stop() {
      asked ??= stopServer(child, exit, options).then(async () => void (await ended));
      return asked;
    },
  };
}

/**
 * A shell that waits for the end of our standard input to it: the kernel closes that even when we die by `kill -9`,
 * and the database then does not stay behind alone. Is it killed too, the next start clears up (orphans.ts).
 */
function watchUs(child: ChildProcess): ChildProcess | undefined {
  if (process.platform === 'win32') return undefined;
  const script = `read -r _; kill -INT ${child.pid}`;
  const watcher = spawn('/bin/sh', ['-c', script], { cwd: '/', detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  watcher.on('error', () => undefined);
  watcher.unref();
  if (watcher.stdin && 'unref' in watcher.stdin && typeof watcher.stdin.unref === 'function') watcher.stdin.unref();
  return watcher;
}

async function stopServer(child: ChildProcess, exit: Promise<void>, options: StartServer): Promise<void> {
  if (process.platform === 'win32') {
    const pgCtl = program(options.account.binaries, 'pg_ctl');
    await promisify(execFile)(pgCtl, ['stop', '-D', options.cluster.folder, '-m', 'fast', '-w']).catch(() => undefined);
  }
  for (const [name, waitMs] of [
    ['SIGINT', 30_000],
    ['SIGQUIT', 5_000],
  ] as const) {
    if (child.exitCode !== null || child.signalCode !== null) return;
    signal(child, name);
    const patience = new AbortController();
    const gone = await Promise.race([
      exit.then(() => true),
      sleep(waitMs, false, { signal: patience.signal }).catch(() => false),
    ]);
    patience.abort();
    if (gone) return;
  }
  signal(child, 'SIGKILL');
  await exit;
}

function signal(child: ChildProcess, name: NodeJS.Signals): void {
  try {
    child.kill(name);
  } catch {
    // It is gone already.
  }
}

function settings({ cluster, durable }: StartServer, port: number): string[] {
  return [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    // Everything goes over the loopback: a socket file would need a folder that both users can enter.
    'unix_socket_directories=',
    `cluster_name=${cluster.name}`,
    'max_connections=100',
    'shared_buffers=128MB',
    'max_wal_size=1GB',
    'wal_compression=on',
    'checkpoint_timeout=15min',
    'random_page_cost=1.1',
    // Short statements only: compiling them costs more than it brings.
    'jit=off',
    'timezone=UTC',
    'log_timezone=UTC',
    // A refused statement goes to whoever sent it; its values may be personal data and stay out of the log.
    'log_min_messages=log',
    'log_min_error_statement=panic',
    'log_error_verbosity=terse',
    'log_checkpoints=off',
    ...(durable
      ? []
      : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'wal_level=minimal', 'max_wal_senders=0']),
  ];
}

async function freePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a numeric port.');
  return address.port;
}
