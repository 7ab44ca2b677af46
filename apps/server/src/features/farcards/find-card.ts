import { type Result, succeed } from '@tessera/contract';
import type { Tenant } from '../../platform/database/index.ts';
import { accountOfNumber, numberOfMember } from '../cards/index.ts';
import { shortName } from '../guests/index.ts';
import { findMember, type MemberView, quoteSale, viewMember } from '../loyalty/index.ts';
import { identify, type TillPlatform } from '../till/index.ts';
import type { CardInfo } from './answers.ts';
import { type FarCardsSettings, readCard, type StationCheck } from './model.ts';

export type FarCardsPlatform = TillPlatform;

/** The member of a card as the station tells it: plastic by its number, others by the number that we gave. */
async function memberOfCard(platform: FarCardsPlatform, tenant: Tenant, text: string): Promise<MemberView | null> {
  const card = readCard(text);
  if (card === null) return null;
  const accountId = accountOfNumber(platform.vault, tenant.companyId, card);
  return accountId === null ? findMember(platform, tenant, 'card', card) : viewMember(platform, tenant, accountId);
}

/** The account of a card as the station tells it. One of our numbers need not be looked up: who has it was given it by us. */
export async function accountOfCardNumber(
  platform: FarCardsPlatform,
  tenant: Tenant,
  text: string,
): Promise<number | null> {
  const card = readCard(text);
  const ours = card === null ? null : accountOfNumber(platform.vault, tenant.companyId, card);
  return ours ?? (await memberOfCard(platform, tenant, text))?.account.accountId ?? null;
}

/** Looks a card up for a station: who it is, what he gets, how much he may spend on this order. */
export async function lookUpCard(
  platform: FarCardsPlatform,
  tenant: Tenant,
  settings: FarCardsSettings,
  wish: { card: string; check: StationCheck | null },
): Promise<CardInfo | null> {
  const ours = accountOfNumber(platform.vault, tenant.companyId, readCard(wish.card) ?? '');
  const quoting = ours === null ? null : mostOn(platform, tenant, ours, settings, wish.check);
  const [member, quoted] = await Promise.all([memberOfCard(platform, tenant, wish.card), quoting]);
  if (!member) return null;
  const { account, guest } = member;
  const { t, points } = tellingOf(platform, settings);
  const most = quoted ?? (await mostOn(platform, tenant, account.accountId, settings, wish.check));
  const spendable = account.state.blocked ? 0n : (most ?? account.balance.available);
  const codes = settings.levels[account.level.id] ?? {};
  const { available } = account.balance;
  return {
    accountId: account.accountId,
    guestId: account.guestId,
    holder: shortName(guest),
    blocked: account.state.blocked,
    discountCode: codes.discount,
    bonusCode: codes.bonus,
    spendable,
    screen: t('server:farcards.screen', { level: account.level.name, balance: points(available) }),
    print: t('server:farcards.print', { balance: points(available) }),
  };
}

/** Nobody's till: the station does not say which one it is, and r_keeper signs its own people in. */
const STATION = { stationId: null, userId: null };

/**
 * Finds by what the cashier typed or scanned into the search field: phone, QR of a card, a code that lives minutes. The
 * station may spend with whatever it is given, so where a PIN is needed to spend, a phone alone finds nobody.
 * @returns what `identify` refuses
 */
export async function findCardByText(
  platform: FarCardsPlatform,
  tenant: Tenant,
  text: string,
): Promise<Result<{ accountId: number; card: string; name: string }>> {
  const found = await identify(platform, tenant, { text, asker: STATION, alwaysSpends: true });
  if (!found.ok) return found;
  const member = found.value;
  const { accountId } = member.account;
  const card = numberOfMember(platform.vault, tenant.companyId, member);
  return succeed({ accountId, card, name: shortName(member.guest) });
}

/** With the order at hand, how much of it the programme lets points pay; null without one: everything on the card. */
async function mostOn(
  platform: FarCardsPlatform,
  tenant: Tenant,
  accountId: number,
  settings: FarCardsSettings,
  check: StationCheck | null,
): Promise<bigint | null> {
  const total = check?.lines.reduce((sum, line) => sum + line.amount, 0n) ?? 0n;
  if (total === 0n) return null;
  const venueCode = venueOf(settings, check?.restaurant ?? '');
  const quoted = await quoteSale(platform, tenant, { accountId, total, venueCode, channel: 'pos' });
  return quoted.ok ? quoted.value.maxSpend : 0n;
}

export function venueOf(settings: FarCardsSettings, restaurant: string): number | undefined {
  const mapped = settings.restaurants[restaurant];
  if (mapped !== undefined) return mapped;
  return /^\d{1,9}$/.test(restaurant) ? Number(restaurant) : undefined;
}

/** Sentences for screens and slips of this company. */
export function tellingOf(platform: FarCardsPlatform, settings: FarCardsSettings) {
  return { t: platform.texts(settings.language), points: (minor: bigint | number): string => String(minor) };
}
