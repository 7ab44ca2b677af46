import pg from 'pg';
import { type Connection, createPool, type Pool, type PoolOptions, type Row, type Statement } from './pool.ts';

export { createTenantGather } from './gather.ts';
export { EditedMigrationError, migrate, NewerSchemaError } from './migrate.ts';
export { PoolExhaustedError, type Row, type Statement } from './pool.ts';
export { inTurnOfProcesses } from './turn.ts';

declare const brand: unique symbol;

/** Something that runs statements inside one company. */
export type Queryable = {
  /** Every statement still names the company (`company_id = $1`): row security is the second wall, not the first. */
  query<R extends Row>(statement: Statement, values: readonly unknown[]): Promise<R[]>;
};

/**
 * The database as one company sees it. Stores take this and nothing else, so that a statement outside any company does
 * not compile.
 */
export type Tenant = Queryable & {
  readonly [brand]: true;
  readonly companyId: number;
  /** Runs `work` in one transaction; what it throws rolls back. */
  transaction<T>(work: (transaction: TenantTransaction) => Promise<T>): Promise<T>;
};
export type TenantTransaction = Queryable & { readonly [brand]: true; readonly companyId: number };

export type Database = {
  tenant(companyId: number): Tenant;
  /** The few tables before any company: directory, settings. Never a tenant's table. */
  platform: Queryable;
  end(): Promise<void>;
  statistics: Pool['statistics'];
};

/** Platform tables need no company; -1 sees no tenant row at all. */
const NO_COMPANY = -1;

/** Opens the pool; connections are made as they are needed. */
export function openDatabase(options: PoolOptions): Database {
  const pool = createPool(options);
  return {
    tenant: (companyId) => tenantOf(pool, companyId),
    platform: queryableOf(pool, NO_COMPANY),
    end: pool.end,
    statistics: pool.statistics,
  };
}

function tenantOf(pool: Pool, companyId: number): Tenant {
  if (!Number.isSafeInteger(companyId) || companyId < 1) throw new Error(`Not a company id: ${companyId}`);
  return {
    ...queryableOf(pool, companyId),
    companyId,
    transaction: (work) =>
      inTransaction(pool, companyId, (connection) => work({ ...on(connection), companyId } as TenantTransaction)),
  } as Tenant;
}

const queryableOf = (pool: Pool, companyId: number): Queryable => ({
  query: (statement, values) => pool.withConnection(companyId, (connection) => on(connection).query(statement, values)),
});

const on = (connection: Connection): Queryable => ({
  async query<R extends Row>(statement: Statement, values: readonly unknown[]) {
    const config = typeof statement === 'string' ? { text: statement } : statement;
    const result = await connection.client.query<R>({ ...config, values: [...values] });
    return result.rows;
  },
});

function inTransaction<T>(pool: Pool, companyId: number, work: (connection: Connection) => Promise<T>): Promise<T> {
  return pool.withConnection(companyId, async (connection) => {
    await connection.client.query('begin');
    try {
      const result = await work(connection);
      await connection.client.query('commit');
      return result;
    } catch (error) {
      // A lost connection has rolled back by itself; what went wrong first is what counts.
      await connection.client.query('rollback').catch(() => {});
      throw error;
    }
  });
}

/**
 * Whether a statement failed because a text cannot be stored at all: a NUL character, which PostgreSQL keeps neither as
 * text nor as JSON. The sender's fault, wherever he put it.
 */
export function isUnstorableText(error: unknown): boolean {
  return error instanceof pg.DatabaseError && (error.code === '22021' || error.code === '22P05');
}

/** Whether a transaction was undone because it and another waited for each other: it may be tried again. */
export function isDeadlock(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === '40P01';
}

/** Whether a statement failed because a row with this key exists already (another process was first). */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  return (
    error instanceof pg.DatabaseError &&
    error.code === '23505' &&
    (constraint === undefined || error.constraint === constraint)
  );
}
