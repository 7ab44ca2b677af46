import {
  type AccountState,
  type Balance,
  balanceOf,
  type Level,
  levelOf,
  type NextLevel,
  nextLevelOf,
  type Rules,
  stateAt,
} from '@tessera/loyalty';
import type { Tenant } from '../../platform/database/index.ts';
import { selectAccount, selectAccountByIdentifier } from './accounts.store.ts';
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
  nextLevel: NextLevel | null;
};

async function view(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  account: LoadedAccount | null,
): Promise<AccountView | null> {
  if (!account) return null;
  const rules = await platform.rules.of(tenant, account.rulesId);
  const { state } = stateAt(account.state, rules, platform.clock.now());
  const { accountId, guestId, groupId, programmeId } = account;
  return {
    accountId,
    guestId,
    groupId,
    programmeId,
    state,
    rules,
    balance: balanceOf(state),
    level: levelOf(state, rules),
    nextLevel: nextLevelOf(state, rules),
  };
}

export const viewAccount = async (
  platform: LoyaltyPlatform,
  tenant: Tenant,
  accountId: number,
): Promise<AccountView | null> => view(platform, tenant, await selectAccount(tenant, accountId));

/** Finds an account by a phone (E.164 digits), a card number, an e-mail address or an external id. */
export const findAccount = async (
  platform: LoyaltyPlatform,
  tenant: Tenant,
  kind: 'phone' | 'email' | 'card' | 'external',
  value: string,
): Promise<AccountView | null> => view(platform, tenant, await selectAccountByIdentifier(tenant, kind, value));
