import pg from 'pg';

/** Any constant: whoever holds this advisory lock sets the database up, the others wait. */
const SET_UP_LOCK = 7_405_926_132;

/**
 * Runs work while no other process on this database runs such work. The turn ends with the process, however it ends.
 */
export async function inTurnOfProcesses<T>(connectionString: string, work: () => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString, keepAlive: true });
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [SET_UP_LOCK]);
    return await work();
  } finally {
    await client.end();
  }
}
