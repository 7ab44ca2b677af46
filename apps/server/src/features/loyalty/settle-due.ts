import { stateAt } from '@tessera/loyalty';
import type { Tenant } from '../../platform/database/index.ts';
import { selectDueAccounts, updateAccount } from './account-write.store.ts';
import { selectAccount } from './accounts.store.ts';
import type { LoyaltyPlatform } from './loyalty-platform.ts';
import { withBalances } from './model.ts';

const BATCH = 200;
/** Accounts settled side by side: half the connections, so that tills never wait for the job. */
const AT_ONCE = 8;
/** What is left goes on with the next run, a minute later. */
const BATCHES_MAX = 100;

/**
 * Writes down what has come due in a company: points that became usable, points that burned. Accounts are found by their
 * next instant, never by looking at all. Nobody's balance depends on it, since every read applies what is due by itself;
 * reports, cards and lists follow. Run late, twice or in two processes it changes nothing more.
 * @returns how many accounts were written
 */
export async function settleDue(platform: LoyaltyPlatform, tenant: Tenant): Promise<number> {
  let written = 0;
  let after = 0;
  for (let batch = 0; batch < BATCHES_MAX; batch++) {
    const due = await selectDueAccounts(tenant, { now: platform.clock.now(), after, limit: BATCH });
    for (let from = 0; from < due.length; from += AT_ONCE) {
      const some = due.slice(from, from + AT_ONCE);
      const settled = await Promise.all(some.map((accountId) => settleAccount(platform, tenant, accountId)));
      written += settled.filter(Boolean).length;
    }
    if (due.length < BATCH) break;
    after = due.at(-1)!;
  }
  if (written > 0) platform.wake();
  return written;
}

/** false when there was nothing to write, or when somebody else was first: he has applied what was due as well. */
async function settleAccount(platform: LoyaltyPlatform, tenant: Tenant, accountId: number): Promise<boolean> {
  const account = await selectAccount(tenant, accountId);
  if (!account) return false;
  const now = platform.clock.now();
  const rules = await platform.rules.of(tenant, account.rules, now);
  const { state, entries } = stateAt(account.state, rules, now);
  if (entries.length === 0) return false;
  const { version } = account;
  const stored = withBalances(account.state, entries);
  return updateAccount(tenant, tenant.companyId, { accountId, version, state, rules, checkId: null, stored, now });
}
