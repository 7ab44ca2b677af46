import type { EpochMs } from './business-day.ts';
import { businessDayOf, endOfTerm, nextYearDay, startOfDay, startOfDayAfter } from './business-day.ts';
import type { LotMovement } from './entry.ts';
import type { LotTerms } from './lots.ts';
import type { Operation } from './operation.ts';
import type { ActivationDelay, Rules } from './rules.ts';

const MS_PER_HOUR = 3_600_000;

/** When points earned at `earnedAt` become usable. */
export function activationOf(earnedAt: EpochMs, delay: ActivationDelay, rules: Rules): EpochMs {
  if (delay.kind === 'none') return earnedAt;
  if (delay.kind === 'hours') return earnedAt + delay.hours * MS_PER_HOUR;
  return startOfDayAfter(earnedAt, delay.days, rules);
}

/** When points burn under the programme's own term; `null` for never. */
export function expiryOf(earnedAt: EpochMs, activatesAt: EpochMs, rules: Rules): EpochMs | null {
  if (rules.expiry.kind === 'never') return null;
  const from = rules.expiry.countFrom === 'activation' ? activatesAt : earnedAt;
  if (rules.expiry.kind === 'dates') {
    const least = businessDayOf(from, rules).add({ days: rules.expiry.leastDays });
    return startOfDay(nextYearDay(least, rules.expiry.dates).add({ days: 1 }), rules);
  }
  return endOfTerm(from, rules.expiry, rules);
}

/** When points burn that carry a term of their own in days, last day inclusive. */
export function expiryAfterDays(from: EpochMs, days: number, rules: Rules): EpochMs {
  return endOfTerm(from, { unit: 'days', length: days, roundUpTo: 'day' }, rules);
}

/** The terms of a lot that the next entry of this operation will open. */
export function nextLot(
  operation: Operation,
  facts: Omit<LotTerms, 'id' | 'openedBy' | 'originLotId'> & { readonly originLotId?: number },
): LotTerms {
  return {
    id: operation.state.nextLotId,
    original: facts.original,
    activatesAtMs: facts.activatesAtMs,
    expiresAtMs: facts.expiresAtMs,
    reason: facts.reason,
    openedBy: operation.state.nextEntryId,
    checkId: facts.checkId,
    originLotId: facts.originLotId ?? null,
    ...(facts.partner === undefined ? {} : { partner: facts.partner }),
    ...(facts.prepaid === undefined ? {} : { prepaid: facts.prepaid }),
  };
}

/** The movement that opens a lot with everything in it. */
export function openingOf(terms: LotTerms, active: boolean): LotMovement {
  const movement = { lotId: terms.id, amount: terms.original, terms };
  return active ? { ...movement, activates: true } : movement;
}
