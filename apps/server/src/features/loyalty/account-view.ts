import {
  type AccountState,
  type Balance,
  balanceOf,
  type CardDiscount,
  cardDiscountOf,
  cardHolderOf,
  graceOf,
  type Level,
  levelOf,
  measureOf,
  type NextLevel,
  nextLevelOf,
  type Rules,
  stateAt,
} from '@tessera/loyalty';
import type { Tenant } from '../../platform/database/index.ts';
import type { Guest, IdentifierKind } from '../guests/index.ts';
import { selectAccount, selectAccountByIdentifier, selectMember, selectMemberOfAccount } from './accounts.store.ts';
import type { LoyaltyPlatform } from './loyalty-platform.ts';
import type { LoadedAccount } from './model.ts';

/** An account as it stands now: everything due is applied in memory, whether or not a job has written it yet. */
export type AccountView = {
  accountId: number;
  guestId: number;
  groupId: number;
  programmeId: number;
  state: AccountState;
  rules: Rules;
  balance: Balance;
  level: Level;
  /** Basis points that a check earns: agreed with the member, else those of the level. */
  earnRate: number;
  /** What the card takes off a check; null where neither the programme nor the member knows a discount. */
  discount: CardDiscount | null;
  nextLevel: NextLevel | null;
  /** What carries the guest up the ladder, in the unit of the ladder's measure. */
  measure: bigint;
  /** The level is kept only until then, unless the measure reaches it again; `null` when nothing threatens it. */
  graceUntil: Temporal.Instant | null;
};

async function view(platform: LoyaltyPlatform, tenant: Tenant, account: LoadedAccount): Promise<AccountView> {
  const now = platform.clock.now();
  const rules = await platform.rules.of(tenant, account.rules, now);
  const { state } = stateAt(account.state, rules, now);
  const { accountId, guestId, groupId, programmeId } = account;
  const level = levelOf(state, rules);
  return {
    accountId,
    guestId,
    groupId,
    programmeId,
    state,
    rules,
    balance: balanceOf(state),
    level,
    earnRate: state.ownRates?.rateBasisPoints ?? level.rateBasisPoints,
    discount: cardDiscountOf(rules, cardHolderOf(state, rules)),
    nextLevel: nextLevelOf(state, rules, now),
    measure: measureOf(state, rules, now.epochMilliseconds),
    graceUntil: graceOf(state, rules, now),
  };
}

export async function viewAccount(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  accountId: number,
): Promise<AccountView | null> {
  const account = await selectAccount(tenant, accountId);
  return account && view(platform, tenant, account);
}

/** Finds an account by a phone (E.164 digits), a card number, an e-mail address or an external id. */
export async function findAccount(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  kind: IdentifierKind,
  value: string,
): Promise<AccountView | null> {
  const account = await selectAccountByIdentifier(tenant, kind, value);
  return account && view(platform, tenant, account);
}

/** An account and the guest it belongs to. */
export type MemberView = { account: AccountView; guest: Guest };

/** The same with the guest. */
export async function viewMember(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  accountId: number,
): Promise<MemberView | null> {
  const found = await selectMemberOfAccount(platform.database, tenant, accountId);
  return found && { account: await view(platform, tenant, found.account), guest: found.guest };
}

/** Finds an account like `findAccount`, with the guest; `anyCoupons` tells whether it has ever been given one. */
export async function findMember(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  kind: IdentifierKind,
  value: string,
): Promise<(MemberView & { anyCoupons: boolean }) | null> {
  const found = await selectMember(platform.database, tenant, { kind, value });
  return found && { ...found, account: await view(platform, tenant, found.account) };
}
