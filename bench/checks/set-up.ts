import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { saveFarCards } from '../../apps/server/src/features/farcards/settings.ts';
import { createRulesLibrary, type LoyaltyPlatform, openAccount } from '../../apps/server/src/features/loyalty/index.ts';
import { BONUS_PROGRAMME, createGroup, createProgramme } from '../../apps/server/src/features/loyalty/set-up.ts';
import { addPermanentToken } from '../../apps/server/src/features/staff/index.ts';
import { createCompany } from '../../apps/server/src/features/tenancy/index.ts';
import { createVault, newToken, systemRandom } from '../../apps/server/src/platform/crypto/index.ts';
import { migrate, openDatabase, type Tenant } from '../../apps/server/src/platform/database/index.ts';
import { createDirectory } from '../../apps/server/src/platform/directory.ts';
import { startEmbeddedPostgres } from '../../apps/server/src/platform/embedded-postgres/index.ts';
import { createInTurn } from '../../apps/server/src/platform/in-turn.ts';
import { createLog } from '../../apps/server/src/platform/log.ts';
import { createMetrics } from '../../apps/server/src/platform/metrics.ts';
import { createTexts } from '../../apps/server/src/platform/texts.ts';

/** A company with guests, each with a phone and an account. */
export type BenchCompany = {
  readonly companyId: number;
  readonly firstAccountId: number;
  readonly accounts: number;
  readonly rulesId: number;
  readonly token: string;
  /** Where its r_keeper station calls. */
  readonly farCardsPath: string;
};

/** What a contestant has to know; it travels to the processes as JSON. */
export type Ground = {
  readonly connectionString: string;
  /** The master key as hex: numbers of cards are derived from it. */
  readonly masterKey: string;
  /** Connections of every contestant. */
  readonly connections: number;
  /** The company that our program sells in. */
  readonly ours: BenchCompany;
  /** Its twin in the same tables, for the bare loop. */
  readonly bare: BenchCompany;
};

export const FIRST_PHONE = 79_000_000_000;
const SEARCH_PATH = '-c search_path=tessera,public';

const rules = {
  timeZone: 'Europe/Moscow',
  levels: [
    { id: 'bronze', name: 'Бронза', fromTurnover: 0, rateBasisPoints: 300 },
    { id: 'silver', name: 'Серебро', fromTurnover: 3_000_000, rateBasisPoints: 500 },
    { id: 'gold', name: 'Золото', fromTurnover: 10_000_000, rateBasisPoints: 700 },
  ],
  spendLimits: { maxPercentBasisPoints: 5_000, step: 100 },
  welcome: { amount: 50_000, lifetimeDays: 90 },
};

/** A durable PostgreSQL of its own, migrated, with two equal companies. `remove` leaves nothing behind. */
export async function prepareGround(
  accounts: number,
  connections: number,
): Promise<{ ground: Ground; remove(): Promise<void> }> {
  const { connectionString, companies, remove } = await prepareCompanies([accounts, accounts]);
  const [ours, bare] = companies;
  const masterKey = randomBytes(32).toString('hex');
  return { ground: { connectionString, masterKey, connections, ours: ours!, bare: bare! }, remove };
}

/** The same with one company for each number of accounts. A million accounts take about a minute. */
export async function prepareCompanies(
  sizes: readonly number[],
): Promise<{ connectionString: string; companies: BenchCompany[]; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  const postgres = await startEmbeddedPostgres({ dataFolder: folder });
  const remove = async () => {
    await postgres.remove();
    await rm(folder, { recursive: true, force: true });
  };
  const { connectionString } = postgres;
  const admin = new pg.Client({ connectionString, options: SEARCH_PATH });
  try {
    await migrate({ connectionString });
    await admin.connect();
    const companies: BenchCompany[] = [];
    for (const accounts of sizes) companies.push(await addBenchCompany(connectionString, accounts));
    await admin.query('vacuum analyze');
    await admin.query('checkpoint');
    return { connectionString, companies, remove };
  } catch (error) {
    await remove();
    throw error;
  } finally {
    await admin.end().catch(() => undefined);
  }
}

/** The house without HTTP and jobs, as a use case needs it. */
export function openHouse(connectionString: string, connections: number): LoyaltyPlatform & { close(): Promise<void> } {
  const database = openDatabase({ connectionString, size: connections });
  return {
    clock: { now: () => Temporal.Now.instant() },
    random: systemRandom,
    vault: createVault(randomBytes(32)),
    directory: createDirectory(database.platform),
    database,
    log: createLog('silent'),
    metrics: createMetrics(),
    texts: createTexts(),
    publicUrl: 'http://localhost',
    wake: () => undefined,
    rules: createRulesLibrary(),
    inTurn: createInTurn(),
    close: () => database.end(),
  };
}

async function addBenchCompany(connectionString: string, accounts: number): Promise<BenchCompany> {
  const house = openHouse(connectionString, 1);
  try {
    const tenant = await createCompany(house, {
      name: 'Bench',
      language: 'ru',
      currency: 'RUB',
      timeZone: 'Europe/Moscow',
      country: 'RU',
      demo: false,
    });
    const programmeId = await createProgramme(house, tenant, { name: 'Баллы', kind: BONUS_PROGRAMME, rules });
    await createGroup(tenant, { groupId: 3, programmeId, name: 'Гости', template: { welcome: true } });
    const token = newToken(systemRandom);
    await addPermanentToken(house, tenant, 'bench', token);
    const settings = { addresses: [], levels: {}, restaurants: {}, language: 'ru' } as const;
    const secret = await saveFarCards(house, tenant, settings, { newSecret: true });
    const firstAccountId = await openFirstAccount(house, tenant);
    const [row] = await tenant.query<{ rules_id: number }>('select rules_id from programmes where company_id = $1', [
      tenant.companyId,
    ]);
    await copyFirstAccount(connectionString, tenant.companyId, firstAccountId, accounts);
    return {
      companyId: tenant.companyId,
      firstAccountId,
      accounts,
      rulesId: row!.rules_id,
      token,
      farCardsPath: `/farcards/${secret}`,
    };
  } finally {
    await house.close();
  }
}

async function openFirstAccount(house: LoyaltyPlatform, tenant: Tenant): Promise<number> {
  const opened = await openAccount(house, tenant, {
    groupId: 3,
    profile: {
      firstName: 'Анна',
      lastName: 'Иванова',
      middleName: '',
      birthday: '1990-05-17',
      sex: 'female',
      email: null,
      language: 'ru',
    },
    identifiers: [{ kind: 'phone', value: String(FIRST_PHONE), main: true, verifiedAt: null }],
  });
  if (!opened.ok) throw new Error(opened.refusal.code);
  return opened.value.accountId;
}

const FIRST_NAMES = [
  'Анна',
  'Мария',
  'Елена',
  'Ольга',
  'Алёна',
  'Наталья',
  'Иван',
  'Пётр',
  'Сергей',
  'Дмитрий',
  'Алексей',
];
const SURNAME_ROOTS = [
  'Иван',
  'Петр',
  'Сидор',
  'Кузнец',
  'Черемух',
  'Соколов',
  'Лебед',
  'Козл',
  'Нов',
  'Мороз',
  'Волк',
  'Зайц',
  'Белоус',
];
const SURNAME_MIDDLES = ['', 'ен', 'оч', 'иш', 'ич', 'яг', 'ул', 'ар', 'он', 'ец', 'ист'];
const SURNAME_ENDS = ['ов', 'ова', 'ин', 'ина', 'ский', 'ская', 'енко'];

/** SQL: one of these texts, by a number. */
const oneOf = (texts: readonly string[], n: string): string =>
  `(array[${texts.map((text) => `'${text}'`).join(', ')}])[1 + ${n} % ${texts.length}]`;

/** All further guests are the first one again: same state, same history, next phone, another name. */
async function copyFirstAccount(connectionString: string, companyId: number, first: number, accounts: number) {
  const admin = new pg.Client({ connectionString, options: SEARCH_PATH });
  await admin.connect();
  const fill = (text: string) => admin.query(text.replaceAll(':copies', String(accounts - 1)), [companyId, first]);
  try {
    // No foreign key has to be looked up for each copy: what the copies point at is copied with them.
    await admin.query('set session_replication_role = replica');
    await fill(`insert into guests (company_id, guest_id, first_name, last_name, email, birthday, sex, language, created_at)
      overriding system value
      select g.company_id, g.guest_id + n, ${oneOf(FIRST_NAMES, 'n')},
        ${oneOf(SURNAME_ROOTS, '(n / 7)')} || ${oneOf(SURNAME_MIDDLES, '(n / 5)')} || ${oneOf(SURNAME_ENDS, 'n')},
        case when n % 3 = 0 then 'guest' || n || '@example.com' end, g.birthday, g.sex, g.language, g.created_at
      from accounts a join guests g using (company_id, guest_id), generate_series(1, :copies) n
      where a.company_id = $1 and a.account_id = $2`);
    await fill(`insert into guest_identifiers (company_id, kind, value, guest_id, main, created_at)
      select a.company_id, 'phone', (${FIRST_PHONE}::bigint + n)::text, a.guest_id + n, true, a.created_at
      from accounts a, generate_series(1, :copies) n where a.company_id = $1 and a.account_id = $2`);
    await fill(`insert into accounts (company_id, account_id, guest_id, programme_id, group_id, version, state, available,
        turnover, level, next_due_at, created_at)
      overriding system value
      select company_id, account_id + n, guest_id + n, programme_id, group_id, version, state, available,
        turnover, level, next_due_at, created_at
      from accounts, generate_series(1, :copies) n where company_id = $1 and account_id = $2`);
    await fill(`insert into entries (company_id, account_id, sequence, kind, change, balance, body, occurred_at, recorded_at)
      select company_id, account_id + n, sequence, kind, change, balance, body, occurred_at, recorded_at
      from entries, generate_series(1, :copies) n where company_id = $1 and account_id = $2`);
    await admin.query(`select setval('guests_guest_id_seq', (select max(guest_id) from guests)),
      setval('accounts_account_id_seq', (select max(account_id) from accounts))`);
  } finally {
    await admin.end();
  }
}
