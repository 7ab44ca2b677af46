import { type Result, refuse, succeed, type TillGuest } from '@tessera/contract';
import type { Tenant } from '../../platform/database/index.ts';
import { findGuest, hasBirthday, normalizePhone, shortName } from '../guests/index.ts';
import { type AccountView, findAccount, type LoyaltyPlatform, viewAccount } from '../loyalty/index.ts';
import { phoneHint } from '../messaging/index.ts';
import type { Companies } from '../tenancy/index.ts';

export type TillPlatform = LoyaltyPlatform & {
  readonly companies: Companies;
  /** The account of a card by what its code says. Told by the wallet feature. */
  readonly accountOfCard: (tenant: Tenant, code: string) => Promise<number | null>;
};

const EXPIRING_SOON_DAYS = 30;

/**
 * Finds a guest by what the cashier types or scans: the code of a card first (it is exact), then a phone in any usual
 * way of writing, then a card number.
 * @returns the guest as a till may show him (a queue can read the screen), or account_not_found
 */
export async function findTillGuest(platform: TillPlatform, tenant: Tenant, query: string): Promise<Result<TillGuest>> {
  const text = query.trim();
  const account = await findByAnything(platform, tenant, text);
  return account ? succeed(await describe(platform, tenant, account)) : refuse('account_not_found');
}

async function findByAnything(platform: TillPlatform, tenant: Tenant, text: string): Promise<AccountView | null> {
  // The code under the QR may be typed in small letters and in groups.
  const byCode = await platform.accountOfCard(tenant, text.replace(/[\s-]/g, '').toUpperCase());
  if (byCode !== null) return viewAccount(platform, tenant, byCode);
  const { country } = await platform.companies.of(tenant);
  const phone = normalizePhone(text, country);
  const byPhone = phone ? await findAccount(platform, tenant, 'phone', phone) : null;
  return byPhone ?? findAccount(platform, tenant, 'card', text);
}

async function describe(platform: TillPlatform, tenant: Tenant, account: AccountView): Promise<TillGuest> {
  const [guest, company] = await Promise.all([
    findGuest(tenant, tenant.companyId, account.guestId),
    platform.companies.of(tenant),
  ]);
  const now = platform.clock.now();
  const phone = guest?.identifiers.find(({ kind }) => kind === 'phone')?.value;
  const soon = now.add({ hours: EXPIRING_SOON_DAYS * 24 });
  const expiring = account.balance.lotsByExpiry.find(
    ({ expiresAt }) => expiresAt !== null && Temporal.Instant.compare(expiresAt, soon) < 0,
  );
  return {
    accountId: account.accountId,
    name: guest ? shortName(guest) : '',
    phoneHint: phone ? phoneHint(phone) : '',
    level: account.level.name,
    rateBasisPoints: account.level.rateBasisPoints,
    balance: Number(account.balance.available),
    debt: Number(account.balance.debt),
    expiring: expiring?.expiresAt
      ? { amount: Number(expiring.amount), expiresAt: expiring.expiresAt.toString() }
      : null,
    birthdayToday: hasBirthday(guest?.birthday ?? null, now.toZonedDateTimeISO(company.timeZone).toPlainDate()),
    blocked: account.state.blocked,
  };
}
