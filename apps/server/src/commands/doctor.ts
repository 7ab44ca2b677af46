import { certificateEnds } from '../features/wallet/index.ts';
import type { Config } from '../platform/config.ts';
import { type Database, openDatabase } from '../platform/database/index.ts';
import { createDirectory } from '../platform/directory.ts';

type Finding = { ok: boolean; name: string; sentence: string };

/** Looks for what is wrong and says how to mend it. Reads only; ends with 1 when something has to be done. */
export async function doctor(config: Config, tell: (line: string) => void): Promise<number> {
  const findings = [checkPublicUrl(config), checkSecretKey(config), ...(await checkDatabase(config))];
  for (const { ok, name, sentence } of findings) tell(`${ok ? 'ok  ' : 'LOOK'}  ${name}: ${sentence}`);
  return findings.every(({ ok }) => ok) ? 0 : 1;
}

function checkPublicUrl({ publicUrl }: Config): Finding {
  const name = 'public address';
  const { protocol, hostname } = new URL(publicUrl);
  if (protocol === 'https:') return { ok: true, name, sentence: publicUrl };
  const local = hostname === 'localhost' || hostname.startsWith('127.');
  return local
    ? {
        ok: true,
        name,
        sentence: `${publicUrl}: good for trying. iPhones take updates over https only: set PUBLIC_URL.`,
      }
    : {
        ok: false,
        name,
        sentence: `${publicUrl} is not https. iPhones will not update cards: put TLS in front and set PUBLIC_URL.`,
      };
}

function checkSecretKey({ secretKey, databaseUrl }: Config): Finding {
  const name = 'secret key';
  if (secretKey) return { ok: true, name, sentence: 'from TESSERA_SECRET_KEY.' };
  const sentence = 'in the data folder. Back it up apart from the database: without it sealed keys cannot be opened.';
  return { ok: databaseUrl === null, name, sentence };
}

async function checkDatabase(config: Config): Promise<Finding[]> {
  const { databaseUrl } = config;
  if (!databaseUrl) {
    return [{ ok: true, name: 'database', sentence: 'embedded; its checks run while Tessera runs, see /readyz.' }];
  }
  const database = openDatabase({ connectionString: databaseUrl, size: 1 });
  try {
    return [await checkRole(database), await checkClock(database), ...(await checkCertificates(database))];
  } catch {
    const sentence = 'does not answer. Check that it runs and that DATABASE_URL is right.';
    return [{ ok: false, name: 'database', sentence }];
  } finally {
    await database.end();
  }
}

async function checkRole(database: Database): Promise<Finding> {
  const [row] = await database.platform.query<{ bypass: boolean; version: number }>(
    `select rolsuper or rolbypassrls as bypass, current_setting('server_version_num')::integer as version
     from pg_roles where rolname = current_user`,
    [],
  );
  const name = 'database role';
  if (row?.bypass) {
    return { ok: false, name, sentence: 'may pass row security. Use a role without SUPERUSER and BYPASSRLS.' };
  }
  const old = (row?.version ?? 0) < 150_000;
  return { ok: !old, name, sentence: old ? 'PostgreSQL is older than 15. Upgrade it.' : 'bound by row security.' };
}

const SKEW_SECONDS_MAX = 5;

async function checkClock(database: Database): Promise<Finding> {
  const [row] = await database.platform.query<{ now: Temporal.Instant }>('select clock_timestamp() as now', []);
  const seconds = Math.abs(row!.now.until(Temporal.Now.instant()).total('seconds'));
  const ok = seconds <= SKEW_SECONDS_MAX;
  const sentence = ok
    ? 'agrees with the database.'
    : `differs from the database by ${Math.round(seconds)} s. Turn NTP on.`;
  return { ok, name: 'clock', sentence };
}

/** From so many days on, an owner has to do something: Apple's side takes an hour, finding who has the account a week. */
const DAYS_TO_RENEW = 30;
/** Apple's intermediate ends for everybody: a newer version of the program brings the next one. */
const DAYS_TO_REPLACE = 365;

/** A finding for each certificate that ends soon, or one that says that none does. */
async function checkCertificates(database: Database): Promise<Finding[]> {
  const directory = createDirectory(database.platform);
  const ends = await certificateEnds({ database, directory }, Temporal.Now.instant());
  const name = 'pass certificates';
  const urgent = ends.filter(({ subject, days }) =>
    subject === 'certificate' ? days < DAYS_TO_RENEW : days < DAYS_TO_REPLACE,
  );
  if (urgent.length === 0) {
    const sentence =
      ends.length === 0 ? 'none yet.' : `${ends.length} ends looked at, the first in ${ends[0]!.days} days.`;
    return [{ ok: true, name, sentence }];
  }
  return urgent.slice(0, FINDINGS_MAX).map(({ companyId, name: certificate, subject, days, end }) => {
    const what = subject === 'certificate' ? `"${certificate}"` : `Apple's intermediate under "${certificate}"`;
    const when = days < 0 ? `ended on ${dayOf(end)}` : `ends on ${dayOf(end)}, in ${days} days`;
    const todo = subject === 'certificate' ? 'Renew it in the console, under Certificates.' : 'Update Tessera.';
    return { ok: false, name, sentence: `${what} of company ${companyId} ${when}. ${todo}` };
  });
}

const FINDINGS_MAX = 20;
const dayOf = (instant: Temporal.Instant): string => instant.toString().slice(0, 10);
