import { setTimeout as sleep } from 'node:timers/promises';
import { type Config, readConfig } from './platform/config.ts';
import { claimDataFolder } from './platform/data-folder/index.ts';
import { EditedMigrationError, NewerSchemaError } from './platform/database/index.ts';
import { StartRefused } from './platform/embedded-postgres/index.ts';

const tell = (sentence: string) => process.stdout.write(`${sentence}\n`);
const complain = (sentence: string) => process.stderr.write(`${sentence}\n`);

const commands: Record<string, (config: Config, args: string[]) => Promise<number>> = {
  start: startCommand,
  async migrate(config) {
    const { withDatabase } = await import('./commands/with-database.ts');
    return withDatabase(config, async () => 0);
  },
  async doctor(config) {
    const { doctor } = await import('./commands/doctor.ts');
    return doctor(config, tell);
  },
  async password(config, args) {
    const { setPassword } = await import('./commands/set-password.ts');
    return setPassword(config, args, tell);
  },
  async replay(config) {
    const { replay } = await import('./commands/replay.ts');
    return replay(config, tell);
  },
};

const usage = `Usage: npm run tessera -- <command>

  start              database, migrations, jobs and HTTP in one process
  migrate            brings the database to this version and ends
  doctor             looks for what is wrong and says how to mend it
  password <e-mail>  gives a user a new password
  replay             folds all entries anew and compares them with the accounts`;

async function main(): Promise<number> {
  const [name = 'start', ...args] = process.argv.slice(2);
  const command = commands[name];
  if (!command) {
    complain(usage);
    return 2;
  }
  const read = readConfig(process.env);
  if (!read.ok) {
    for (const { sentence } of read.problems) complain(sentence);
    return 2;
  }
  return command(read.config, args);
}

/** Runs until it is told to stop. */
async function startCommand(config: Config): Promise<number> {
  const claim = await claimDataFolder(config.dataFolder);
  if (!claim.ok) {
    const who = claim.pid === undefined ? '' : ` (process ${claim.pid})`;
    complain(
      `Tessera already runs with this data folder${who}. Stop it first, or set TESSERA_DATA_DIR to another one.`,
    );
    return 1;
  }
  const asked = stopSignal();
  const { start } = await import('./start.ts');
  const { announce } = await import('./announce.ts');
  const running = await start(config, tell);
  announce(config, running, tell);
  const lost = await Promise.race([asked.then(() => false), running.databaseLost.then(() => true)]);
  if (lost) complain('The database has ended by itself; see postgres.log in the data folder. Start Tessera again.');
  tell('Stopping');
  // Without its database not everything can end in good order; whoever watches this process shall start it again.
  await (lost ? Promise.race([running.stop().catch(() => {}), sleep(LAST_SECONDS * 1_000)]) : running.stop());
  await claim.release();
  return lost ? 1 : 0;
}

const LAST_SECONDS = 10;

/** Resolves at the first Ctrl-C or termination; a second one ends the process at once. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    const stop = () => {
      process.once('SIGINT', () => process.exit(130));
      process.once('SIGTERM', () => process.exit(143));
      resolve();
    };
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
  });
}

const unknownHost =
  'HOST or the host in DATABASE_URL is not known on this machine. Set HOST to 0.0.0.0 or 127.0.0.1, and check DATABASE_URL.';

/** Thrown with a sentence for the person at the terminal. */
const inSentences = [StartRefused, NewerSchemaError, EditedMigrationError];

/** By the codes of the system and of PostgreSQL. */
const foreseen: Readonly<Record<string, string>> = {
  EADDRINUSE: 'The port is taken by another program. Set PORT to a free one, for example: PORT=3001 npm start',
  ECONNREFUSED: 'The database at DATABASE_URL does not answer. Check that it runs and that the address is right.',
  ENOTFOUND: unknownHost,
  EADDRNOTAVAIL: unknownHost,
  '28P01': 'The database does not let the user of DATABASE_URL in. Check the user and his password.',
  '28000': 'The database does not let the user of DATABASE_URL in. Check the user and his password.',
  '3D000': 'There is no database of the name in DATABASE_URL. Create it, or correct the name.',
};

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    complain(explain(error));
    process.exit(1);
  },
);

/** What a person at a terminal can use: a sentence for what we foresaw, the stack for a defect. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (inSentences.some((kind) => error instanceof kind)) return error.message;
  const code = 'code' in error ? String(error.code) : '';
  if (code === 'EACCES' && 'port' in error) {
    return 'This user may not listen on that port. Set PORT to 1024 or above, for example: PORT=3001 npm start';
  }
  return foreseen[code] ?? error.stack ?? error.message;
}
