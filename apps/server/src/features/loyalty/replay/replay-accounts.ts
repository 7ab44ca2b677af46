import { isDeepStrictEqual } from 'node:util';
import { type AccountState, entryFromJson, evolve, newAccountState, stateToJson } from '@tessera/loyalty';
import type { Tenant } from '../../../platform/database/index.ts';
import { type StoredAccount, selectAccountStates, selectEntriesOf } from './replay.store.ts';

const ACCOUNTS = 200;
const ENTRIES = 2_000;
/** So many are named; the number of all of them is told beside. */
const NAMED_MAX = 1_000;

export type Replayed = {
  accounts: number;
  differences: number;
  /** The first thousand accounts that are not what their entries say. */
  accountIds: number[];
};

/**
 * Folds the entries of every account of a company from the first on and compares what comes out with what is stored: the
 * state and the figures beside it. Reads page by page, so it needs no more memory for a million accounts than for one,
 * and locks nothing: entries that were written after the state was read are left out by their numbers.
 */
export async function replayAccounts(tenant: Tenant): Promise<Replayed> {
  const result: Replayed = { accounts: 0, differences: 0, accountIds: [] };
  for (let after = 0; ; ) {
    const page = await selectAccountStates(tenant, { after, limit: ACCOUNTS });
    if (page.length === 0) return result;
    const folded = await foldEntries(tenant, page);
    result.accounts += page.length;
    for (const account of page) {
      if (isFoldOf(account, folded.get(account.accountId))) continue;
      result.differences += 1;
      if (result.accountIds.length < NAMED_MAX) result.accountIds.push(account.accountId);
    }
    after = page.at(-1)!.accountId;
  }
}

/** What the entries of these accounts lead to; null for entries that contradict each other. */
async function foldEntries(tenant: Tenant, page: readonly StoredAccount[]): Promise<Map<number, AccountState | null>> {
  const accountIds = page.map(({ accountId }) => accountId);
  const ends = new Map(page.map(({ accountId, state }) => [accountId, state.nextEntryId]));
  const folded = new Map<number, AccountState | null>(accountIds.map((id) => [id, newAccountState()]));
  let after = { accountId: 0, sequence: 0 };
  for (;;) {
    const rows = await selectEntriesOf(tenant, { accountIds, after, limit: ENTRIES });
    for (const { accountId, sequence, body } of rows) {
      after = { accountId, sequence };
      const state = folded.get(accountId);
      if (state && sequence < ends.get(accountId)!) folded.set(accountId, evolveOrNull(state, body));
    }
    if (rows.length < ENTRIES) return folded;
  }
}

/** An entry that does not fit to those before it is a defect of the data here, and is told instead of thrown. */
function evolveOrNull(state: AccountState, body: Parameters<typeof entryFromJson>[0]): AccountState | null {
  try {
    return evolve(state, entryFromJson(body));
  } catch {
    return null;
  }
}

function isFoldOf({ state, columns }: StoredAccount, folded: AccountState | null | undefined): boolean {
  if (!folded || !isDeepStrictEqual(stateToJson(folded), stateToJson(state))) return false;
  return Object.entries(columns).every(([name, value]) => folded[name as keyof StoredAccount['columns']] === value);
}
