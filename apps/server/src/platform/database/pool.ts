import pg from 'pg';
import { APPLICATION_ROLE, SCHEMA } from './migrate.ts';

const INT8 = 20;
const DATE = 1082;
const TIMESTAMPTZ = 1184;

/** int8 becomes bigint, timestamptz an Instant, date stays text: no value loses anything on its way. */
const types = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === INT8) return BigInt;
    if (oid === TIMESTAMPTZ) return (text: string) => Temporal.Instant.from(text.replace(' ', 'T'));
    if (oid === DATE) return (text: string) => text;
    return pg.types.getTypeParser(oid, format as 'text');
  },
};

/** A statement with a name is prepared once per connection: for the ways that a queue waits for. */
export type Statement = string | { readonly name: string; readonly text: string };
export type Row = Record<string, unknown>;

export type Connection = {
  client: pg.Client;
  /** The company this connection stands for, null at first. Set outside of transactions only. */
  companyId: number | null;
  /** Lost: the server ended it or the network did. Never lent again. */
  lost: boolean;
};

export type Pool = {
  /** Lends a connection that stands for the company; `use` must not keep it. */
  withConnection<T>(companyId: number, use: (connection: Connection) => Promise<T>): Promise<T>;
  /** Lets nobody in any more, waits for the work that runs, closes. */
  end(): Promise<void>;
  statistics(): { open: number; idle: number; waiting: number };
};

export type PoolOptions = {
  connectionString: string;
  /** Connections at most. */
  size?: number;
  /** How long a query may wait for a connection before it is refused. */
  waitMilliseconds?: number;
  onError?: (error: Error) => void;
};

/** Thrown when every connection stayed busy: the caller answers 503. */
export class PoolExhaustedError extends Error {}

type Waiter = { companyId: number; take: (connection: Connection) => void; fail: (error: Error) => void };
type State = { open: number; ended: boolean; idle: Connection[]; lent: Set<Promise<unknown>>; waiters: Waiter[] };

/**
 * A pool that remembers which company each connection stands for. Setting the company in a transaction around each
 * statement costs about 40 % of the throughput of a sale; here it costs one round trip, and only when it changes.
 */
export function createPool(options: PoolOptions): Pool {
  const { connectionString, size = 16, waitMilliseconds = 5_000, onError = () => {} } = options;
  const pool: State = { open: 0, ended: false, idle: [], lent: new Set(), waiters: [] };

  const lose = (connection: Connection) => {
    connection.lost = true;
    pool.idle = pool.idle.filter((one) => one !== connection);
  };

  async function open(): Promise<Connection> {
    pool.open += 1;
    try {
      const client = await connect(connectionString);
      const connection: Connection = { client, companyId: null, lost: false };
      client.on('error', (error) => {
        lose(connection);
        onError(error);
      });
      client.on('end', () => {
        lose(connection);
        pool.open -= 1;
        serveNext();
      });
      return connection;
    } catch (error) {
      pool.open -= 1;
      throw error;
    }
  }

  /**
   * A place became free without a connection coming back (it was lost): a fresh one goes to whoever waits longest when it
   * is there. Nobody is promised it before: his time may run out while it opens, and it would never come back.
   */
  function serveNext(): void {
    if (pool.open >= size || pool.waiters.length === 0) return;
    open().then(
      (connection) => release(connection, false),
      (error) => pool.waiters.shift()?.fail(error),
    );
  }

  async function acquire(companyId: number): Promise<Connection> {
    if (pool.ended) throw new Error('The pool has ended.');
    const same = pool.idle.findLastIndex((connection) => connection.companyId === companyId);
    const idle = same >= 0 ? pool.idle.splice(same, 1)[0] : pool.open < size ? undefined : pool.idle.shift();
    if (idle) return idle;
    if (pool.open < size) return open();
    return waitForOne(pool, companyId, waitMilliseconds);
  }

  function release(connection: Connection, broken: boolean): void {
    if (broken || connection.lost || pool.ended) {
      lose(connection);
      connection.client.end().catch(onError);
      return;
    }
    const waiter = pool.waiters.shift();
    if (waiter) waiter.take(connection);
    else pool.idle.push(connection);
  }

  async function lend<T>(companyId: number, use: (connection: Connection) => Promise<T>): Promise<T> {
    const connection = await acquire(companyId);
    let broken = false;
    try {
      await standFor(connection, companyId);
      return await use(connection);
    } catch (error) {
      broken = !(error instanceof pg.DatabaseError) || error.severity === 'FATAL';
      // A defect in our own code leaves the connection in an unknown state as well: a fresh one is cheap.
      throw error;
    } finally {
      release(connection, broken);
    }
  }

  return {
    async withConnection(companyId, use) {
      const work = lend(companyId, use);
      pool.lent.add(work);
      try {
        return await work;
      } finally {
        pool.lent.delete(work);
      }
    },
    async end() {
      pool.ended = true;
      for (const waiter of pool.waiters.splice(0)) waiter.fail(new Error('The pool has ended.'));
      await Promise.allSettled([...pool.lent]);
      await Promise.all(pool.idle.splice(0).map((connection) => connection.client.end()));
    },
    statistics: () => ({ open: pool.open, idle: pool.idle.length, waiting: pool.waiters.length }),
  };
}

/** Opens one connection as the application role, where that role exists. */
async function connect(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString,
    types,
    application_name: 'tessera',
    options: `-c search_path=${SCHEMA},public -c timezone=UTC`,
    statement_timeout: 30_000,
    keepAlive: true,
  });
  await client.connect();
  await client.query(
    `select set_config('role', $1, false) from pg_roles where rolname = $1 and pg_has_role(current_user, oid, 'member')`,
    [APPLICATION_ROLE],
  );
  return client;
}

async function standFor(connection: Connection, companyId: number): Promise<void> {
  if (connection.companyId === companyId) return;
  connection.companyId = null;
  await connection.client.query({
    name: 'stand-for',
    text: `select set_config('tessera.company_id', $1, false)`,
    values: [String(companyId)],
  });
  connection.companyId = companyId;
}

function waitForOne(pool: State, companyId: number, waitMilliseconds: number): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      pool.waiters = pool.waiters.filter((one) => one !== waiter);
      reject(new PoolExhaustedError(`No database connection became free within ${waitMilliseconds} ms.`));
    }, waitMilliseconds);
    const waiter: Waiter = {
      companyId,
      take: (connection) => {
        clearTimeout(timer);
        resolve(connection);
      },
      fail: (error) => {
        clearTimeout(timer);
        reject(error);
      },
    };
    pool.waiters.push(waiter);
  });
}
