import { type Result, refuse, succeed, type TransferAnswer } from '@tessera/contract';
import { type Accepted, decideTransfer, type Rules, type TransferOutcome } from '@tessera/loyalty';
import type { Queryable, Tenant } from '../../../platform/database/index.ts';
import { updateAccount } from '../account-write.store.ts';
import { selectAccount } from '../accounts.store.ts';
import { writeTogether } from '../companions.ts';
import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import { type LoadedAccount, toRefusal, withBalances } from '../model.ts';
import type { AdjustmentCall } from '../operations/adjust-account.ts';
import { keyed } from '../operations/keyed.ts';

export type PointsTransfer = { readonly to: number; readonly amount: bigint };

/**
 * Moves usable points to another member of the programme; every point keeps its expiry. Both accounts are written in one
 * transaction, each over the version that was read, or neither is. Once for one key.
 * @returns account_not_found (also for the receiver), other_programme, account_blocked, insufficient_points,
 *   amount_invalid, value_invalid (to oneself); idempotency_mismatch, in_progress
 */
export async function transferPoints(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  call: AdjustmentCall & { readonly externalId: string },
  { to, amount }: PointsTransfer,
): Promise<Result<TransferAnswer>> {
  const { accountId, externalId } = call;
  const operation = { ...call, kind: 'transfer', facts: [to, amount] };
  return keyed<TransferAnswer>(platform, tenant, operation, async (bind) => {
    const [giver, receiver] = await Promise.all([selectAccount(tenant, accountId), selectAccount(tenant, to)]);
    if (!giver || !receiver) return refuse('account_not_found');
    if (giver.programmeId !== receiver.programmeId) return refuse('other_programme');
    const now = platform.clock.now();
    const rules = await platform.rules.of(tenant, giver.rules, now);
    const transfer = { key: externalId, amount, from: String(accountId), to: String(to) };
    const moved = decideTransfer(giver.state, receiver.state, transfer, rules, now);
    if (!moved.ok) return { ok: false, refusal: toRefusal(moved) };
    const answer = answerOf(call.accountId, to, moved.out, moved.into);
    const writes = [
      writeOf(giver, moved.out, rules, now),
      writeOf(receiver, moved.into, rules, now),
      // Two members who give to each other at once meet at the same account first.
    ].sort((one, other) => one.accountId - other.accountId);
    const [first, second] = writes.map(
      (write) => (queryable: Queryable) => updateAccount(queryable, tenant.companyId, write),
    );
    const written = await writeTogether(tenant, first!, [
      second!,
      ...bind(answer, { now, entrySequence: moved.out.outcome.entryId }),
    ]);
    return written ? succeed(answer) : 'lost_race';
  });
}

function writeOf(
  { accountId, version, state: before }: LoadedAccount,
  { state, entries }: Accepted<TransferOutcome>,
  rules: Rules,
  now: Temporal.Instant,
) {
  return { accountId, version, state, rules, checkId: null, stored: withBalances(before, entries), now };
}

function answerOf(
  accountId: number,
  to: number,
  out: Accepted<TransferOutcome>,
  into: Accepted<TransferOutcome>,
): TransferAnswer {
  return {
    accountId,
    to,
    amount: Number(out.outcome.amount),
    available: Number(out.state.available),
    entry: out.outcome.entryId,
    entryThere: into.outcome.entryId,
    lots: out.outcome.lots.map(({ amount, expiresAtMs }) => ({
      amount: Number(amount),
      at: expiresAtMs === null ? null : Temporal.Instant.fromEpochMilliseconds(expiresAtMs).toString(),
    })),
  };
}
