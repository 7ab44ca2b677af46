import { type Result, refuse, succeed, type TillGuest } from '@tessera/contract';
import type { Tenant } from '../../platform/database/index.ts';
import { hasBirthday, normalizePhone, shortName } from '../guests/index.ts';
import {
  describeWallets,
  findMember,
  type LoyaltyPlatform,
  lastCheckOf,
  type MemberView,
  stampableOf,
  viewMember,
} from '../loyalty/index.ts';
import { phoneHint } from '../messaging/index.ts';
import type { Companies } from '../tenancy/index.ts';
import type { FoundByCode } from '../wallet/index.ts';

export type TillPlatform = LoyaltyPlatform & {
  readonly companies: Companies;
  /** Whose card a code is, as scanned or typed, and what showing it is worth. Told by the wallet feature. */
  readonly findByCardCode: (tenant: Tenant, code: string, at?: Temporal.Instant) => Promise<FoundByCode>;
};

const EXPIRING_SOON_DAYS = 30;

/**
 * Finds a guest by what the cashier types or scans: a phone in any usual way of writing, the code of a card, a card
 * number. What has no letters and reads as a phone is one, as most are; the others are asked for in turn.
 * @returns the guest as a till may show him (a queue can read the screen), or account_not_found, card_ended,
 *   account_closed
 */
export async function findTillGuest(platform: TillPlatform, tenant: Tenant, query: string): Promise<Result<TillGuest>> {
  const found = await findMemberByText(platform, tenant, { query });
  return found.ok ? show(platform, tenant, found.value) : found;
}

/** The same for an account that the till knows already. */
export async function showTillGuest(
  platform: TillPlatform,
  tenant: Tenant,
  accountId: number,
): Promise<Result<TillGuest>> {
  return show(platform, tenant, await viewMember(platform, tenant, accountId));
}

async function show(platform: TillPlatform, tenant: Tenant, member: MemberView | null): Promise<Result<TillGuest>> {
  if (!member) return refuse('account_not_found');
  return member.account.state.closed ? refuse('account_closed') : succeed(await showMember(platform, tenant, member));
}

/** A guest as a till may show him. */
export async function showMember(platform: TillPlatform, tenant: Tenant, member: MemberView): Promise<TillGuest> {
  const { timeZone } = await platform.companies.of(tenant);
  const lastCheck = await lastCheckOf(tenant, member.account.accountId);
  const lastVisit = lastCheck && {
    occurredAt: lastCheck.occurredAt.toString(),
    amount: Number(lastCheck.amount),
  };
  return { ...describe(member, timeZone, platform.clock.now()), lastVisit };
}

/**
 * The member that a text of a cashier leads to: see `findTillGuest`.
 * @param at when it was typed or scanned; absent: now
 * @returns account_not_found, card_ended, account_closed (the guest was erased)
 */
export async function findMemberByText(
  platform: TillPlatform,
  tenant: Tenant,
  { query, at }: { query: string; at?: Temporal.Instant },
): Promise<Result<MemberView>> {
  const text = query.trim();
  const { country } = await platform.companies.of(tenant);
  const phone = /\p{L}/u.test(text) ? null : normalizePhone(text, country);
  const byPhone = phone && (await findMember(platform, tenant, 'phone', phone));
  if (byPhone) return succeed(byPhone);
  const byCode = await platform.findByCardCode(tenant, text, at);
  if (byCode?.worth === 'ended') return refuse('card_ended');
  if (byCode?.worth === 'erased') return refuse('account_closed');
  const member = byCode
    ? await viewMember(platform, tenant, byCode.accountId)
    : await findMember(platform, tenant, 'card', text);
  return member ? succeed(member) : refuse('account_not_found');
}

function describe(
  { account, guest }: MemberView,
  timeZone: string,
  now: Temporal.Instant,
): Omit<TillGuest, 'lastVisit'> {
  const phone = guest.identifiers.find(({ kind }) => kind === 'phone')?.value;
  const soon = now.add({ hours: EXPIRING_SOON_DAYS * 24 });
  const expiring = account.balance.lotsByExpiry.find(
    ({ expiresAt }) => expiresAt !== null && Temporal.Instant.compare(expiresAt, soon) < 0,
  );
  return {
    accountId: account.accountId,
    name: shortName(guest),
    phoneHint: phone ? phoneHint(phone) : '',
    level: account.level.name,
    rateBasisPoints: account.earnRate,
    discount: account.discount,
    balance: Number(account.balance.available),
    debt: Number(account.balance.debt),
    expiring: expiring?.expiresAt
      ? { amount: Number(expiring.amount), expiresAt: expiring.expiresAt.toString() }
      : null,
    birthdayToday: hasBirthday(guest.birthday, now.toZonedDateTimeISO(timeZone).toPlainDate()),
    blocked: account.state.blocked,
    note: guest.note,
    wallets: describeWallets(account.state, account.rules),
    stampable: stampableOf(account.rules).map(({ id }) => id),
  };
}
