import { type Result, refuse, succeed } from '@tessera/contract';
import { type CheckLine, type DepositPayment, type Quote, quote } from '@tessera/loyalty';
import type { Tenant } from '../../platform/database/index.ts';
import { selectAccount } from './accounts.store.ts';
import { earnFactsOf } from './earning/sale-facts.ts';
import type { LoyaltyPlatform } from './loyalty-platform.ts';
import { toRefusal } from './model.ts';
import { type Brought, bringOffers, type OfferWish } from './offers/bring-offers.ts';
import { checkFactsOf } from './offers/offers-of-check.ts';

export type SaleQuote = Quote & {
  /** Coupons that were named with what they give or why not, what the programme gives by itself, the certificate. */
  readonly offers: Brought | null;
};

export type QuoteWish = {
  accountId: number;
  spend?: bigint | undefined;
  deposit?: DepositPayment | undefined;
  discount?: bigint | undefined;
  /** What the capture of this hold would do. */
  holdKey?: string | undefined;
  venueCode?: number | undefined;
  channel?: string | undefined;
  /** For whom coupons may be reserved. */
  key?: string | undefined;
} & ({ total: bigint; lines?: undefined } | { lines: readonly CheckLine[]; total?: undefined }) &
  OfferWish;

/**
 * What a sale would do, by the code that makes it: the limits, the points earned, the money to pay. Writes nothing. A
 * coupon that gives nothing does not refuse the quote; it stands in `offers.named` with its reason.
 */
export async function quoteSale(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  wish: QuoteWish,
): Promise<Result<SaleQuote>> {
  const account = await selectAccount(tenant, wish.accountId);
  if (!account) return refuse('account_not_found');
  const now = platform.clock.now();
  const rules = await platform.rules.of(tenant, account.rules, now);
  const { spend = 0n, deposit, discount, holdKey, venueCode, channel, key = '' } = wish;
  const facts = await earnFactsOf(tenant, rules, account, { venueCode, channel });
  const basket = wish.lines ? { lines: wish.lines } : { total: wish.total };
  const check = checkFactsOf(
    { mode: 'priced', source: channel ?? 'till', externalId: key, spend, deposit, venueCode, ...basket },
    now,
  );
  const brought = await bringOffers(platform, tenant, account, rules, wish, { ...check, ...facts.context });
  if (!brought.ok) return brought;
  const applied = brought.value?.applied ?? undefined;
  const priced = applied ? { lines: applied.lines, applied } : basket;
  const quoted = quote(account.state, { ...priced, spend, deposit, discount, holdKey, ...facts }, rules, now);
  return quoted.ok ? succeed({ ...quoted, offers: brought.value }) : { ok: false, refusal: toRefusal(quoted) };
}
