import { type Result, refuse, succeed } from '@tessera/contract';
import { decide } from '@tessera/loyalty';
import type { Tenant } from '../../platform/database/index.ts';
import { updateAccount } from './account-write.store.ts';
import { selectAccount } from './accounts.store.ts';
import type { LoyaltyPlatform } from './loyalty-platform.ts';
import { type GrantAnswer, toRefusal, withBalances } from './model.ts';
import { untilWritten } from './until-written.ts';

/** Adds points by hand, in a lot of their own. `lifetimeDays`: absent is the programme's term, null never expires. */
export async function refillAccount(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  { accountId, amount, lifetimeDays }: { accountId: number; amount: bigint; lifetimeDays?: number | null | undefined },
): Promise<Result<GrantAnswer>> {
  const result = await untilWritten<GrantAnswer>(async () => {
    const account = await selectAccount(tenant, accountId);
    if (!account) return refuse('account_not_found');
    const now = platform.clock.now();
    const rules = await platform.rules.of(tenant, account.rules, now);
    const decision = decide(account.state, { kind: 'refill', amount, lifetimeDays }, rules, now);
    if (!decision.ok) return { ok: false, refusal: toRefusal(decision) };
    const { version } = account;
    const stored = withBalances(account.state, decision.entries);
    const write = { accountId, version, state: decision.state, rules, checkId: null, stored, now };
    if (!(await updateAccount(tenant, tenant.companyId, write))) return 'lost_race';
    return succeed({ accountId, amount: Number(amount), balance: Number(decision.state.available) });
  });
  if (result.ok) platform.wake();
  return result;
}
