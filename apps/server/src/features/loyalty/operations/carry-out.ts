import { refuse, succeed } from '@tessera/contract';
import {
  type Accepted,
  type Command,
  decide,
  type Outcome,
  type OutcomeOf,
  type ReachedMilestone,
  type Rules,
} from '@tessera/loyalty';
import type { Tenant } from '../../../platform/database/index.ts';
import { updateAccount } from '../account-write.store.ts';
import { selectAccount } from '../accounts.store.ts';
import { writeTogether } from '../companions.ts';
import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import { toRefusal, withBalances } from '../model.ts';
import type { Attempt } from '../until-written.ts';
import { companionsOfRewards } from '../wallets/rewards.ts';
import type { Bind } from './keyed.ts';

/**
 * One attempt at a command that is about an account alone: reads, decides, writes what was decided together with its
 * key. For `keyed`.
 * @param tell makes the answer out of what was decided
 */
export async function carryOut<C extends Command, T extends object>(
  { platform, tenant, accountId }: { platform: LoyaltyPlatform; tenant: Tenant; accountId: number },
  command: C,
  tell: (decided: Accepted<OutcomeOf<C>>, rules: Rules) => T,
  bind: Bind<T>,
): Promise<Attempt<T>> {
  const account = await selectAccount(tenant, accountId);
  if (!account) return refuse('account_not_found');
  const now = platform.clock.now();
  const rules = await platform.rules.of(tenant, account.rules, now);
  const decision = decide(account.state, command, rules, now);
  if (!decision.ok) return { ok: false, refusal: toRefusal(decision) };
  const answer = tell(decision, rules);
  const { state, entries } = decision;
  const told = entries.find(({ kind }) => kind === command.kind);
  const stored = withBalances(account.state, entries);
  const write = { accountId, version: account.version, state, rules, checkId: null, stored, now };
  const written = await writeTogether(tenant, (queryable) => updateAccount(queryable, tenant.companyId, write), [
    ...bind(answer, { now, entrySequence: told?.id ?? null }),
    ...companionsOfRewards(rewardsOf(decision.outcome), { accountId, now, rules, random: platform.random }),
  ]);
  return written ? succeed(answer) : 'lost_race';
}

/** Stamps that are given by hand may fill a card. */
const rewardsOf = (outcome: Outcome): readonly ReachedMilestone[] =>
  outcome.kind === 'grant' ? (outcome.rewards ?? []) : [];
