import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { Logger, runMigrations as migrateJobs } from 'graphile-worker';
import pg from 'pg';

/** The schema all our tables live in, so that a shared database stays tidy. */
export const SCHEMA = 'tessera';
/** Tables that can be read and added to, never changed: the ledger, the rules that priced it, the claims of partners. */
const APPEND_ONLY = ['entries', 'rules', 'clearing_claims', 'coupon_terms', 'certificate_entries']
  .map((table) => `${SCHEMA}.${table}`)
  .join(', ');
/** The role without special rights that every query runs as: row security binds it. */
export const APPLICATION_ROLE = 'tessera_app';

const folder = new URL('./migrations/', import.meta.url);
const silent = new Logger(() => () => {});
/** Any constant: whoever holds this advisory lock migrates, the others wait. */
const MIGRATION_LOCK = 7_405_926_131;

export type Migration = { id: number; name: string; sql: string; hash: string; breaking: boolean };

/**
 * Reads the migrations in order. A file is never edited after it has landed; one that an older program cannot live
 * with says `--! breaking-change` in its first line.
 */
export async function readMigrations(): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}-[a-z0-9-]+\.sql$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(new URL(name, folder), 'utf8');
      return {
        id: Number(name.slice(0, 4)),
        name,
        sql,
        hash: createHash('sha256').update(sql).digest('hex'),
        breaking: sql.startsWith('--! breaking-change'),
      };
    }),
  );
}

export type MigrateOptions = {
  connectionString: string;
  log?: (message: string) => void;
  /** For tests of old and new programs side by side. */
  migrations?: Migration[];
};

/** Thrown when the database was made by a newer program that this one does not understand. */
export class NewerSchemaError extends Error {}
/** Thrown when an applied migration is not the one of this program: it was edited, which must not happen. */
export class EditedMigrationError extends Error {}

/**
 * Brings the database to this program's schema, forward only. Racing processes take turns; each migration is one
 * transaction. A newer schema is accepted unless one of its unknown migrations says it breaks older programs.
 */
export async function migrate({ connectionString, log = () => {}, migrations }: MigrateOptions): Promise<void> {
  const wanted = migrations ?? (await readMigrations());
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await prepare(client);
    await applyMissing(client, wanted, log);
    await grant(client);
  } finally {
    await client.end();
  }
  await migrateWorker(connectionString);
}

/**
 * The worker's own tables. Its connection may live a moment longer than the pool: an embedded server that stops right
 * then must not end the process through an error that nobody hears.
 */
async function migrateWorker(connectionString: string): Promise<void> {
  const pool = new pg.Pool({ connectionString, max: 2 });
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  try {
    await migrateJobs({ pgPool: pool, logger: silent });
  } finally {
    await pool.end();
  }
}

async function prepare(client: pg.Client): Promise<void> {
  await client.query(`create schema if not exists ${SCHEMA}`);
  await client.query(`set search_path = ${SCHEMA}, public`);
  await client.query(`create table if not exists migrations (
    id integer primary key, name text not null, hash text not null, breaking boolean not null,
    applied_at timestamptz not null default now())`);
}

async function applyMissing(client: pg.Client, wanted: Migration[], log: (message: string) => void): Promise<void> {
  const applied = await client.query<{ id: number; name: string; hash: string; breaking: boolean }>(
    'select id, name, hash, breaking from migrations order by id',
  );
  const known = new Map(wanted.map((migration) => [migration.id, migration]));
  for (const row of applied.rows) {
    const migration = known.get(row.id);
    if (!migration && row.breaking) {
      throw new NewerSchemaError(`The database was changed by a newer Tessera (${row.name}). Start that version.`);
    }
    if (migration && migration.hash !== row.hash) {
      throw new EditedMigrationError(
        `Migration ${row.name} was edited after this database was made. Start the version that made it, or take another data folder.`,
      );
    }
  }
  const done = new Set(applied.rows.map((row) => row.id));
  for (const migration of wanted.filter(({ id }) => !done.has(id))) {
    log(`migrating: ${migration.name}`);
    await applyOne(client, migration);
  }
}

async function applyOne(client: pg.Client, { id, name, hash, breaking, sql }: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query('insert into migrations (id, name, hash, breaking) values ($1, $2, $3, $4)', [
      id,
      name,
      hash,
      breaking,
    ]);
    await client.query(sql);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
}

const INSUFFICIENT_PRIVILEGE = '42501';

/**
 * Makes the application role where we may, and gives it just the tables. On a server of one's own without the right to
 * make roles, the login role itself is used: forced row security binds a table's owner too.
 */
async function grant(client: pg.Client): Promise<void> {
  const may = await client.query<{ may: boolean }>(
    'select rolcreaterole or rolsuper as may from pg_roles where rolname = current_user',
  );
  if (!may.rows[0]?.may) return;
  await client.query(`do $$ begin
    if not exists (select from pg_roles where rolname = '${APPLICATION_ROLE}') then
      create role ${APPLICATION_ROLE} nologin;
    end if;
  exception when duplicate_object or unique_violation then null;
  end $$`);
  try {
    await client.query(`grant ${APPLICATION_ROLE} to current_user`);
  } catch (error) {
    // Another login made the role for another database of this server: it is not ours to use.
    if (error instanceof pg.DatabaseError && error.code === INSUFFICIENT_PRIVILEGE) return;
    throw error;
  }
  await client.query(`grant usage on schema ${SCHEMA} to ${APPLICATION_ROLE}`);
  await client.query(`grant select, insert, update, delete on all tables in schema ${SCHEMA} to ${APPLICATION_ROLE}`);
  await client.query(`revoke update, delete on ${APPEND_ONLY} from ${APPLICATION_ROLE}`);
  await client.query(`revoke insert, update, delete on ${SCHEMA}.migrations from ${APPLICATION_ROLE}`);
  await client.query(`grant usage, select, update on all sequences in schema ${SCHEMA} to ${APPLICATION_ROLE}`);
}
