import { type LevelAnswer, type Result, refuse, succeed } from '@tessera/contract';
import { decide, type LevelOutcome, type PinLevel, type Rules, type UnpinLevel } from '@tessera/loyalty';
import type { Tenant } from '../../../platform/database/index.ts';
import { updateAccount } from '../account-write.store.ts';
import { selectAccount } from '../accounts.store.ts';
import { writeTogether } from '../companions.ts';
import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import { toRefusal, withBalances } from '../model.ts';
import type { AdjustmentCall } from '../operations/adjust-account.ts';
import { keyed } from '../operations/keyed.ts';

/**
 * Holds a member on a level by hand until the end of a day, or takes that off again. Once for one key.
 * @returns account_not_found, unknown_level, value_invalid (a last day that is over); idempotency_mismatch, in_progress
 */
export async function pinLevel(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  call: AdjustmentCall,
  command: PinLevel | UnpinLevel,
): Promise<Result<LevelAnswer>> {
  const { accountId } = call;
  const facts = command.kind === 'pin_level' ? [command.level, command.lastDay] : [];
  return keyed<LevelAnswer>(platform, tenant, { ...call, kind: command.kind, facts }, async (bind) => {
    const account = await selectAccount(tenant, accountId);
    if (!account) return refuse('account_not_found');
    const now = platform.clock.now();
    const rules = await platform.rules.of(tenant, account.rules, now);
    const decision = decide(account.state, command, rules, now);
    if (!decision.ok) return { ok: false, refusal: toRefusal(decision) };
    const { state, entries, outcome } = decision;
    const answer = answerOf(accountId, outcome, rules);
    const told = entries.findLast(({ kind }) => kind === command.kind);
    const stored = withBalances(account.state, entries);
    const write = { accountId, version: account.version, state, rules, checkId: null, stored, now };
    const written = await writeTogether(
      tenant,
      (queryable) => updateAccount(queryable, tenant.companyId, write),
      bind(answer, { now, entrySequence: told?.id ?? null }),
    );
    return written ? succeed(answer) : 'lost_race';
  });
}

function answerOf(accountId: number, { levelBefore, levelAfter, pinned }: LevelOutcome, rules: Rules): LevelAnswer {
  const named = (id: string) => ({ id, name: rules.levels.find((level) => level.id === id)?.name ?? id });
  return {
    accountId,
    level: named(levelAfter),
    levelBefore: named(levelBefore),
    pinned: pinned && { level: named(pinned.level), until: pinned.until?.toString() ?? null },
  };
}
