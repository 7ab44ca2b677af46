import type { EpochMs } from './business-day.ts';
import { toInstant } from './business-day.ts';
import { clawBack } from './claw-back.ts';
import type { GrantOutcome, RevokeOutcome, RevokeReward, Reward } from './command.ts';
import { applyDue } from './due.ts';
import { transfer } from './entry.ts';
import { expiryAfterDays, nextLot, openingOf } from './issue-lot.ts';
import type { LotTerms } from './lots.ts';
import type { Operation } from './operation.ts';
import { record } from './operation.ts';
import type { Refusal } from './refusal.ts';
import { refusal, refuseAmount } from './refusal.ts';
import { endOfProgramme } from './terms/lot-terms.ts';

const MAX_LIFETIME_DAYS = 36_500;

/**
 * Gives points that something outside of this account has earned, such as a friend's check. Their terms run from
 * `earnedAt`, so that a reward which is written late is the same reward.
 */
export function reward(operation: Operation, command: Reward): GrantOutcome | Refusal {
  const { nowMs } = operation;
  const wrong = refuseAmount('amount', command.amount, 1n) ?? refuseTerms(command);
  if (wrong !== null) return wrong;
  if (operation.state.blocked) return refusal('account_blocked');
  const earnedAt = Math.min(command.earnedAt?.epochMilliseconds ?? nowMs, nowMs);
  const activatesAtMs = Math.max(command.activatesAt?.epochMilliseconds ?? earnedAt, earnedAt);
  const active = activatesAtMs <= nowMs;
  const end = endOfReward(operation, command, earnedAt, activatesAtMs);
  const { reason, amount, checkId = null } = command;
  const lot = nextLot(operation, { original: amount, activatesAtMs, ...end, reason, checkId });
  record(operation, {
    kind: 'reward',
    occurredAtMs: earnedAt,
    checkId,
    postings: transfer(`issued:${reason}`, active ? 'available' : 'pending', amount),
    lots: [openingOf(lot, active)],
    numbers: { amount },
    texts: { reason, side: command.side },
  });
  applyDue(operation);
  return {
    kind: 'grant',
    lotId: lot.id,
    amount,
    expiresAt: end.expiresAtMs === null ? null : toInstant(end.expiresAtMs),
  };
}

function endOfReward(
  operation: Operation,
  { lifetimeDays }: Reward,
  earnedAt: EpochMs,
  activatesAtMs: EpochMs,
): Pick<LotTerms, 'expiresAtMs' | 'slides'> {
  if (lifetimeDays === null) return { expiresAtMs: null };
  return lifetimeDays === undefined
    ? endOfProgramme(operation, earnedAt, activatesAtMs)
    : { expiresAtMs: expiryAfterDays(activatesAtMs, lifetimeDays, operation.rules) };
}

function refuseTerms({ lifetimeDays }: Reward): Refusal | null {
  if (lifetimeDays === undefined || lifetimeDays === null) return null;
  const valid = Number.isSafeInteger(lifetimeDays) && lifetimeDays >= 1 && lifetimeDays <= MAX_LIFETIME_DAYS;
  return valid ? null : refusal('value_invalid', { field: 'lifetimeDays', value: lifetimeDays });
}

/**
 * Takes a reward back whole, because what it was for is gone: pending first, then the rest of its lot, what of it
 * burned, other lots, and a shortage as the policy says. No money is refunded here, so nothing can be met in money.
 */
export function revokeReward(operation: Operation, command: RevokeReward): RevokeOutcome | Refusal {
  const wrong = refuseAmount('amount', command.amount, 1n);
  if (wrong !== null) return wrong;
  const { lotId, entryId: earnEntryId, reason, checkId = null, amount } = command;
  const issue = { earnedLotIds: [lotId], earnEntryId, reason, checkId, returned: null };
  const clawback = clawBack(operation, issue, amount, 0n, command.entriesSince);
  applyDue(operation);
  return { kind: 'revoke', clawback };
}
