import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, readFile, stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { dirname } from 'node:path';
import { type Binaries, copyBinaries, program, trustedFolder } from './binaries.ts';
import { StartRefused } from './refusal.ts';

/**
 * PostgreSQL refuses to run as root. `own-user`: we are somebody else, nothing to do. `user-namespace`: root, seen from
 * inside as nobody, with the files where they are. `other-user`: root starts it as an unprivileged user of the machine.
 */
export type Way = 'own-user' | 'user-namespace' | 'other-user';

/** Under which account, and with which binaries, the programs of PostgreSQL are run. */
export interface Account {
  readonly way: Way;
  readonly binaries: Binaries;
  /** What stands before the program on the command line. */
  readonly prefix: readonly string[];
  /** Set when the programs run as another user than ours. */
  readonly user?: { readonly uid: number; readonly gid: number };
  /** False when that user cannot get into the data folder, so that the cluster must lie elsewhere. */
  readonly reachesDataFolder: boolean;
}

export interface ChooseAccount {
  readonly binaries: Binaries;
  readonly dataFolder: string;
  /** Takes this way or none; tests use it. */
  readonly way?: Way | undefined;
  /** Where root may keep what an unprivileged user has to reach. */
  readonly sharedFolder: string;
  /** The owner of a cluster that already lies in the data folder. */
  readonly clusterOwner?: { readonly uid: number; readonly gid: number } | undefined;
}

/** Chooses how PostgreSQL can be run here, and tries it. Throws `StartRefused` when no way works. */
export async function chooseAccount(options: ChooseAccount): Promise<Account> {
  const root = process.getuid?.() === 0;
  const { way, clusterOwner } = options;
  if (way === 'own-user' || (way === undefined && !root && hasName())) return ownUser(options);
  // A cluster that somebody else began is carried on under his name, or he could never start it again.
  if (root && way === undefined && clusterOwner && clusterOwner.uid !== 0) return otherUser(options, clusterOwner);
  if (way !== 'other-user') {
    const namespace = await userNamespace(options);
    if (namespace) return namespace;
  }
  if (root && way !== 'user-namespace') return otherUser(options, await unprivilegedUser());
  throw new StartRefused(
    'The bundled PostgreSQL cannot be run under this account: user namespaces are forbidden here. ' +
      'Start Tessera as an ordinary user of this machine, or set DATABASE_URL to a PostgreSQL server of your own.',
  );
}

async function ownUser({ binaries }: ChooseAccount): Promise<Account> {
  const account: Account = { way: 'own-user', binaries, prefix: [], reachesDataFolder: true };
  await assertRuns(account);
  return account;
}

async function userNamespace({ binaries, dataFolder }: ChooseAccount): Promise<Account | undefined> {
  if (process.platform !== 'linux') return undefined;
  const { uid, gid } = await unprivilegedUser();
  const prefix = ['unshare', '--user', `--map-user=${uid}`, `--map-group=${gid}`, '--'];
  const account: Account = { way: 'user-namespace', binaries, prefix, reachesDataFolder: true };
  // Inside the namespace root's power over other people's files is gone, so both folders are tried, not only the call.
  const tried = ['sh', '-c', 'test -w "$0" && exec "$1" --version', dataFolder, program(binaries, 'postgres')];
  return (await run([...prefix, ...tried])) === undefined ? account : undefined;
}

async function otherUser(options: ChooseAccount, user: { uid: number; gid: number }): Promise<Account> {
  const shared = (await everybodyEnters(options.binaries.folder))
    ? undefined
    : await trustedFolder(options.sharedFolder);
  const inPlace = await everybodyEnters(dirname(options.dataFolder));
  // The secrets in the data folder are files of mode 0600; passing through the folder shows none of them.
  if (inPlace) await chmod(options.dataFolder, 0o711);
  const binaries = shared === undefined ? options.binaries : await copyBinaries(options.binaries, shared);
  const account: Account = { way: 'other-user', binaries, prefix: [], user, reachesDataFolder: inPlace };
  await assertRuns(account);
  return account;
}

async function assertRuns(account: Account): Promise<void> {
  const problem = await run([program(account.binaries, 'postgres'), '--version'], account.user);
  if (problem === undefined) return;
  throw new StartRefused(
    `The bundled PostgreSQL cannot be run here (${problem}). Set DATABASE_URL to a PostgreSQL server of your own.`,
  );
}

/** Runs a command; undefined when it ended well, else what it said. */
async function run(command: readonly string[], user?: { uid: number; gid: number }): Promise<string | undefined> {
  const [file = '', ...rest] = command;
  const child = spawn(file, rest, { ...user, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'], timeout: 10_000 });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    if (said.length < 500) said += chunk.toString();
  });
  try {
    const [code, signal] = await once(child, 'close');
    return code === 0 ? undefined : said.trim() || `it ended with ${String(code ?? signal)}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Whether any user of the machine may pass through this folder and all above it. */
async function everybodyEnters(folder: string): Promise<boolean> {
  for (let at = folder; ; at = dirname(at)) {
    if (((await stat(at)).mode & 0o001) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

/** The machine's `postgres` or `nobody`: initdb insists on a user with a name. */
async function unprivilegedUser(): Promise<{ uid: number; gid: number }> {
  const lines = (await readFile('/etc/passwd', 'utf8').catch(() => '')).split('\n').map((line) => line.split(':'));
  const line = lines.find(([name]) => name === 'postgres') ?? lines.find(([name]) => name === 'nobody');
  const [uid, gid] = [Number(line?.[2]), Number(line?.[3])];
  return uid > 0 && gid > 0 ? { uid, gid } : { uid: 65_534, gid: 65_534 };
}

/** Containers may run us under a bare number; initdb then needs a name from a namespace. */
function hasName(): boolean {
  try {
    return userInfo().username !== '';
  } catch {
    return false;
  }
}
