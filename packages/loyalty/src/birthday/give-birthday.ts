import { toInstant } from '../business-day.ts';
import type { GiveBirthday, GrantOutcome } from '../command.ts';
import { applyDue } from '../due.ts';
import { transfer } from '../entry.ts';
import { nextLot, openingOf } from '../issue-lot.ts';
import type { Operation } from '../operation.ts';
import { record } from '../operation.ts';
import type { Refusal } from '../refusal.ts';
import { refusal } from '../refusal.ts';
import { nextCelebration } from './celebration.ts';

/**
 * The present of this year's birthday, in a lot that can be spent only within its window.
 * Refused: birthday_not_set, birthday_not_due (also when it was given or the profile was filled too late), account_blocked.
 */
export function giveBirthday(operation: Operation, { month, day, filledAt }: GiveBirthday): GrantOutcome | Refusal {
  const { state, rules, nowMs } = operation;
  const facts = { month, day, filledAt: filledAt.epochMilliseconds };
  const celebration = nextCelebration(facts, state.tally?.birthdayYear ?? null, rules, nowMs);
  if (celebration === null || rules.birthday === null) return refusal('birthday_not_set');
  const { year, opensAt, endsAt } = celebration;
  if (opensAt > nowMs) return refusal('birthday_not_due', { from: opensAt });
  if (state.blocked) return refusal('account_blocked');
  const { amount } = rules.birthday;
  const terms = { original: amount, activatesAtMs: opensAt, expiresAtMs: endsAt, reason: 'birthday' as const };
  const lot = nextLot(operation, { ...terms, checkId: null });
  record(operation, {
    kind: 'birthday',
    postings: transfer('issued:birthday', 'available', amount),
    lots: [openingOf(lot, true)],
    tally: { carry: 0n, uses: [], birthdayYear: year },
    numbers: { amount, year: BigInt(year) },
  });
  applyDue(operation);
  return { kind: 'grant', lotId: lot.id, amount, expiresAt: toInstant(endsAt) };
}
