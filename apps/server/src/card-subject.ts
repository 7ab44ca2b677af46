import {
  type AccountView,
  describeWallets,
  invitationOf,
  type LoyaltyPlatform,
  viewMember,
} from './features/loyalty/index.ts';
import type { Companies } from './features/tenancy/index.ts';
import type { CardSubject } from './features/wallet/index.ts';
import type { Tenant } from './platform/database/index.ts';

/** What a card says: the wallet feature asks, and guests, loyalty and tenancy know. */
export async function describeSubject(
  platform: LoyaltyPlatform,
  companies: Companies,
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
    groupName: '',
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
    anchor: null,
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
