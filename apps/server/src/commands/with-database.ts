import type { Config } from '../platform/config.ts';
import { claimDataFolder } from '../platform/data-folder/index.ts';
import { type Database, migrate, openDatabase } from '../platform/database/index.ts';
import { StartRefused, startEmbeddedPostgres } from '../platform/embedded-postgres/index.ts';

/** Runs a command on the migrated database: one's own server, or the embedded one while nobody else holds its folder. */
export async function withDatabase<T>(config: Config, work: (database: Database) => Promise<T>): Promise<T> {
  const { dataFolder, databaseUrl } = config;
  const claim = databaseUrl ? null : await claimDataFolder(dataFolder);
  if (claim && !claim.ok) {
    throw new StartRefused('Tessera runs with this data folder. Stop it first (Ctrl-C), then try again.');
  }
  const postgres = databaseUrl ? null : await startEmbeddedPostgres({ dataFolder });
  try {
    const connectionString = databaseUrl ?? postgres!.connectionString;
    await migrate({ connectionString });
    const database = openDatabase({ connectionString, size: 2 });
    try {
      return await work(database);
    } finally {
      await database.end();
    }
  } finally {
    await postgres?.stop();
    if (claim?.ok) await claim.release();
  }
}
