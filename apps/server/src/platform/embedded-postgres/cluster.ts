import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chown, cp, lstat, mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Account } from './account.ts';
import { program, trustedFolder } from './binaries.ts';
import { StartRefused } from './refusal.ts';

/** A database cluster on disk, ready to be started. */
export interface Cluster {
  readonly folder: string;
  /** Stands in the title of every child process, so that a later start knows them again. */
  readonly name: string;
  readonly password: string;
}

export const superuser = 'tessera';

/** The owner of the cluster of a data folder, wherever it lies; undefined when there is none. */
export async function clusterOwner(dataFolder: string): Promise<{ uid: number; gid: number } | undefined> {
  const folder = (await locationFile(dataFolder)) ?? join(dataFolder, 'postgres');
  const found = await lstat(join(folder, 'PG_VERSION')).catch(() => undefined);
  return found && { uid: found.uid, gid: found.gid };
}

async function locationFile(dataFolder: string): Promise<string | undefined> {
  const content = await readFile(join(dataFolder, 'postgres-location'), 'utf8').catch(() => undefined);
  return content?.trim();
}

/**
 * Finds the cluster of a data folder or makes it. A cluster is made under another name and renamed when it is whole,
 * so that a start that was broken off leaves nothing that looks like a database.
 */
export async function prepareCluster(options: {
  readonly dataFolder: string;
  readonly account: Account;
  readonly sharedFolder: string;
  readonly durable: boolean;
}): Promise<Cluster> {
  const { dataFolder, account, durable } = options;
  const folder = await placeOf(options);
  const passwordFile = join(dataFolder, 'postgres-password');
  const version = await readFile(join(folder, 'PG_VERSION'), 'utf8').catch(() => undefined);
  if (version === undefined) {
    await removeHalfMade(folder);
    const password = randomBytes(32).toString('base64url');
    await makeCluster({ folder, account, password, durable });
    await writeSecret(passwordFile, password);
    // Last of all: a cluster counts from the moment it bears its name, and then its password is known.
    await rename(halfMade(folder), folder);
    if (durable) await syncFolder(dirname(folder));
  } else {
    assertSameMajor(version.trim(), account.binaries.version);
  }
  const password = await readFile(passwordFile, 'utf8').catch(() => undefined);
  if (password === undefined) {
    throw new StartRefused(
      `The database is there (${folder}), but the file with its password is missing (${passwordFile}). Bring it back from a backup.`,
    );
  }
  const hash = createHash('sha256').update(folder).digest('hex').slice(0, 12);
  return { folder, name: `tessera-${hash}`, password: password.trim() };
}

/** Where the cluster lies: in the data folder, or elsewhere when the user who runs it cannot get in there. */
async function placeOf(options: { dataFolder: string; account: Account; sharedFolder: string }): Promise<string> {
  const { dataFolder, account, sharedFolder } = options;
  const inPlace = join(dataFolder, 'postgres');
  const elsewhere = await locationFile(dataFolder);
  if (elsewhere !== undefined) return claimElsewhere(elsewhere, dataFolder);
  const owner = await clusterOwner(dataFolder);
  if (account.reachesDataFolder) {
    // Made in a user namespace that this machine no longer allows: the files are root's.
    if (owner && account.user && owner.uid !== account.user.uid) await giveTo(inPlace, account);
    return inPlace;
  }
  const shared = await trustedFolder(sharedFolder);
  if (shared === undefined) {
    throw new StartRefused(
      `PostgreSQL must not run as root, and no other user can reach ${dataFolder}. Choose a data folder that others may ` +
        'enter (TESSERA_DATA_DIR), start as an ordinary user, or set DATABASE_URL to a PostgreSQL server of your own.',
    );
  }
  const folder = join(shared, `data-${randomBytes(6).toString('hex')}`);
  await mkdir(folder, { mode: 0o711 });
  await writeFile(join(folder, 'belongs-to'), `${dataFolder}\n`, { mode: 0o600 });
  const moved = join(folder, 'postgres');
  if (owner) await moveCluster(inPlace, moved, account);
  await writeSecret(join(dataFolder, 'postgres-location'), `${moved}\n`);
  return moved;
}

/** A data folder that was copied points at the original's database: two programs on one would ruin it. */
async function claimElsewhere(folder: string, dataFolder: string): Promise<string> {
  const note = join(dirname(folder), 'belongs-to');
  const owner = (await readFile(note, 'utf8').catch(() => '')).trim();
  if (owner === dataFolder) return folder;
  const rival = owner === '' ? undefined : await locationFile(owner);
  if (rival === folder) {
    throw new StartRefused(
      `This data folder is a copy of ${owner}, whose database lies in ${folder}. ` +
        'Delete the file postgres-location here to begin with an empty database.',
    );
  }
  await writeFile(note, `${dataFolder}\n`, { mode: 0o600 });
  return folder;
}

/** A namespace that is forbidden since yesterday leaves the cluster where its new user cannot go. */
async function moveCluster(from: string, to: string, account: Account): Promise<void> {
  const half = `${to}.moving`;
  await cp(from, half, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
  await giveTo(half, account);
  await rename(half, to);
  await rename(from, `${from}.moved-${Date.now()}`);
}

/** Hands a tree over to the user who runs PostgreSQL. */
async function giveTo(folder: string, account: Account): Promise<void> {
  if (!account.user) return;
  const { uid, gid } = account.user;
  await chown(folder, uid, gid);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) await chown(join(entry.parentPath, entry.name), uid, gid);
  }
}

async function makeCluster(options: {
  readonly folder: string;
  readonly account: Account;
  readonly password: string;
  readonly durable: boolean;
}): Promise<void> {
  const { folder, account, password, durable } = options;
  const half = halfMade(folder);
  await mkdir(half, { mode: 0o700 });
  const passwordFile = `${half}.password`;
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (account.user) {
    await chown(half, account.user.uid, account.user.gid);
    await chown(passwordFile, account.user.uid, account.user.gid);
  }
  try {
    // C.UTF-8 of PostgreSQL itself: the same order on every system, and Cyrillic letters have cases. The system's own
    // locale still decides what a letter is for pg_trgm, and not every system has the same names.
    let problem = '';
    for (const locale of ['C.UTF-8', 'en_US.UTF-8', 'C']) {
      problem = await initdb({ half, locale, passwordFile, account, durable });
      if (!problem.includes('invalid locale')) break;
    }
    if (problem !== '') throw new StartRefused(`The database could not be made in ${dirname(folder)}: ${problem}`);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

/** Runs initdb; answers with what went wrong, empty when all is well. */
async function initdb(options: {
  readonly half: string;
  readonly locale: string;
  readonly passwordFile: string;
  readonly account: Account;
  readonly durable: boolean;
}): Promise<string> {
  const { half, locale, passwordFile, account, durable } = options;
  const [file = '', ...rest] = [
    ...account.prefix,
    program(account.binaries, 'initdb'),
    `--pgdata=${half}`,
    `--username=${superuser}`,
    '--auth=scram-sha-256',
    `--pwfile=${passwordFile}`,
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    `--locale=${locale}`,
    '--text-search-config=simple',
    '--no-instructions',
    ...(durable ? [] : ['--no-sync']),
  ];
  const child = spawn(file, rest, {
    ...account.user,
    cwd: half,
    env: bareEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    if (said.length < 4_000) said += chunk.toString();
  });
  const [code, signal] = await once(child, 'close');
  return code === 0 ? '' : said.trim() || `initdb ended with ${String(code ?? signal)}`;
}

/** The caller's PG… variables must not steer the embedded server, and its own messages stay in one language. */
export function bareEnvironment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot, TEMP, TMP } = process.env;
  const kept = Object.entries({ PATH, SystemRoot, TEMP, TMP }).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(kept), LC_MESSAGES: 'C', TZ: 'UTC' };
}

function halfMade(folder: string): string {
  return `${folder}.making`;
}

async function removeHalfMade(folder: string): Promise<void> {
  const prefix = basename(halfMade(folder));
  for (const name of await readdir(dirname(folder))) {
    if (name.startsWith(prefix)) await rm(join(dirname(folder), name), { recursive: true, force: true });
  }
}

function assertSameMajor(dataVersion: string, binariesVersion: string): void {
  if (binariesVersion.startsWith(`${dataVersion}.`)) return;
  throw new StartRefused(
    `The database was made by PostgreSQL ${dataVersion}, the bundled one is ${binariesVersion}. ` +
      `Start the Tessera release that made it, or move the data to a PostgreSQL server of your own (DATABASE_URL).`,
  );
}

async function writeSecret(path: string, content: string): Promise<void> {
  const half = `${path}.writing`;
  const file = await open(half, 'w', 0o600);
  await file.writeFile(content);
  await file.sync();
  await file.close();
  await rename(half, path);
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  await handle.sync();
  await handle.close();
}
