import { type ActivateAnswer, type Result, refuse, succeed } from '@tessera/contract';
import { decide } from '@tessera/loyalty';
import type { Tenant } from '../../../platform/database/index.ts';
import { updateAccount } from '../account-write.store.ts';
import { selectAccount } from '../accounts.store.ts';
import { selectAccountIdOfCheck } from '../checks.store.ts';
import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import { toRefusal, withBalances } from '../model.ts';
import { untilWritten } from '../until-written.ts';

/**
 * Makes the points of a check usable that waited for an event: the order was delivered, the check closed, or staff
 * decided so. The check is the key: a second call activates nothing more.
 * @returns check_not_found
 */
export async function activateCheck(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  checkId: number,
): Promise<Result<ActivateAnswer>> {
  const accountId = await selectAccountIdOfCheck(tenant, checkId);
  if (accountId === null) return refuse('check_not_found');
  const result = await platform.inTurn(`${tenant.companyId}:${accountId}`, () =>
    untilWritten<ActivateAnswer>(async () => {
      const account = await selectAccount(tenant, accountId);
      if (!account) return refuse('check_not_found');
      const now = platform.clock.now();
      const rules = await platform.rules.of(tenant, account.rules, now);
      const decision = decide(account.state, { kind: 'activate_check', checkId: String(checkId) }, rules, now);
      if (!decision.ok) return { ok: false, refusal: toRefusal(decision) };
      const { state, entries, outcome } = decision;
      const answer = {
        checkId,
        accountId,
        activated: Number(outcome.activated),
        available: Number(state.available),
        pending: Number(state.pending),
      };
      if (entries.length === 0) return succeed(answer);
      const stored = withBalances(account.state, entries);
      const write = { accountId, version: account.version, state, rules, checkId, stored, now };
      return (await updateAccount(tenant, tenant.companyId, write)) ? succeed(answer) : 'lost_race';
    }),
  );
  if (result.ok) platform.wake();
  return result;
}
