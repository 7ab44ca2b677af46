import {
  type AccountView,
  describeWallets,
  type GroupNames,
  invitationOf,
  type LoyaltyPlatform,
  venuesOfAccount,
  viewMember,
} from './features/loyalty/index.ts';
import type { Companies } from './features/tenancy/index.ts';
import type { CardSubject } from './features/wallet/index.ts';
import type { Tenant } from './platform/database/index.ts';

/** What a card says: the wallet feature asks, and guests, loyalty and tenancy know. */
export async function describeSubject(
  platform: LoyaltyPlatform,
  { companies, groupNames }: { companies: Companies; groupNames: GroupNames },
  tenant: Tenant,
  accountId: number,
): Promise<CardSubject> {
  const member = await viewMember(platform, tenant, accountId);
  if (!member) throw new Error(`There is no account ${accountId}.`);
  const { account: view, guest } = member;
  const { currency, timeZone } = await companies.of(tenant);
  const identifier = (kind: string) => guest.identifiers.find((one) => one.kind === kind)?.value ?? null;
  const referral = await invitationOf(platform, tenant, view);
  const next = view.balance.lotsByExpiry.find(({ expiresAt }) => expiresAt !== null);
  return {
    firstName: guest.firstName,
    lastName: guest.lastName,
    middleName: guest.middleName,
    birthday: guest.birthday,
    phone: identifier('phone'),
    email: guest.email,
    externalId: identifier('external') ?? '',
    groupName: await groupNames(tenant, view.groupId),
    available: view.balance.available,
    pending: view.balance.pending,
    nextExpiry: next?.expiresAt ? { amount: next.amount, at: next.expiresAt } : null,
    turnover: view.state.turnover,
    levelName: view.level.name,
    nextLevel: view.nextLevel && {
      name: view.nextLevel.level.name,
      missing: view.nextLevel.missing,
      measure: view.nextLevel.measure,
    },
    levelDesigns: levelDesignsOf(view),
    ...walletsOnCard(view),
    discount: discountOnCard(view),
    referral: referral && { code: referral.code, url: referral.url },
    currency,
    timeZone,
    language: guest.language,
    ...(await placesOf(platform, companies, tenant, accountId)),
  };
}

/** Longer ago a habit may have been another one. */
const HABIT_HOURS = 180 * 24;

/** The company's venues on the map, and about where the guest comes to: where most of his checks are from lately. */
async function placesOf(
  platform: LoyaltyPlatform,
  companies: Companies,
  tenant: Tenant,
  accountId: number,
): Promise<Pick<CardSubject, 'anchor' | 'venues'>> {
  const placed = (await companies.placesOf(tenant)).flatMap(({ code, name, place }) =>
    place ? [{ code, name, place }] : [],
  );
  if (placed.length === 0) return { anchor: null, venues: [] };
  const since = platform.clock.now().subtract({ hours: HABIT_HOURS });
  const visited = await venuesOfAccount(tenant, accountId, since);
  const at = visited.flatMap((code) => placed.find((venue) => venue.code === code) ?? [])[0];
  return {
    anchor: at ? { latitude: at.place.latitude, longitude: at.place.longitude } : null,
    venues: placed.map(({ name, place }) => ({ ...place, text: place.text || name })),
  };
}

/** What a card says of stamps and money: those of the first wallet of each kind. */
function walletsOnCard({ state, rules }: AccountView): Pick<CardSubject, 'stamps' | 'deposit'> {
  const wallets = describeWallets(state, rules);
  const card = wallets.find((wallet) => wallet.kind === 'stamps');
  const deposit = wallets.find((wallet) => wallet.kind === 'deposit');
  const next = card?.milestones.find(({ at }) => at > card.stamps);
  return {
    stamps: card
      ? {
          have: card.stamps,
          slots: card.slots,
          left: (next?.at ?? card.slots) - card.stamps + card.debt,
          reward: next?.name ?? '',
          alone: rules.levels.every(({ rateBasisPoints }) => rateBasisPoints === 0) && rules.earning.rules.length === 0,
        }
      : null,
    deposit: deposit ? BigInt(deposit.available) : null,
  };
}

/** The discount of a card whose checks earn no points. */
function discountOnCard({ discount }: AccountView): CardSubject['discount'] {
  return discount?.alone ? BigInt(discount.basisPoints) : null;
}

/** The designs that the levels of a programme name, and the one for this level; null where they name none. */
function levelDesignsOf({ level, rules }: AccountView): CardSubject['levelDesigns'] {
  if (level.designId === undefined) return null;
  return { wanted: level.designId, all: rules.levels.flatMap(({ designId }) => designId ?? []) };
}
