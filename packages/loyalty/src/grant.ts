import { smallest, sumOf } from './amounts.ts';
import { toInstant } from './business-day.ts';
import type { Deduct, DeductOutcome, GiveWelcome, GrantOutcome, Refill } from './command.ts';
import { applyDue } from './due.ts';
import type { Posting } from './entry.ts';
import { credit, debit, transfer } from './entry.ts';
import { expiryAfterDays, nextLot, openingOf } from './issue-lot.ts';
import type { IssueReason } from './lots.ts';
import { inOrder, takeFromLots } from './lots.ts';
import type { Operation } from './operation.ts';
import { ledgerOf, record } from './operation.ts';
import { insufficientPoints } from './pricing.ts';
import type { Refusal } from './refusal.ts';
import { refusal, refuseAmount } from './refusal.ts';
import { endOfProgramme } from './terms/lot-terms.ts';

const MAX_LIFETIME_DAYS = 36_500;

/** Points given by hand, with a lot and a term of their own. They are usable at once. */
export function refill(operation: Operation, command: Refill): GrantOutcome | Refusal {
  const wrong = refuseAmount('amount', command.amount, 1n) ?? refuseLifetime(command.lifetimeDays);
  if (wrong !== null) return wrong;
  if (operation.state.blocked) return refusal('account_blocked');
  return grant(operation, 'refill', command.reason ?? 'manual', command.amount, command.lifetimeDays);
}

/** The welcome bonus of the rules or of the guest's group, once in the life of an account. */
export function welcome(operation: Operation, { own }: GiveWelcome): GrantOutcome | Refusal {
  const bonus = own ?? operation.rules.welcome;
  if (bonus === null) return refusal('welcome_not_set');
  if (operation.state.welcomed) return refusal('welcome_already_given');
  if (operation.state.blocked) return refusal('account_blocked');
  return grant(operation, 'welcome', 'welcome', bonus.amount, bonus.lifetimeDays ?? undefined);
}

/** Points taken by hand, in order of consumption. */
export function deduct(operation: Operation, command: Deduct): DeductOutcome | Refusal {
  const wrong = refuseAmount('amount', command.amount, 1n);
  if (wrong !== null) return wrong;
  const { available, lots } = ledgerOf(operation);
  if (command.amount > available && command.allowDebt !== true) return insufficientPoints(available, command.amount);
  const fromLots = smallest(command.amount, available);
  const debt = command.amount - fromLots;
  const postings: Posting[] = [];
  if (fromLots > 0n) postings.push(debit('available', fromLots));
  if (debt > 0n) postings.push(debit('debt', debt));
  postings.push(credit('issued:manual', command.amount));
  const taken = takeFromLots(inOrder(lots, operation.rules.lotOrder), fromLots);
  record(operation, {
    kind: 'deduct',
    postings,
    lots: taken.map(({ lotId, amount }) => ({ lotId, amount: -amount })),
    parents: taken.map(({ lotId }) => lots.find((lot) => lot.id === lotId)!.openedBy),
    numbers: { deducted: command.amount, debt },
  });
  return { kind: 'deduct', fromLots: sumOf(taken, ({ amount }) => amount), debt };
}

function refuseLifetime(days: number | null | undefined): Refusal | null {
  if (days === undefined || days === null) return null;
  const valid = Number.isSafeInteger(days) && days >= 1 && days <= MAX_LIFETIME_DAYS;
  return valid ? null : refusal('value_invalid', { field: 'lifetimeDays', value: days });
}

function grant(
  operation: Operation,
  kind: 'refill' | 'welcome',
  reason: IssueReason,
  amount: bigint,
  lifetimeDays: number | null | undefined,
): GrantOutcome {
  const { nowMs, rules } = operation;
  const end =
    lifetimeDays === null
      ? { expiresAtMs: null }
      : lifetimeDays === undefined
        ? endOfProgramme(operation, nowMs, nowMs)
        : { expiresAtMs: expiryAfterDays(nowMs, lifetimeDays, rules) };
  const { expiresAtMs } = end;
  const lot = nextLot(operation, { original: amount, activatesAtMs: nowMs, ...end, reason, checkId: null });
  record(operation, {
    kind,
    postings: transfer(`issued:${reason}`, 'available', amount),
    lots: [openingOf(lot, true)],
    numbers: typeof lifetimeDays === 'number' ? { amount, lifetimeDays: BigInt(lifetimeDays) } : { amount },
    texts: { reason },
  });
  applyDue(operation);
  return { kind: 'grant', lotId: lot.id, amount, expiresAt: expiresAtMs === null ? null : toInstant(expiresAtMs) };
}
