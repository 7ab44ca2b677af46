import { isDeepStrictEqual } from 'node:util';
import { type EntryJson, entryFromJson, replay, type StateJson, stateToJson } from '@tessera/loyalty';
import { findMember } from '../../apps/server/src/features/loyalty/index.ts';
import { selectAccounts } from '../../apps/server/src/features/loyalty/reads.store.ts';
import { openTill } from '../checks/ours.ts';
import { nextSale } from '../checks/sales.ts';
import { type BenchCompany, FIRST_PHONE, openHouse, prepareCompanies } from '../checks/set-up.ts';
import type { Worker } from '../run-for.ts';

/** A PostgreSQL of its own with one company of so many accounts. */
export type GrowthGround = {
  readonly connectionString: string;
  readonly company: BenchCompany;
  readonly seededInSeconds: number;
  remove(): Promise<void>;
};

const CONNECTIONS = 16;
const PAGE = 50;
const SAMPLE = 200;

/**
 * Every account is a copy of one that the engine opened: a welcome lot and the entry that gave it. Throws when replaying
 * the entries of a sample does not give the stored states.
 */
export async function prepareGrowth(accounts: number): Promise<GrowthGround> {
  const start = performance.now();
  const { connectionString, companies, remove } = await prepareCompanies([accounts]);
  const ground = { connectionString, company: companies[0]!, seededInSeconds: (performance.now() - start) / 1_000 };
  try {
    await checkSample(ground);
    return { ...ground, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Folds the entries of accounts chosen at random and compares them with what is stored. */
export async function checkSample({
  connectionString,
  company,
}: Pick<GrowthGround, 'connectionString' | 'company'>): Promise<void> {
  const house = openHouse(connectionString, 1);
  try {
    const ids = Array.from({ length: SAMPLE }, () => randomAccount(company));
    const rows = await house.database.tenant(company.companyId).query<{
      account_id: bigint;
      state: StateJson;
      available: bigint;
      entries: EntryJson[];
    }>(
      `select a.account_id, a.state, a.available, (select json_agg(e.body order by e.sequence) from entries e
         where e.company_id = a.company_id and e.account_id = a.account_id) as entries
       from accounts a where a.company_id = $1 and a.account_id = any ($2)`,
      [company.companyId, ids],
    );
    if (rows.length !== new Set(ids).size) throw new Error('Accounts are missing.');
    for (const { account_id: accountId, state, available, entries } of rows) {
      const folded = replay(entries.map(entryFromJson));
      if (!isDeepStrictEqual(stateToJson(folded), state) || folded.available !== available)
        throw new Error(`The entries of account ${accountId} do not give its state.`);
    }
  } finally {
    await house.close();
  }
}

/** What is measured on a ground; `close` gives its connections back. */
export type Subjects = Readonly<Record<'register' | 'find' | 'list', Worker>> & { close(): Promise<void> };

/** The use cases in this process, on accounts, phones and pages chosen at random. */
export function openSubjects({ connectionString, company }: GrowthGround): Subjects {
  const till = openTill({ connectionString, connections: CONNECTIONS, ours: company });
  const house = openHouse(connectionString, CONNECTIONS);
  const tenant = house.database.tenant(company.companyId);
  return {
    register: (n) => till.sell(nextSale(company, n)),
    async find() {
      const phone = FIRST_PHONE + Math.floor(Math.random() * company.accounts);
      if (!(await findMember(house, tenant, 'phone', String(phone)))) throw new Error('A guest is not found.');
    },
    async list() {
      const before = randomAccount(company) + 1;
      const page = await selectAccounts(tenant, { now: house.clock.now(), before, limit: PAGE });
      if (page.length === 0) throw new Error('A page is empty.');
    },
    async close() {
      await till.close();
      await house.close();
    },
  };
}

const randomAccount = ({ firstAccountId, accounts }: BenchCompany): number =>
  firstAccountId + Math.floor(Math.random() * accounts);
