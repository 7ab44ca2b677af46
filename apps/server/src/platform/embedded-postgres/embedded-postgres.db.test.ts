import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { copyBinaries, findBinaries, program, trustedFolder } from './binaries.ts';
import { type EmbeddedPostgres, StartRefused, startEmbeddedPostgres, type Way } from './index.ts';

const root = process.getuid?.() === 0;
const namespaces = spawnSync('unshare', ['--user', '--map-user=65534', '--map-group=65534', '--', 'true']).status === 0;
// Each machine shows the ways it has: an ordinary user one, root one or two.
const ways: Way[] = root ? ['other-user', ...(namespaces ? (['user-namespace'] as const) : [])] : ['own-user'];

// Most tests make a cluster or two, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let folder: string;
let dataFolder: string;
let sharedFolder: string;
let running: EmbeddedPostgres[] = [];
let children: ChildProcess[] = [];

beforeAll(async () => {
  // One for all tests: where the checkout is closed to others, each would copy the binaries anew.
  sharedFolder = await mkdtemp(join(tmpdir(), 'tessera-shared-'));
  await chmod(sharedFolder, 0o755);
});
afterAll(() => rm(sharedFolder, { recursive: true, force: true }));
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tessera-postgres-'));
  await chmod(folder, 0o755);
  dataFolder = join(folder, 'data');
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  // Several may stand for one cluster: none is deleted while another still runs on it.
  for (const postgres of running) await postgres.stop();
  for (const postgres of running) await postgres.remove();
  running = [];
  children = [];
  await rm(folder, { recursive: true, force: true });
});

async function start(options: { way?: Way; durable?: boolean; dataFolder?: string } = {}): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ dataFolder, sharedFolder, durable: false, ...options });
  running.push(postgres);
  return postgres;
}

async function query(connectionString: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Another program that starts PostgreSQL, writes one row and stays; `atInterrupt` is what it does on SIGINT. */
async function startElsewhere(atInterrupt = 'process.exit(1)') {
  const script = `
    import { startEmbeddedPostgres } from ${JSON.stringify(new URL('./index.ts', import.meta.url).href)};
    import pg from 'pg';
    const postgres = await startEmbeddedPostgres(${JSON.stringify({ dataFolder, sharedFolder })});
    const client = new pg.Client({ connectionString: postgres.connectionString });
    client.on('error', () => undefined);
    await client.connect();
    await client.query('create table kept as select 7 as points');
    process.on('SIGINT', async () => { ${atInterrupt} });
    console.log('ready');
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    cwd: import.meta.dirname,
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const [line] = await once(child.stdout, 'data');
  if (!String(line).startsWith('ready')) throw new Error(`The other program said: ${line}`);
  return child;
}

async function serverPid(): Promise<number> {
  return Number((await readFile(join(dataFolder, 'postgres/postmaster.pid'), 'utf8')).split('\n')[0]);
}

/** A process that has ended but that nobody has waited for (state Z) counts as gone. */
function alive(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return /^[^Z]/.test(stdout.trim());
}

async function untilGone(pid: number): Promise<void> {
  while (alive(pid)) await sleep(20);
}

/** The shell beside the server that notices our end. */
function watcherOf(pid: number): number {
  const line = execFileSync('ps', ['-axww', '-o', 'pid=,command='], { encoding: 'utf8' })
    .split('\n')
    .find((each) => each.includes(`read -r _; kill -INT ${pid}`));
  return Number.parseInt(line ?? '', 10);
}

describe.each(ways)('PostgreSQL run as %s', (way) => {
  test('is made on the first start, keeps its data for the second, and ends when told to', async () => {
    const first = await start({ way, durable: true });
    expect(first.how).toBe(way);
    await query(first.connectionString, 'create table kept as select 7 as points');
    const pid = await serverPid();
    await first.stop();
    expect(alive(pid)).toBe(false);
    expect(await first.ended).toBe(false);
    const second = await start({ way, durable: true });
    expect(await query(second.connectionString, 'select points from kept')).toEqual([{ points: 7 }]);
  });

  test('is carried on by a start that is free to choose another way', async () => {
    const first = await start({ way });
    await query(first.connectionString, 'create table kept as select 7 as points');
    await first.stop();
    const second = await start();
    expect(await query(second.connectionString, 'select points from kept')).toEqual([{ points: 7 }]);
  });

  test('starts in a folder that only its owner may enter', async () => {
    const closed = join(folder, 'closed');
    await mkdir(closed, { mode: 0o700 });
    const postgres = await start({ way, dataFolder: join(closed, 'data') });
    expect(await query(postgres.connectionString, 'select 1 as one')).toEqual([{ one: 1 }]);
    await postgres.stop();
    const again = await start({ way, dataFolder: join(closed, 'data') });
    expect(again.folder).toBe(postgres.folder);
    expect((await stat(closed)).mode & 0o777).toBe(0o700);
  });
});

// Only root can be somebody else, so only root has these to show.
if (root)
  describe('as root', () => {
    test('binaries that nobody else can reach are copied once, and the copy runs for an unprivileged user', async () => {
      const shared = (await trustedFolder(join(folder, 'shared'))) ?? '';
      const copy = await copyBinaries(await findBinaries(), shared);
      const before = await stat(copy.folder);
      const said = execFileSync(program(copy, 'postgres'), ['--version'], { uid: 65_534, gid: 65_534, cwd: '/' });
      expect(String(said)).toContain('PostgreSQL');
      await copyBinaries(await findBinaries(), shared);
      expect((await stat(copy.folder)).ino).toBe(before.ino);
    });

    test('a shared folder that others may write to is not trusted', async () => {
      await mkdir(join(folder, 'shared'));
      await chmod(join(folder, 'shared'), 0o777);
      expect(await trustedFolder(join(folder, 'shared'))).toBeUndefined();
    });

    test('a copy of a data folder whose database lies elsewhere is refused rather than shared', async () => {
      const closed = join(folder, 'closed');
      await mkdir(closed, { mode: 0o700 });
      await start({ way: 'other-user', dataFolder: join(closed, 'data') });
      execFileSync('cp', ['-r', join(closed, 'data'), join(closed, 'copy')]);
      await expect(start({ way: 'other-user', dataFolder: join(closed, 'copy') })).rejects.toThrow(/is a copy of/);
    });
  });

describe('after an accident', () => {
  test('the server ends by itself when the program is killed with kill -9', async () => {
    const program = await startElsewhere();
    const pid = await serverPid();
    program.kill('SIGKILL');
    await untilGone(pid);
    const next = await start();
    expect(await query(next.connectionString, 'select points from kept')).toEqual([{ points: 7 }]);
  });

  test('a server that was left alone is stopped and started anew', async () => {
    const program = await startElsewhere();
    const pid = await serverPid();
    process.kill(watcherOf(pid), 'SIGKILL');
    program.kill('SIGKILL');
    await once(program, 'exit');
    expect(alive(pid)).toBe(true);
    const next = await start();
    expect(alive(pid)).toBe(false);
    expect(await query(next.connectionString, 'select points from kept')).toEqual([{ points: 7 }]);
  });

  test('kill -9 of everything does not prevent the next start', async () => {
    const program = await startElsewhere();
    const pid = await serverPid();
    process.kill(watcherOf(pid), 'SIGKILL');
    process.kill(pid, 'SIGKILL');
    program.kill('SIGKILL');
    await once(program, 'exit');
    const next = await start();
    expect(await query(next.connectionString, 'select points from kept')).toEqual([{ points: 7 }]);
  });

  test('a process number in the lock file that now belongs to a stranger does not prevent the start, nor end him', async () => {
    const first = await start();
    const lockFile = join(dataFolder, 'postgres/postmaster.pid');
    const lock = await readFile(lockFile, 'utf8');
    await first.stop();
    const stranger = spawn('sleep', ['600']);
    children.push(stranger);
    await writeFile(lockFile, lock.replace(/^\d+/, String(stranger.pid)));
    const next = await start();
    expect(await query(next.connectionString, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
  });

  test('a first start that was broken off half-way is begun again', async () => {
    await mkdir(join(dataFolder, 'postgres.making'), { recursive: true });
    await writeFile(join(dataFolder, 'postgres.making/PG_VERSION'), '18\n');
    await start();
    expect((await readdir(dataFolder)).filter((name) => name.includes('making'))).toEqual([]);
  });

  test('a server that dies on its own is reported', async () => {
    const postgres = await start();
    process.kill(await serverPid(), 'SIGKILL');
    expect(await postgres.ended).toBe(true);
  });
});

test('Ctrl-C in the terminal reaches the program and not the database, which still answers until it is stopped', async () => {
  const program = await startElsewhere(`
    await new Promise((resolve) => setTimeout(resolve, 100));
    console.log((await client.query('select points from kept')).rows[0].points);
    await client.end();
    await postgres.stop();
    process.exit(0);`);
  const pid = await serverPid();
  // The terminal sends the signal to the whole process group.
  process.kill(-(program.pid ?? Number.NaN), 'SIGINT');
  const [line] = await once(program.stdout, 'data');
  const [code] = await once(program, 'exit');
  expect([String(line).trim(), code, alive(pid)]).toEqual(['7', 0, false]);
});

test('the server does not outlive a program that just exits', async () => {
  const program = await startElsewhere('process.exit(3)');
  const pid = await serverPid();
  process.kill(watcherOf(pid), 'SIGKILL');
  program.kill('SIGINT');
  await once(program, 'exit');
  await untilGone(pid);
});

test('only the password opens the database, and only the owner can read it', async () => {
  const postgres = await start();
  const wrong = new URL(postgres.connectionString);
  wrong.password = 'wrong';
  await expect(query(wrong.href, 'select 1')).rejects.toThrow(/password authentication failed/);
  expect((await stat(join(dataFolder, 'postgres-password'))).mode & 0o777).toBe(0o600);
});

test('the values of a refused statement do not get into the log', async () => {
  const postgres = await start();
  await query(postgres.connectionString, 'create table guest (phone text primary key)');
  const twice = `insert into guest values ('+79990001122'), ('+79990001122')`;
  await expect(query(postgres.connectionString, twice)).rejects.toThrow(/duplicate key/);
  await expect(query(postgres.connectionString, `select '+79990001122x'::int`)).rejects.toThrow();
  expect(await readFile(join(dataFolder, 'postgres.log'), 'utf8')).not.toContain('9990001122');
});

test('a lost password and a database of another major version are refused with a sentence', async () => {
  const postgres = await start();
  await postgres.stop();
  const passwordFile = join(dataFolder, 'postgres-password');
  const password = await readFile(passwordFile);
  await rm(passwordFile);
  await expect(start()).rejects.toThrow(StartRefused);
  await expect(start()).rejects.toThrow(/postgres-password/);
  await writeFile(passwordFile, password);
  await writeFile(join(dataFolder, 'postgres/PG_VERSION'), '17\n');
  await expect(start()).rejects.toThrow(/made by PostgreSQL 17/);
});
