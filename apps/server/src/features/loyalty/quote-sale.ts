import { type Result, refuse, succeed } from '@tessera/contract';
import { type Quote, quote } from '@tessera/loyalty';
import type { Tenant } from '../../platform/database/index.ts';
import { selectAccount } from './accounts.store.ts';
import { earnFactsOf } from './earning/sale-facts.ts';
import type { LoyaltyPlatform } from './loyalty-platform.ts';
import { toRefusal } from './model.ts';

/** What a sale would do, by the code that makes it: the limits, the points earned, the money to pay. Writes nothing. */
export async function quoteSale(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  wish: {
    accountId: number;
    total: bigint;
    spend?: bigint | undefined;
    venueCode?: number | undefined;
    channel?: string | undefined;
  },
): Promise<Result<Quote>> {
  const account = await selectAccount(tenant, wish.accountId);
  if (!account) return refuse('account_not_found');
  const now = platform.clock.now();
  const rules = await platform.rules.of(tenant, account.rules, now);
  const { total, spend, venueCode } = wish;
  const facts = await earnFactsOf(tenant, rules, account, { venueCode, channel: wish.channel });
  const quoted = quote(account.state, { total, spend, ...facts }, rules, now);
  return quoted.ok ? succeed(quoted) : { ok: false, refusal: toRefusal(quoted) };
}
