import { mkdir, realpath, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Client } from 'pg';
import { chooseAccount, type Way } from './account.ts';
import { findBinaries } from './binaries.ts';
import { type Cluster, clusterOwner, prepareCluster, superuser } from './cluster.ts';
import { clearOrphans } from './orphans.ts';
import { startServer } from './server.ts';

export type { Way } from './account.ts';
export { StartRefused } from './refusal.ts';

export interface StartEmbeddedPostgres {
  /** The program's data folder; made when it is missing. The cluster lies in `postgres` below it. */
  readonly dataFolder: string;
  /** Hears one sentence for each thing that takes time. */
  readonly log?: ((sentence: string) => void) | undefined;
  /** False switches off everything that makes data survive a crash of the machine. Only for tests. */
  readonly durable?: boolean | undefined;
  /** Runs PostgreSQL in this way or not at all; else the first that works is taken. */
  readonly way?: Way | undefined;
  /** Where root keeps what an unprivileged user must reach, when the checkout and the data folder are closed to him. */
  readonly sharedFolder?: string | undefined;
}

export interface EmbeddedPostgres {
  /** For the superuser, on the database `tessera`. Contains the password: never log it. */
  readonly connectionString: string;
  readonly port: number;
  /** How the server is run; `doctor` shows it. */
  readonly how: Way;
  /** Where the cluster lies. */
  readonly folder: string;
  /** Resolves when the server has ended; true when nobody had asked it to. */
  readonly ended: Promise<boolean>;
  /** Ends the server in good order (fast shutdown). */
  stop(): Promise<void>;
  /** Ends the server and deletes the cluster. For tests. */
  remove(): Promise<void>;
}

/**
 * Starts the PostgreSQL that came with npm in the data folder, as whoever we are; makes the cluster the first time.
 * The caller must hold the folder (`claimDataFolder`): two servers on one cluster are not guarded against here.
 *
 * Throws {@link StartRefused} with a sentence for the user when it cannot be done on this machine.
 */
export async function startEmbeddedPostgres(options: StartEmbeddedPostgres): Promise<EmbeddedPostgres> {
  const { durable = true, log = () => undefined, sharedFolder = '/var/lib/tessera' } = options;
  await mkdir(options.dataFolder, { recursive: true, mode: 0o700 });
  const dataFolder = await realpath(options.dataFolder);
  const binaries = await findBinaries();
  const owner = await clusterOwner(dataFolder);
  const account = await chooseAccount({ binaries, dataFolder, sharedFolder, way: options.way, clusterOwner: owner });
  const cluster = await prepareCluster({ dataFolder, account, sharedFolder, durable });
  if (owner === undefined) log(`The database lies in ${cluster.folder}`);
  await clearOrphans(cluster.folder, cluster.name);
  const server = await startServer({ account, cluster, durable, logFile: join(dataFolder, 'postgres.log') });
  try {
    await ensureDatabase(cluster, server.port);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return {
    connectionString: connectionString(cluster, server.port, 'tessera'),
    port: server.port,
    how: account.way,
    folder: cluster.folder,
    ended: server.ended,
    stop: () => server.stop(),
    async remove() {
      await server.stop();
      const elsewhere = dirname(cluster.folder) !== dataFolder;
      await rm(elsewhere ? dirname(cluster.folder) : cluster.folder, { recursive: true, force: true });
      await rm(join(dataFolder, 'postgres-location'), { force: true });
      await rm(join(dataFolder, 'postgres-password'), { force: true });
    },
  };
}

function connectionString(cluster: Cluster, port: number, database: string): string {
  return `postgres://${superuser}:${cluster.password}@127.0.0.1:${port}/${database}`;
}

async function ensureDatabase(cluster: Cluster, port: number): Promise<void> {
  const client = new Client({ connectionString: connectionString(cluster, port, 'postgres') });
  await client.connect();
  try {
    const found = await client.query(`select 1 from pg_database where datname = 'tessera'`);
    if (found.rowCount === 0) await client.query('create database tessera');
  } finally {
    await client.end();
  }
}
