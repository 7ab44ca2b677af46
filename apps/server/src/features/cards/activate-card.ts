import { type Result, refuse, succeed, type TillCard } from '@tessera/contract';
import type { Tenant } from '../../platform/database/index.ts';
import { giveIdentifier, normalizePhone, shortName } from '../guests/index.ts';
import { findMember, type LoyaltyPlatform, type MemberView, openAccount, viewMember } from '../loyalty/index.ts';
import type { Companies } from '../tenancy/index.ts';
import { findRange } from './make-range.ts';
import { type Card, type CardRange, isOpen, type Name, readCardNumber } from './model.ts';
import { countOwnCards, giveCard, selectCard } from './store.ts';

export type CardsPlatform = LoyaltyPlatform & { readonly companies: Companies };

export type CardWish = {
  /** As typed or scanned. */
  number: string;
  phone: string;
  name: Name;
  /** YYYY-MM-DD. */
  birthday: string | null;
  /** Who hands it out, e.g. «station:5». */
  asker: string;
  /** Whether this till may let a card lead to an account that is open; it always may where nothing is said. */
  mayAttach?: ((accountId: number) => Promise<boolean>) | undefined;
};

/**
 * Hands out a prepared card: opens an account by the template of its range's group, or lets the card lead to the account
 * that the phone has. The number is the natural key: the same card for the same phone again changes nothing.
 * @returns card_number_invalid, invalid_phone, card_unknown, card_blocked, card_taken, card_range_over,
 *   card_not_at_till, card_name_needed, card_birthday_needed, card_guest_known, card_already_held
 */
export async function activateCard(platform: CardsPlatform, tenant: Tenant, wish: CardWish): Promise<Result<TillCard>> {
  const number = readCardNumber(wish.number);
  if (number === null) return refuse('card_number_invalid');
  const company = await platform.companies.of(tenant);
  const phone = normalizePhone(wish.phone, company.country);
  if (!phone) return refuse('invalid_phone');
  const card = await selectCard(tenant, tenant.companyId, number);
  if (!card) return refuse('card_unknown');
  if (card.state !== 'free') return repeated(platform, tenant, card, phone);
  const range = (await findRange(tenant, card.rangeId))!;
  const today = platform.clock.now().toZonedDateTimeISO(company.timeZone).toPlainDate();
  if (!isOpen(range, today)) return refuse('card_range_over');
  if (!range.settings.atTill) return refuse('card_not_at_till');
  const known = await findMember(platform, tenant, 'phone', phone);
  if (known)
    return attach(platform, tenant, { card, range, phone, asker: wish.asker, mayAttach: wish.mayAttach }, known);
  const missing = missingOf(range, wish);
  if (missing) return refuse(missing);
  return open(platform, tenant, { card, range, phone, wish, language: company.language });
}

type Handing = { card: Card; range: CardRange; phone: string } & Pick<CardWish, 'asker' | 'mayAttach'>;

const missingOf = ({ settings }: CardRange, { name, birthday }: CardWish) => {
  if (settings.nameNeeded && !name.firstName && !name.lastName) return 'card_name_needed';
  return settings.birthdayNeeded && birthday === null ? 'card_birthday_needed' : null;
};

/** A card that is somebody's already: fine when he stands here again, a refusal otherwise. */
async function repeated(platform: CardsPlatform, tenant: Tenant, card: Card, phone: string): Promise<Result<TillCard>> {
  if (card.state === 'blocked') return refuse('card_blocked');
  const member = await viewMember(platform, tenant, card.accountId!);
  const own = member?.guest.identifiers.some(({ kind, value }) => kind === 'phone' && value === phone);
  return member && own
    ? succeed(describe(card.number, member, { opened: false, already: true }))
    : refuse('card_taken');
}

async function open(
  platform: CardsPlatform,
  tenant: Tenant,
  {
    card,
    range,
    phone,
    wish,
    language,
  }: Pick<Handing, 'card' | 'range' | 'phone'> & { wish: CardWish; language: 'ru' | 'en' },
): Promise<Result<TillCard>> {
  const { asker } = wish;
  const opened = await openAccount(platform, tenant, {
    groupId: range.groupId,
    profile: { ...wish.name, birthday: wish.birthday, sex: null, email: null, language },
    identifiers: [
      { kind: 'phone', value: phone, main: true, verifiedAt: null },
      { kind: 'card', value: card.number, main: false, verifiedAt: null },
    ],
  });
  if (opened.ok) {
    const { accountId } = opened.value;
    const now = platform.clock.now();
    await giveCard(tenant, tenant.companyId, { number: card.number, accountId, asker, now });
    const member = (await viewMember(platform, tenant, accountId))!;
    return succeed(describe(card.number, member, { opened: true, already: false }));
  }
  if (opened.refusal.code !== 'account_exists') return opened;
  // Somebody was faster: with this phone, or with this card.
  const known = await findMember(platform, tenant, 'phone', phone);
  return known
    ? attach(platform, tenant, { card, range, phone, asker, mayAttach: wish.mayAttach }, known)
    : refuse('card_taken');
}

/** Lets a card lead to an account that is open. */
async function attach(
  platform: CardsPlatform,
  tenant: Tenant,
  { card, range, phone, asker, mayAttach }: Handing,
  member: MemberView,
): Promise<Result<TillCard>> {
  const { accountId, guestId } = member.account;
  // A process that died between opening the account and marking the card: the rest of it is done now.
  const begun = member.guest.identifiers.some(({ kind, value }) => kind === 'card' && value === card.number);
  if (!begun && !range.settings.toKnownGuests) return refuse('card_guest_known');
  if (!begun && mayAttach && !(await mayAttach(accountId))) return refuse('pin_needed');
  const now = platform.clock.now();
  const given = await tenant
    .transaction(async (transaction) => {
      const has = await countOwnCards(transaction, accountId, range.rangeId);
      if (range.settings.onePerGuest && has > 0 && !begun) return 'card_already_held';
      const { companyId } = tenant;
      if (!(await giveCard(transaction, companyId, { number: card.number, accountId, asker, now }))) return 'raced';
      const own = await giveIdentifier(transaction, companyId, guestId, { kind: 'card', value: card.number, now });
      // Thrown, so that the card stays free: an import has given its number to somebody else meanwhile.
      if (!own) throw new TakenElsewhere();
      return null;
    })
    .catch((error: unknown) => {
      if (error instanceof TakenElsewhere) return 'card_taken' as const;
      throw error;
    });
  if (given === 'raced') {
    const other = await selectCard(tenant, tenant.companyId, card.number);
    return other && other.state !== 'free' ? repeated(platform, tenant, other, phone) : refuse('card_taken');
  }
  if (given) return refuse(given);
  return succeed(describe(card.number, member, { opened: begun, already: false }));
}

class TakenElsewhere extends Error {}

function describe(
  number: string,
  { account, guest }: MemberView,
  { opened, already }: { opened: boolean; already: boolean },
): TillCard {
  return {
    number,
    accountId: account.accountId,
    name: shortName(guest),
    level: account.level.name,
    balance: Number(account.balance.available),
    opened,
    already,
  };
}
